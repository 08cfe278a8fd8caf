import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readConfig } from '../config.js'
import { createTranslator } from '../i18n.js'
import type { CheckKey } from '../services/keyCheck.js'
import { freshFolder, startBuilt } from '../testing/built.js'
import { endOf } from '../testing/childProcess.js'
import { startFakeTelegram } from '../testing/fakeTelegram.js'
import { run as runAccount } from './account.js'
import type { CliContext, Given } from './given.js'
import { readCommand } from './options.js'
import { run as runSecret } from './secret.js'

const [key, secret, passphrase] = [
  '0a1b2c3d-1111-2222-3333-444455556666',
  '0123456789ABCDEF0123456789ABCDEF',
  'Open=Sesame',
]
const lines = `${key}\n${secret}\n${passphrase}\n`
const taken: CheckKey = async ({ apiKey }) => ({
  kind: 'ok',
  config: { uid: apiKey.slice(-4), acctLv: '2', posMode: 'net_mode', perm: ['read_only', 'trade'], ips: [] },
})

let dataDir: string
beforeEach(() => {
  dataDir = freshFolder()
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(dataDir, { recursive: true })
})

/** What a subcommand prints as JSON, and on the other output. */
async function printed(
  run: (command: CliContext, streams: { input: PassThrough; output: PassThrough }) => Promise<void>,
  given: Partial<Given>,
  typed: string,
) {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const output = new PassThrough()
  let said = ''
  output.on('data', (text) => {
    said += text
  })
  const stdin = new PassThrough()
  stdin.end(typed)
  const command = {
    action: 'list',
    rest: [],
    given: {},
    ...given,
    config: readConfig({ CANDLECHAT_DATA_DIR: dataDir }, '/nowhere'),
    logger: pino({ level: 'silent' }),
    t: createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'light' }),
    signal: new AbortController().signal,
  }
  try {
    await run(command, { input: stdin, output })
    const text = write.mock.calls.map(([chunk]) => String(chunk)).join('')
    return { json: JSON.parse(text), text: text + said, said }
  } finally {
    write.mockRestore()
  }
}

const account = (given: Partial<Given>, { input = '', checkKey = taken } = {}) =>
  printed((command, streams) => runAccount(command, { ...streams, checkKey }), given, input)
const secretCommand = (action: string, rest: string[] = [], input = '') => printed(runSecret, { action, rest }, input)

const bytesOf = (folder: string) =>
  Buffer.concat(
    readdirSync(folder)
      .filter((file) => file.startsWith('candlechat.db'))
      .map((file) => readFileSync(join(folder, file))),
  )

describe('cli account', () => {
  it('adds from a pipe, lists by the last four, chooses and removes, and prints nothing of the key', async () => {
    const added = await account({ action: 'add' }, { input: lines })
    expect(added.json).toEqual({
      name: 'main',
      mode: 'demo',
      key: '…6666',
      default: true,
      acctLv: '2',
      posMode: 'net_mode',
      perm: ['read_only', 'trade'],
      ips: [],
    })
    expect(added.said).toContain('bound to no IP address')
    const second = { action: 'add', given: { name: 'real', mode: 'live' } }
    await account(second, { input: lines.replace('6666', '7777') })
    const used = await account({ action: 'use', rest: ['real'] })
    expect(used.json).toEqual([
      { name: 'main', mode: 'demo', key: '…6666', default: false },
      { name: 'real', mode: 'live', key: '…7777', default: true },
    ])
    const left = await account({ action: 'remove', rest: ['main'] })
    expect(left.json).toMatchObject([{ name: 'real' }])
    for (const part of [key, secret, passphrase]) {
      expect(added.text + used.text + left.text).not.toContain(part)
      expect(bytesOf(dataDir).includes(part)).toBe(false)
    }
    expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600)
  })

  it('acts for the terminal’s user, or for the one that is named', async () => {
    const given = { user: 'telegram:42' }
    await account({ action: 'add', given }, { input: lines })
    expect((await account({})).json).toEqual([])
    expect((await account({ given })).json).toHaveLength(1)
    await expect(account({ given: { user: 'icq:1' } })).rejects.toMatchObject({ id: 'error-cli-user' })
  })

  it('keeps nothing that OKX refuses', async () => {
    const checkKey: CheckKey = async () => ({ kind: 'refused', reasonId: 'okx-address', code: '50110' })
    const refused = account({ action: 'add' }, { input: lines, checkKey })
    await expect(refused).rejects.toMatchObject({ id: 'okx-address' })
    expect((await account({})).json).toEqual([])
  })

  it.each([
    [['account', 'add', key]],
    [['account', key]],
    [['secret', 'set', 'TELEGRAM_BOT_TOKEN', secret]],
    [['secret', secret]],
  ])('a key typed as an argument is not repeated: %j', (args) => {
    expect(() => readCommand(args)).toThrow(expect.objectContaining({ args: expect.objectContaining({ got: '…' }) }))
    expect(() => readCommand(args)).not.toThrow(args.at(-1))
  })
})

