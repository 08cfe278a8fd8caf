import type { Strategy } from '../domain/strategy/schema.js'
import { type DiffLine, diffStrategies } from '../domain/strategy/strategyDiff.js'
import { formatStrategy } from '../domain/strategy/strategyText.js'
import type { Translator } from '../i18n.js'
import { isReadyMade, type ListedStrategy, type NamedStrategy, type StrategyChange } from '../services/strategies.js'
import { Arg } from './args.js'
import { defineCommand } from './defineCommand.js'
import type { Reply, ReplyButton } from './reply.js'
import { aboutVersion, backtestButton, rulesButton, strategyTitle, versionsButton } from './strategyView.js'

type EditData = { copy: Strategy; name: string } | { current: NamedStrategy } | { change: StrategyChange }

export const editCommand = defineCommand({
  name: 'edit',
  effect: 'write',
  args: Arg.object({ name: Arg.strategy(), text: Arg.optional(Arg.rest({ maxLength: 65_536 })) }),
  async run({ name, text }, caller, app, { now }): Promise<EditData> {
    if (isReadyMade(name)) return { name, copy: await app.strategies.copy(caller.id, name, text) }
    if (text === undefined) return { current: await app.strategies.find(caller.id, name) }
    return { change: await app.strategies.edit(caller.id, name, text, now) }
  },
  view(data, t) {
    if ('copy' in data) return copyReply(data, t)
    if ('current' in data) return textReply(data.current, t)
    const { strategy, version } = data.change.after
    return changeReply(data.change, t('strategy-saved', { name: strategy.name, version }), t)
  },
})

export const restoreCommand = defineCommand({
  name: 'restore',
  effect: 'write',
  args: Arg.object({ name: Arg.strategy(), version: Arg.version() }),
  async run({ name, version }, caller, app, { now }) {
    return { restored: version, change: await app.strategies.restore(caller.id, name, version, now) }
  },
  view({ restored, change }, t) {
    const { strategy, version } = change.after
    return changeReply(change, t('strategy-restored', { name: strategy.name, version, restored }), t)
  },
})

export const versionsCommand = defineCommand({
  name: 'versions',
  effect: 'read',
  args: Arg.object({ name: Arg.strategy() }),
  run: ({ name }, caller, app) => app.strategies.versions(caller.id, name),
  view: versionsReply,
})

/** What is refused, and the same under a name of one's own, ready to be saved. */
function copyReply({ name, copy }: { name: string; copy: Strategy }, t: Translator): Reply {
  const rules = formatStrategy(copy)
  return {
    text: [t('error-strategy-ready-made', { name }), t('edit-copy', { copy: copy.name })].join('\n'),
    code: `/new\n${rules}`,
    buttons: [[{ label: t('button-copy-as', { copy: copy.name }), command: 'new', args: { rules } }]],
  }
}

function textReply(current: NamedStrategy, t: Translator): Reply {
  const { name } = current.strategy
  return {
    title: strategyTitle(current, t),
    text: t('edit-text', { name }),
    code: `/edit ${name}\n${formatStrategy(current.strategy)}`,
    buttons: [[versionsButton(name, t), rulesButton(name, t)]],
  }
}

function changeReply({ before, after }: StrategyChange, said: string, t: Translator): Reply {
  const { strategy, version } = after
  const { name } = strategy
  const title = strategyTitle(after, t)
  if (version === before.version) {
    return { title, text: t('strategy-unchanged', { name, version }), buttons: [[rulesButton(name, t)]] }
  }
  const undo = { label: t('button-undo'), command: 'restore', args: { name, version: before.version } }
  return {
    title,
    text: said,
    code: diffStrategies(before.strategy, strategy).map(diffWords).join('\n'),
    buttons: [
      [...(before.strategy ? [undo] : []), backtestButton(name, '90d', t)],
      [versionsButton(name, t), rulesButton(name, t)],
    ],
  }
}

const signs = { kept: ' ', removed: '-', added: '+' } as const satisfies Record<DiffLine['kind'], string>

function diffWords({ kind, text }: DiffLine): string {
  return `${signs[kind]} ${text}`
}

const mostListed = 20
const mostButtons = 4
const mostCharacters = 80

function versionsReply(versions: readonly ListedStrategy[], t: Translator): Reply {
  const [newest] = versions
  const { name } = newest
  return {
    title: `${name} · ${aboutVersion(newest, t)}`,
    text: t(newest.versionId === null ? 'versions-ready-made' : 'versions-hint', { name, zone: t.timeZone }),
    ...(newest.versionId !== null && {
      table: {
        columns: [
          { label: '#', align: 'right' },
          { label: t('column-saved'), align: 'left' },
          { label: t('column-change'), align: 'left' },
        ],
        rows: versions
          .slice(0, mostListed)
          .map((version, i) => [
            String(version.version),
            t.dateTime(version.createdAt),
            changeWords(versions[i + 1], version, t),
          ]),
      },
    }),
    buttons: [...versions.slice(1, 1 + mostButtons).map((old) => versionButtons(old, t)), [rulesButton(name, t)]],
  }
}

/** What a version changed: its lines, or how many they are. */
function changeWords(before: ListedStrategy | undefined, after: ListedStrategy, t: Translator): string {
  if (!after.strategy) return t('version-outdated')
  if (!before) return t('version-first')
  const changed = diffStrategies(before.strategy, after.strategy).filter(({ kind }) => kind !== 'kept')
  const words = changed.map(diffWords).join('  ')
  if (words.length <= mostCharacters) return words
  const count = (wanted: DiffLine['kind']) => changed.filter(({ kind }) => kind === wanted).length
  return t('version-lines', { added: count('added'), removed: count('removed') })
}

function versionButtons({ name, strategy, version }: ListedStrategy, t: Translator): ReplyButton[] {
  // What the rules of today refuse can be neither shown nor restored.
  if (!strategy) return []
  const args = { name, version }
  return [
    { label: t('button-version', { version }), command: 'strategy', args },
    { label: t('button-restore', { version }), command: 'restore', args },
  ]
}
