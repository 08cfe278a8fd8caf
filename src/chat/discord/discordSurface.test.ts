import { afterEach, describe, expect, it } from 'vitest'
import { createDemoHouse, type DemoHouse, onePixel } from '../../testing/demoHouse.js'
import {
  type FakeChannel,
  type FakeDiscord,
  type FakeDiscordMessage,
  type FakeDiscordUser,
  startFakeDiscord,
} from '../../testing/fakeDiscord.js'
import { createDiscordSurface, type DiscordOptions, type DiscordSurface } from './discordSurface.js'

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const ids = { alice: '200000000000000001', bob: '200000000000000002', stranger: '200000000000000666' }

interface Setting {
  discord: FakeDiscord
  house: DemoHouse
  surface: DiscordSurface
  ended: Promise<unknown>
  alice: FakeDiscordUser
  open(more?: Partial<DiscordOptions>): { surface: DiscordSurface; ended: Promise<unknown> }
}

/** The demo house on a fake Discord, with its commands registered. */
async function setUp(options: Partial<DiscordOptions> = {}): Promise<Setting> {
  const discord = await startFakeDiscord()
  cleanUps.push(() => discord.close())
  const house = createDemoHouse({ allowed: [ids.alice, ids.bob] })
  const open = (more: Partial<DiscordOptions> = {}) => {
    const surface = createDiscordSurface({
      token: discord.token,
      restApi: discord.restApi,
      dispatch: house.dispatch,
      registry: house.registry,
      logger: house.options.logger,
      progressIntervalMs: 1,
      firstProgressAfterMs: 0,
      slowAfterMs: 60_000,
      ...options,
      ...more,
    })
    const ended = surface.start().catch((error: unknown) => error)
    cleanUps.push(async () => {
      await house.dispatch.stop()
      await surface.stop()
    })
    return { surface, ended }
  }
  const opened = open()
  await discord.waitFor('the commands', () => discord.commands.length > 0)
  return { discord, house, open, alice: discord.user({ id: ids.alice }), ...opened }
}

/** All that a message says. */
function words({ content, embeds }: FakeDiscordMessage): string {
  const parts = embeds.flatMap(({ title, description, fields = [] }) => [
    title,
    description,
    ...fields.map(({ name, value }) => `${name}: ${value}`),
  ])
  return [content, ...parts].filter(Boolean).join('\n')
}

const said = (user: FakeDiscordUser, channel: FakeChannel = user.dm) =>
  user.sees(channel).filter(({ author }) => author === 'bot')
const texts = (user: FakeDiscordUser, channel?: FakeChannel) => said(user, channel).map(words)

