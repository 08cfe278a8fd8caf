import { parseRange } from '../commands/range.js'
import { type Bar, parseBar } from '../domain/bars.js'
import { formatCandleCsv } from '../domain/candleCsv.js'
import { parseInstId, sources } from '../domain/instrument.js'
import { UserError } from '../domain/userError.js'
import { openMarket } from '../services/openMarket.js'
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
  const market = await openMarket({ mode, seed, okxBaseUrl, candleFile, clock: Date.now, logger })
  const { marketData, candleStore } = market
  const source = choiceOption(command, 'source', sources) ?? (action === 'import' ? 'import' : marketData.source)
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
      const { fromTs, toTs } = optional(command, 'from') ? windowOption(command) : { fromTs: 0, toTs: Date.now() }
      return void process.stdout.write(formatCandleCsv(await candleStore.read(key, fromTs, toTs)))
    }
    if (optional(command, 'inst') === undefined) return printJson(await candleStore.list())
    const key = { source, instId: instOption(command), bar: barOption(command) }
    return printJson({ ...key, coverage: await candleStore.coverage(key) })
  } finally {
    await market.close()
  }
}

export function instOption(command: CliContext): string {
  const text = required(command, 'inst')
  const instId = parseInstId(text)
  if (instId === null) throw new UserError('error-cli-inst', { got: text })
  return instId
}

export function barOption(command: CliContext): Bar {
  const text = required(command, 'bar')
  const bar = parseBar(text)
  if (bar === null) throw new UserError('error-cli-bar', { got: text })
  return bar
}

/** `--from` and `--to` as dates (both inclusive, UTC) or epoch ms; without `--to`: until now. */
export function windowOption(command: CliContext): { fromTs: number; toTs: number } {
  const from = required(command, 'from')
  const to = optional(command, 'to') ?? ''
  if (/^\d{11,}$/.test(from) && /^(\d{11,})?$/.test(to)) {
    return { fromTs: Number(from), toTs: to === '' ? Date.now() : Number(to) }
  }
  return parseRange(`${from}..${to}`, Date.now())
}
