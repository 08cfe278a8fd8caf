import type { SharedColumns } from '../indicators/sharedColumns.js'
import type { Strategy } from '../strategy/schema.js'
import { statsInput } from './backtest.js'
import { runEngine } from './engine.js'
import { type BacktestRequest, planBacktest } from './planBacktest.js'
import { type Figures, lazyFigures } from './stats.js'

/** What every strategy of a search is run on; as in a backtest. */
export type TestBed = Pick<
  BacktestRequest,
  'instId' | 'bar' | 'candles' | 'fromTs' | 'costs' | 'sizeRules' | 'fundingRates' | 'detail'
>

/** Runs strategy after strategy: memory of one run is that of the next. */
export interface Evaluator {
  /**
   * What `read` makes of the figures that `backtest` would give, without its trades, its checks and its months. The figures
   * are to be looked at within `read` only. Throws as `backtest` does.
   */
  evaluate<T>(strategy: Strategy, read: (figures: Figures) => T): T
}

/** For trying many strategies on the same candles, whose indicators `shared` keeps. */
export function createEvaluator(bed: TestBed, shared: SharedColumns): Evaluator {
  let equityInto: Float64Array | null = null
  return {
    evaluate(strategy, read) {
      const plan = planBacktest({ ...bed, strategy }, shared)
      const length = plan.input.to - plan.input.from
      if (equityInto?.length !== length) equityInto = new Float64Array(length)
      const run = runEngine({ ...plan.input, equityInto })
      return read(lazyFigures(statsInput(bed, plan, run, plan.marksOf(run))))
    },
  }
}
