import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import type { Logger } from 'pino'
import { type Static, Type } from 'typebox'
import { UserError } from '../domain/userError.js'

/** Change this when what a venue saves changes its form. */
const stateVersion = 1
const leastMs = 1000

/** What an exchange keeps over a restart. Keys are not in it. */
const State = Type.Object({
  version: Type.Integer(),
  /** The market that the positions were taken in. */
  market: Type.String(),
  /** Accounts that have been opened. */
  uids: Type.Array(Type.String()),
  venue: Type.Unknown(),
})
type State = Static<typeof State>
export type Kept = Pick<State, 'uids' | 'venue'>

const isState = new Ajv().compile<State>(State)

export interface StateFile {
  /** Null where there is no file yet. Throws UserError where it is of another market, or nothing that can be read. */
  read(): Kept | null
  /** Writes, unless it has within the last second; true if it wrote. */
  write(kept: () => Kept, now: number): boolean
  writeNow(kept: Kept): void
}

export function createStateFile(path: string, market: string, logger: Logger): StateFile {
  let writtenAt = Number.NEGATIVE_INFINITY
  let couldWrite = true

  function writeNow(kept: Kept): void {
    const state: State = { version: stateVersion, market, ...kept }
    try {
      const besides = `${path}.new`
      writeFileSync(besides, JSON.stringify(state), { mode: 0o600 })
      renameSync(besides, path)
      couldWrite = true
    } catch (err) {
      // Once a second would be no help.
      if (couldWrite) logger.error({ err, path }, "the simulator's state cannot be written")
      couldWrite = false
    }
  }

  return {
    read() {
      if (!existsSync(path)) return null
      const state = readJson(path)
      if (!isState(state)) throw noState(path)
      const found = nameOf(state)
      const expected = nameOf({ version: stateVersion, market })
      if (found !== expected) throw new UserError('error-simulator-state', { path, found, expected })
      return state
    },
    write(kept, now) {
      if (now - writtenAt < leastMs && now >= writtenAt) return false
      writtenAt = now
      writeNow(kept())
      return true
    },
    writeNow,
  }
}

/** Two of one name can be read by each other. */
const nameOf = ({ version, market }: Pick<State, 'version' | 'market'>) => `${market}, form ${version}`

const noState = (path: string) => new UserError('error-simulator-state', { path, found: 'nothing', expected: '' })

function readJson(path: string): unknown {
  const text = readText(path)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw Object.assign(noState(path), { cause })
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    throw Object.assign(new UserError('error-file-unreadable', { path, reason }), { cause })
  }
}
