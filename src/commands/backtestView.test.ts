import { describe, expect, it } from 'vitest'
import { captionLimit, formatReply } from '../chat/telegram/formatted.js'
import { backtest } from '../domain/backtest/backtest.js'
import type { BacktestResult, Integrity } from '../domain/backtest/result.js'
import { candlesFromRows } from '../domain/candles.js'
import { createTranslator, type Locale } from '../i18n.js'
import { noRisk, strategyWith } from '../testing/strategyFixture.js'
import { backtestChart, backtestReply, backtestText } from './backtestView.js'

const quarterMs = 900_000
const candles = candlesFromRows(
  Array.from({ length: 400 }, (_, i) => {
    const close = 50_000 + Math.round(20_000 * Math.sin(i / 12)) / 10
    return { ts: i * quarterMs, open: close, high: close, low: close, close, volume: 1 }
  }),
)
const condition = (signal_type: string) => ({
  logic: 'AND' as const,
  conditions: [{ indicator_type: 'MA', signal_type, params: { fast: 2, slow: 5 } }],
})
const strategy = strategyWith({
  name: 'turns',
  inst_id: 'BTC-USDT-SWAP',
  bar: '15m',
  direction: 'both',
  leverage: 5,
  margin_mode: 'isolated',
  risk: noRisk,
  rules: { buy_groups: [condition('golden_cross')], sell_groups: [condition('death_cross')] },
})
const { result: swap, equity } = backtest({
  strategy,
  version: 1,
  instId: 'BTC-USDT-SWAP',
  bar: '15m',
  source: 'simulated',
  candles,
  fromTs: 0,
  costs: { start_equity: 10_000, fee_rate: 0.0005, slippage_bps: 0, fill: 'next_open', exact_sizes: true },
  sizeRules: { minSz: 0.01, lotSz: 0.01, contractCoins: 0.01, tiers: [{ maxSz: 1e6, mmr: 0.004, maxLever: 100 }] },
  fundingRates: { ts: [0], rate: [0.0001] },
  detail: null,
})

const t = (locale: Locale) => createTranslator({ locale, timeZone: 'UTC', theme: 'light' })
const sound: Integrity = {
  ...swap.integrity,
  warm_up: { bars: 300, wanted: 300, ok: true },
  enough_trades: true,
  out_of_sample: { return_pct: 1, trades: 1 },
  assumed: { size_rules: false, tiers: false, funding_payments: 0 },
}
const withIntegrity = (changes: Partial<Integrity>, result: BacktestResult = swap): BacktestResult => ({
  ...result,
  integrity: { ...sound, ...changes },
})
const linesOf = (result: BacktestResult, locale: Locale = 'en') => backtestText(result, t(locale)).text.split('\n')
const fieldOf = (result: BacktestResult, label: string, locale: Locale = 'en') =>
  backtestText(result, t(locale)).fields.find((field) => field.label === label)?.value
const spot: BacktestResult = { ...swap, inst_id: 'BTC-USDT', direction: 'long', leverage: 1, margin_mode: null }

describe('the words of a swap’s backtest', () => {
  it('say direction, leverage, margin mode and the unit of its sizes', () => {
    expect(linesOf(withIntegrity({}))[2]).toBe(
      'Perpetual swap, long and short, 5x, isolated margin, sizes in contracts of 0.01 BTC',
    )
    expect(linesOf(withIntegrity({}), 'zh')[2]).toBe(
      '永续合约，多空双向，5 倍杠杆，逐仓，数量单位：张（每张 0.01 BTC）',
    )
    const other = { ...swap, direction: 'short', margin_mode: 'cross', contract_coins: null, leverage: 1 } as const
    expect(linesOf(other)[2]).toBe('Perpetual swap, short only, 1x, cross margin, sizes in BTC')
    expect(linesOf(other, 'zh')[2]).toBe('永续合约，只做空，1 倍杠杆，全仓，数量单位：BTC')
  })

  it('count liquidations, name the largest position, and say what funding brought or cost', () => {
    const [first, second, ...others] = swap.trades
    const trades = [
      { ...first, size: 250.5, exit_reason: 'liquidation' as const },
      { ...second, size: 3, exit_reason: 'liquidation' as const },
      ...others.map((trade) => ({ ...trade, size: 1 })),
    ]
    const result: BacktestResult = { ...swap, trades, stats: { ...swap.stats, funding: -12.345 } }
    expect(fieldOf(result, 'Liquidations')).toBe('2')
    expect(fieldOf(result, 'Largest position')).toBe('250.5 contracts (2.505 BTC)')
    expect(fieldOf(result, 'Funding')).toBe('-12.35 USDT')
    expect(fieldOf(result, '强平次数', 'zh')).toBe('2')
    expect(fieldOf(result, '最大仓位', 'zh')).toBe('250.5 张（2.505 BTC）')
    expect(fieldOf({ ...result, contract_coins: null }, 'Largest position')).toBe('250.5 BTC')
    expect(fieldOf({ ...result, trades: [] }, 'Largest position')).toBe('n/a')
  })

  it('are not said of spot', () => {
    expect(linesOf(withIntegrity({}, spot)).slice(2)).toEqual(['🟢 Checked: nothing was found'])
    expect(fieldOf(spot, 'Liquidations')).toBeUndefined()
    expect(fieldOf(spot, 'Funding')).toBeUndefined()
  })

  it('name the finer candles, and what they are for', () => {
    const closes = withIntegrity({}, { ...spot, detail_bar: '5m' })
    expect(linesOf(closes)[2]).toBe('Order of events within a candle from 5m candles')
    const ticks = withIntegrity({}, { ...spot, detail_bar: '1m', evaluate_on: 'tick' })
    expect(linesOf(ticks)[2]).toBe('Decides within candles: tested at the close of every 1m candle')
    expect(linesOf(ticks, 'zh')[2]).toBe('在 K 线内决策：按每根 1m K 线的收盘检验')
  })
})

