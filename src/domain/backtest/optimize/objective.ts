import type { Figures } from '../stats.js'

type Figure = (figures: Figures) => number | null

/** Trades at which half of a gain is believed; the same number under which a result is marked as too few trades. */
const halfBelieved = 30
/** No fall of equity counts as more than one to this part of it: a ruined account has no logarithm. */
const smallestPart = 0.01

/**
 * `100 (w max(g, 0) + min(g, 0) + ln(1 - d))` with g = ln(final equity / start equity), d the largest drawdown as a
 * fraction and w = n / (n + 30) for n trades.
 *
 * The growth that is left if the worst fall of the run comes once more at its end, of which a gain is believed by the
 * number of trades that it rests on: half at 30, nearly all at 300, a thirtieth for one lucky trade. A loss is believed
 * at once. Logarithms make a doubling worth as much as a halving costs, so that one run to the moon does not outweigh
 * the fall after it.
 */
function robust({ start_equity, final_equity, max_drawdown_pct, trades }: Figures): number {
  const growth = logOfPart(final_equity / start_equity)
  const believed = growth > 0 ? (growth * trades) / (trades + halfBelieved) : growth
  return 100 * (believed + logOfPart(1 - max_drawdown_pct / 100))
}

function logOfPart(part: number): number {
  return Math.log(Math.max(part, smallestPart))
}

/**
 * What a search may be for; more is better. All but `robust` are figures of the result as STRATEGY.md section 4 defines
 * them: `return` is the total return in percent, `cagr` the same a year; `drawdown` is the largest one in percent, taken
 * negative; the others go by their own names.
 */
export const objectives = {
  robust,
  return: (stats) => stats.total_return_pct,
  cagr: (stats) => stats.cagr_pct,
  sharpe: (stats) => stats.sharpe,
  sortino: (stats) => stats.sortino,
  calmar: (stats) => stats.calmar,
  profit_factor: (stats) => stats.profit_factor,
  sqn: (stats) => stats.sqn,
  expectancy: (stats) => stats.expectancy,
  win_rate: (stats) => stats.win_rate_pct,
  drawdown: (stats) => -stats.max_drawdown_pct,
} as const satisfies Record<string, Figure>

export type ObjectiveName = keyof typeof objectives

/** The default first. */
export const objectiveNames = Object.keys(objectives) as ObjectiveName[]

/** The objective of a result; null where the figure is, and where there was no trade: doing nothing is no way to win. */
export function objectiveOf(name: ObjectiveName, stats: Figures): number | null {
  return stats.trades === 0 ? null : objectives[name](stats)
}
