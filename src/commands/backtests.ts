import { UserError } from '../domain/userError.js'
import type { Translator } from '../i18n.js'
import type { BacktestSummary } from '../store/backtests.js'
import { Arg } from './args.js'
import { backtestPages, pageReply } from './backtestPages.js'
import { backtestReply } from './backtestView.js'
import { fewestCompared } from './compare.js'
import { defineCommand } from './defineCommand.js'
import type { Reply } from './reply.js'
import { seriesName, stampOf } from './stamp.js'
import { readTestArgs, testArgs } from './testArgs.js'

export const backtestCommand = defineCommand({
  name: 'backtest',
  effect: 'read',
  args: testArgs,
  async run({ strategy, ...given }, caller, app, context) {
    const order = {
      userId: caller.id,
      strategy: await app.strategies.find(caller.id, strategy),
      ...readTestArgs(given, context.now),
    }
    return app.backtests.run(order, context.now, context)
  },
  view: backtestReply,
})

const mostListed = 20
const mostOpened = 5
const mostComparedAtOnce = 4

export const backtestsCommand = defineCommand({
  name: 'backtests',
  effect: 'read',
  args: Arg.object({
    number: Arg.optional(Arg.integer({ minimum: 1, maximum: 1e9 })),
    page: Arg.optional(Arg.choice(backtestPages)),
  }),
  async run({ number, page }, caller, app, context) {
    if (number === undefined) {
      if (page !== undefined) throw new UserError('error-backtests-number', { page })
      return { list: await app.backtests.list(caller.id, mostListed) }
    }
    if (page === undefined) return { report: await app.backtests.reopen(caller.id, number, context) }
    return { page, stored: await app.backtests.stored(caller.id, number) }
  },
  view(data, t) {
    if ('list' in data) return listReply(data.list, t)
    return 'report' in data ? backtestReply(data.report, t) : pageReply(data.page, data.stored, t)
  },
})

function listReply(list: readonly BacktestSummary[], t: Translator): Reply {
  if (list.length === 0) return { text: t('backtests-none') }
  const done = list.filter(({ status }) => status === 'done').map(({ id }) => id)
  const newest = done.slice(0, mostComparedAtOnce).toReversed()
  return {
    ...stampOf(list.find(({ source }) => source === 'simulated')?.source ?? list[0].source, t),
    title: t('backtests-title'),
    table: {
      columns: [
        { label: '#', align: 'right' },
        { label: t('column-strategy'), align: 'left' },
        { label: t('column-series'), align: 'left' },
        { label: t('figure-return'), align: 'right' },
        { label: t('figure-drawdown'), align: 'right' },
        { label: t('figure-trades'), align: 'right' },
      ],
      rows: list.map((backtest) => [
        String(backtest.id),
        backtest.strategyName,
        seriesName(backtest.instId, backtest.bar),
        ...outcomeOf(backtest, t),
      ]),
    },
    buttons: [
      done.slice(0, mostOpened).map((id) => ({
        label: t('button-open', { number: String(id) }),
        command: 'backtests',
        args: { number: id },
      })),
      newest.length < fewestCompared
        ? []
        : [
            {
              label: t('button-compare', { numbers: newest.map((id) => `#${id}`).join(' ') }),
              command: 'compare',
              args: { numbers: newest.join(' ') },
            },
          ],
    ],
  }
}

function outcomeOf({ status, result, progress }: BacktestSummary, t: Translator): [string, string, string] {
  if (result) {
    const { total_return_pct, max_drawdown_pct, trades } = result.stats
    return [t.percent(total_return_pct, { sign: true }), t.percent(max_drawdown_pct), t.number(trades)]
  }
  return [t(`backtest-status-${status}`, { progress: t.percent(progress * 100, { decimals: 0 }) }), '', '']
}
