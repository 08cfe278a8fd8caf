import { describeRules } from '../domain/strategy/describe.js'
import { formatStrategy } from '../domain/strategy/strategyText.js'
import type { Translator } from '../i18n.js'
import type { ListedStrategy, NamedStrategy } from '../services/strategies.js'
import { Arg } from './args.js'
import { defineCommand } from './defineCommand.js'
import type { Reply } from './reply.js'
import { seriesName } from './stamp.js'

export const strategiesCommand = defineCommand({
  name: 'strategies',
  effect: 'read',
  args: Arg.object({}),
  run: (_args, caller, app) => app.strategies.list(caller.id),
  view: listReply,
})

export const strategyCommand = defineCommand({
  name: 'strategy',
  effect: 'read',
  args: Arg.object({ name: Arg.strategy() }),
  run: ({ name }, caller, app) => app.strategies.find(caller.id, name),
  view: (named, t) => strategyReply(named, t),
})

export const deleteCommand = defineCommand({
  name: 'delete',
  effect: 'write',
  args: Arg.object({ name: Arg.strategy() }),
  async run({ name }, caller, app, { now }) {
    return { name, removed: await app.strategies.remove(caller.id, name, now) }
  },
  view: ({ name, removed }, t) => ({
    text: t('strategy-deleted', { name }),
    ...(removed && {
      buttons: [[{ label: t('button-undo'), command: 'new', args: { rules: formatStrategy(removed) } }]],
    }),
  }),
})

function listReply(list: readonly ListedStrategy[], t: Translator): Reply {
  const rowOf = ({ name, strategy, version, versionId }: ListedStrategy) => [
    name,
    versionId === null ? t('strategy-ready-made') : t('strategy-version', { version }),
    strategy ? seriesName(strategy.inst_id, strategy.bar) : '',
    versionId === null ? t(`template-${name}`) : (strategy?.description ?? t('strategy-outdated')),
  ]
  return {
    title: t('strategies-title'),
    text: t('strategies-hint'),
    table: {
      columns: ['column-strategy', 'column-version', 'column-series', 'column-description'].map((id) => ({
        label: t(id),
        align: 'left' as const,
      })),
      rows: list.map(rowOf),
    },
    buttons: chunk(
      list.slice(0, 12).map(({ name }) => ({ label: name, command: 'strategy', args: { name } })),
      3,
    ),
  }
}

/** The rules in words, and in the text form that /new takes. */
export function strategyReply({ strategy, version, versionId }: NamedStrategy, t: Translator, said?: string): Reply {
  const { name } = strategy
  const description = versionId === null ? t(`template-${name}`) : strategy.description
  const about = versionId === null ? t('strategy-ready-made') : t('strategy-version', { version })
  return {
    title: `${name} · ${about}`,
    text: [said, description, describeRules(strategy, t), formatStrategy(strategy)].filter(Boolean).join('\n\n'),
    buttons: [
      [
        { label: t('button-backtest', { range: '30d' }), command: 'backtest', args: { strategy: name, range: '30d' } },
        { label: t('button-backtest', { range: '90d' }), command: 'backtest', args: { strategy: name, range: '90d' } },
      ],
    ],
  }
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
}
