import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { chatInTerminal, freshFolder, startBuilt } from './built.js'
import { endOf } from './childProcess.js'
import { startFakeDiscord } from './fakeDiscord.js'
import { type FakeTelegram, startFakeTelegram } from './fakeTelegram.js'

const pngSignature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const isPng = (bytes?: Uint8Array) => pngSignature.every((byte, i) => bytes?.[i] === byte)

describe('the terminal chat', () => {
  it('answers a backtest with figures and a picture, in both languages', async () => {
    const { code, stdout, stderr } = await chatInTerminal([
      '/backtest rsi-dip BTC-USDT 15m 90d',
      '/language zh',
      '/theme light',
      'backtest rsi-dip btc 1h 30d',
    ])
    expect(code).toBe(0)
    expect(stderr).not.toMatch(/error/i)
    const [english, chinese] = stdout.split('我和您说中文')
    expect(english).toContain('SIMULATED DATA')
    expect(english).toMatch(/Return +[+-]?\d+\.\d\d%/)
    expect(chinese).toContain('模拟数据')
    expect(chinese).toMatch(/收益率 +[+-]?\d+\.\d\d%/)
    expect(chinese).toContain('BTC-USDT · 1H')
    const pictures = [...stdout.matchAll(/(?:Picture: |图片：)(\S+\.png)/g)].map(([, path]) => path)
    expect(pictures).toHaveLength(2)
    for (const path of pictures) expect(isPng(readFileSync(path))).toBe(true)
  })

  it('saves a strategy of a swap and tests it with leverage, in both languages, its buttons included', async () => {
    const { code, stdout, stderr } = await chatInTerminal([
      '/new both-ways inst: BTC-USDT-SWAP; bar: 1h; direction: both; leverage: 5; buy: MA(10, 30) golden_cross; sell: MA(10, 30) death_cross',
      '#1',
      '/backtest both-ways 15m 7d detail=5m',
      '/backtest both-ways detail=4h',
      '/language zh',
      '/backtest both-ways 7d',
    ])
    expect(code).toBe(0)
    expect(stderr).not.toMatch(/error/i)
    const [english, chinese] = stdout.split('我和您说中文')
    expect(english).toContain('Perpetual swap, long and short, 5x, cross margin, sizes in contracts of 0.01 BTC')
    expect(english).toMatch(/Funding +[+-]\d+\.\d\d USDT\n/)
    expect(english).toMatch(/Liquidations +\d+\n/)
    expect(english).toMatch(/Largest position +[\d,.]+ contracts \([\d.]+ BTC\)/)
    expect(english).toContain('Order of events within a candle from 5m candles')
    expect(english).toContain('4H candles do not make up 1H candles. Allowed as finer candles: 1m, 3m, 5m, 15m, 30m')
    expect(english).not.toContain('assumed')
    expect(chinese).toContain('永续合约，多空双向，5 倍杠杆，全仓，数量单位：张（每张 0.01 BTC）')
    expect(chinese).toMatch(/强平次数 +\d+\n/)
    const pictures = [...stdout.matchAll(/(?:Picture: |图片：)(\S+\.png)/g)].map(([, path]) => path)
    expect(pictures).toHaveLength(3)
    for (const path of pictures) expect(isPng(readFileSync(path))).toBe(true)
  })

  it('keeps a strategy from one start to the next, and tells what is wrong with a bad one', async () => {
    const dataDir = freshFolder()
    const first = await chatInTerminal(
      [
        '/new my-dip stop: 3%; buy: RSI oversold; sell: RSI overbought',
        '/new bad buy: RSY oversold; sell: RSI overbought',
      ],
      dataDir,
    )
    expect(first.stdout).toContain('Saved my-dip.')
    expect(first.stdout).toMatch(/RSY.*RSI/)
    const second = await chatInTerminal(
      ['/strategy my-dip', '/backtest my-dip 7d', '/delete my-dip', '/strategy my-dip'],
      dataDir,
    )
    expect(second.stdout).toContain('buy: RSI oversold')
    expect(second.stdout).toContain('my-dip · BTC-USDT · 15m')
    expect(second.stdout).toContain('Deleted my-dip.')
    expect(second.stdout).toContain('There is no strategy my-dip')
  })
})

