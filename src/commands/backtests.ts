import type { Costs } from '../domain/backtest/result.js'
import { fills } from '../domain/backtest/result.js'
import type { Translator } from '../i18n.js'
import type { BacktestSummary } from '../store/backtests.js'
import { Arg } from './args.js'
import { backtestReply } from './backtestView.js'
import { defineCommand } from './defineCommand.js'
import { parseRange } from './range.js'
import type { Reply } from './reply.js'
import { seriesName, stampOf } from './stamp.js'

export const backtestCommand = defineCommand({
  name: 'backtest',
  effect: 'read',
  args: Arg.object({
    strategy: Arg.strategy(),
    inst: Arg.optional(Arg.instrument()),
    bar: Arg.optional(Arg.bar()),
    range: Arg.optional(Arg.range()),
    cash: Arg.optional(Arg.number({ minimum: 1, maximum: 1e12 })),
    fee: Arg.optional(Arg.number({ minimum: 0, maximum: 0.05 })),
    slippage: Arg.optional(Arg.number({ minimum: 0, maximum: 1000 })),
    fill: Arg.optional(Arg.choice(fills)),
    detail: Arg.optional(Arg.bar()),
  }),
  async run({ strategy: name, inst, bar, range = '90d', cash, fee, slippage, fill, detail }, caller, app, context) {
    const strategy = await app.strategies.find(caller.id, name)
    const costs: Partial<Costs> = {
      ...(cash !== undefined && { start_equity: cash }),
      ...(fee !== undefined && { fee_rate: fee }),
      ...(slippage !== undefined && { slippage_bps: slippage }),
      ...(fill !== undefined && { fill }),
    }
    return app.backtests.run(
      {
        userId: caller.id,
        strategy,
        ...(inst !== undefined && { instId: inst }),
        ...(bar !== undefined && { bar }),
        ...(detail !== undefined && { detailBar: detail }),
        ...parseRange(range, context.now),
        costs,
      },
      context.now,
      context,
    )
  },
  view: backtestReply,
})

const mostListed = 20

export const backtestsCommand = defineCommand({
  name: 'backtests',
  effect: 'read',
  args: Arg.object({ number: Arg.optional(Arg.integer({ minimum: 1, maximum: 1e9 })) }),
  async run({ number }, caller, app, context) {
    if (number === undefined) return { list: await app.backtests.list(caller.id, mostListed) }
    return { report: await app.backtests.reopen(caller.id, number, context) }
  },
  view: (data, t) => ('report' in data ? backtestReply(data.report, t) : listReply(data.list, t)),
})

function listReply(list: readonly BacktestSummary[], t: Translator): Reply {
  if (list.length === 0) return { text: t('backtests-none') }
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
      list
        .filter(({ status }) => status === 'done')
        .slice(0, 5)
        .map(({ id }) => ({
          label: t('button-open', { number: String(id) }),
          command: 'backtests',
          args: { number: id },
        })),
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
