import { nearest } from '../domain/nearest.js'
import { parseStrategyJson } from '../domain/strategy/parseStrategyJson.js'
import { problemError } from '../domain/strategy/problem.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { changeStrategy, hasName, parseStrategyText } from '../domain/strategy/strategyText.js'
import { templates } from '../domain/strategy/templates.js'
import { checkStrategy } from '../domain/strategy/validate.js'
import { UserError } from '../domain/userError.js'
import type { Store } from '../store/openStore.js'
import type { SavedStrategy } from '../store/strategies.js'

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

/** A new version of a user's strategy and the one before it; the same one twice where nothing changed. */
export interface StrategyChange {
  before: ListedStrategy
  after: NamedStrategy
}

/** A user's strategies and the ready-made ones, which everybody has and nobody can change. */
export interface Strategies {
  /** The user's own by name, then the ready-made. */
  list(userId: number): Promise<ListedStrategy[]>
  names(userId: number): Promise<string[]>
  /** The newest version, or the one asked for. Refuses what does not exist, with the nearest name or the versions that do. */
  find(userId: number, name: string, version?: number): Promise<NamedStrategy>
  /** Every version, newest first; a ready-made strategy has one. Refuses a name that does not exist. */
  versions(userId: number, name: string): Promise<ListedStrategy[]>
  /** A new name is created, a known one gets another version. Refuses the name of a ready-made one. */
  save(userId: number, strategy: Strategy, now: number): Promise<{ version: number; created: boolean }>
  /**
   * Makes a new version as `text` says: a whole strategy (JSON, or text that has a `name`), or only statements that take the
   * place of those of the same key. Refuses ready-made ones, and a whole one of another name.
   */
  edit(userId: number, name: string, text: string, now: number): Promise<StrategyChange>
  /** Makes an old version the newest. Refuses what does not exist and ready-made ones. */
  restore(userId: number, name: string, version: number, now: number): Promise<StrategyChange>
  /** A ready-made strategy under a name of the user's own, such as `NAME-2`, changed as `edit` would. Not saved. */
  copy(userId: number, name: string, text?: string): Promise<Strategy>
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

  /** The current version of a strategy that the user may change. */
  const findOwn = async (userId: number, name: string) => {
    refuseReadyMade(name)
    const own = await store.find(userId, name)
    if (!own) throw await unknown(userId, name)
    return own
  }

  const find: Strategies['find'] = async (userId, name, version) => {
    const own = await store.find(userId, name)
    const template = own ? undefined : templates.find((candidate) => candidate.name === name)
    if (!own && !template) throw await unknown(userId, name)
    if (template && (version ?? 1) === 1) return readyMade(template)
    const saved = version === undefined ? own : await store.getVersion(userId, name, version)
    if (saved) return named(saved)
    throw new UserError('error-strategy-version', { name, version: version ?? 0, newest: own?.version ?? 1 })
  }

  const saveChange = async (userId: number, old: SavedStrategy, strategy: Strategy, now: number) => {
    const { version, versionId } = await store.save(userId, strategy, now)
    const createdAt = version === old.version ? old.createdAt : now
    return { before: listed(old), after: { strategy, version, versionId, createdAt } }
  }

  return {
    async list(userId) {
      const own = await store.list(userId)
      return [...own.map(listed), ...templates.map((template) => ({ name: template.name, ...readyMade(template) }))]
    },
    names,
    find,
    async versions(userId, name) {
      const own = await store.versions(userId, name)
      return own.length > 0 ? own.map(listed) : [{ name, ...(await find(userId, name)) }]
    },
    async edit(userId, name, text, now) {
      const own = await findOwn(userId, name)
      return saveChange(
        userId,
        own,
        edited(name, text, () => named(own).strategy),
        now,
      )
    },
    async restore(userId, name, version, now) {
      const own = await findOwn(userId, name)
      const { strategy } = await find(userId, name, version)
      return saveChange(userId, own, strategy, now)
    },
    async copy(userId, name, text) {
      const { strategy } = await find(userId, name)
      const changed = text === undefined ? strategy : edited(name, text, () => strategy)
      return { ...changed, name: freeName(name, await names(userId)) }
    },
    async save(userId, strategy, now) {
      refuseReadyMade(strategy.name)
      const { version, created } = await store.save(userId, strategy, now)
      return { version, created }
    },
    async remove(userId, name, now) {
      const { strategy } = await findOwn(userId, name)
      if (!(await store.remove(userId, name, now))) throw await unknown(userId, name)
      return validOrNull(strategy)
    },
  }
}

/**
 * A strategy as a person sends it: JSON, or the text form. A `name` that comes apart from it wins over the one in it; one
 * that has none gets `nameless`.
 */
export function readStrategy(text: string, name?: string, nameless = name): Strategy {
  const options = nameless === undefined ? {} : { name: nameless }
  const read = isJson(text) ? parseStrategyJson(text, options) : parseStrategyText(text, options)
  if ('problems' in read) throw problemError(read.problems[0])
  return name === undefined ? read.strategy : { ...read.strategy, name }
}

function isJson(text: string): boolean {
  return /^\s*\{/.test(text)
}

/** A strategy on another instrument or timeframe than its own. Refuses what does not fit there. */
export function retarget(strategy: Strategy, change: Partial<Pick<Strategy, 'inst_id' | 'bar'>>): Strategy {
  const checked = checkStrategy({ ...strategy, ...change })
  if ('problems' in checked) throw problemError(checked.problems[0])
  return checked.strategy
}

/** Whether everybody has a strategy of this name, and nobody can change it. */
export function isReadyMade(name: string): boolean {
  return templates.some((template) => template.name === name)
}

/** The strategy of `name` as `text` wants it; `current` is only asked where the text is not whole. */
function edited(name: string, text: string, current: () => Strategy): Strategy {
  if (!isJson(text) && !hasName(text)) {
    const changed = changeStrategy(current(), text)
    if ('problems' in changed) throw problemError(changed.problems[0])
    return changed.strategy
  }
  const strategy = readStrategy(text, undefined, name)
  if (strategy.name !== name) throw new UserError('error-strategy-other-name', { name, got: strategy.name })
  return strategy
}

/** `NAME-2`, or the next number that nobody has. */
function freeName(name: string, taken: readonly string[]): string {
  for (let number = 2; ; number++) {
    const candidate = `${name}-${number}`
    if (!taken.includes(candidate)) return candidate
  }
}

function readyMade(strategy: Strategy): NamedStrategy {
  return { strategy, version: 1, versionId: null, createdAt: null }
}

/** What was saved under older rules is checked again before it is run. */
function named(saved: SavedStrategy): NamedStrategy {
  const checked = checkStrategy(saved.strategy)
  if ('problems' in checked) throw problemError(checked.problems[0])
  const { version, versionId, createdAt } = saved
  return { strategy: checked.strategy, version, versionId, createdAt }
}

function listed({ name, strategy, version, versionId, createdAt }: SavedStrategy): ListedStrategy {
  return { name, strategy: validOrNull(strategy), version, versionId, createdAt }
}

function validOrNull(saved: unknown): Strategy | null {
  const checked = checkStrategy(saved)
  return 'problems' in checked ? null : checked.strategy
}

function refuseReadyMade(name: string): void {
  if (isReadyMade(name)) throw new UserError('error-strategy-ready-made', { name })
}
