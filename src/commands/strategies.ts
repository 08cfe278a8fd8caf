import type { Strategy } from '../domain/strategy/schema.js'
import { formatStrategy } from '../domain/strategy/strategyText.js'
import { templates } from '../domain/strategy/templates.js'
import { UserError } from '../domain/userError.js'
import type { Translator } from '../i18n.js'
import { type RecentSignals, recentSignals } from '../services/ruleSignals.js'
import type { ListedStrategy, NamedStrategy } from '../services/strategies.js'
import { Arg } from './args.js'
import { chunk } from './chunk.js'
import { defineCommand } from './defineCommand.js'
import type { Reply, ReplyButton } from './reply.js'
import { seriesName } from './stamp.js'
import { aboutVersion, signalsReply, strategyReply, versionsButton } from './strategyView.js'

export const strategiesCommand = defineCommand({
  name: 'strategies',
  effect: 'read',
  args: Arg.object({}),
  run: (_args, caller, app) => app.strategies.list(caller.id),
  view: listReply,
})

export const templatesCommand = defineCommand({
  name: 'templates',
  effect: 'read',
  args: Arg.object({}),
  run: async () => templates,
  view: templatesReply,
})

export const strategyCommand = defineCommand({
  name: 'strategy',
  effect: 'read',
  args: Arg.object({ name: Arg.strategy(), version: Arg.optional(Arg.version()) }),
  async run({ name, version }, caller, app, context) {
    const named = await app.strategies.find(caller.id, name, version)
    const [newest] = await app.strategies.versions(caller.id, name)
    const signals = await glance(() => recentSignals(app.marketData, named.strategy, context, context))
    return { named, isNewest: newest.version === named.version, signals }
  },
  view({ named, isNewest, signals }, t) {
    const reply = strategyReply(named, t)
    return {
      ...reply,
      ...('candles' in signals
        ? signalsReply(named.strategy, signals, t)
        : { text: `${reply.text}\n\n${t('signals-no-picture', { reason: t(signals.id, signals.args) })}` }),
      ...(!isNewest && { buttons: oldVersionButtons(named, t) }),
    }
  },
})

/** What can be had, or why it cannot: the rules are worth showing without a picture. */
async function glance(take: () => Promise<RecentSignals>): Promise<RecentSignals | Pick<UserError, 'id' | 'args'>> {
  try {
    return await take()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { id: error.id, args: error.args }
  }
}

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
    aboutVersion({ version, versionId }, t),
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
    buttons: strategyButtons(list.slice(0, 12)),
  }
}

function oldVersionButtons({ strategy: { name }, version }: NamedStrategy, t: Translator): ReplyButton[][] {
  return [
    [{ label: t('button-restore', { version }), command: 'restore', args: { name, version } }],
    [versionsButton(name, t), { label: t('button-export'), command: 'export', args: { name, version } }],
  ]
}

function templatesReply(list: readonly Strategy[], t: Translator): Reply {
  return {
    title: t('templates-title'),
    text: [
      ...list.map(({ name, inst_id, bar }) => `${name} · ${seriesName(inst_id, bar)}\n${t(`template-${name}`)}`),
      t('templates-hint'),
    ].join('\n\n'),
    buttons: strategyButtons(list),
  }
}

function strategyButtons(list: readonly { name: string }[]): ReplyButton[][] {
  return chunk(
    list.map(({ name }) => ({ label: name, command: 'strategy', args: { name } })),
    3,
  )
}