describe('a strategy of one’s own in the terminal', () => {
  it('is edited, explained, brought back and exported, in both languages', async () => {
    const { code, stdout, stderr } = await chatInTerminal([
      '/new my-dip stop: 3%; buy: RSI oversold; sell: RSI overbought',
      '/edit my-dip stop: 5%',
      '#1',
      '/why my-dip',
      '/strategy my-dip',
      '/export my-dip',
      '/language zh',
      '/versions my-dip',
      '/why my-dip',
      '/indicators RSI',
    ])
    expect(code).toBe(0)
    expect(stderr).not.toMatch(/error/i)
    const [english, chinese] = stdout.split('我和您说中文')
    expect(english).toContain('- stop: 3%\n+ stop: 5%')
    expect(english).toContain('my-dip is now at version 3, with the rules of version 1.')
    expect(english).toMatch(/[✅❌] Buy: the rules (do not )?hold\n[✅❌] RSI\(14\) is below 30\n +rsi \d/u)
    expect(english).toContain('Last buy signal (UTC)')
    const [, picture] = /Picture: (\S+\.png)/.exec(english) ?? expect.fail('no picture')
    expect(isPng(readFileSync(picture))).toBe(true)
    const [, file] = /File: (\S+\.json)/.exec(english) ?? expect.fail('no file')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ name: 'my-dip', risk: { stop_loss_pct: 3 } })
    expect(chinese).toMatch(/2 .*- stop: 3% {2}\+ stop: 5%/)
    expect(chinese).toMatch(/[✅❌] 买入规则(不)?成立\n[✅❌] RSI\(14\) 低于 30/u)
    expect(chinese).toContain('buy: RSI(14, oversold=30) oversold')
  })
})

describe('the Telegram bot', () => {
  let telegram: FakeTelegram
  afterEach(() => telegram.close())

  async function startBot(dataDir: string) {
    telegram = await startFakeTelegram()
    const settings = {
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_ALLOWED_IDS: '42,43',
      TELEGRAM_API_ROOT: telegram.apiRoot,
    }
    return startBuilt('main', [], { dataDir, settings })
  }

  it('turns its progress message into a photo with figures and buttons, in the language of whoever asks', async () => {
    const bot = await startBot(freshFolder())
    const ended = endOf(bot)
    const english = telegram.user({ id: 42, languageCode: 'en' })
    const chinese = telegram.user({ id: 43, languageCode: 'zh-hans' })
    const photoFor = (user: typeof english, count: number) =>
      telegram.waitFor('a photo', () => {
        const photos = user.chat.messages.filter(({ photo }) => photo)
        return photos.length >= count && photos.at(-1)
      })

    english.send('/backtest rsi-dip BTC-USDT 15m 90d')
    const photo = await photoFor(english, 1)
    expect(isPng(photo.photo?.bytes)).toBe(true)
    expect(photo.text).toContain('SIMULATED DATA')
    expect(photo.text).toMatch(/Return/)
    expect(english.chat.messages.filter(({ from }) => from !== 42)).toHaveLength(1)

    await english.press('30d')
    expect((await photoFor(english, 2)).text).toContain('BTC-USDT · 15m')

    chinese.send('/backtest rsi-dip ETH-USDT 1h 30d')
    const answer = await photoFor(chinese, 1)
    expect(answer.text).toContain('模拟数据')
    expect(answer.text).toContain('收益率')
    expect(isPng(answer.photo?.bytes)).toBe(true)

    bot.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 0 })
  })

  it('shows how far a long backtest is, and stops it when Cancel is pressed', async () => {
    const bot = await startBot(freshFolder())
    const ended = endOf(bot)
    const user = telegram.user({ id: 42, languageCode: 'en' })
    user.send('/backtest rsi-dip BTC-USDT 1m 3y')
    await telegram.waitFor('progress', () => user.chat.messages.some(({ text }) => /Fetching.*\d+%/s.test(text)))
    await user.press('Cancel')
    await telegram.waitFor('the end', () =>
      user.chat.messages.some(({ text }) => text.includes('/backtest was cancelled')),
    )
    user.send('/backtests')
    await telegram.waitFor('the list', () => user.chat.messages.some(({ text }) => text.includes('failed')))
    bot.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 0 })
  })

  it('is deaf to those who are not on its list', async () => {
    const bot = await startBot(freshFolder())
    const stranger = telegram.user({ id: 666, languageCode: 'en' })
    stranger.send('/strategies')
    await telegram.waitFor('the refusal', () => stranger.chat.messages.some(({ text }) => text.includes('666')))
    bot.kill('SIGTERM')
    await once(bot, 'exit')
    expect(stranger.chat.messages.filter(({ text }) => text.includes('rsi-dip'))).toEqual([])
  })
})

