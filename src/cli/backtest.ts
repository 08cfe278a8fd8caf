import { renderText } from '../chat/renderText.js'
import { backtestChart, backtestText } from '../commands/backtestView.js'
import { type Costs, fills } from '../domain/backtest/result.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { UserError } from '../domain/userError.js'
import { computeBacktest } from '../services/computeBacktest.js'
import { openMarket } from '../services/openMarket.js'
import { defaultCosts, prepareBacktest, type RunRequest, windowOf } from '../services/prepareBacktest.js'
import { retarget } from '../services/strategies.js'
import { barOption, instOption, windowOption } from './candles.js'
import { printJson, readCandleFile, readStrategyOption, refuseUnwritable, writeResult } from './files.js'
import { type CliContext, choiceOption, numberOption, optional, required } from './given.js'
import { progressLine } from './progress.js'

/**
 * `backtest --strategy FILE|NAME (--candles CSV | --inst I --bar B --from D --to D)` and what it costs; prints the figures,
 * or with --json the result (with --equity its equity too), and draws a picture with --chart.
 */
export async function run(command: CliContext): Promise<void> {
  const { given, signal, t, config } = command
  const chart = given.chart === undefined ? undefined : required(command, 'chart')
  if (chart !== undefined) refuseUnwritable(chart)
  if (optional(command, 'detail-candles') !== undefined) throw new UserError('error-cli-detail-candles')
  if (given.equity === true && given.json !== true) throw new UserError('error-cli-equity')
  const progress = progressLine(t)
  const strategy = readStrategyOption(required(command, 'strategy'))
  const request =
    optional(command, 'candles') === undefined ? await fromMarket(command, strategy) : fromFile(command, strategy)
  const args = { bars: request.candles.ts.length }
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

/** Candles of a file: its first row is the origin and the start, its step the timeframe. */
function fromFile(command: CliContext, named: Strategy): RunRequest {
  for (const name of ['from', 'to', 'bar']) {
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
  }
}

/** Candles of the store, downloaded where they are missing. */
async function fromMarket(command: CliContext, named: Strategy): Promise<RunRequest> {
  const { config, logger, signal, t } = command
  const strategy = retarget(named, { inst_id: instOption(command), bar: barOption(command) })
  const costs = costsOption(command, strategy.inst_id)
  const { mode, seed, okxBaseUrl, candleFile } = config
  const window = windowOption(command)
  const market = await openMarket({ mode, seed, okxBaseUrl, candleFile, clock: Date.now, logger })
  try {
    const work = { progress: progressLine(t), signal }
    return await prepareBacktest(market.marketData, { strategy, version: 1, ...window, costs }, work)
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
