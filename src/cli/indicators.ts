import { catalog } from '../domain/indicators/catalog.js'
import type { Params } from '../domain/indicators/indicator.js'
import { checkLineParams } from '../domain/strategy/checkCondition.js'
import { indicatorLines } from '../domain/strategy/compile.js'
import { problemError } from '../domain/strategy/problem.js'
import { UserError } from '../domain/userError.js'
import { printColumns } from './columns.js'
import { printJson, readCandleFile } from './files.js'
import { type CliContext, optional, required } from './given.js'
import { catalogJson, catalogPage } from './indicatorCatalog.js'

/**
 * `indicators --candles CSV --indicator KDJ [--params JSON]`: ts and the indicator's lines as CSV columns.
 * `indicators --list`: the catalog as a page of Markdown, or with --json as JSON.
 */
export async function run(command: CliContext): Promise<void> {
  const { list, json, ...others } = command.given
  if ((json || list) && (!list || Object.keys(others).length > 0)) throw new UserError('error-cli-list')
  if (json) return printJson(catalogJson())
  if (list) return void process.stdout.write(catalogPage(command.t))
  const type = required(command, 'indicator')
  const params = readParams(optional(command, 'params') ?? '{}')
  const [problem] = checkLineParams(type, params)
  if (problem) throw problemError(problem)
  if (catalog[type].lines.length === 0) throw new UserError('error-cli-no-lines', { indicator: type })
  const { candles } = readCandleFile(required(command, 'candles'))
  await printColumns({ ts: candles.ts, ...indicatorLines(candles, type, params) })
}

function readParams(text: string): Params {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw Object.assign(new UserError('error-cli-params', { got: text }), { cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UserError('error-cli-params', { got: text })
  }
  return value as Params
}
