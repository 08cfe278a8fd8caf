import { once } from 'node:events'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createDiscordSurface } from '../chat/discord/discordSurface.js'
import { createTerminalSurface } from '../chat/terminal/terminalSurface.js'
import { checkStrategy } from '../domain/strategy/validate.js'
import { createTranslator } from '../i18n.js'
import { openStore } from '../store/openStore.js'
import { freshFolder, startBuilt } from './built.js'
import { endOf } from './childProcess.js'
import { startFakeDiscord } from './fakeDiscord.js'
import { type FakeTelegram, type FakeUser, startFakeTelegram } from './fakeTelegram.js'
import { openParityHouse } from './parityHouse.js'
import { exampleRules, noRisk, strategyWith } from './strategyFixture.js'

/** The example of the definitions, button by button: the buy rule, the sell rule, the stops. */
const buyRule = [
  ...['RSI', 'oversold'],
  ...['Adjust RSI oversold', 'period 14', '✓ 14', 'oversold 30', '✓ 30', 'Within 1 bar', '3', '« To the rules'],
  ...['and …', 'MACD', 'golden_cross'],
]
const sellRule = ['+ sell rule', 'RSI', 'overbought', 'or …', 'KDJ', 'death_cross_overbought']
const stops = ['Stops and settings', 'Stop loss: none', '3%', 'Take profit: none', '6%']

const said = ({ chat }: FakeUser) => chat.messages.filter(({ from }) => from === 'bot')

function startBot({ token, apiRoot }: FakeTelegram, dataDir: string) {
  const settings = { TELEGRAM_BOT_TOKEN: token, TELEGRAM_ALLOWED_IDS: '42', TELEGRAM_API_ROOT: apiRoot }
  const bot = startBuilt('main', [], { dataDir, settings })
  const ended = endOf(bot)
  return {
    async stop() {
      bot.kill('SIGTERM')
      expect(await ended).toMatchObject({ code: 0 })
    },
  }
}

const asText = [
  'stop: 3%',
  'target: 6%',
  'buy: RSI(14, oversold=30) oversold within 3 and MACD golden_cross',
  'sell: RSI overbought or KDJ death_cross_overbought',
].join('\n')

it('a new user builds the example strategy by buttons alone, in one message, and backtests it', async () => {
  const telegram = await startFakeTelegram()
  const dataDir = freshFolder()
  const user = telegram.user({ id: 42, languageCode: 'en' })
  const bot = startBot(telegram, dataDir)

  user.send('/start')
  await telegram.waitFor('the welcome', () => said(user).length === 1)
  await user.press('Build a strategy')
  const message = await telegram.waitFor('the builder', () => said(user)[1])
  const press = async (labels: readonly string[]) => {
    for (const label of labels) {
      const edits = message.earlier.length
      await user.press(label)
      await telegram.waitFor(`an answer to ${label}`, () => message.earlier.length > edits)
    }
  }

  await press(buyRule)
  expect(message.text).toContain('Buys when RSI(14) is below 30 (on any of the last 3 bars) and MACD(12, 26, 9) DIF')
  // Nothing is remembered but in the buttons: they outlive the process.
  await bot.stop()
  const next = startBot(telegram, dataDir)
  await press([...sellRule, ...stops, 'Save as rsi-macd-kdj'])
  expect(message.text).toContain('Saved rsi-macd-kdj.')
  expect(said(user)).toHaveLength(2)

  await user.press('Backtest 30d')
  const picture = await telegram.waitFor('the picture', () => said(user).find(({ photo }) => photo))
  expect(picture.text).toContain('rsi-macd-kdj · BTC-USDT · 15m')
  await next.stop()
  await telegram.close()

  const store = await openStore({
    databaseUrl: `file:${join(dataDir, 'candlechat.db')}`,
    logger: pino({ level: 'silent' }),
  })
  const { id } = await store.users.findOrCreate({ platform: 'telegram', platformUserId: '42', locale: 'en' })
  const [saved, ...others] = await store.strategies.list(id)
  await store.close()
  expect(others).toEqual([])
  const example = strategyWith({
    name: 'rsi-macd-kdj',
    risk: { ...noRisk, stop_loss_pct: 3, take_profit_pct: 6 },
    rules: exampleRules,
  })
  expect(saved).toMatchObject({ version: 1, strategy: example })
  expect(checkStrategy(saved.strategy)).toEqual({ strategy: example })
}, 60_000)

it('the same buttons build it on Discord, in one message', async () => {
  const house = await openParityHouse('en')
  const discord = await startFakeDiscord()
  const { dispatch, registry } = house
  const surface = createDiscordSurface({
    token: discord.token,
    restApi: discord.restApi,
    dispatch,
    registry,
    logger: pino({ level: 'silent' }),
  })
  const listening = surface.start()
  await discord.waitFor('the commands', () => discord.commandPuts > 0)
  const user = discord.user({ id: '420000000000000042' })
  await user.command('new')
  const message = await discord.waitFor('the builder', () => user.sees(user.dm)[0])
  for (const label of [...buyRule, ...sellRule, ...stops, 'Save as rsi-macd-kdj']) {
    const edits = message.earlier.length
    await user.press(label)
    await discord.waitFor(`an answer to ${label}`, () => message.earlier.length > edits)
  }
  expect(user.sees(user.dm)).toEqual([message])
  expect(house.said.at(-1)?.code).toContain(asText)
  await surface.stop()
  await listening
  await house.close()
  await discord.close()
}, 60_000)

it('the same buttons build it in the terminal, by their numbers', async () => {
  const house = await openParityHouse('en')
  const { dispatch, registry, said } = house
  const input = new PassThrough()
  const output = new PassThrough()
  const terminal = createTerminalSurface({
    input,
    output,
    errorOutput: new PassThrough().resume(),
    dispatch,
    registry,
    logger: pino({ level: 'silent' }),
    t: createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'dark' }),
    outDir: freshFolder(),
    historyFile: join(freshFolder(), 'history'),
    color: false,
    now: Date.now,
  })
  const running = terminal.run()
  const say = async (line: string) => {
    input.write(`${line}\n`)
    await once(output, 'data')
  }
  await say('/new')
  for (const label of [...buyRule, ...sellRule, ...stops, 'Save as rsi-macd-kdj']) {
    const labels = said.at(-1)?.buttons?.flat() ?? []
    expect(labels).toContain(label)
    await say(`#${1 + labels.indexOf(label)}`)
  }
  expect(said.at(-1)?.code).toContain(asText)
  input.end()
  await running
  await house.close()
}, 60_000)
