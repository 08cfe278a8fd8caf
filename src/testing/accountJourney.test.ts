import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDiscordSurface } from '../chat/discord/discordSurface.js'
import { createTelegramSurface } from '../chat/telegram/telegramSurface.js'
import { createTerminalSurface } from '../chat/terminal/terminalSurface.js'
import { type House, openHouse } from '../house.js'
import { createTranslator } from '../i18n.js'
import type { CheckKey } from '../services/keyCheck.js'
import { freshFolder } from './built.js'
import { onePixel } from './demoHouse.js'
import { type FakeDiscord, type FakeDiscordUser, startFakeDiscord } from './fakeDiscord.js'
import { ApiError, type FakeTelegram, type FakeUser, startFakeTelegram } from './fakeTelegram.js'

const [key, secret, passphrase] = [
  '0a1b2c3d-1111-2222-3333-444455556666',
  '0123456789ABCDEF0123456789ABCDEF',
  'Open="Sesame',
]
const keyWords = `${key} ${secret} ${passphrase}`
const [alice, bob] = ['42', '420000000000000042']

let dataDir: string
let house: House
/** Every line of the log, the smallest included. */
let log: string
/** What OKX was asked about. */
let asked: unknown[]
/** What it says. */
let checkKey: CheckKey
const cleanUps: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  dataDir = freshFolder()
  log = ''
  asked = []
  checkKey = async ({ apiKey, secretKey, passphrase: words }, mode) => {
    asked.push([apiKey, secretKey, words, mode])
    const config = { uid: '7', acctLv: '2', posMode: 'net_mode', perm: ['read_only', 'trade'], ips: [] } as const
    return { kind: 'ok', config }
  }
  house = await openHouse({
    config: {
      mode: 'simulated',
      seed: 'accounts',
      locale: 'en',
      timeZone: 'UTC',
      okxBaseUrl: '',
      dataDir,
      candleFile: join(dataDir, 'candles.db'),
      databaseUrl: `file:${join(dataDir, 'records.db')}`,
      databaseAuthToken: null,
      secret: null,
      oldSecret: null,
    },
    allow: (platform, id) => platform === 'terminal' || [alice, bob].includes(id),
    charts: { render: async () => onePixel },
    clock: () => Date.UTC(2026, 0, 1),
    logger,
    checkKey: (...given) => checkKey(...given),
  })
})
const logger = pino(
  { level: 'trace' },
  {
    write(line: string) {
      log += line
    },
  },
)

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  await house.close()
  // Nothing of the key is left anywhere but in the answers that show its last four.
  for (const part of [key, secret, passphrase, JSON.stringify(passphrase).slice(1, -1)]) {
    expect({ part, logged: log.includes(part) }).toEqual({ part, logged: false })
    for (const file of readdirSync(dataDir, { recursive: true, encoding: 'utf8' })) {
      if (!/records|history/.test(file)) continue
      expect({ file, part, found: readFileSync(join(dataDir, file)).includes(part) }).toEqual({
        file,
        part,
        found: false,
      })
    }
  }
  rmSync(dataDir, { recursive: true })
})

