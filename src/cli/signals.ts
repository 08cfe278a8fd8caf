import { compileStrategy } from '../domain/strategy/compile.js'
import { retarget } from '../services/strategies.js'
import { printColumns } from './columns.js'
import { readCandleFile, readStrategyOption } from './files.js'
import { type CliContext, required } from './given.js'

/** `signals --candles CSV --strategy FILE`: at each candle's close whether the buy and the sell rules hold (1 or 0). */
export async function run(command: CliContext): Promise<void> {
  const { candles, bar } = readCandleFile(required(command, 'candles'))
  const strategy = retarget(readStrategyOption(required(command, 'strategy')), { bar })
  const { buy, sell } = compileStrategy(strategy.rules, bar, candles)
  await printColumns({ ts: candles.ts, buy, sell })
}
