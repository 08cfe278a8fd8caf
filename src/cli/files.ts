import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, parse, resolve } from 'node:path'
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
  if (pathOrName === '-') return readStrategy(readText('-'))
  if (existsSync(pathOrName)) return readStrategy(readText(pathOrName), undefined, nameOfFile(pathOrName))
  const template = templates.find(({ name }) => name === pathOrName)
  if (template) return template
  const suggestion =
    nearest(
      pathOrName,
      templates.map(({ name }) => name),
    ) ?? ''
  throw new UserError('error-cli-strategy', { got: pathOrName, suggestion })
}

/** `my-dip` of `strategies/my-dip.txt`: the name of a strategy that gives none. */
function nameOfFile(path: string): string {
  return parse(path)
    .name.replace(/[^\p{L}\p{N}_-]+/gu, '-')
    .slice(0, 40)
}

/** Refuses a path whose folder cannot be written to, before any work is done for it. */
export function refuseUnwritable(path: string): void {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' })
    accessSync(dirname(resolve(path)), constants.W_OK)
  } catch (cause) {
    throw unusable('error-file-unwritable', path, cause)
  }
}

/** Prints a value as one JSON document on standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

function unusable(id: string, path: string, cause: unknown): UserError {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
  return Object.assign(new UserError(id, { path, reason }), { cause })
}
