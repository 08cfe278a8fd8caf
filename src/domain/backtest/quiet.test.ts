import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../testing/candleSeries.js'
import { type EngineCase, minute, type Ohlc, toCandles, toInput } from '../../testing/engineCase.js'
import { noRisk } from '../../testing/strategyFixture.js'
import { runEngine } from './engine.js'
import { passBar, passQuietBars, stopLevels } from './stops.js'

const anyLevels = fc.record({
  side: fc.constantFrom('long' as const, 'short' as const),
  stop: fc.constantFrom(null, 1, 2.5, 10),
  target: fc.constantFrom(null, 2, 3.3, 20),
  trailing: fc.constantFrom(null, 0.7, 1, 3, 10),
  liquidation: fc.constantFrom(null, 1.5, 4),
})
const anyWalk = fc.record({ seed: fc.nat(), length: fc.integer({ min: 1, max: 400 }), reach: fc.constantFrom(1, 2, 5) })

/** Bars in tenths around 100 that move by a few tenths each. */
function walk({ seed, length, reach }: { seed: number; length: number; reach: number }): Ohlc[] {
  const random = seededRandom(seed)
  const upTo = (most: number) => Math.floor(random() * (most + 1))
  let last = 1000
  return Array.from({ length }, () => {
    const open = last
    last += upTo(2 * reach) - reach
    const high = Math.max(open, last) + upTo(reach)
    const low = Math.min(open, last) - upTo(reach)
    return [open / 10, high / 10, low / 10, last / 10]
  })
}

describe('bars that are passed over', () => {
  it('are those that the stops leave alone one by one, and move the trailing stop alike', () => {
    fc.assert(
      fc.property(anyLevels, anyWalk, fc.nat(50), (kind, shape, from) => {
        const { high, low, open } = toCandles(walk(shape))
        const risk = { ...noRisk, stop_loss_pct: kind.stop, take_profit_pct: kind.target }
        const away = kind.side === 'long' ? -1 : 1
        const liquidation = kind.liquidation === null ? null : 100 + away * kind.liquidation
        const made = () => stopLevels(kind.side, 100, { ...risk, trailing_stop_pct: kind.trailing }, liquidation)
        const [quick, slow] = [made(), made()]
        const first = Math.min(from, high.length)
        const passed = passQuietBars(quick, { high, low }, first, high.length)
        for (let i = first; i < first + passed; i++) expect(passBar(slow, open[i], high[i], low[i])).toBeNull()
        // The best price is of use to the trailing stop alone.
        expect({ ...quick, best: 0 }).toEqual({ ...slow, best: 0 })
        if (kind.trailing !== null) expect(quick.best).toBe(slow.best)
        const next = first + passed
        if (next === high.length) return
        // It stops where something happens, or where the trailing stop is too near for it to tell.
        const worst = kind.side === 'long' ? low[next] : -high[next]
        if (worst > quick.trailing + 1e-9) expect(passBar(slow, open[next], high[next], low[next])).not.toBeNull()
      }),
      { numRuns: 2000 },
    )
  })
})

const trailingPct = 5

/**
 * Bars whose worst price is always one tick (0.01) short of the trailing stop, counted in whole ticks; the best moves on
 * now and then. `stops` are the trailing stops that each bar met, in hundredths of ticks.
 */
function nearMisses(side: 'long' | 'short', length: number): { market: Ohlc[]; stops: number[] } {
  const random = seededRandom(7)
  const sign = side === 'long' ? 1 : -1
  const start: Ohlc = [500, 500, 500, 500]
  const market: Ohlc[] = [start, start]
  const stops = [0, 0]
  let best = 50_000
  while (market.length < length) {
    const stop = best * (100 - sign * trailingPct)
    const worst = side === 'long' ? Math.floor(stop / 100) + 1 : Math.ceil(stop / 100) - 1
    if (random() < 0.05) best += sign
    const [high, low] = side === 'long' ? [best, worst] : [worst, best]
    const middle = Math.round((high + low) / 2)
    market.push([middle / 100, high / 100, low / 100, middle / 100])
    stops.push(stop)
  }
  return { market, stops }
}

describe.each(['long', 'short'] as const)('a %s whose trailing stop is missed by a tick on every bar', (side) => {
  const sign = side === 'long' ? 1 : -1
  const { market, stops } = nearMisses(side, 3000)
  const runOn = (bars: Ohlc[], changes: Partial<EngineCase> = {}) =>
    runEngine(
      toInput({
        market: bars,
        [side === 'long' ? 'buy' : 'sell']: [0],
        instType: 'SWAP',
        direction: side,
        risk: { trailing_stop_pct: trailingPct },
        trades: [],
        ...changes,
      }),
    )

  it('is held to the end and marked on every bar', () => {
    const run = runOn(market)
    expect(run.trades.map(({ exit_reason }) => exit_reason)).toEqual(['end_of_data'])
    expect(run.barsInPosition).toBe(market.length - 1)
    // Two coins at 500.
    for (const [i, [, , , close]] of market.entries()) {
      expect(run.equity[i]).toBeCloseTo(i === 0 ? 1000 : 1000 + sign * 2 * (close - 500), 8)
    }
  })

  it.each([2, 3, 700, 1501, 2998])('is stopped on bar %d where that goes a tick further', (k) => {
    const bars = market.map((bar, i): Ohlc => {
      const [open, high, low, close] = bar
      if (i !== k) return bar
      return side === 'long' ? [open, high, (low * 100 - 1) / 100, close] : [open, (high * 100 + 1) / 100, low, close]
    })
    const [trade] = runOn(bars).trades
    expect([trade.exit_ts / minute, trade.exit_reason]).toEqual([k, 'trailing_stop'])
    expect(trade.exit_price).toBeCloseTo(stops[k] / 10_000, 9)
  })

  it('goes on past funding, and leaves by max_hold and by signal on time', () => {
    const funding = [500, 1700].map((index) => ({ index, ts: index * minute, rate: 0.001 }))
    expect(
      runOn(market, { funding })
        .ledger.entries()
        .filter(({ kind }) => kind === 'funding'),
    ).toHaveLength(2)
    const held = runOn(market, { funding, risk: { trailing_stop_pct: trailingPct, max_hold_bars: 2000 } }).trades[0]
    expect([held.exit_ts / minute, held.exit_reason]).toEqual([2001, 'max_hold'])
    const left = runOn(market, { [side === 'long' ? 'sell' : 'buy']: [2500] }).trades[0]
    expect([left.exit_ts / minute, left.exit_reason]).toEqual([2501, 'signal'])
  })
})
