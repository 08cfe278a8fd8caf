import { describe, expect, it } from 'vitest'
import { walkCandles } from '../../testing/candleSeries.js'
import { intervalMs } from '../bars.js'
import { type Candle, type Candles, candleAt, candlesFromRows } from '../candles.js'
import { compileStrategy } from '../strategy/compile.js'
import { RuleStream, type RuleValues } from '../strategy/ruleStream.js'
import type { Condition, Rules } from '../strategy/schema.js'
import { Detail } from './detail.js'
import { tickColumns } from './tickColumns.js'

const from = 30
const bar = intervalMs('3m')

/** What has formed of a bar by the end of these minutes. */
function formed(minutes: Candle[]): Candle {
  return {
    ...minutes[0],
    high: Math.max(...minutes.map(({ high }) => high)),
    low: Math.min(...minutes.map(({ low }) => low)),
    close: minutes[minutes.length - 1].close,
    volume: minutes.reduce((sum, { volume }) => sum + volume, 0),
  }
}

const walk = walkCandles(360, 11)
const minutes = Array.from(walk.ts, (_, i) => candleAt(walk, i))
const bars = Array.from({ length: 120 }, (_, i) => formed(minutes.slice(3 * i, 3 * i + 3)))
const series = (rows: Candle[]): Candles => candlesFromRows(rows, walk.priceScale)

const rulesOf = (buy: Condition, sell: Condition): Rules => ({
  buy_groups: [{ logic: 'AND', conditions: [buy] }],
  sell_groups: [{ logic: 'AND', conditions: [sell] }],
})
const closes = rulesOf(
  { indicator_type: 'MA', signal_type: 'price_above', params: { period: 4 } },
  { indicator_type: 'RSI', signal_type: 'bearish', params: { period: 4 } },
)
const ranges = rulesOf(
  { indicator_type: 'KDJ', signal_type: 'bullish', params: { n: 4 } },
  { indicator_type: 'KDJ', signal_type: 'overbought', params: { n: 6, overbought: 65 } },
)
const touches = rulesOf(
  { indicator_type: 'BOLL', signal_type: 'touch_upper', params: { period: 6, k: 1 } },
  { indicator_type: 'BOLL', signal_type: 'touch_lower', params: { period: 6, k: 1 } },
)
class Watched extends RuleStream {
  readonly seen: Candle[] = []

  override peek(forming: Candle): RuleValues {
    this.seen.push({ ...forming })
    return super.peek(forming)
  }
}

it('shows the rules each bar as it had formed, with its open, extremes and volume', () => {
  const stream = new Watched(closes, '3m', walk.priceScale)
  tickColumns(series(bars), from, new Detail(walk, bar, bar / 3), stream)
  const parts = bars.slice(from).map((_, n) => minutes.slice(3 * (from + n), 3 * (from + n) + 3))
  expect(stream.seen).toEqual(parts.flatMap((own) => [formed(own.slice(0, 1)), formed(own.slice(0, 2))]))
})

describe('the columns of ticks', () => {
  it.each(Object.entries({ closes, ranges, touches }))('say of %s what had formed by then', (_name, rules) => {
    // The middle minute of every tenth bar is missing.
    const isMissing = (i: number) => i % 10 === 5
    const detail = new Detail(
      series(minutes.filter((_, k) => k % 3 !== 1 || !isMissing(Math.floor(k / 3)))),
      bar,
      bar / 3,
    )
    const stream = new RuleStream(rules, '3m', walk.priceScale)
    const columns = tickColumns(series(bars), from, detail, stream)
    const expected = bars.slice(from).flatMap((whole, n) => {
      const i = from + n
      const parts = minutes.slice(3 * i, 3 * i + 3)
      const ticks = isMissing(i)
        ? [{ tick: whole, forming: whole }]
        : parts.map((tick, k) => ({ tick, forming: formed(parts.slice(0, k + 1)) }))
      return ticks.map(({ tick, forming }) => {
        const { buy, sell } = compileStrategy(rules, '3m', series([...bars.slice(0, i), forming]))
        return { tick, barTs: whole.ts, buy: buy[i], sell: sell[i] }
      })
    })
    expect([...columns.buy]).toEqual(expected.map(({ buy }) => buy))
    expect([...columns.sell]).toEqual(expected.map(({ sell }) => sell))
    expect(new Set(columns.buy)).toEqual(new Set([0, 1]))
    expect(new Set(columns.sell)).toEqual(new Set([0, 1]))
    expect([...columns.barTs]).toEqual(expected.map(({ barTs }) => barTs))
    expect(expected.map((_, k) => candleAt(columns.candles, k))).toEqual(expected.map(({ tick }) => tick))
    const lasts = expected.flatMap(({ barTs }, k) => (expected[k + 1]?.barTs === barTs ? [] : [k]))
    expect([...columns.lastParts]).toEqual(lasts)
  })
})