describe('cli secret', () => {
  const token = '123456:fake-token-of-the-tests'

  it('keeps a bot’s token, which the bot then uses, also under another key', async () => {
    const telegram = await startFakeTelegram({ token })
    const set = await secretCommand('set', ['TELEGRAM_BOT_TOKEN'], `${token}\n`)
    const rotated = await secretCommand('rotate')
    expect(rotated.json).toEqual({ resealed: 1, total: 1, key: 'secret.key' })
    const listed = await secretCommand('list')
    expect(listed.json).toMatchObject([{ name: 'TELEGRAM_BOT_TOKEN', value: '…ests' }])
    for (const { text } of [set, rotated, listed]) expect(text).not.toContain(token)
    expect(bytesOf(dataDir).includes(token)).toBe(false)

    const settings = { TELEGRAM_ALLOWED_IDS: '42', TELEGRAM_API_ROOT: telegram.apiRoot, CANDLECHAT_LOG_LEVEL: 'debug' }
    const bot = startBuilt('main', [], { dataDir, settings })
    const ended = endOf(bot)
    const user = telegram.user({ id: 42, languageCode: 'en' })
    user.send('/account')
    await telegram.waitFor('an answer', () => user.chat.messages.some(({ text }) => text.includes('no account here')))
    bot.kill('SIGTERM')
    const { code, stdout, stderr } = await ended
    expect(code).toBe(0)
    expect(stdout + stderr).not.toContain(token)
    await telegram.close()
  })

  it('takes only what is a secret setting and has its form, and says nothing of what it refuses', async () => {
    await expect(secretCommand('set', ['TELEGRAM_TOKEN'], token)).rejects.toMatchObject({
      id: 'error-secret-name',
      args: { suggestion: 'TELEGRAM_BOT_TOKEN', allowed: 'TELEGRAM_BOT_TOKEN, DISCORD_BOT_TOKEN' },
    })
    await expect(secretCommand('set', [token])).rejects.not.toThrow(token)
    await expect(secretCommand('set', ['TELEGRAM_BOT_TOKEN'], 'my-wrong-token')).rejects.toMatchObject({
      id: 'error-config-bad',
      args: { got: '…' },
    })
    await expect(secretCommand('remove', ['TELEGRAM_BOT_TOKEN'])).rejects.toMatchObject({ id: 'error-secret-unknown' })
    await secretCommand('set', ['TELEGRAM_BOT_TOKEN'], token)
    expect((await secretCommand('remove', ['TELEGRAM_BOT_TOKEN'])).json).toEqual([])
  })

  it('ends the bot with one line where CANDLECHAT_SECRET is not the one that it was encrypted with', async () => {
    await secretCommand('set', ['TELEGRAM_BOT_TOKEN'], token)
    rmSync(join(dataDir, 'secret.key'))
    const bot = startBuilt('main', [], { dataDir, settings: { CANDLECHAT_SECRET: 'other characters' } })
    const { code, stderr } = await endOf(bot)
    expect(code).toBe(1)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).toContain('encrypted with another key')
  })
})
