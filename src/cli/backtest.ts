import { renderText } from '../chat/renderText.js'
import { backtestChart, backtestText } from '../commands/backtestView.js'
import { UserError } from '../domain/userError.js'
import { computeBacktest } from '../services/computeBacktest.js'
import { barsOf, windowOf } from '../services/prepareBacktest.js'
import { printJson, refuseUnwritable, writeResult } from './files.js'
import { type CliContext, required } from './given.js'
import { progressLine } from './progress.js'
import { readTest } from './readTest.js'

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
  const request = await readTest(command, progress)
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
