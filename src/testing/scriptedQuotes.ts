import { Decimal } from 'decimal.js'
import type { Instrument } from '../domain/instrument.js'
import type { Level, Quote, Quotes, Traded } from '../simulator/quotes.js'

const d = (value: number | string) => new Decimal(value)

export const btcSpot: Instrument = {
  instId: 'BTC-USDT',
  instType: 'SPOT',
  baseCcy: 'BTC',
  quoteCcy: 'USDT',
  settleCcy: null,
  tickSz: d('0.1'),
  lotSz: d('0.0001'),
  minSz: d('0.001'),
  ctVal: null,
  ctMult: null,
  ctValCcy: null,
  maxLever: null,
  maxMktSz: null,
  maxLmtSz: null,
  groupId: '1',
  state: 'live',
}

/** A contract is 0.01 BTC. */
export const btcSwap: Instrument = {
  ...btcSpot,
  instId: 'BTC-USDT-SWAP',
  instType: 'SWAP',
  settleCcy: 'USDT',
  lotSz: d('0.1'),
  minSz: d('0.1'),
  ctVal: d('0.01'),
  ctMult: d(1),
  ctValCcy: 'BTC',
  maxLever: d(100),
}

/** A contract is 100 USD; profit is in BTC. */
export const btcInverse: Instrument = {
  ...btcSwap,
  instId: 'BTC-USD-SWAP',
  quoteCcy: 'USD',
  settleCcy: 'BTC',
  lotSz: d(1),
  minSz: d(1),
  ctVal: d(100),
  ctValCcy: 'USD',
}

/** Where the price stands from a moment on. */
interface Step {
  ts: number
  px: number | null
  volume: number
}

export interface ScriptedQuotes extends Quotes {
  /** From `ts` on the price is `px`, with this much traded on the way there; null: there is no price. */
  move(ts: number, px: number | null, volume?: number): void
  /** Where the mark stands apart from last, as a factor. */
  markFactor: number
  /** Depth of each side, best first: ticks of 0.1 from last, and size. */
  depth: readonly [ticks: number, sz: number][]
  settlements: { instId: string; fundingTime: number; rate: Decimal; markPx: Decimal }[]
  instruments: Instrument[]
}

/**
 * One price for all instruments, as a test moves it; trades happen at the moments of the moves, at every price between
 * the old and the new one.
 */
export function scriptedQuotes(px: number): ScriptedQuotes {
  const steps: Step[] = [{ ts: 0, px, volume: 0 }]
  const priceAt = (now: number) => steps.findLast((step) => step.ts <= now)?.px ?? null
  const levels = (last: Decimal, sign: number): Level[] =>
    quotes.depth.map(([ticks, sz]) => ({ px: last.plus(d('0.1').times(ticks * sign)), sz: d(sz) }))
  const quotes: ScriptedQuotes = {
    instruments: [btcSpot, btcSwap, btcInverse],
    markFactor: 1,
    depth: [
      [0, 1000],
      [10, 1000],
    ],
    settlements: [],
    move(ts, next, volume = 100) {
      steps.push({ ts, px: next, volume })
    },
    tiers: (instId) =>
      instId.endsWith('SWAP')
        ? [
            { maxSz: 1000, mmr: 0.004, maxLever: 100 },
            { maxSz: 5000, mmr: 0.01, maxLever: 50 },
            { maxSz: 20_000, mmr: 0.05, maxLever: 10 },
          ]
        : [],
    quote(_instId, now): Quote | null {
      const found = priceAt(now)
      if (found === null) return null
      const last = d(found)
      return { ts: now, last, markPx: last.times(quotes.markFactor), bids: levels(last, -1), asks: levels(last, 1) }
    },
    traded(_instId, fromTs, toTs): Traded | null {
      const moves = steps.flatMap(({ ts, px: next, volume }, i) =>
        ts > fromTs && ts <= toTs && next !== null ? [{ next, before: steps[i - 1]?.px ?? next, volume }] : [],
      )
      if (moves.length === 0) return null
      const prices = moves.flatMap(({ next, before }) => [next, before])
      const volume = moves.reduce((sum, move) => sum + move.volume, 0)
      return { low: d(Math.min(...prices)), high: d(Math.max(...prices)), volume: d(volume) }
    },
    funding: (instId, fromTs, toTs) =>
      quotes.settlements.filter((s) => s.instId === instId && s.fundingTime > fromTs && s.fundingTime <= toTs),
  }
  return quotes
}
