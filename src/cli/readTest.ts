import { detailBarOf, findDetailGaps } from '../domain/backtest/detailBar.js'
import { type Costs, fills } from '../domain/backtest/result.js'
import { type Bar, formatBar, intervalMs } from '../domain/bars.js'
import type { Candles } from '../domain/candles.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { UserError } from '../domain/userError.js'
import { openMarket } from '../services/openMarket.js'
import { defaultCosts, noFunding, prepareBacktest, type RunRequest } from '../services/prepareBacktest.js'
import { retarget } from '../services/strategies.js'
import type { Work } from '../services/work.js'
import { barOption, instOption, windowOption } from './candles.js'
import { readCandleFile, readStrategyOption } from './files.js'
import { type CliContext, choiceOption, numberOption, optional, required } from './given.js'

/**
 * What `--strategy` is to be tested on: candles of a file, or of the store and the market; and what that costs. `warmUpOf` says
 * how many bars before the window are wanted, where that is more than the strategy itself needs.
 */
export async function readTest(
  command: CliContext,
  progress: Work['progress'],
  warmUpOf?: (strategy: Strategy) => number,
): Promise<RunRequest> {
  const strategy = readStrategyOption(required(command, 'strategy'))
  if (optional(command, 'candles') !== undefined) return fromFile(command, strategy)
  return fromMarket(command, strategy, progress, warmUpOf)
}

/** Candles of a file: its first row is the origin and the start, its step the timeframe. No exchange is asked anything. */
function fromFile(command: CliContext, named: Strategy): RunRequest {
  for (const name of ['from', 'to', 'bar', 'detail-bar']) {
    if (optional(command, name) !== undefined) throw new UserError('error-cli-either', { name })
  }
  const { candles, bar } = readCandleFile(required(command, 'candles'))
  const inst = optional(command, 'inst')
  const strategy = retarget(named, { bar, ...(inst !== undefined && { inst_id: instOption(command) }) })
  return {
    strategy,
    version: 1,
    instId: strategy.inst_id,
    bar,
    source: 'import',
    candles,
    fromTs: candles.ts[0],
    costs: costsOption(command, strategy.inst_id),
    sizeRules: null,
    fundingRates: noFunding,
    detail: optional(command, 'detail-candles') === undefined ? null : fileDetail(command, strategy, candles),
  }
}

/** Finer candles of a file, whose own step says how fine they are. Refuses those that do not cover the window. */
function fileDetail(command: CliContext, strategy: Strategy, candles: Candles): RunRequest['detail'] {
  const path = required(command, 'detail-candles')
  const detail = readDetailFile(command, path)
  detailBarOf(strategy, detail.bar)
  const { missing, firstTs } = findDetailGaps(candles, strategy.bar, 0, detail)
  if (firstTs === null) return detail
  const first = new Date(firstTs).toISOString().slice(0, 16).replace('T', ' ')
  throw new UserError('error-cli-detail-missing', { missing, bar: formatBar(detail.bar), first })
}

/** Two files may be wrong: the line says that it is this one. */
function readDetailFile({ t }: CliContext, path: string): { bar: Bar; candles: Candles } {
  try {
    const { bar, candles } = readCandleFile(path)
    return { bar, candles }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError('error-cli-detail-file', { path, fault: t(error.id, error.args) })
  }
}

/** Candles of the store, downloaded where they are missing. */
async function fromMarket(
  command: CliContext,
  named: Strategy,
  progress: Work['progress'],
  warmUpOf?: (strategy: Strategy) => number,
): Promise<RunRequest> {
  const { config, logger, signal } = command
  if (optional(command, 'detail-candles') !== undefined) throw new UserError('error-cli-detail-candles')
  const strategy = retarget(named, { inst_id: instOption(command), bar: barOption(command) })
  const asked = optional(command, 'detail-bar') === undefined ? undefined : barOption(command, 'detail-bar')
  const detailBar = detailBarOf(strategy, asked)
  const costs = costsOption(command, strategy.inst_id)
  const { mode, seed, okxBaseUrl, candleFile } = config
  const window = windowOption(command)
  const market = await openMarket({ mode, seed, okxBaseUrl, candleFile, clock: Date.now, logger })
  try {
    const warmUp = warmUpOf?.(strategy)
    const origin = warmUp === undefined ? {} : { originTs: window.fromTs - warmUp * intervalMs(strategy.bar) }
    const order = { strategy, version: 1, ...window, detailBar, costs, ...origin }
    return await prepareBacktest(market.marketData, order, { progress, signal })
  } finally {
    await market.close()
  }
}

function costsOption(command: CliContext, instId: string): Costs {
  const costs = defaultCosts(instId)
  return {
    start_equity: numberOption(command, 'cash', { minimum: 1, maximum: 1e12 }) ?? costs.start_equity,
    fee_rate: numberOption(command, 'fee', { minimum: 0, maximum: 0.05 }) ?? costs.fee_rate,
    slippage_bps: numberOption(command, 'slippage-bps', { minimum: 0, maximum: 1000 }) ?? costs.slippage_bps,
    fill: choiceOption(command, 'fill', fills) ?? costs.fill,
    exact_sizes: (choiceOption(command, 'exact-sizes', ['true', 'false']) ?? String(costs.exact_sizes)) === 'true',
  }
}