describe('commands', () => {
  it('are registered in English and Chinese, and sent again only when they changed', async () => {
    const { discord, house, surface, open } = await setUp()
    expect(discord.commands.map(({ name }) => name)).toEqual(house.registry.commands.map(({ name }) => name))
    const cancel = discord.commands.find(({ name }) => name === 'cancel')
    expect(cancel).toMatchObject({
      description: 'Cancel what you have running',
      description_localizations: { 'zh-CN': '取消您正在运行的任务' },
      name_localizations: { 'zh-CN': '取消' },
    })
    await surface.stop()
    const reads = () => discord.calls.filter(({ method, path }) => method === 'GET' && path.endsWith('/commands'))
    const before = reads().length
    const again = open()
    await discord.waitFor('the commands to be read', () => reads().length === before + 1)
    await again.surface.stop()
    const { commands } = house.registry
    open({ registry: { ...house.registry, commands: commands.slice(1) } })
    await discord.waitFor('a change to be sent', () => discord.commandPuts === 2)
    expect(discord.commands).toHaveLength(commands.length - 1)
  })

  it('are answered with their options, in the language that the person set in Discord', async () => {
    const { discord, alice } = await setUp()
    const bob = discord.user({ id: ids.bob, locale: 'zh-CN' })
    await alice.command('quote', { inst: 'btc', bar: '1h' })
    const [message] = await discord.waitFor('an answer', () => said(alice).length > 0 && said(alice))
    expect(message.content).toBe('⚠️ **SIMULATED DATA** ⚠️')
    expect(message.embeds).toEqual([
      expect.objectContaining({
        title: 'BTC-USDT',
        color: 0xf0a020,
        description: '```\n名称      n\n────  ─────\na         1\n中文  1,000\n```',
        fields: [
          { name: 'Argument', value: '1H', inline: true },
          { name: 'x', value: '45,000.5', inline: true },
        ],
      }),
    ])
    expect(message.buttons.map(({ label }) => label)).toEqual(['Echo', 'Once'])
    await bob.command('quote', { inst: 'eth' })
    await discord.waitFor('an answer', () => texts(bob)[0]?.startsWith('⚠️ **模拟数据** ⚠️'))
  })

  it('end in a picture inside an embed, with buttons that work', async () => {
    const { discord, alice } = await setUp()
    await alice.command('draw', { text: 'some numbers' })
    const drawn = () => said(alice).filter(({ files }) => files.length > 0)
    const [message] = await discord.waitFor('a picture', () => drawn().length > 0 && drawn())
    expect(message.embeds).toEqual([
      {
        title: 'Drawn',
        description: 'some numbers',
        color: 0x5865f2,
        image: { url: 'attachment://Demo-BTC-USDT-15m.png' },
      },
    ])
    expect(Buffer.from(message.files[0].bytes)).toEqual(onePixel)
    await alice.press('Again')
    await discord.waitFor('another', () => drawn().length === 2)
    expect(words(drawn()[0])).toContain('some numbers')
  })

  it('keep the order in which they were sent', async () => {
    const { discord, alice } = await setUp()
    for (const word of ['a', 'b', 'c', 'd']) alice.send(`/echo ${word}`)
    await discord.waitFor('four answers', () => texts(alice).length === 4)
    expect(texts(alice)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('are answered for their user alone where others read along', async () => {
    const { discord, alice } = await setUp()
    const bob = discord.user({ id: ids.bob })
    const { channel } = discord.guild('400000000000000001')
    const interaction = await alice.command('quote', { inst: 'btc' }, channel)
    await discord.waitFor('an answer', () => interaction.messages.length === 1)
    expect(interaction.ephemeral).toBe(true)
    expect(said(bob, channel)).toEqual([])
    await alice.press('Echo', channel)
    await discord.waitFor('another', () => texts(alice, channel).includes('pressed'))
    expect(said(bob, channel)).toEqual([])
  })

  it('work where the bot itself is not', async () => {
    const { discord, alice } = await setUp()
    const place = discord.privateChannel()
    await alice.command('echo', { text: 'far away' }, place)
    const [message] = await discord.waitFor('an answer', () => said(alice, place).length > 0 && said(alice, place))
    expect(message).toMatchObject({ content: 'far away', ephemeral: true })
  })
})

describe('completion', () => {
  it('offers what begins with what is typed, to those let in', async () => {
    const { discord, alice } = await setUp()
    const offered = await alice.autocomplete('quote', 'inst', 'btc')
    expect(offered.map(({ value }) => value)).toEqual(['BTC-USDT', 'BTC-USDT-SWAP'])
    expect(await alice.autocomplete('quote', 'strategy', '')).toHaveLength(2)
    expect(await discord.user({ id: ids.stranger }).autocomplete('quote', 'inst', 'btc')).toEqual([])
  })

  it('that fails offers nothing', async () => {
    const { house, alice } = await setUp()
    Object.assign(house.options.app.suggestions, {
      instruments: async () => {
        throw new Error('no list')
      },
    })
    expect(await alice.autocomplete('quote', 'inst', 'btc')).toEqual([])
  })
})

describe('answers', () => {
  it('too long for one message come in pages, and much too long ones as a file', async () => {
    const { discord, alice } = await setUp()
    const line = `${'x'.repeat(99)}\n`
    alice.send(`/echo ${line.repeat(19).trim()}`)
    await discord.waitFor('one', () => texts(alice).length === 1)
    expect(said(alice)[0].content).toBe(line.repeat(19).trim())
    await alice.command('echo', { text: `${'y'.repeat(59)} `.repeat(90) })
    await discord.waitFor('two pages', () => said(alice).length === 3)
    expect(texts(alice).slice(1).join(' ')).toBe(`${'y'.repeat(59)} `.repeat(90).trim())
    alice.send('/echo', { files: [{ name: 'long.txt', bytes: Buffer.from(line.repeat(190)) }] })
    const file = await discord.waitFor('a file', () => said(alice).find(({ files }) => files[0]?.name === 'answer.txt'))
    expect(Buffer.from(file.files[0].bytes).toString()).toBe(line.repeat(190))
    expect(words(file)).toContain('attached file')
  })

  it('lose their picture rather than their numbers', async () => {
    const { discord, alice } = await setUp()
    discord.fail('PATCH', '/messages/', { status: 413, code: 40005 })
    await alice.command('draw')
    await discord.waitFor('the words', () => texts(alice).length === 1)
    expect(texts(alice)[0]).toMatch(/Drawn\nnumbers\n\n\(The picture could not be drawn/)
    expect(said(alice)[0].files).toEqual([])
  })

  it('wait when Discord says so', async () => {
    const { discord, alice } = await setUp()
    discord.fail('POST', '/messages', { status: 429, retryAfter: 0.05 })
    alice.send('/echo patience')
    await discord.waitFor('an answer', () => texts(alice).includes('patience'))
  })

  it('sent again because the outcome was lost appear once', async () => {
    const { discord, alice } = await setUp()
    discord.fail('POST', '/messages', '502-after')
    alice.send('/echo once')
    alice.send('/echo after')
    await discord.waitFor('the next', () => texts(alice).includes('after'))
    expect(texts(alice)).toEqual(['once', 'after'])
    expect(discord.calls.filter(({ path }) => path.endsWith('/messages'))).toHaveLength(3)
  })

  it('that somebody does not take are noted, not fatal', async () => {
    const { discord, house, surface, alice } = await setUp()
    discord.fail('POST', '/messages', { status: 403, code: 50007 })
    alice.send('/echo while closed')
    await alice.command('echo', { text: 'behind it' })
    await discord.waitFor('the next answer', () => texts(alice).includes('behind it'))
    expect(surface.health().shutOut).toBe(1)
    alice.send('/echo open again')
    await alice.command('echo', { text: 'last' })
    await discord.waitFor('the last answer', () => texts(alice).includes('last'))
    expect(surface.health().shutOut).toBe(0)
    expect(texts(alice)).toContain('open again')
    expect(house.log.filter(({ level }) => Number(level) >= 50)).toEqual([])
  })
})

describe('buttons', () => {
  it('that work once are taken away when used', async () => {
    const { discord, house, alice } = await setUp()
    await alice.command('quote', { inst: 'btc' })
    await discord.waitFor('an answer', () => said(alice).length === 1)
    await alice.press('Once')
    await discord.waitFor('the answer', () => texts(alice).includes('once'))
    expect(said(alice)[0].buttons.map(({ label, disabled }) => [label, disabled])).toEqual([
      ['Echo', false],
      ['Once', true],
    ])
    await expect(alice.press('Once')).rejects.toThrow('disabled')
    await alice.press('Echo')
    await alice.press('Echo')
    await discord.waitFor('two more', () => texts(alice).filter((text) => text === 'pressed').length === 2)
    expect(house.runs.get('once')).toBe(1)
  })

  it('too many for Discord become a menu, and none is lost', async () => {
    const { discord, alice } = await setUp()
    await alice.command('many')
    const [message] = await discord.waitFor('menus', () => said(alice).length > 0 && said(alice))
    const [menu] = message.selects
    expect(menu.options.map(({ label }) => label)).toEqual(['0', '1', '2', '3', '4', '5', '6'])
    await alice.select(menu.customId, menu.options[6].value)
    await discord.waitFor('the answer', () => texts(alice).includes('chose 6'))
  })

  it('of others are refused', async () => {
    const { discord, house, alice } = await setUp()
    const bob = discord.user({ id: ids.bob })
    const { channel } = discord.guild('400000000000000001')
    alice.send('/quote btc', { channel, mention: true })
    await discord.waitFor('an answer', () => said(bob, channel).length === 1)
    await bob.press('Echo', channel)
    await discord.waitFor('the refusal', () => texts(bob, channel).some((text) => text.includes('somebody else')))
    expect(said(alice, channel)).toHaveLength(1)
    expect(house.runs.get('echo')).toBeUndefined()
  })
})

describe('a guided flow', () => {
  it('goes on in the one message, and keeps it where a press is refused', async () => {
    const { discord, alice } = await setUp()
    await alice.command('walk')
    const message = await discord.waitFor('the first step', () => said(alice).find(({ content }) => content))
    await alice.press('Next')
    await discord.waitFor('step 2', () => message.content === 'step 2')
    await alice.press('Refuse')
    await discord.waitFor('the refusal', () => texts(alice).length === 2)
    await alice.press('Next')
    await discord.waitFor('step 3', () => message.content === 'step 3')
    expect(message.buttons.map(({ label }) => label)).toEqual(['Next', 'Same', 'Refuse', 'Picture'])
    expect(texts(alice)).toEqual(['step 3', 'The range that ends before it begins.'])
  })

  it('goes on for its user alone where others read along', async () => {
    const { discord, alice } = await setUp()
    const bob = discord.user({ id: ids.bob })
    const { channel } = discord.guild('400000000000000001')
    alice.send('/walk', { channel, mention: true })
    await discord.waitFor('a step for all', () => texts(bob, channel).includes('step 1'))
    await alice.press('Next', channel)
    const own = await discord.waitFor('a step for alice', () =>
      said(alice, channel).find(({ content }) => content === 'step 2'),
    )
    await alice.press('Next', channel)
    await discord.waitFor('the next in place', () => own.content === 'step 3')
    expect(texts(bob, channel)).toEqual(['step 1'])
    expect(texts(alice, channel)).toEqual(['step 1', 'step 3'])
  })

  it('is in no list of commands', async () => {
    const { discord } = await setUp()
    const names = discord.commands.map(({ name }) => name)
    expect(names).toContain('walk')
    expect(names).not.toContain('step')
  })
})

describe('long work', () => {
  async function begin(options: Partial<DiscordOptions> = {}) {
    const setting = await setUp(options)
    const { discord, house, alice } = setting
    await alice.command('long')
    await house.started('long')
    house.step(0.25)
    const message = await discord.waitFor('progress', () => said(alice).find(({ content }) => content.includes('25%')))
    return { ...setting, message }
  }

  it('shows progress in place, which becomes the picture', async () => {
    const { discord, house, alice, message } = await begin()
    expect(message.content).toBe('⏳ Try: step\n███░░░░░░░ 25%')
    expect(message.buttons.map(({ label }) => label)).toEqual(['Cancel'])
    house.step(0.5)
    await discord.waitFor('an edit', () => message.content.includes('50%'))
    house.release()
    await discord.waitFor('the picture', () => message.files.length === 1)
    expect(words(message)).toBe('released')
    expect(message.buttons.map(({ label }) => label)).toEqual(['again'])
    expect(said(alice)).toHaveLength(1)
  })

  it('shows no more than one edit in its interval, and always the end', async () => {
    const { discord, house, message } = await begin({ progressIntervalMs: 60_000 })
    for (const fraction of [0.3, 0.4, 0.5]) house.step(fraction)
    house.release()
    await discord.waitFor('the picture', () => message.files.length === 1)
    expect(message.earlier).toHaveLength(1)
  })

  it('lets others pass, and is cancelled by its button', async () => {
    const { discord, alice, message } = await begin()
    await alice.command('echo', { text: 'meanwhile' })
    await discord.waitFor('the other answer', () => texts(alice).includes('meanwhile'))
    const press = await alice.press('Cancel')
    await discord.waitFor('the word', () => press.messages.some(({ content }) => content === 'Cancelling…'))
    expect(press.messages[0].ephemeral).toBe(true)
    await discord.waitFor('the end', () => message.content === '/long was cancelled.')
    expect(message.buttons).toEqual([])
  })

  it('that reports nothing lets /cancel pass all the same', async () => {
    const { discord, house, alice } = await setUp({ slowAfterMs: 0 })
    alice.send('/long')
    await house.started('long')
    await discord.waitFor('typing', () => discord.calls.some(({ path }) => path.endsWith('/typing')))
    await alice.command('cancel')
    await discord.waitFor('the end', () => texts(alice).includes('/long was cancelled.'))
  })

  it('is told to have ended when the house stops', async () => {
    const { surface, ended, message } = await begin()
    await surface.stop()
    await ended
    expect(message.content).toContain('shutting down')
    expect(surface.health().state).toBe('stopped')
  })

  it('tells those who still stand in line that the house stops', async () => {
    const { discord, house, surface, alice } = await setUp()
    await alice.command('long')
    await house.started('long')
    await alice.command('echo', { text: 'too late' })
    await surface.stop()
    await discord.waitFor('two answers', () => said(alice).length === 2)
    expect(texts(alice)[1]).toContain('shutting down')
    expect(house.runs.get('echo')).toBeUndefined()
  })

  it('ends in a new message where the one with the progress was dismissed', async () => {
    const { discord, house, alice } = await begin()
    discord.fail('PATCH', '/messages/', { status: 404, code: 10008 })
    house.release()
    await discord.waitFor('the picture', () => said(alice).find(({ files }) => files.length === 1))
    expect(said(alice)).toHaveLength(2)
  })

  /** Begins /long, and waits until its interaction is as good as over. */
  async function outlive(where?: (discord: FakeDiscord) => FakeChannel) {
    const setting = await setUp({ moveOnAfterMs: 300 })
    const { discord, house, alice } = setting
    const channel = where?.(discord) ?? alice.dm
    await alice.command('long', {}, channel)
    await house.started('long')
    await discord.waitFor('the notice', () => texts(alice, channel)[0]?.includes('a message of its own'))
    return { ...setting, channel }
  }

  it('that outlives its interaction ends in a message of its own', async () => {
    const { discord, house, alice } = await outlive()
    house.step(0.75)
    const later = await discord.waitFor('progress', () => said(alice).find(({ content }) => content.includes('75%')))
    house.release()
    await discord.waitFor('the picture', () => later.files.length === 1)
    expect(said(alice)).toHaveLength(2)
  })

  it('that was private ends in a direct message', async () => {
    const { discord, house, alice, channel } = await outlive((discord) => discord.privateChannel())
    house.release()
    await discord.waitFor('the picture', () => said(alice)[0]?.files.length === 1)
    expect(said(alice, channel)).toHaveLength(1)
  })

  it('goes on by message where Discord closes the interaction early', async () => {
    const { discord, house, alice } = await begin()
    discord.fail('PATCH', '/messages/', { status: 401, code: 50027 })
    house.release()
    await discord.waitFor('the picture', () => said(alice).find(({ files }) => files.length === 1))
    expect(said(alice)).toHaveLength(2)
  })
})

describe('messages', () => {
  it('in a guild count where they mention the bot, and get a reply', async () => {
    const { discord, alice } = await setUp()
    const { channel } = discord.guild('400000000000000001')
    alice.send('/echo nobody', { channel })
    const asked = alice.send('/echo mentioned', { channel, mention: true })
    await discord.waitFor('an answer', () => texts(alice, channel).includes('mentioned'))
    expect(said(alice, channel)).toEqual([expect.objectContaining({ replyTo: asked, ephemeral: false })])
  })

  it('in plain words reach dispatch', async () => {
    const { discord, alice } = await setUp()
    alice.send('echo')
    await discord.waitFor('the hint', () => texts(alice)[0]?.includes('Did you mean /echo?'))
  })

  it('bring files, which are refused in one line if they are too large or no text', async () => {
    const { discord, house, alice } = await setUp()
    const file = (name: string, content: string | Uint8Array) => ({ name, bytes: Buffer.from(content) })
    alice.send('/echo', { files: [file('a.json', '{"name": "中文"}')] })
    alice.send('', { files: [file('b.json', '[2]')] })
    alice.send('/echo', { files: [file('big.txt', 'x'.repeat(300_000))] })
    alice.send('/echo', { files: [file('odd.bin', Buffer.from([0xff, 0xfe, 0xff]))] })
    await discord.waitFor('four answers', () => texts(alice).length === 4)
    expect(texts(alice)).toEqual([
      '{"name": "中文"}',
      '[2]',
      'The file big.txt is too large: at most 256 kB are taken.',
      'The file odd.bin is not text (UTF-8).',
    ])
    expect(house.runs.get('echo')).toBe(2)
  })
})

describe('who is let in', () => {
  it('is on the list: others learn their id once, by command, button and message', async () => {
    const { discord, house, alice } = await setUp()
    const stranger = discord.user({ id: ids.stranger })
    const { channel } = discord.guild('400000000000000001')
    await stranger.command('echo', { text: 'let me in' })
    expect(await discord.waitFor('the refusal', () => texts(stranger)[0])).toContain(ids.stranger)
    await stranger.command('echo', { text: 'let me in' })
    stranger.send('/echo let me in')
    alice.send('/quote btc', { channel, mention: true })
    await discord.waitFor('an answer', () => said(alice, channel).length === 1)
    await stranger.press('Echo', channel)
    await alice.command('echo', { text: 'last' })
    await discord.waitFor('the last', () => texts(alice).includes('last'))
    expect(texts(stranger)).toHaveLength(1)
    expect(house.runs.get('echo')).toBe(1)
  })
})

describe('deliveries', () => {
  it('that come again are not run again, be it in another process', async () => {
    const { discord, house, alice, open } = await setUp()
    const second = open({ dispatch: house.restart() })
    await discord.waitFor('a second bot', () => discord.identifies === 2 && second.surface.health().state === 'ready')
    const interaction = await alice.command('once')
    await discord.waitFor('an answer', () => interaction.messages.length === 1)
    alice.send('/echo by message')
    await discord.waitFor('another', () => texts(alice).includes('by message'))
    await second.surface.stop()
    expect(house.runs.get('once')).toBe(1)
    expect(house.runs.get('echo')).toBe(1)
    expect(texts(alice)).toEqual(['once', 'by message'])
  })

  it('missed while the connection was down come when it is resumed', async () => {
    const { discord, house, surface, alice } = await setUp()
    discord.cutGateway('resumable')
    const interaction = await alice.command('once')
    await discord.waitFor('an answer', () => interaction.messages.length === 1)
    expect([discord.resumes, discord.identifies, house.runs.get('once')]).toEqual([1, 1, 1])
    expect(surface.health().state).toBe('ready')
  })

  it.each(['502-after', 'hang-up'] as const)('acknowledged without our knowing are answered: %s', async (fault) => {
    const { discord, house, alice } = await setUp()
    discord.fail('POST', '/callback', fault)
    const interaction = await alice.command('once')
    await discord.waitFor('an answer', () => interaction.messages.length === 1)
    expect(house.runs.get('once')).toBe(1)
    expect(house.log.map(({ msg }) => msg)).toContain('an interaction was acknowledged before')
  })

  it('that Discord gave up on are noted and not run: their user was told to try again', async () => {
    const { discord, house, alice } = await setUp()
    discord.fail('POST', '/callback', { status: 404, code: 10062 })
    // Nobody waits for the 3 s after which its user is told.
    alice.command('once').catch(() => null)
    await alice.command('echo', { text: 'next' })
    await discord.waitFor('the next answer', () => texts(alice).includes('next'))
    expect(house.runs.get('once')).toBeUndefined()
    const [noted] = house.log.filter(({ msg }) => msg === 'an interaction could not be acknowledged')
    expect(JSON.stringify(noted)).toContain('10062')
  })
})

describe('what no retry can mend', () => {
  it('ends with a line that says what to do: a wrong token', async () => {
    const { open } = await setUp()
    const { surface, ended } = open({ token: 'wrong.token.wrong' })
    expect(await ended).toMatchObject({ id: 'error-discord-token' })
    expect(surface.health().state).toBe('failed')
  })

  it.each([
    [4004, 'error-discord-token'],
    [4014, 'error-discord-intents'],
  ])('ends with a line that says what to do: gateway code %i', async (code, id) => {
    const { discord, surface, ended } = await setUp()
    discord.cutGateway(code)
    expect(await ended).toMatchObject({ id })
    expect(surface.health().state).toBe('failed')
  })
})

it('is tried again where Discord cannot be reached at first', async () => {
  const { discord, open } = await setUp()
  for (const status of [500, 500, 500, 500]) discord.fail('GET', '/gateway/bot', { status })
  const { surface } = open({ reconnectAfterMs: 1 })
  expect(surface.health()).toMatchObject({ state: 'connecting', lastEventAt: null })
  await discord.waitFor('a second bot', () => discord.identifies === 2)
  await discord.waitFor('it to be ready', () => surface.health().state === 'ready')
  expect(surface.health().lastEventAt).toBeGreaterThan(0)
})

it('keeps tokens out of the log', async () => {
  const { discord, house, alice, open } = await setUp()
  discord.fail('PATCH', '/messages/', { status: 400, code: 50035 })
  await alice.command('echo', { text: 'lost' })
  discord.fail('POST', '/messages', { status: 404, code: 10003 })
  alice.send('/echo lost')
  await alice.command('echo', { text: 'next' })
  await discord.waitFor('the next answer', () => texts(alice).includes('next'))
  await open({ token: 'wrong.token.wrong' }).ended
  const log = JSON.stringify(house.log)
  expect(house.log.filter(({ level }) => Number(level) >= 50)).toHaveLength(2)
  const paths = discord.calls.flatMap(({ path }) => path.split('/')).filter((part) => part.length > 30)
  expect([discord.token, ...paths].filter((secret) => log.includes(secret))).toEqual([])
  expect(paths.length).toBeGreaterThan(2)
})
