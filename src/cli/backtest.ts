import { renderText } from '../chat/renderText.js'
import { backtestChart, backtestText } from '../commands/backtestView.js'
import { detailBarOf, findDetailGaps } from '../domain/backtest/detailBar.js'
import { type Costs, fills } from '../domain/backtest/result.js'
import { type Bar, formatBar } from '../domain/bars.js'
import type { Candles } from '../domain/candles.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { UserError } from '../domain/userError.js'
import { computeBacktest } from '../services/computeBacktest.js'
import { openMarket } from '../services/openMarket.js'
import {
  barsOf,
  defaultCosts,
  noFunding,
  prepareBacktest,
  type RunRequest,
  windowOf,
} from '../services/prepareBacktest.js'
import { retarget } from '../services/strategies.js'
import { barOption, instOption, windowOption } from './candles.js'
import { printJson, readCandleFile, readStrategyOption, refuseUnwritable, writeResult } from './files.js'
import { type CliContext, choiceOption, numberOption, optional, required } from './given.js'
import { progressLine } from './progress.js'

/**
 * `backtest --strategy FILE|NAME (--candles CSV [--detail-candles CSV] | --inst I --bar B --from D --to D [--detail-bar B])`
 * and what it costs; prints the figures, or with --json the result (with --equity its equity too), and draws a picture with
 * --chart.
 */
export async function run(command: CliContext): Promise<void> {
  const { given, signal, t, config } = command
  const chart = given.chart === undefined ? undefined : required(command, 'chart')
  if (chart !== undefined) refuseUnwritable(chart)
  if (given.equity === true && given.json !== true) throw new UserError('error-cli-equity')
  const progress = progressLine(t)
  const strategy = readStrategyOption(required(command, 'strategy'))
  const request =
    optional(command, 'candles') === undefined ? await fromMarket(command, strategy) : fromFile(command, strategy)
  const args = { bars: barsOf(request) }
  const { result, equity } = await computeBacktest(
    { ...request, withEquity: given.equity === true },
    (fraction) => progress({ key: 'progress-backtest', args, fraction }),
    signal,
  )
  if (given.json === true) printJson(result)
  else process.stdout.write(`${renderText(backtestText(result, t), { color: config.color && process.stdout.isTTY })}\n`)
  if (chart === undefined) return
  const { openRenderer } = await import('../charts/openRenderer.js')
  const renderer = await openRenderer(config.quickChartUrl)
  const spec = backtestChart({ result, candles: windowOf(request), equity }, t)
  await writeResult(chart, await renderer.render(spec, { signal }))
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
async function fromMarket(command: CliContext, named: Strategy): Promise<RunRequest> {
  const { config, logger, signal, t } = command
  if (optional(command, 'detail-candles') !== undefined) throw new UserError('error-cli-detail-candles')
  const strategy = retarget(named, { inst_id: instOption(command), bar: barOption(command) })
  const asked = optional(command, 'detail-bar') === undefined ? undefined : barOption(command, 'detail-bar')
  const detailBar = detailBarOf(strategy, asked)
  const costs = costsOption(command, strategy.inst_id)
  const { mode, seed, okxBaseUrl, candleFile } = config
  const window = windowOption(command)
  const market = await openMarket({ mode, seed, okxBaseUrl, candleFile, clock: Date.now, logger })
  try {
    const work = { progress: progressLine(t), signal }
    return await prepareBacktest(market.marketData, { strategy, version: 1, ...window, detailBar, costs }, work)
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
