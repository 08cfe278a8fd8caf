import { Random } from '../random.js'
import type { Sizing } from '../strategy/schema.js'

/** Draws of the same trades in another order, or of blocks of consecutive trades, some more than once and some not at all. */
export const monteCarloMethods = ['shuffle', 'bootstrap'] as const
export type MonteCarloMethod = (typeof monteCarloMethods)[number]

const percentiles = { p5: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95 } as const
type Band = keyof typeof percentiles

/** A value that so much of the runs are at or under. */
export type Bands = Record<Band, number>

export interface MonteCarloInput {
  /** What each trade earned net, quote currency, in the order in which they were closed. */
  pnl: ArrayLike<number>
  startEquity: number
  growth: Growth
  method: MonteCarloMethod
  runs: number
  seed: number
  /** Trades in a block of the bootstrap. */
  blockLength?: number
  /** An account that has lost this much of its start, percent, is ruined. */
  ruinPct?: number
}

export interface MonteCarlo {
  method: MonteCarloMethod
  growth: Growth
  runs: number
  seed: number
  trades: number
  /** Null for a shuffle. */
  block_length: number | null
  final_equity: Bands
  /** Positive. On the equity after each trade, so it is never deeper than that on the marks of the bars. */
  max_drawdown_pct: Bands
  /** Parts of the runs, 0 to 1, that end under the start, and that are ever ruined. */
  loss_probability: number
  ruin_probability: number
  ruin_pct: number
  /** The trades in their own order. */
  own: { final_equity: number; max_drawdown_pct: number }
  /** What each run came to, ascending. */
  distribution: { final_equity: number[]; max_drawdown_pct: number[] }
  /** Bands of the equity after so many trades, at 101 places at most; 0 is the start. */
  equity: { trades: number[] } & Record<Band, number[]>
}

/**
 * How trades add up. `compounded`: each earns a part of the equity before it, so its return stays when its place changes:
 * right where the size follows equity. `fixed`: each earns an amount, whatever the equity.
 */
export type Growth = 'compounded' | 'fixed'

/** A size in percent of equity, spent or at risk, compounds; an amount of quote currency does not. */
export function growthOf({ type }: Sizing): Growth {
  return type === 'quote' ? 'fixed' : 'compounded'
}

const mostPlaces = 100
const defaultRuinPct = 50

/**
 * What else might have come of a list of trades, by `runs` draws from it; null where there is no trade. Trades follow
 * each other: what they earn is of the equity that the ones before left. An account without equity trades no more.
 *
 * A shuffle asks how much of the drawdown was the order: the final equity is the same in every run. The bootstrap asks
 * how much of it all was this set of trades. It draws circular blocks (Politis and Romano 1992), so that every trade is
 * as likely as any other and runs of luck stay together; a block has, unless given, the cube root of the number of trades
 * (Hall, Horowitz and Jing 1995). Percentiles are interpolated (type 7).
 */
export function monteCarlo(input: MonteCarloInput): MonteCarlo | null {
  const { pnl, startEquity, growth, method, runs, seed, ruinPct = defaultRuinPct } = input
  const count = pnl.length
  if (count === 0 || runs < 1) return null
  const blockLength = Math.min(count, input.blockLength ?? Math.ceil(Math.cbrt(count)))
  const steps = growth === 'fixed' ? Float64Array.from(pnl) : tradeReturns(pnl, startEquity)
  const places = evenPlaces(count)
  const equities = places.map(() => new Float64Array(runs))
  const finals = new Float64Array(runs)
  const drawdowns = new Float64Array(runs)
  const random = new Random(`monte carlo|${seed}`)
  const drawn = Float64Array.from(steps)
  const path = new Float64Array(count + 1)
  const ruin = startEquity * (1 - ruinPct / 100)
  let losses = 0
  let ruins = 0
  for (let run = 0; run < runs; run++) {
    if (method === 'shuffle') shuffle(drawn, random)
    else drawBlocks(steps, blockLength, random, drawn)
    const { drawdown, lowest } = walk(drawn, growth, startEquity, path)
    for (let p = 0; p < places.length; p++) equities[p][run] = path[places[p]]
    finals[run] = path[count]
    drawdowns[run] = 100 * drawdown
    if (path[count] < startEquity) losses++
    if (lowest <= ruin) ruins++
  }
  const { drawdown } = walk(steps, growth, startEquity, path)
  const bands = equities.map(bandsOf)
  const column = (band: Band) => bands.map((one) => one[band])
  return {
    method,
    growth,
    runs,
    seed,
    trades: count,
    block_length: method === 'bootstrap' ? blockLength : null,
    final_equity: bandsOf(finals),
    max_drawdown_pct: bandsOf(drawdowns),
    loss_probability: losses / runs,
    ruin_probability: ruins / runs,
    ruin_pct: ruinPct,
    own: { final_equity: path[count], max_drawdown_pct: 100 * drawdown },
    // The bands above have sorted them.
    distribution: { final_equity: [...finals], max_drawdown_pct: [...drawdowns] },
    equity: {
      trades: places,
      p5: column('p5'),
      p25: column('p25'),
      p50: column('p50'),
      p75: column('p75'),
      p95: column('p95'),
    },
  }
}

/** What each trade earned as a part of the equity before it. */
export function tradeReturns(pnl: ArrayLike<number>, startEquity: number): Float64Array {
  const returns = new Float64Array(pnl.length)
  let equity = startEquity
  for (let i = 0; i < pnl.length; i++) {
    returns[i] = equity > 0 ? pnl[i] / equity : 0
    equity += pnl[i]
  }
  return returns
}

/** Numbers of trades from 0 to all of them, about evenly apart. */
function evenPlaces(count: number): number[] {
  const last = Math.min(mostPlaces, count)
  return Array.from({ length: last + 1 }, (_, p) => Math.round((p * count) / last))
}

/** Equity after each trade into `path`; the deepest fall as a part of the high before it, and the lowest equity. */
function walk(
  steps: Float64Array,
  growth: Growth,
  startEquity: number,
  path: Float64Array,
): { drawdown: number; lowest: number } {
  const compounds = growth === 'compounded'
  let equity = startEquity
  let high = startEquity
  let lowest = startEquity
  let drawdown = 0
  path[0] = equity
  for (let i = 0; i < steps.length; i++) {
    if (equity > 0) equity = Math.max(0, equity + (compounds ? equity * steps[i] : steps[i]))
    path[i + 1] = equity
    if (equity > high) high = equity
    else if (high - equity > drawdown * high) drawdown = (high - equity) / high
    if (equity < lowest) lowest = equity
  }
  return { drawdown, lowest }
}

/** Fisher and Yates' shuffle, in place. */
function shuffle(values: Float64Array, random: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const value = values[i]
    values[i] = values[j]
    values[j] = value
  }
}

function drawBlocks(values: Float64Array, blockLength: number, random: Random, out: Float64Array): void {
  const count = values.length
  let next = 0
  for (let i = 0; i < count; i++) {
    if (i % blockLength === 0) next = random.below(count)
    out[i] = values[next]
    next = next + 1 === count ? 0 : next + 1
  }
}

/** Sorts `values`. */
function bandsOf(values: Float64Array): Bands {
  values.sort()
  const at = (part: number) => {
    const place = part * (values.length - 1)
    const below = Math.floor(place)
    const above = Math.min(below + 1, values.length - 1)
    return values[below] + (values[above] - values[below]) * (place - below)
  }
  const { p5, p25, p50, p75, p95 } = percentiles
  return { p5: at(p5), p25: at(p25), p50: at(p50), p75: at(p75), p95: at(p95) }
}
