import { parseRange } from '../commands/range.js'
import { type Bar, parseBar } from '../domain/bars.js'
import { formatCandleCsv } from '../domain/candleCsv.js'
import { parseInstId, sources } from '../domain/instrument.js'
import { UserError } from '../domain/userError.js'
import { openMarket } from '../services/openMarket.js'
import type { Extent, SeriesKey } from '../store/candleStore.js'
import { printJson, readCandleFile } from './files.js'
import { type CliContext, choiceOption, optional, required } from './given.js'
import { progressLine } from './progress.js'

/**
 * `candles download --inst I --bar B --from D --to D`, `import --candles CSV --inst I` (kept under the source `import`),
 * `export --inst I --bar B [--from D --to D] [--source S]` (CSV), `coverage [--inst I --bar B] [--source S]` (JSON).
 */
export async function run(command: CliContext): Promise<void> {
  const { action, config, logger, signal } = command
  const { mode, seed, okxBaseUrl, candleFile } = config
  const asked = choiceOption(command, 'source', sources)
  const market = await openMarket({ mode, seed, okxBaseUrl, candleFile, clock: Date.now, logger })
  const { marketData, candleStore } = market
  // What a person brings never mixes with what an exchange said.
  const source = action === 'import' ? 'import' : (asked ?? marketData.source)
  try {
    if (action === 'download') {
      const instId = instOption(command)
      const bar = barOption(command)
      const range = windowOption(command)
      const progress = progressLine(command.t)
      const { ts } = await marketData.candles({ instId, bar, ...range }, { progress, signal })
      return printJson({ inst_id: instId, bar, source: marketData.source, candles: ts.length, from_ts: ts[0] ?? null })
    }
    if (action === 'import') {
      const { candles, bar } = readCandleFile(required(command, 'candles'))
      const instId = instOption(command)
      const written = await candleStore.write({ source, instId, bar }, candles)
      return printJson({ inst_id: instId, bar, source, ...written })
    }
    if (action === 'export') {
      const key = { source, instId: instOption(command), bar: barOption(command) }
      const { fromTs, toTs } = hasWindow(command) ? windowOption(command) : { fromTs: 0, toTs: Date.now() }
      return void process.stdout.write(formatCandleCsv(await candleStore.read(key, fromTs, toTs)))
    }
    if (optional(command, 'inst') === undefined && optional(command, 'bar') === undefined) {
      const series = await candleStore.list()
      return printJson(series.filter((one) => asked === undefined || one.source === asked).map(seriesJson))
    }
    const key = { source, instId: instOption(command), bar: barOption(command) }
    const coverage = await candleStore.coverage(key)
    const gaps = coverage?.gaps.map(({ fromTs, toTs, missing }) => ({ from_ts: fromTs, to_ts: toTs, missing }))
    return printJson(coverage ? { ...seriesJson({ ...key, ...coverage }), gaps } : { ...seriesJson(key), gaps: [] })
  } finally {
    await market.close()
  }
}

/** Names in JSON are snake_case. */
function seriesJson({ source, instId, bar, ...extent }: SeriesKey & Partial<Extent>) {
  const { fromTs = null, toTs = null, count = 0 } = extent
  return { source, inst_id: instId, bar, from_ts: fromTs, to_ts: toTs, count }
}

export function instOption(command: CliContext): string {
  const text = required(command, 'inst')
  const instId = parseInstId(text)
  if (instId === null) throw new UserError('error-cli-inst', { got: text })
  return instId
}

export function barOption(command: CliContext, name = 'bar'): Bar {
  const text = required(command, name)
  const bar = parseBar(text)
  if (bar === null) throw new UserError('error-cli-bar', { name, got: text })
  return bar
}

function hasWindow(command: CliContext): boolean {
  return optional(command, 'from') !== undefined || optional(command, 'to') !== undefined
}

/** `--from` and `--to` as dates (both inclusive, UTC) or epoch ms; without `--to`: until now. */
export function windowOption(command: CliContext): { fromTs: number; toTs: number } {
  const from = required(command, 'from')
  const to = optional(command, 'to') ?? ''
  if (/^\d{11,}$/.test(from) && /^(\d{11,})?$/.test(to)) {
    const window = { fromTs: Number(from), toTs: to === '' ? Date.now() : Number(to) }
    if (window.fromTs < window.toTs) return window
    throw new UserError('error-range-reversed', { value: `${from}..${to}` })
  }
  return parseRange(`${from}..${to}`, Date.now())
}