describe('on Telegram', () => {
  let telegram: FakeTelegram
  let user: FakeUser

  beforeEach(async () => {
    telegram = await startFakeTelegram()
    cleanUps.push(() => telegram.close())
    const { token, apiRoot } = telegram
    const surface = createTelegramSurface({ ...house, token, apiRoot, logger })
    const polling = surface.start()
    cleanUps.push(() => surface.stop().then(() => polling))
    user = telegram.user({ id: Number(alice), languageCode: 'en' })
  })

  const answer = (find: (text: string) => boolean, chat = user.chat) =>
    telegram.waitFor('an answer', () => chat.messages.find(({ from, text }) => from === 'bot' && find(text))?.text)
  /** What was done in the chat, in order. */
  const deeds = () =>
    telegram.calls.map(({ method }) => method).filter((method) => /^(send|edit|delete)(Message|Photo)/.test(method))

  it('a key is taken privately, its message deleted before anything is answered, and it is listed by its last four', async () => {
    user.send(`/account add main demo ${keyWords}`)
    const said = await answer((text) => text.includes('added'))
    expect(said).toContain('I deleted your message')
    expect(said).toContain('…6666')
    expect(said).toContain('OKX DEMO')
    expect(said).toContain('bound to no IP address')
    expect(deeds()).toEqual(['deleteMessage', 'sendMessage'])
    expect(user.chat.messages.some(({ from }) => from !== 'bot')).toBe(false)
    expect(asked).toEqual([[key, secret, passphrase, 'demo']])

    user.send('/account')
    expect(await answer((text) => text.includes('Your accounts'))).toMatch(/main +OKX DEMO +…6666 +✓/)
    user.send('/account remove main')
    expect(await answer((text) => text.includes('removed'))).toContain('no account')
    // Those held no key.
    expect(deeds().filter((deed) => deed === 'deleteMessage')).toHaveLength(1)
    for (const part of [key, secret, passphrase]) expect(JSON.stringify(telegram.calls)).not.toContain(part)
  })

  it('it is said where the message cannot be deleted', async () => {
    telegram.fail('deleteMessage', new ApiError(400, "Bad Request: message can't be deleted"))
    user.send(`/account add main demo ${keyWords}`)
    expect(await answer((text) => text.includes('added'))).toContain('could not be deleted')
  })

  it('a refused key is deleted all the same, and kept nowhere', async () => {
    checkKey = async () => ({ kind: 'refused', reasonId: 'error-key-wrong-mode', code: '50101' })
    user.send(`/account add main live ${keyWords}`)
    const said = await answer((text) => text.includes('50101'))
    expect(said).toContain('I deleted your message')
    expect(said).toContain('made in Demo Trading')
    user.send('/account')
    await answer((text) => text.includes('no account here yet'))
  })

  it('a key whose check breaks down leaves no trace of itself in the log', async () => {
    checkKey = async (credentials) => {
      throw Object.assign(new Error('a wheel came off'), { credentials, request: { credentials } })
    }
    user.send(`/account add main live ${keyWords}`)
    await answer((text) => text.includes('something went wrong'))
    expect(log).toContain('a wheel came off')
  })

  it.each([
    ['a slip of the pen in the command', `/acount add main demo ${keyWords}`],
    ['plain words', `here is my key: ${key}`],
    ['another command', `/new my-dip ${secret}`],
  ])('a key behind %s is deleted and not used', async (_what, text) => {
    user.send(text)
    expect(await answer((said) => said.includes('looks like a key'))).toContain('I deleted your message')
    expect(asked).toEqual([])
    expect(deeds()).toEqual(['deleteMessage', 'sendMessage'])
  })

  it('in a group a key is deleted, refused, and its owner told to revoke it', async () => {
    const group = Object.assign(telegram.group(-100), { botMayDelete: true })
    user.send(`/account@${telegram.username} add main demo ${keyWords}`, { chat: group })
    const said = await answer((text) => text.includes('revoke'), group)
    expect(said).toContain('I deleted your message')
    expect(deeds()).toEqual(['deleteMessage', 'sendMessage'])
    expect(asked).toEqual([])
    group.botMayDelete = false
    user.send(`/account@${telegram.username} add other demo ${keyWords}`, { chat: group })
    await answer((text) => text.includes('delete it yourself') && text.includes('revoke'), group)
    user.send(`/account@${telegram.username} list`, { chat: group })
    await answer((text) => text.includes('private chat with me only') && !text.includes('revoke'), group)
  })

  it('of strangers nothing is deleted or read', async () => {
    const stranger = telegram.user({ id: 666, languageCode: 'en' })
    stranger.send(`/account add main demo ${keyWords}`)
    await telegram.waitFor('the refusal', () => stranger.chat.messages.some(({ from }) => from === 'bot'))
    expect(deeds()).toEqual(['sendMessage'])
    expect(asked).toEqual([])
  })

  it('another account becomes the default by its button', async () => {
    let uid = 0
    checkKey = async () => {
      uid += 1
      const config = { uid: `${uid}`, acctLv: '1', posMode: 'long_short_mode', perm: ['trade'], ips: ['::1'] } as const
      return { kind: 'ok', config }
    }
    user.send(`/account add one demo ${keyWords}`)
    expect(await answer((text) => text.includes('one added'))).toMatch(/spot[\s\S]*long\/short[\s\S]*/)
    user.send(`/account add two live ${keyWords}`)
    await answer((text) => text.includes('two added'))
    user.send('/account')
    await answer((text) => /one +OKX DEMO +…6666 +✓/.test(text))
    await user.press('Use two')
    await answer((text) => /two is the default now[\s\S]*two +LIVE +…6666 +✓/.test(text))
  })
})

