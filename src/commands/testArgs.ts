import type { Static } from 'typebox'
import { fills } from '../domain/backtest/result.js'
import type { BacktestOrder } from '../services/backtests.js'
import { Arg } from './args.js'
import { parseRange } from './range.js'

/** What is tested, on what. */
export const seriesArgs = {
  strategy: Arg.strategy(),
  inst: Arg.optional(Arg.instrument()),
  bar: Arg.optional(Arg.bar()),
  range: Arg.optional(Arg.range()),
}

/** What trading costs, and how finely it is followed. */
export const costArgs = {
  cash: Arg.optional(Arg.number({ minimum: 1, maximum: 1e12 })),
  fee: Arg.optional(Arg.number({ minimum: 0, maximum: 0.05 })),
  slippage: Arg.optional(Arg.number({ minimum: 0, maximum: 1000 })),
  fill: Arg.optional(Arg.choice(fills)),
  detail: Arg.optional(Arg.bar()),
}

/** A test and what it costs. */
export const testArgs = Arg.object({ ...seriesArgs, ...costArgs })

/** The order that they make, but for whose it is and the strategy. */
export function readTestArgs(
  { inst, bar, range = '90d', cash, fee, slippage, fill, detail }: Omit<Static<typeof testArgs>, 'strategy'>,
  now: number,
): Omit<BacktestOrder, 'userId' | 'strategy'> {
  return {
    ...(inst !== undefined && { instId: inst }),
    ...(bar !== undefined && { bar }),
    ...(detail !== undefined && { detailBar: detail }),
    ...parseRange(range, now),
    costs: {
      ...(cash !== undefined && { start_equity: cash }),
      ...(fee !== undefined && { fee_rate: fee }),
      ...(slippage !== undefined && { slippage_bps: slippage }),
      ...(fill !== undefined && { fill }),
    },
  }
}
