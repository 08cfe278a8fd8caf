import type { ChartMark, TimelineChart } from '../charts/spec.js'
import { intervalMs } from '../domain/bars.js'
import { describeRules } from '../domain/strategy/describe.js'
import type { Strategy } from '../domain/strategy/schema.js'
import { formatStrategy } from '../domain/strategy/strategyText.js'
import type { Translator } from '../i18n.js'
import type { RecentSignals } from '../services/ruleSignals.js'
import type { ListedStrategy, NamedStrategy } from '../services/strategies.js'
import type { Reply, ReplyButton } from './reply.js'
import { seriesName, stampOf } from './stamp.js'

/** The rules in words, and in the text form that /new takes. */
export function strategyReply(named: NamedStrategy, t: Translator, said?: string): Reply {
  const { strategy, versionId } = named
  const { name } = strategy
  const description = versionId === null ? t(`template-${name}`) : strategy.description
  return {
    title: strategyTitle(named, t),
    text: [said, description, describeRules(strategy, t)].filter(Boolean).join('\n\n'),
    code: formatStrategy(strategy),
    buttons: [
      [backtestButton(name, '30d', t), backtestButton(name, '90d', t)],
      [
        { label: t('button-why'), command: 'why', args: { name } },
        { label: t(versionId === null ? 'button-copy' : 'button-edit'), command: 'edit', args: { name } },
        ...(versionId === null ? [] : [versionsButton(name, t)]),
        { label: t('button-export'), command: 'export', args: { name } },
      ],
    ],
  }
}

/** `my-dip · version 3` */
export function strategyTitle({ strategy, version, versionId }: NamedStrategy, t: Translator): string {
  return `${strategy.name} · ${aboutVersion({ version, versionId }, t)}`
}

export function aboutVersion({ version, versionId }: Pick<ListedStrategy, 'version' | 'versionId'>, t: Translator) {
  return versionId === null ? t('strategy-ready-made') : t('strategy-version', { version })
}

export function backtestButton(strategy: string, range: string, t: Translator): ReplyButton {
  return { label: t('button-backtest', { range }), command: 'backtest', args: { strategy, range } }
}

export function rulesButton(name: string, t: Translator): ReplyButton {
  return { label: t('button-rules'), command: 'strategy', args: { name } }
}

export function versionsButton(name: string, t: Translator): ReplyButton {
  return { label: t('button-versions'), command: 'versions', args: { name } }
}

/** The picture of a strategy's last signals, and when the newest of each side came. */
export function signalsReply(strategy: Strategy, signals: RecentSignals, t: Translator): Reply {
  const { candles, buy, sell, source } = signals
  const { rules } = strategy
  const lastOf = (indexes: readonly number[]) => {
    const i = indexes.at(-1)
    if (i === undefined) return t('signals-none', { count: candles.ts.length })
    return `${t.dateTime(candles.ts[i])} · ${t.price(candles.close[i])}`
  }
  const zone = t.timeZone
  return {
    ...stampOf(source, t),
    fields: [
      ...(rules.buy_groups.length > 0 ? [{ label: t('figure-last-buy', { zone }), value: lastOf(buy) }] : []),
      ...(rules.sell_groups.length > 0 ? [{ label: t('figure-last-sell', { zone }), value: lastOf(sell) }] : []),
    ],
    chart: signalsChart(strategy, signals, t),
  }
}

function signalsChart(
  { name, inst_id, bar }: Strategy,
  { candles, buy, sell, source }: RecentSignals,
  t: Translator,
): TimelineChart {
  const { ts, close } = candles
  const marks = (indexes: readonly number[], kind: ChartMark['kind'], label: string): ChartMark[] =>
    indexes.map((i) => ({ ts: ts[i], value: close[i], kind, label }))
  const { stamp = null } = stampOf(source, t)
  return {
    kind: 'timeline',
    title: `${name} · ${seriesName(inst_id, bar)}`,
    subtitle: t('chart-window', {
      from: t.dateTime(ts[0]),
      to: t.dateTime(ts[ts.length - 1] + intervalMs(bar)),
      source: t(`source-${source}`),
    }),
    stamp,
    badge: null,
    headline: [],
    shape: 'small',
    panels: [
      {
        title: t('chart-price'),
        weight: 1,
        unit: 'price',
        series: [{ label: inst_id, role: 'price', style: 'line', ts, values: close }],
        marks: [
          ...marks(buy, 'buy_signal', t('chart-buy-signal')),
          ...marks(sell, 'sell_signal', t('chart-sell-signal')),
        ],
      },
    ],
    timeZone: t.timeZone,
    locale: t.tag,
    theme: t.theme,
  }
}
