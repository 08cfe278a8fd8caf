import { type Bar, bars, formatBar, higherBars, intervalMs } from '../bars.js'
import type { Candles } from '../candles.js'
import type { Strategy } from '../strategy/schema.js'
import { UserError } from '../userError.js'

/** The finest candles that there are; a tick strategy looks every few seconds. */
const finest: Bar = '1m'

/** The timeframes of which several whole candles make up one of `bar`. */
export function finerBars(bar: Bar): Bar[] {
  return bars.filter((finer) => higherBars(finer).includes(bar))
}

/**
 * The finer candles that a strategy is tested on: those asked for; else the finest for one that decides on ticks, and
 * none for one that decides at closes. Null where there are none.
 * @throws UserError where those asked for do not make up whole candles of the strategy's own timeframe.
 */
export function detailBarOf({ bar, evaluate_on }: Pick<Strategy, 'bar' | 'evaluate_on'>, asked?: Bar): Bar | null {
  const finer = finerBars(bar)
  if (asked === undefined) return evaluate_on === 'tick' && finer.includes(finest) ? finest : null
  if (finer.includes(asked)) return asked
  const allowed = finer.map(formatBar).join(', ')
  throw new UserError('error-backtest-detail-bar', { detail: formatBar(asked), bar: formatBar(bar), allowed })
}

/** Which of the finer candles that make up some bars are not there. */
export interface DetailGaps {
  /** Bars that lack any, and how many candles these lack. */
  bars: number
  missing: number
  /** Open time of the first; null where none is missing. */
  firstTs: number | null
}

/** Bars from index `from` on held against their finer candles. */
export function findDetailGaps(
  candles: Candles,
  bar: Bar,
  from: number,
  detail: { bar: Bar; candles: Candles },
): DetailGaps {
  const [barMs, stepMs] = [intervalMs(bar), intervalMs(detail.bar)]
  const { ts } = detail.candles
  const gaps: DetailGaps = { bars: 0, missing: 0, firstTs: null }
  let at = 0
  for (let i = from; i < candles.ts.length; i++) {
    const endTs = candles.ts[i] + barMs
    while (at < ts.length && ts[at] < candles.ts[i]) at++
    let missing = 0
    for (let wanted = candles.ts[i]; wanted < endTs; wanted += stepMs) {
      if (at < ts.length && ts[at] === wanted) at++
      else if (missing++ === 0) gaps.firstTs ??= wanted
    }
    gaps.missing += missing
    if (missing > 0) gaps.bars++
  }
  return gaps
}
