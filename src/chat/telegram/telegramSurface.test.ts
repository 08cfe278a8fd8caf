import { afterEach, describe, expect, it } from 'vitest'
import { createDemoHouse, type DemoHouse, onePixel } from '../../testing/demoHouse.js'
import { ApiError, type FakeTelegram, startFakeTelegram } from '../../testing/fakeTelegram.js'
import { createTelegramSurface, type TelegramOptions, type TelegramSurface } from './telegramSurface.js'

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

interface Setting {
  telegram: FakeTelegram
  house: DemoHouse
  surface: TelegramSurface
  ended: Promise<unknown>
  open(more?: Partial<TelegramOptions>): { surface: TelegramSurface; ended: Promise<unknown> }
}

/** The demo house on a fake Telegram, polling. */
async function setUp(
  options: Partial<TelegramOptions> = {},
  before: (telegram: FakeTelegram) => void = () => {},
): Promise<Setting> {
  const telegram = await startFakeTelegram()
  before(telegram)
  cleanUps.push(() => telegram.close())
  const house = createDemoHouse({ allowed: ['1', '2'] })
  const open = (more: Partial<TelegramOptions> = {}) => {
    const surface = createTelegramSurface({
      token: telegram.token,
      apiRoot: telegram.apiRoot,
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
  return { telegram, house, open, ...open() }
}

const texts = (user: { chat: { messages: { from: unknown; text: string }[] } }) =>
  user.chat.messages.filter(({ from }) => from === 'bot').map(({ text }) => text)

describe('the menu', () => {
  it('shows every command in both languages, and is sent again only when it changed', async () => {
    const { telegram, house, surface, open } = await setUp()
    const menus = await telegram.waitFor('menus', () => telegram.commands.size === 3 && telegram.commands)
    expect(menus.get('en')).toEqual(menus.get('default'))
    expect(menus.get('en')).toHaveLength(house.registry.commands.length)
    expect(menus.get('en')).toContainEqual({ command: 'cancel', description: 'Cancel what you have running' })
    expect(menus.get('zh')).toContainEqual({ command: 'cancel', description: '取消您正在运行的任务' })
    await surface.stop()
    const sent = telegram.calls.filter(({ method }) => method === 'setMyCommands').length
    const reads = telegram.calls.filter(({ method }) => method === 'getMyCommands').length
    open()
    await telegram.waitFor(
      'the menus to be read',
      () => telegram.calls.filter(({ method }) => method === 'getMyCommands').length === reads + 3,
    )
    expect(telegram.calls.filter(({ method }) => method === 'setMyCommands')).toHaveLength(sent)
  })
})

describe('answers', () => {
  it('are in the language that the person set in Telegram', async () => {
    const { telegram } = await setUp()
    const alice = telegram.user({ id: 1, languageCode: 'en' })
    const bob = telegram.user({ id: 2, languageCode: 'zh-hans' })
    alice.send('/quote btc')
    bob.send('/quote btc')
    const first = await telegram.waitFor('an answer', () => texts(alice)[0])
    expect(first).toMatch(/^⚠️ SIMULATED DATA ⚠️\nBTC-USDT\n\nArgument: 15m\nx: 45,000.5\n\n名称/)
    expect(await telegram.waitFor('an answer', () => texts(bob)[0])).toMatch(/^⚠️ 模拟数据 ⚠️/)
  })

  it('keep the order of what was sent', async () => {
    const { telegram } = await setUp()
    const alice = telegram.user({ id: 1 })
    for (const word of ['a', 'b', 'c', 'd']) alice.send(`/echo ${word}`)
    await telegram.waitFor('four answers', () => texts(alice).length === 4)
    expect(texts(alice)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('bring the picture with caption and buttons that work', async () => {
    const { telegram } = await setUp()
    const alice = telegram.user({ id: 1 })
    alice.send('/draw')
    const photo = await telegram.waitFor('a photo', () => alice.chat.messages.find((message) => message.photo))
    expect(photo).toMatchObject({ text: 'Drawn\n\nnumbers', buttons: [[{ text: 'Again' }, { text: 'Walk' }]] })
    expect(Buffer.from(photo.photo?.bytes ?? [])).toEqual(onePixel)
    expect(await alice.press('Again')).toBeNull()
    await telegram.waitFor('another', () => alice.chat.messages.filter((message) => message.photo).length === 2)
  })

  it('too long for a caption go on below the picture', async () => {
    const { telegram } = await setUp()
    const alice = telegram.user({ id: 1 })
    const line = `${'x'.repeat(99)}\n`
    alice.send(`/draw ${line.repeat(20)}`)
    await telegram.waitFor('the picture and more', () => texts(alice).length === 2)
    expect(alice.chat.messages.filter(({ photo }) => photo)).toHaveLength(1)
    expect(texts(alice).join('\n')).toBe(`Drawn\n\n${line.repeat(20).trim()}`)
  })

  it('too long for one message come in pages, and much too long ones as a file', async () => {
    const { telegram } = await setUp()
    const alice = telegram.user({ id: 1 })
    const line = `${'x'.repeat(99)}\n`
    alice.send(`/echo ${line.repeat(80)}`)
    await telegram.waitFor('two pages', () => texts(alice).length === 2)
    expect(texts(alice).join('\n')).toBe(line.repeat(80).trim())
    alice.send(`/echo ${line.repeat(190)}`)
    const file = await telegram.waitFor('a file', () =>
      alice.chat.messages.find(({ document, from }) => from === 'bot' && document),
    )
    expect(Buffer.from(file.document?.bytes ?? []).toString()).toBe(line.repeat(190).trim())
  })

  it('lose their formatting rather than their words', async () => {
    const { telegram } = await setUp()
    const alice = telegram.user({ id: 1 })
    telegram.fail('sendMessage', new ApiError(400, "Bad Request: can't parse entities: surprise"))
    alice.send('/quote btc')
    const message = await telegram.waitFor('an answer', () => alice.chat.messages.find(({ from }) => from === 'bot'))
    expect(message.text).toContain('BTC-USDT')
    expect(message.entities).toEqual([])
  })

  it('lose their picture rather than their numbers', async () => {
    const { telegram } = await setUp()
    const alice = telegram.user({ id: 1 })
    telegram.fail('sendPhoto', new ApiError(400, 'Bad Request: IMAGE_PROCESS_FAILED'))
    alice.send('/draw')
    await telegram.waitFor('two messages', () => texts(alice).length === 2)
    expect(texts(alice)).toEqual(['Drawn\n\nnumbers', expect.stringContaining('could not be drawn')])
  })

  it('wait when Telegram says so', async () => {
    const { telegram } = await setUp()
    const alice = telegram.user({ id: 1 })
    telegram.fail('sendMessage', new ApiError(429, 'Too Many Requests: retry after 1', { retry_after: 1 }))
    alice.send('/echo patience')
    await telegram.waitFor('the answer', () => texts(alice)[0] === 'patience')
    expect(telegram.calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(2)
  })

  it('to somebody who blocked the bot are given up quietly', async () => {
    const { telegram, house, surface } = await setUp()
    const alice = telegram.user({ id: 1 })
    alice.send('/echo before')
    await telegram.waitFor('the answer', () => texts(alice).length === 1)
    alice.block()
    alice.send('/echo while')
    await telegram.waitFor('the refusal', () => surface.health().blockedChats === 1)
    alice.unblock()
    alice.send('/echo after')
    await telegram.waitFor('the answer', () => texts(alice).includes('after'))
    expect(house.log.filter(({ level }) => Number(level) >= 50)).toEqual([])
  })
})

describe('a guided flow', () => {
  async function walk() {
    const setting = await setUp()
    const { telegram } = setting
    const alice = telegram.user({ id: 1 })
    alice.send('/walk')
    const message = await telegram.waitFor('the first step', () =>
      alice.chat.messages.find(({ text }) => text === 'step 1'),
    )
    return { ...setting, alice, message }
  }

  it('goes on in the one message', async () => {
    const { telegram, alice, message } = await walk()
    await alice.press('Next')
    await telegram.waitFor('step 2', () => message.text === 'step 2')
    await alice.press('Next')
    await telegram.waitFor('step 3', () => message.text === 'step 3')
    expect(message.buttons[0].map(({ text }) => text)).toEqual(['Next', 'Same', 'Refuse', 'Picture'])
    expect(texts(alice)).toEqual(['step 3'])
  })

  it('keeps its message where a press is refused, or answered by another command', async () => {
    const { telegram, alice, message } = await walk()
    await alice.press('Refuse')
    await alice.press('Picture')
    await telegram.waitFor('both answers', () => texts(alice).length === 3)
    expect(texts(alice)).toEqual(['step 1', 'The range that ends before it begins.', 'Drawn\n\nnumbers'])
    expect(message.buttons).toHaveLength(1)
  })

  it('says nothing where a press changes nothing', async () => {
    const { telegram, house, alice } = await walk()
    await alice.press('Same')
    alice.send('/echo after')
    await telegram.waitFor('the next answer', () => texts(alice).includes('after'))
    expect(texts(alice)).toEqual(['step 1', 'after'])
    expect(house.log.filter(({ level }) => Number(level) >= 50)).toEqual([])
  })

  it('goes on in a message of its own behind a picture, and where the message cannot be changed', async () => {
    const { telegram, alice, message } = await walk()
    await alice.press('Picture')
    await telegram.waitFor('the picture', () => alice.chat.messages.some(({ photo }) => photo))
    await alice.press('Walk')
    await telegram.waitFor('a message of its own', () => texts(alice).length === 3)
    expect(texts(alice)).toEqual(['step 1', 'Drawn\n\nnumbers', 'step 1'])
    telegram.fail('editMessageText', new ApiError(400, 'Bad Request: message to edit not found'))
    await alice.press('Next')
    await telegram.waitFor('step 2', () => texts(alice).includes('step 2'))
    expect(message.text).toBe('step 1')
  })

  it('takes steps by buttons only', async () => {
    const { telegram, house, alice } = await walk()
    alice.send('/step 7')
    await telegram.waitFor('the refusal', () => texts(alice).some((text) => text.includes('no command /step')))
    expect(house.runs.get('step')).toBeUndefined()
    expect(telegram.commands.get('default')?.map(({ command }) => command)).not.toContain('step')
  })
})

describe('long work', () => {
  async function begin() {
    const setting = await setUp()
    const { telegram, house } = setting
    const alice = telegram.user({ id: 1 })
    alice.send('/long')
    await house.started('long')
    house.step(0.25)
    const message = await telegram.waitFor('progress', () =>
      alice.chat.messages.find(({ text }) => text.includes('25%')),
    )
    return { ...setting, alice, message }
  }

  it('shows progress in one message, which becomes the picture', async () => {
    const { telegram, house, alice, message } = await begin()
    expect(message).toMatchObject({ text: '⏳ Try: step\n███░░░░░░░ 25%', buttons: [[{ text: 'Cancel' }]] })
    house.step(0.5)
    await telegram.waitFor('an edit', () => message.text.includes('50%'))
    house.release()
    await telegram.waitFor('the picture', () => message.photo)
    expect(message).toMatchObject({ text: 'released', buttons: [[{ text: 'again' }]] })
    expect(alice.chat.messages.filter(({ from }) => from === 'bot')).toHaveLength(1)
  })

  it('sends the picture anew where the progress message cannot become one', async () => {
    const { telegram, house, alice, message } = await begin()
    telegram.fail('editMessageMedia', new ApiError(400, "Bad Request: message can't be edited"))
    house.release()
    await telegram.waitFor('the picture', () => alice.chat.messages.find(({ photo }) => photo))
    expect(alice.chat.messages).not.toContain(message)
  })

  it('lets others pass, and is cancelled by its button', async () => {
    const { telegram, alice, message } = await begin()
    alice.send('/echo meanwhile')
    await telegram.waitFor('the other answer', () => texts(alice).includes('meanwhile'))
    expect(await alice.press('Cancel')).toBe('Cancelling…')
    await telegram.waitFor('the end', () => message.text === '/long was cancelled.')
    expect(message.buttons).toEqual([])
    expect(texts(alice)).toEqual(['/long was cancelled.', 'meanwhile'])
  })

  it('is not told twice where an edit changes nothing', async () => {
    const { telegram, house, alice, message } = await begin()
    house.step(0.25)
    house.step(0.5)
    await telegram.waitFor('an edit', () => message.text.includes('50%'))
    telegram.fail('editMessageText', new ApiError(400, 'Bad Request: message is not modified: exactly the same'))
    await alice.press('Cancel')
    alice.send('/echo and then')
    await telegram.waitFor('the next answer', () => texts(alice).includes('and then'))
    expect(texts(alice)).toHaveLength(2)
  })

  it('that reports nothing shows as typing, and can be cancelled all the same', async () => {
    const { telegram, house } = await setUp({ slowAfterMs: 0 })
    const alice = telegram.user({ id: 1 })
    alice.send('/long')
    await house.started('long')
    await telegram.waitFor('typing', () => telegram.calls.some(({ method }) => method === 'sendChatAction'))
    alice.send('/cancel')
    await telegram.waitFor('the end', () => texts(alice).includes('/long was cancelled.'))
  })

  it('is told to have ended when the house stops', async () => {
    const { house, surface, ended, message } = await begin()
    await house.dispatch.stop()
    await surface.stop()
    await ended
    expect(message.text).toContain('shutting down')
    expect(surface.health().state).toBe('stopped')
  })
})

describe('deliveries', () => {
  it('that come again, as after a crash, are not run again', async () => {
    const { telegram, house, open } = await setUp()
    const alice = telegram.user({ id: 1 })
    alice.send('/long')
    await house.started('long')
    // It has not reported yet, so its update is unconfirmed: what follows is a second process.
    expect(telegram.pending()).toHaveLength(1)
    open({ dispatch: house.restart() })
    alice.send('/echo after')
    await telegram.waitFor('the next answer', () => texts(alice).includes('after'))
    expect(house.runs.get('long')).toBe(1)
    house.release()
  })

  it('fetched but not begun when it stops are left for the next process, and run once', async () => {
    const { telegram, house, surface, ended, open } = await setUp({}, ({ user }) => {
      const alice = user({ id: 1 })
      alice.send('/long')
      alice.send('/echo fetched with it')
    })
    const alice = telegram.user({ id: 1 })
    await house.started('long')
    alice.send('/echo not yet fetched')
    await surface.stop()
    await ended
    expect(texts(alice)).toEqual([expect.stringContaining('shutting down')])
    expect(telegram.pending()).toHaveLength(2)
    open({ dispatch: house.restart() })
    await telegram.waitFor('the rest', () => texts(alice).length === 3)
    expect(texts(alice).slice(1)).toEqual(['fetched with it', 'not yet fetched'])
    expect(house.runs.get('echo')).toBe(2)
    expect(house.runs.get('long')).toBe(1)
  })
})

describe('who is let in', () => {
  it('is on the list: others learn their id once, by message and by button', async () => {
    const { telegram, house } = await setUp()
    const alice = telegram.user({ id: 1 })
    const stranger = telegram.user({ id: 666 })
    stranger.send('/quote btc')
    expect(await telegram.waitFor('the refusal', () => texts(stranger)[0])).toContain('666')
    stranger.send('/quote btc')
    alice.send('/quote btc')
    await telegram.waitFor('an answer', () => texts(alice)[0])
    expect(await stranger.pressData(alice.chat.messages[1].buttons[0][0].callback_data)).toBeNull()
    expect(texts(stranger)).toHaveLength(1)
    expect(house.runs.get('quote')).toBe(1)
    expect(house.runs.get('echo')).toBeUndefined()
  })

  it('cannot press the buttons of others', async () => {
    const { telegram, house } = await setUp()
    const alice = telegram.user({ id: 1 })
    const bob = telegram.user({ id: 2 })
    alice.send('/quote btc')
    await telegram.waitFor('an answer', () => texts(alice)[0])
    bob.send('/echo x')
    await telegram.waitFor('an answer', () => texts(bob)[0])
    await bob.pressData(alice.chat.messages[1].buttons[0][0].callback_data)
    await telegram.waitFor('the refusal', () => texts(bob).some((text) => text.includes('somebody else')))
    expect(house.runs.get('echo')).toBe(1)
  })
})

describe('groups', () => {
  it('hear from the bot only when it is addressed', async () => {
    const { telegram } = await setUp()
    const alice = telegram.user({ id: 1 })
    const chat = telegram.group(-100)
    const said = () => chat.messages.filter(({ from }) => from === 'bot').map(({ text }) => text)
    alice.send('/echo nobody', { chat })
    alice.send('/echo@OtherBot no', { chat })
    alice.send('just talk', { chat })
    alice.send('/echo@candletestbot named', { chat })
    alice.send('@CandleTestBot /echo mentioned', { chat })
    await telegram.waitFor('two answers', () => said().length === 2)
    alice.send('/echo replied', { chat, replyTo: chat.messages.find(({ from }) => from === 'bot') })
    await telegram.waitFor('three answers', () => said().length === 3)
    expect(said()).toEqual(['named', 'mentioned', 'replied'])
    expect(chat.messages.at(-1)?.replyTo).toBe(chat.messages.find(({ text }) => text === '/echo replied')?.id)
  })
})

describe('files', () => {
  it('go to the command they come with, or to the one that takes files', async () => {
    const { telegram } = await setUp()
    const alice = telegram.user({ id: 1 })
    alice.sendDocument('a.json', '{"name": "中文"}', '/echo')
    alice.sendDocument('b.json', '[2]')
    await telegram.waitFor('two answers', () => texts(alice).length === 2)
    expect(texts(alice)).toEqual(['{"name": "中文"}', '[2]'])
  })

  it('that are too large or no text are refused in one line', async () => {
    const { telegram, house } = await setUp()
    const alice = telegram.user({ id: 1 })
    alice.sendDocument('big.txt', 'x'.repeat(300_000), '/echo')
    alice.sendDocument('odd.bin', Buffer.from([0xff, 0xfe, 0xff]), '/echo')
    await telegram.waitFor('two answers', () => texts(alice).length === 2)
    expect(texts(alice)).toEqual([
      'The file big.txt is too large: at most 256 kB are taken.',
      'The file odd.bin is not text (UTF-8).',
    ])
    expect(house.runs.get('echo')).toBeUndefined()
    // The size was known: it was not even asked for.
    expect(telegram.calls.filter(({ method }) => method === 'getFile')).toHaveLength(1)
  })
})

describe('what no retry can mend', () => {
  it('ends with a line that says what to do: a wrong token', async () => {
    const { open, telegram } = await setUp()
    const { surface, ended } = open({ token: '1:wrong', apiRoot: telegram.apiRoot })
    expect(await ended).toMatchObject({ id: 'error-telegram-token' })
    expect(surface.health().state).toBe('failed')
  })

  it('ends with a line that says what to do: a second poller', async () => {
    const { open, ended, surface, telegram } = await setUp()
    await telegram.waitFor('polling', () => surface.health().state === 'polling' && telegram.commands.size === 3)
    open()
    expect(await ended).toMatchObject({ id: 'error-telegram-conflict' })
  })
})

it('keeps the token out of the log', async () => {
  const { telegram, house } = await setUp()
  const alice = telegram.user({ id: 1 })
  telegram.fail('sendMessage', new ApiError(400, 'Bad Request: chat not found'))
  telegram.fail('getFile', new ApiError(400, 'Bad Request: wrong file_id'))
  alice.send('/echo lost')
  alice.sendDocument('a.json', '{}', '/echo')
  await telegram.waitFor('the refusal', () => texts(alice)[0]?.includes('could not be fetched'))
  telegram.fail('sendMessage', 'hang-up')
  alice.send('/long')
  await house.started('long')
  house.step(0.1)
  await telegram.waitFor('progress whose answer is lost', () => texts(alice).some((text) => text.includes('10%')))
  house.step(0.2)
  await telegram.waitFor('progress sent anew', () => texts(alice).some((text) => text.includes('20%')))
  expect(house.log.map(({ msg }) => msg)).toContain('progress could not be shown')
  house.release()
  expect(house.log.filter(({ level }) => Number(level) >= 50).length).toBeGreaterThan(0)
  expect(JSON.stringify(house.log)).not.toContain(telegram.token)
})

describe('while Telegram cannot be reached', () => {
  it('says so, and ends in peace when told to', async () => {
    let time = 1_000_000
    const { house } = await setUp()
    const surface = createTelegramSurface({
      token: '1:nobody-hears-this',
      apiRoot: 'http://127.0.0.1:9',
      dispatch: house.dispatch,
      registry: house.registry,
      logger: house.options.logger,
      now: () => time,
    })
    const ended = surface.start().then(() => 'ended')
    expect(surface.health().state).toBe('starting')
    time += 91_000
    expect(surface.health().state).toBe('unreachable')
    await surface.stop()
    expect(await ended).toBe('ended')
    expect(surface.health().state).toBe('stopped')
  })
})