describe('both platforms in one process', () => {
  const alice = '420000000000000042'

  it('answers a backtest on Discord with a picture and working buttons, and Telegram beside it', async () => {
    const [telegram, discord] = [await startFakeTelegram(), await startFakeDiscord()]
    const bot = startBuilt('main', [], {
      dataDir: freshFolder(),
      settings: {
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_ALLOWED_IDS: '42',
        TELEGRAM_API_ROOT: telegram.apiRoot,
        DISCORD_BOT_TOKEN: discord.token,
        DISCORD_ALLOWED_IDS: alice,
        DISCORD_REST_API: discord.restApi,
      },
    })
    const ended = endOf(bot)
    await discord.waitFor('the commands', () => discord.commandPuts > 0)
    const user = discord.user({ id: alice, locale: 'zh-CN' })
    const offered = await user.autocomplete('backtest', 'strategy', 'rsi')
    expect(offered.map(({ value }) => value)).toContain('rsi-dip')

    const asked = await user.command('backtest', { strategy: 'rsi-dip', inst: 'btc', bar: '15m', range: '90d' })
    const pictureOf = (messages: typeof asked.messages) => messages.flatMap(({ files }) => files).at(-1)
    const picture = await discord.waitFor('a picture', () => pictureOf(asked.messages))
    expect(isPng(picture.bytes)).toBe(true)
    expect(asked.messages.at(-1)?.text).toContain('模拟数据')

    const pressed = await user.press('30d')
    expect(isPng((await discord.waitFor('another picture', () => pictureOf(pressed.messages))).bytes)).toBe(true)

    const onTelegram = telegram.user({ id: 42, languageCode: 'en' })
    onTelegram.send('/price eth')
    await telegram.waitFor('the price', () => onTelegram.chat.messages.some(({ text }) => text.includes('ETH-USDT')))

    bot.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 0 })
    await Promise.all([telegram.close(), discord.close()])
  })

  it('serves the one while the other is misconfigured, and says so', async () => {
    const [telegram, discord] = [await startFakeTelegram(), await startFakeDiscord()]
    const bot = startBuilt('main', [], {
      dataDir: freshFolder(),
      settings: {
        TELEGRAM_BOT_TOKEN: '1:this-token-is-not-known-here',
        TELEGRAM_ALLOWED_IDS: '42',
        TELEGRAM_API_ROOT: telegram.apiRoot,
        DISCORD_BOT_TOKEN: discord.token,
        DISCORD_ALLOWED_IDS: alice,
        DISCORD_REST_API: discord.restApi,
      },
    })
    const ended = endOf(bot)
    await discord.waitFor('the commands', () => discord.commandPuts > 0)
    const user = discord.user({ id: alice })
    const asked = await user.command('price', { inst: 'eth' })
    await discord.waitFor('the price', () => asked.messages.some(({ text }) => text.includes('ETH-USDT')))
    bot.kill('SIGTERM')
    const { code, stderr } = await ended
    expect(code).toBe(0)
    expect(stderr).toMatch(/"platform":"telegram","told":"[^"]+"/)
    expect(stderr).not.toContain('this-token-is-not-known-here')
    await Promise.all([telegram.close(), discord.close()])
  })

  it('ends when told to while Telegram cannot be reached', async () => {
    const bot = startBuilt('main', [], {
      dataDir: freshFolder(),
      settings: {
        TELEGRAM_BOT_TOKEN: '1:this-token-is-not-known-here',
        TELEGRAM_ALLOWED_IDS: '42',
        TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
      },
    })
    const ended = endOf(bot)
    bot.stdout.resume()
    bot.stderr.on('data', (line) => String(line).includes('"serving"') && setImmediate(() => bot.kill('SIGTERM')))
    expect(await ended).toMatchObject({ code: 0 })
  })

  it('ends with a line that says what to do where none can be served', async () => {
    const discord = await startFakeDiscord()
    const bot = startBuilt('main', [], {
      dataDir: freshFolder(),
      settings: {
        DISCORD_BOT_TOKEN: 'this.token.is.not.known.to.anybody',
        DISCORD_ALLOWED_IDS: alice,
        DISCORD_REST_API: discord.restApi,
      },
    })
    const { code, stderr } = await endOf(bot)
    expect(code).toBe(1)
    expect(stderr.trimEnd().split('\n').at(-1)).toContain('DISCORD_BOT_TOKEN')
    await discord.close()
  })
})