describe('the warnings', () => {
  const warnings = (changes: Partial<Integrity>, locale: Locale = 'en') =>
    linesOf(withIntegrity(changes, { ...swap, detail_bar: '1m' }), locale).slice(4)

  it('are none where nothing was assumed, which is said too', () => {
    expect(warnings({})).toEqual(['🟢 Checked: nothing was found'])
    expect(warnings({}, 'zh')).toEqual(['🟢 检查通过：没有发现问题'])
  })

  it('say what was assumed', () => {
    const assumed = { size_rules: true, tiers: true, funding_payments: 12 }
    expect(warnings({ assumed })).toEqual([
      "🟠 Sizes are fractional: the exchange's size rules were not applied.",
      '🟠 Maintenance margin is assumed to be 0.4% at every size.',
      '🟠 12 funding payments are assumed at 0.01% each 8 h: no rate is recorded.',
    ])
    expect(warnings({ assumed }, 'zh')).toEqual([
      '🟠 数量可以是任意小数：没有采用交易所的下单数量规则。',
      '🟠 维持保证金率按 0.4% 假定，不随仓位大小变化。',
      '🟠 12 次资金费没有费率记录，按每 8 小时 0.01% 假定。',
    ])
  })

  it('say where finer candles are missing', () => {
    expect(warnings({ bars_without_detail: 3 })).toEqual([
      '🟠 In 3 candles the order of events is assumed: 1m candles are missing.',
    ])
  })

  it('put what is grave first, in red', () => {
    const lines = warnings({ tick_on_closes: true, look_ahead_ok: false, enough_trades: false })
    expect(lines.map((line) => line.slice(0, 2).trim())).toEqual(['🔴', '🔴', '🟠'])
    expect(lines[0]).toContain('looks into the future')
    expect(lines[1]).toContain('tested on closes only')
  })

  it.each(['en', 'zh'] as const)(
    'of a simulated swap leave its words room in the caption of a picture: %s',
    (locale) => {
      const assumed = { size_rules: false, tiers: false, funding_payments: 264 }
      const result = withIntegrity({ assumed, enough_trades: false }, { ...swap, detail_bar: '5m' })
      const reply = backtestReply({ id: 12_345, result, curves: null, reproduced: true }, t(locale))
      expect(formatReply(reply).text.length).toBeLessThan(captionLimit)
    },
  )
})

describe('the picture', () => {
  const chartOf = (result: BacktestResult) => backtestChart({ result, candles, equity }, t('en'))

  it('says leverage, margin mode and direction of a swap', () => {
    expect(chartOf(swap).subtitle).toMatch(/ · simulated market · 5x isolated, long and short$/)
    expect(chartOf(spot).subtitle).toMatch(/ · simulated market$/)
  })

  const badgeOf = (changes: Partial<Integrity>) => chartOf(withIntegrity(changes)).badge

  it('has a badge: green where nothing was found, amber for doubts, red where figures are not to be believed', () => {
    expect(badgeOf({})).toEqual({ tone: 'green', text: 'Checked: nothing was found' })
    expect(badgeOf({ gaps: { missing_bars: 3, ok: false, first: null } })).toEqual({
      tone: 'amber',
      text: '3 candles missing',
    })
    expect(badgeOf({ tick_on_closes: true })).toEqual({ tone: 'red', text: 'Decided at closes only: live will differ' })
    expect(badgeOf({ ledger_difference: 1 })).toMatchObject({ tone: 'red' })
    expect(badgeOf({ ledger_difference: 1e-9 })).toMatchObject({ tone: 'green' })
  })

  it('names the gravest finding in its badge, and counts the others', () => {
    const all = { look_ahead_ok: false, tick_on_closes: true, enough_trades: false }
    expect(badgeOf(all)?.text).toBe('Not to be believed: a signal knows the future · +2 more')
  })

  it('warns of a gain that more slippage would take', () => {
    const [gain, loss] = [3, -3].map(
      (total_return_pct): BacktestResult => ({
        ...swap,
        stats: { ...swap.stats, total_return_pct },
      }),
    )
    const doubled_slippage = { slippage_bps: 4, return_pct: -1 }
    expect(chartOf(withIntegrity({ doubled_slippage }, gain)).badge?.text).toBe('No gain left with more slippage')
    expect(chartOf(withIntegrity({ doubled_slippage }, loss)).badge?.tone).toBe('green')
  })
})

describe('the buttons', () => {
  const asked = (result: BacktestResult) => {
    const rows = backtestReply({ id: 1, result, curves: null, reproduced: true }, t('en')).buttons ?? []
    return Object.fromEntries(
      rows.flat().flatMap(({ label, command, args }) => (command === 'backtest' ? [[label, args.detail]] : [])),
    )
  }

  it('ask for the same finer candles, in timeframes that are made of them', () => {
    expect(asked({ ...swap, detail_bar: '5m' })).toEqual({
      '7d': '5m',
      '30d': '5m',
      '90d': '5m',
      '1y': '5m',
      '5m': undefined,
      '15m': '5m',
      '1H': '5m',
      '4H': '5m',
      '1D': '5m',
    })
    expect(new Set(Object.values(asked(swap)))).toEqual(new Set([undefined]))
  })
})
