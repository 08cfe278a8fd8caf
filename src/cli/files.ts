import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { type CandleCsv, parseCandleCsv } from '../domain/candleCsv.js'
import { nearest } from '../domain/nearest.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { templates } from '../domain/strategy/templates.js'
import { UserError } from '../domain/userError.js'
import { readStrategy } from '../services/strategies.js'

/** A file's text, or standard input for `-`. */
export function readText(path: string): string {
  try {
    // Editors on some systems begin a file with a byte order mark.
    return readFileSync(path === '-' ? 0 : path, 'utf8').replace(/^\uFEFF/, '')
  } catch (cause) {
    throw unusable('error-file-unreadable', path, cause)
  }
}

export async function writeResult(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content)
  } catch (cause) {
    throw unusable('error-file-unwritable', path, cause)
  }
}

export function readCandleFile(path: string): CandleCsv {
  return parseCandleCsv(readText(path))
}

/** A strategy by the path of its file (JSON or text form) or, where there is no such file, by a ready-made one's name. */
export function readStrategyOption(pathOrName: string): Strategy {
  if (pathOrName === '-' || existsSync(pathOrName)) return readStrategy(readText(pathOrName))
  const template = templates.find(({ name }) => name === pathOrName)
  if (template) return template
  const suggestion =
    nearest(
      pathOrName,
      templates.map(({ name }) => name),
    ) ?? ''
  throw new UserError('error-cli-strategy', { got: pathOrName, suggestion })
}

/** Prints a value as one JSON document on standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

function unusable(id: string, path: string, cause: unknown): UserError {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
  return Object.assign(new UserError(id, { path, reason }), { cause })
}
