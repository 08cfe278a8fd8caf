import type { PlateauTrial } from '../domain/backtest/optimize/plateau.js'
import type { SearchPlan } from '../domain/backtest/optimize/search.js'
import type { Proposal, Trial } from '../domain/backtest/optimize/trial.js'
import type { TriedPoint, TuningSetup } from '../domain/backtest/optimize/tryPoint.js'
import type { ErrorArgs } from '../domain/userError.js'

/** What the pool is asked. A setup has the same id each time: its columns are kept from one task to the next. */
export type TuningTask =
  | { kind: 'try'; id: string; setup: TuningSetup; proposals: readonly Proposal[] }
  | { kind: 'propose'; plan: SearchPlan; trials: readonly Trial[] }
  | { kind: 'plateau'; plan: SearchPlan; trials: readonly Trial[] }

export type TuningReply =
  | { kind: 'tried'; points: TriedPoint[] }
  | { kind: 'proposed'; proposals: Proposal[] }
  | { kind: 'peaks'; peaks: Peaks }
  | { kind: 'refused'; id: string; args: ErrorArgs }

export type Peaks = { peak: PlateauTrial; plateau: PlateauTrial } | null

/** Of indicator columns that each thread keeps. */
export const mostSharedBytes = 128 * 2 ** 20
