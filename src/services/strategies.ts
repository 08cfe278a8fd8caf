import { nearest } from '../domain/nearest.js'
import { parseStrategyJson } from '../domain/strategy/parseStrategyJson.js'
import { problemError } from '../domain/strategy/problem.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { parseStrategyText } from '../domain/strategy/strategyText.js'
import { templates } from '../domain/strategy/templates.js'
import { checkStrategy } from '../domain/strategy/validate.js'
import { UserError } from '../domain/userError.js'
import type { Store } from '../store/openStore.js'

/** A strategy in a list; `strategy` is null where the rules of today refuse what was saved. */
export interface ListedStrategy extends Omit<NamedStrategy, 'strategy'> {
  name: string
  strategy: Strategy | null
}

/** A strategy that can be run by name. */
export interface NamedStrategy {
  strategy: Strategy
  /** From 1; a ready-made strategy is always version 1. */
  version: number
  /** Null for a ready-made one. */
  versionId: number | null
  /** Epoch ms; null for a ready-made one. */
  createdAt: number | null
}

/** A user's strategies and the ready-made ones, which everybody has and nobody can change. */
export interface Strategies {
  /** The user's own by name, then the ready-made. */
  list(userId: number): Promise<ListedStrategy[]>
  names(userId: number): Promise<string[]>
  /** Refuses a name that does not exist, with the nearest that does. */
  find(userId: number, name: string): Promise<NamedStrategy>
  /** A new name is created, a known one gets another version. Refuses the name of a ready-made one. */
  save(userId: number, strategy: Strategy, now: number): Promise<{ version: number; created: boolean }>
  /**
   * Refuses names that do not exist and ready-made ones. What used its versions keeps them. Returns what was removed; null
   * where the rules of today refuse it.
   */
  remove(userId: number, name: string, now: number): Promise<Strategy | null>
}

export function createStrategies(store: Pick<Store, 'strategies'>['strategies']): Strategies {
  const names = async (userId: number) => [
    ...(await store.list(userId)).map(({ name }) => name),
    ...templates.map(({ name }) => name),
  ]

  const unknown = async (userId: number, name: string) => {
    const suggestion = nearest(name, await names(userId)) ?? ''
    return new UserError('error-strategy-unknown', { name, suggestion })
  }

  return {
    async list(userId) {
      const own = await store.list(userId)
      const listed = own.map(({ name, strategy, version, versionId, createdAt }) => ({
        name,
        strategy: validOrNull(strategy),
        version,
        versionId,
        createdAt,
      }))
      return [...listed, ...templates.map((template) => ({ name: template.name, ...readyMade(template) }))]
    },
    names,
    async find(userId, name) {
      const own = await store.find(userId, name)
      if (own) return named(own)
      const template = templates.find((candidate) => candidate.name === name)
      if (template) return readyMade(template)
      throw await unknown(userId, name)
    },
    async save(userId, strategy, now) {
      refuseReadyMade(strategy.name)
      const { version, created } = await store.save(userId, strategy, now)
      return { version, created }
    },
    async remove(userId, name, now) {
      refuseReadyMade(name)
      const saved = await store.find(userId, name)
      if (!saved || !(await store.remove(userId, name, now))) throw await unknown(userId, name)
      return validOrNull(saved.strategy)
    },
  }
}

/**
 * A strategy as a person sends it: JSON, or the text form. A `name` that comes apart from it wins over the one in it; one
 * that has none gets `nameless`.
 */
export function readStrategy(text: string, name?: string, nameless = name): Strategy {
  const options = nameless === undefined ? {} : { name: nameless }
  const read = /^\s*\{/.test(text) ? parseStrategyJson(text, options) : parseStrategyText(text, options)
  if ('problems' in read) throw problemError(read.problems[0])
  return name === undefined ? read.strategy : { ...read.strategy, name }
}

/** A strategy on another instrument or timeframe than its own. Refuses what does not fit there. */
export function retarget(strategy: Strategy, change: Partial<Pick<Strategy, 'inst_id' | 'bar'>>): Strategy {
  const checked = checkStrategy({ ...strategy, ...change })
  if ('problems' in checked) throw problemError(checked.problems[0])
  return checked.strategy
}

function readyMade(strategy: Strategy): NamedStrategy {
  return { strategy, version: 1, versionId: null, createdAt: null }
}

/** What was saved under older rules is checked again before it is run. */
function named(saved: { strategy: unknown; version: number; versionId: number; createdAt: number }): NamedStrategy {
  const checked = checkStrategy(saved.strategy)
  if ('problems' in checked) throw problemError(checked.problems[0])
  const { version, versionId, createdAt } = saved
  return { strategy: checked.strategy, version, versionId, createdAt }
}

function validOrNull(saved: unknown): Strategy | null {
  const checked = checkStrategy(saved)
  return 'problems' in checked ? null : checked.strategy
}

function refuseReadyMade(name: string): void {
  if (templates.some((template) => template.name === name)) throw new UserError('error-strategy-ready-made', { name })
}