describe('on Discord', () => {
  let discord: FakeDiscord
  let user: FakeDiscordUser

  beforeEach(async () => {
    discord = await startFakeDiscord()
    cleanUps.push(() => discord.close())
    const { token, restApi } = discord
    const surface = createDiscordSurface({ ...house, token, restApi, logger })
    const listening = surface.start()
    cleanUps.push(() => surface.stop().then(() => listening))
    await discord.waitFor('the commands', () => discord.commandPuts > 0)
    user = discord.user({ id: bob })
  })

  const answer = (find: (text: string) => boolean, channel = user.dm) =>
    discord.waitFor('an answer', () => user.sees(channel).find(({ author, text }) => author === 'bot' && find(text)))
  const form = { key, secret, passphrase }
  const call = { action: 'add', name: 'main', mode: 'demo' }

  it('a key is asked for by a form, never by options, in direct messages and in servers', async () => {
    const options = discord.commands.find(({ name }) => name === 'account')?.options ?? []
    expect(options.map(({ name }) => name)).toEqual(['action', 'name', 'mode'])
    const opened = await user.command('account', call)
    expect(opened.modal?.inputs.map(({ customId }) => customId)).toEqual(['key', 'secret', 'passphrase'])
    await opened.submit(form)
    await answer((text) => text.includes('main added') && text.includes('…6666'))
    expect(asked).toEqual([[key, secret, passphrase, 'demo']])

    const { channel } = discord.guild('400000000000000001')
    const inServer = await user.command('account', { ...call, name: 'other' }, channel)
    const sent = await inServer.submit(form)
    // The same OKX account.
    const said = await answer((text) => text.includes('you have here as main'), channel)
    expect([sent.ephemeral, said.ephemeral]).toEqual([true, true])
    const list = await user.command('account', {}, channel)
    await answer((text) => text.includes('Your accounts'), channel)
    expect(list.ephemeral).toBe(true)
    for (const part of [key, secret, passphrase]) expect(JSON.stringify(discord.calls)).not.toContain(part)
  })

  it('a message with a key is refused, as it stays where it is', async () => {
    user.send(`/account add main demo ${keyWords}`)
    const said = await answer((text) => text.includes('only taken by a form'))
    expect(said.text).toContain('could not be deleted')
    expect(asked).toEqual([])
  })

  it('in a server its deletion is tried first, and its owner told to revoke it', async () => {
    const { channel } = discord.guild('400000000000000001')
    const id = user.send(`/account add main demo ${keyWords}`, { channel, mention: true })
    const said = await answer((text) => text.includes('revoke'), channel)
    const deletion = discord.calls.findIndex(({ method, path }) => method === 'DELETE' && path.endsWith(id))
    const answered = discord.calls.findIndex(({ method, path }) => method === 'POST' && path.endsWith('/messages'))
    expect(deletion).toBeGreaterThanOrEqual(0)
    expect(deletion).toBeLessThan(answered)
    expect(said.text).toMatch(/could not be deleted/)
    expect(asked).toEqual([])
  })

  it('no form is opened for what lacks its name, nor for strangers', async () => {
    const opened = await user.command('account', { action: 'add' })
    expect(opened.modal).toBeNull()
    await answer((text) => text.includes('I need all of this'))
    const stranger = discord.user({ id: '200000000000000666' })
    expect((await stranger.command('account', call)).modal).toBeNull()
  })
})

describe('in the terminal', () => {
  it('a key is taken, and not written into the history, however the command was spelled', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true })
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 100 })
    let seen = ''
    output.on('data', (chunk) => {
      seen += chunk
      output.emit('seen')
    })
    const until = async (text: string) => {
      while (!seen.includes(text)) await new Promise((resolve) => output.once('seen', resolve))
    }
    const terminal = createTerminalSurface({
      ...house,
      input,
      output,
      errorOutput: new PassThrough().resume(),
      logger,
      t: createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'dark' }),
      outDir: dataDir,
      historyFile: join(dataDir, 'history'),
      color: false,
      now: Date.now,
    })
    const ended = terminal.run()
    await until('> ')
    input.write(`/acount add main demo ${keyWords}\r`)
    await until('looks like a key')
    input.write(`account add main demo ${keyWords}\r`)
    await until('Account main added')
    input.write('/help theme\r')
    await until('Usage')
    input.end()
    await ended
    expect(asked).toHaveLength(1)
    // What was deleted is none of the terminal's business.
    expect(seen).not.toContain('message with the key')
    expect(readFileSync(join(dataDir, 'history'), 'utf8')).toBe('/help theme\n')
  })
})
