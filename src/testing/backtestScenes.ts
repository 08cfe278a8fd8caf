import fc from 'fast-check'
import { Detail } from '../domain/backtest/detail.js'
import type { EngineInput } from '../domain/backtest/engine.js'
import { fundingPayments } from '../domain/backtest/funding.js'
import { fills } from '../domain/backtest/result.js'
import { type Candle, candlesFromRows } from '../domain/candles.js'
import type { SizeRules } from '../domain/trading/toOrder.js'
import type { Scene } from './slowBacktest.js'

const minute = 60_000
const third = minute / 3

/** Where a market begins, how far it jumps and moves, and how seldom (1 in n) the rules say something. */
interface Mood {
  start: number
  jump: number
  reach: number
  quiet: number
}

const moods: Mood[] = [
  { start: 100, jump: 15, reach: 12, quiet: 3 },
  { start: 100, jump: 3, reach: 4, quiet: 6 },
  { start: 1000, jump: 12, reach: 3, quiet: 25 },
]

interface Part {
  jump: number
  body: number
  up: number
  down: number
}

/** Few whole prices, so that stops, targets, opens and extremes often meet exactly. */
function anyPart({ jump, reach }: Mood): fc.Arbitrary<Part> {
  return fc.record({
    jump: fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: -jump, max: jump }) },
    ),
    body: fc.integer({ min: -Math.ceil(reach / 2), max: Math.ceil(reach / 2) }),
    up: fc.integer({ min: 0, max: reach }),
    down: fc.integer({ min: 0, max: reach }),
  })
}

const anyCosts = fc.record({
  start_equity: fc.constantFrom(1000, 12_345.67),
  fee_rate: fc.constantFrom(0.0005, 0.0013, 0.02),
  slippage_bps: fc.constantFrom(0, 0, 5, 300),
  fill: fc.constantFrom(...fills),
  exact_sizes: fc.boolean(),
})

const anySizing = fc.oneof(
  fc.record({ type: fc.constant('percent' as const), value: fc.constantFrom(100, 100, 33, 7.5) }),
  fc.record({ type: fc.constant('quote' as const), value: fc.constantFrom(97, 983) }),
  fc.record({ type: fc.constant('risk' as const), value: fc.constantFrom(0.5, 2, 20) }),
)

const anyRisk = fc.record({
  stop_loss_pct: fc.constantFrom(null, null, 1, 5, 10),
  take_profit_pct: fc.constantFrom(null, null, 2, 5, 10, 20),
  trailing_stop_pct: fc.constantFrom(null, null, 1, 5, 8),
  max_hold_bars: fc.constantFrom(null, null, null, 1, 2, 5),
  cooldown_bars: fc.constantFrom(0, 0, 0, 1, 3),
})

const anySizeRules: fc.Arbitrary<SizeRules | null> = fc.option(
  fc.record({
    minSz: fc.constantFrom(0.1, 30),
    lotSz: fc.constantFrom(0.1, 1),
    contractCoins: fc.constantFrom(0.01, 1),
    tiers: fc.constantFrom(
      [],
      [
        { maxSz: 400, mmr: 0.00437, maxLever: 50 },
        { maxSz: 4000, mmr: 0.0131, maxLever: 20 },
      ],
    ),
  }),
  { nil: null, freq: 2 },
)

const anySpot = fc.record({
  instType: fc.constant('SPOT' as const),
  direction: fc.constant('long' as const),
  leverage: fc.constant(1),
})
const anySwap = fc.record({
  instType: fc.constant('SWAP' as const),
  direction: fc.constantFrom('long' as const, 'short' as const, 'both' as const),
  leverage: fc.constantFrom(1, 3, 10, 50),
})

const anyFinerKind = fc.constantFrom('none', 'none', 'complete', 'holes', 'ticks')

