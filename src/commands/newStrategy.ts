import { type Draft, draftOf, newDraft, readDraft } from '../domain/strategy/draft.js'
import { formatCondition } from '../domain/strategy/notation.js'
import { type Problem, problemError } from '../domain/strategy/problem.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { checkStrategy } from '../domain/strategy/validate.js'
import { UserError } from '../domain/userError.js'
import type { Translator } from '../i18n.js'
import { type ListedStrategy, type NamedStrategy, readStrategy } from '../services/strategies.js'
import type { App } from './app.js'
import { Arg } from './args.js'
import { type Building, builderReply } from './builderView.js'
import { type Caller, defineCommand } from './defineCommand.js'
import type { Reply } from './reply.js'
import { strategyReply } from './strategyView.js'

interface Saved {
  named: NamedStrategy
  version: number
  created: boolean
}

/** `my-dip; buy: …`: a name that a separator sets apart from the rules. */
const firstWord = /^\s*([\p{L}\p{N}][\p{L}\p{N}_-]{0,39})\s*[;；\n](.*)$/su

/** Saves rules that were written; without any it opens the builder. */
export const newCommand = defineCommand({
  name: 'new',
  effect: 'write',
  takesFile: true,
  args: Arg.object({ name: Arg.optional(Arg.strategy()), rules: Arg.optional(Arg.rest({ maxLength: 65_536 })) }),
  async run({ name, rules }, caller, app, { now }): Promise<Saved | Building> {
    if (rules === undefined) return openBuilder(name, caller, app)
    const [, first, rest] = name === undefined ? (firstWord.exec(rules) ?? []) : []
    return save(readStrategy(rest ?? rules, first ?? name), caller, app, now)
  },
  view: (data, t) => ('draft' in data ? builderReply(data, t) : savedReply(data, t)),
})

/** A step of the builder. Each of its buttons holds a whole draft, so that nothing is to be remembered in between. */
export const buildCommand = defineCommand({
  name: 'build',
  effect: 'write',
  buttonsOnly: true,
  args: Arg.object({ save: Arg.optional(Arg.boolean()), draft: Arg.rest({ maxLength: 65_536 }) }),
  async run({ save: isSave, draft: json }, caller, app, { now }): Promise<Saved | Building> {
    const draft = readDraft(json)
    if (!draft) throw new UserError('error-button-unknown')
    const building = await withProposals(draft, caller, app)
    return isSave ? save(checked(building.draft.strategy), caller, app, now) : building
  },
  view: (data, t) => ({ ...('draft' in data ? builderReply(data, t) : builtReply(data, t)), replaces: true }),
})

async function save(strategy: Strategy, caller: Caller, app: App, now: number): Promise<Saved> {
  const { version, created } = await app.strategies.save(caller.id, strategy, now)
  return { named: await app.strategies.find(caller.id, strategy.name), version, created }
}

function savedReply({ named, version, created }: Saved, t: Translator): Reply {
  const { name } = named.strategy
  return strategyReply(named, t, created ? t('strategy-created', { name }) : t('strategy-saved', { name, version }))
}

/** The ordinary answer in the builder's place, with a way back into it. A second press of Save says the same again. */
function builtReply(saved: Saved, t: Translator): Reply {
  const reply = savedReply({ ...saved, created: saved.created || saved.version === 1 }, t)
  const draft = JSON.stringify(draftOf(saved.named.strategy))
  return {
    ...reply,
    text: [reply.text, t('builder-saved')].join('\n\n'),
    buttons: [...(reply.buttons ?? []), [{ label: t('button-builder-keep'), command: 'build', args: { draft } }]],
  }
}

async function openBuilder(name: string | undefined, caller: Caller, app: App): Promise<Building> {
  const listed = name === undefined ? [] : await app.strategies.list(caller.id)
  // Better now than after the rules are made.
  const isReadyMade = listed.some((one) => one.name === name && one.versionId === null)
  if (name !== undefined && isReadyMade) throw new UserError('error-strategy-ready-made', { name })
  return withProposals(newDraft({ name: name ?? nameless, isNamed: name !== undefined }), caller, app)
}

const nameless = 'my-strategy'

async function withProposals(draft: Draft, caller: Caller, app: App): Promise<Building> {
  const { strategy, isNamed } = draft
  const name = isNamed ? strategy.name : freeName(strategy, await app.strategies.list(caller.id))
  const instruments = fewOf(strategy.inst_id, await app.suggestions.instruments())
  return { draft: { ...draft, strategy: { ...strategy, name } }, instruments }
}

/**
 * A name after the indicators: the first that is free, or that holds this very strategy already, so that pressing Save
 * twice saves once.
 */
function freeName(strategy: Strategy, listed: readonly ListedStrategy[]): string {
  const { buy_groups, sell_groups } = strategy.rules
  const types = [...buy_groups, ...sell_groups].flatMap(({ conditions }) => conditions.map((one) => one.indicator_type))
  const base = [...new Set(types)].slice(0, 3).join('-').toLowerCase() || nameless
  for (let i = 1; ; i += 1) {
    const name = i === 1 ? base : `${base}-${i}`
    const known = listed.find((one) => one.name === name)
    if (!known || (known.versionId !== null && isSame(known.strategy, { ...strategy, name }))) return name
  }
}

function isSame(saved: Strategy | null, strategy: Strategy): boolean {
  const read = checkStrategy(strategy)
  return 'strategy' in read && JSON.stringify(read.strategy) === JSON.stringify(saved)
}

const wellKnown = ['BTC', 'ETH', 'SOL', 'XRP', 'DOGE', 'BNB']
const mostInstruments = 12

/** Some of what is traded, the best known first, and in any case what is chosen. */
function fewOf(chosen: string, traded: readonly string[]): string[] {
  const known = ['-USDT', '-USDT-SWAP'].flatMap((ending) => wellKnown.map((coin) => coin + ending))
  const few = [...new Set([...known.filter((instId) => traded.includes(instId)), ...traded])].slice(0, mostInstruments)
  return few.includes(chosen) ? few : [chosen, ...few.slice(0, mostInstruments - 1)]
}

/** Refuses what cannot be saved yet; the place is named as a person sees it, the condition as text. */
function checked(strategy: Strategy): Strategy {
  const read = checkStrategy(strategy)
  if (!('problems' in read)) return read.strategy
  const [problem] = read.problems
  throw problemError({ ...problem, path: placeOf(problem, strategy) })
}

function placeOf({ path }: Problem, { rules }: Strategy): string {
  const [, side, group, condition] = /^rules\.(buy|sell)_groups\[(\d+)\]\.conditions\[(\d+)\]/.exec(path) ?? []
  if (side === undefined) return path
  const groups = side === 'buy' ? rules.buy_groups : rules.sell_groups
  return `${side}: ${formatCondition(groups[Number(group)].conditions[Number(condition)])}`
}