/** Markets wild and quiet, of spot and swaps, with finer candles and without, traded in every way. */
export const anyScene: fc.Arbitrary<Scene> = fc
  .constantFrom(...moods)
  .chain((mood) => {
    const signal = (oneIn: number) => fc.integer({ min: 0, max: oneIn - 1 }).map((n) => n === 0)
    const bar = fc.record({
      parts: fc.tuple(anyPart(mood), anyPart(mood), anyPart(mood)),
      buys: fc.tuple(signal(mood.quiet), signal(mood.quiet), signal(mood.quiet)),
      sells: fc.tuple(signal(mood.quiet + 2), signal(mood.quiet + 2), signal(mood.quiet + 2)),
      missing: fc.integer({ min: -12, max: 2 }).map((n) => Math.max(0, n)),
      hole: fc.integer({ min: 0, max: 8 }),
    })
    return fc.record({
      start: fc.constant(mood.start),
      bars: fc.array(bar, { minLength: 1, maxLength: 60, size: 'max' }),
      finerKind: anyFinerKind,
      from: fc.integer({ min: 0, max: 5 }),
      market: fc.oneof({ weight: 1, arbitrary: anySpot }, { weight: 4, arbitrary: anySwap }),
      margin_mode: fc.constantFrom('cross' as const, 'isolated' as const),
      costs: anyCosts,
      sizing: anySizing,
      risk: anyRisk,
      sizeRules: anySizeRules,
      payments: fc.uniqueArray(
        fc.record({
          ts: fc.integer({ min: 1, max: 360 }).map((n) => n * 10_000),
          rate: fc.constantFrom(0.0001, -0.003, 0.02),
        }),
        { maxLength: 20, selector: ({ ts }) => ts },
      ),
    })
  })
  .map(({ start, bars, finerKind, from, market, payments, ...settings }) => {
    const finer: Candle[] = []
    let ts = 0
    let last = start
    for (const { parts, missing } of bars) {
      ts += missing * minute
      for (const { jump, body, up, down } of parts) {
        const open = Math.max(20, last + jump)
        const close = Math.max(20, open + body)
        const low = Math.max(10, Math.min(open, close) - down)
        finer.push({ ts, open, high: Math.max(open, close) + up, low, close, volume: 1 })
        last = close
        ts += third
      }
    }
    const first = Math.min(from, bars.length - 1)
    const due = market.instType === 'SWAP' ? payments.sort((a, b) => a.ts - b.ts) : []
    const common = { ...settings, ...market, payments: due }
    if (finerKind === 'ticks') {
      return {
        ...common,
        rows: finer,
        rowMs: third,
        parts: finer.map((_, k) => Math.floor(k / 3)),
        buy: bars.flatMap(({ buys }) => buys),
        sell: bars.flatMap(({ sells }) => sells),
        from: 3 * first,
        finer: null,
      }
    }
    const isThere = (_: Candle, k: number) => finerKind === 'complete' || bars[Math.floor(k / 3)].hole !== k % 3
    return {
      ...common,
      rows: bars.map((_, i) => wholeOf(finer.slice(3 * i, 3 * i + 3))),
      rowMs: minute,
      parts: null,
      buy: bars.map(({ buys }) => buys[0]),
      sell: bars.map(({ sells }) => sells[0]),
      from: first,
      finer: finerKind === 'none' ? null : finer.filter(isThere),
    }
  })

function wholeOf(parts: Candle[]): Candle {
  return {
    ...parts[0],
    high: Math.max(...parts.map(({ high }) => high)),
    low: Math.min(...parts.map(({ low }) => low)),
    close: parts[parts.length - 1].close,
  }
}

/** A scene as the engine takes it. */
export function inputOf(scene: Scene): EngineInput {
  const { rows, rowMs, parts, from, costs, instType, sizeRules, payments, finer } = scene
  const { direction, sizing, risk, leverage, margin_mode } = scene
  const column = (signals: boolean[]) => Uint8Array.from(signals, Number)
  const candles = candlesFromRows(rows, 0)
  const recorded = { ts: payments.map(({ ts }) => ts), rate: payments.map(({ rate }) => rate) }
  return {
    candles,
    buy: column(scene.buy),
    sell: column(scene.sell),
    from,
    to: rows.length,
    costs,
    instType,
    terms: { direction, sizing, risk, leverage, margin_mode },
    sizeRules,
    funding: instType === 'SPOT' ? [] : fundingPayments(candles.ts, from, rows.length, rowMs, recorded),
    detail: finer && new Detail(candlesFromRows(finer, 0), rowMs, rowMs / 3),
    ...(parts && { barTs: Float64Array.from(parts, (bar) => rows[3 * bar].ts) }),
  }
}
