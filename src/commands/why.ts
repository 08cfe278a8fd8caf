import { type Bar, formatBar, intervalMs } from '../domain/bars.js'
import type { ExplainedCondition, ExplainedGroup, ExplainedSide } from '../domain/strategy/compile.js'
import { describeCondition } from '../domain/strategy/describe.js'
import type { Strategy } from '../domain/strategy/schema.js'
import type { Translator } from '../i18n.js'
import { type ExplainedBar, explainBar } from '../services/ruleSignals.js'
import { retarget } from '../services/strategies.js'
import { Arg } from './args.js'
import { defineCommand } from './defineCommand.js'
import { parseMoment } from './range.js'
import type { Reply, ReplyButton } from './reply.js'
import { seriesName, stampOf } from './stamp.js'
import { rulesButton } from './strategyView.js'

export const whyCommand = defineCommand({
  name: 'why',
  effect: 'read',
  args: Arg.object({
    name: Arg.strategy(),
    inst: Arg.optional(Arg.instrument()),
    bar: Arg.optional(Arg.bar()),
    time: Arg.optional(Arg.time()),
  }),
  async run({ name, inst, bar, time }, caller, app, context): Promise<WhyData> {
    const { now } = context
    const at = time === undefined ? null : parseMoment(time, now)
    const { strategy: saved } = await app.strategies.find(caller.id, name)
    const strategy = retarget(saved, {
      ...(inst !== undefined && { inst_id: inst }),
      ...(bar !== undefined && { bar }),
    })
    return { strategy, ...(await explainBar(app.marketData, strategy, { at, now }, context)) }
  },
  view: whyReply,
})

interface WhyData extends ExplainedBar {
  strategy: Strategy
}

export function whyReply(data: WhyData, t: Translator): Reply {
  const { strategy, source, ts, close, isNewest, sides } = data
  const { name, inst_id, bar, direction } = strategy
  const told = (['buy', 'sell'] as const).filter((side) => sides[side].groups.length > 0)
  const opensFirst = direction === 'short' ? told.reverse() : told
  const isUnknown = told.some((side) =>
    sides[side].groups.some(({ conditions }) => conditions.some(({ value }) => value === 'unknown')),
  )
  return {
    ...stampOf(source, t),
    title: `${name} · ${seriesName(inst_id, bar)}`,
    text: [
      t('why-candle', {
        newest: isNewest ? 'yes' : 'no',
        from: t.dateTime(ts),
        to: t.dateTime(ts + intervalMs(bar)),
        zone: t.timeZone,
        close: t.price(close),
      }),
      ...opensFirst.map((side) => sideWords(side, sides[side], bar, t)),
      ...(isUnknown ? [t('why-unknown', { mark: marks.unknown })] : []),
    ].join('\n\n'),
    buttons: whyButtons(data, t),
  }
}

const marks = { yes: '✅', no: '❌', unknown: '❔' } as const

function markOf(holds: boolean): string {
  return marks[holds ? 'yes' : 'no']
}

function sideWords(side: 'buy' | 'sell', { logic, holds, groups }: ExplainedSide, bar: Bar, t: Translator): string {
  const [first, ...others] = groups
  // A group that is alone is the side itself.
  const [needs, parts] =
    others.length === 0
      ? [needsOf(first), first.conditions.map((condition) => conditionWords(condition, bar, t))]
      : [`groups-${logic}`, groups.map((group, i) => groupWords(group, i + 1, bar, t))]
  return [t('why-side', { mark: markOf(holds), side, holds: holds ? 'yes' : 'no', needs }), ...parts].join('\n')
}

function groupWords(group: ExplainedGroup, number: number, bar: Bar, t: Translator): string {
  return [
    t('why-group', { mark: markOf(group.holds), number, needs: needsOf(group) }),
    ...group.conditions.map((condition) => conditionWords(condition, bar, t)),
  ].join('\n')
}

function needsOf({ logic, conditions }: ExplainedGroup): string {
  return conditions.length > 1 ? logic : 'one'
}

/** The condition, and below it what it looked at. */
function conditionWords({ condition, value, ts, firedTs, lines }: ExplainedCondition, bar: Bar, t: Translator): string {
  const { bar: higher = bar, within } = condition
  const seen = [
    ...(higher === bar || ts === null ? [] : [t('why-higher', { bar: formatBar(higher), at: t.dateTime(ts) })]),
    ...Object.entries(lines).map(([name, x]) => `${name} ${reading(x, t)}`),
    ...(within === undefined || firedTs === null || firedTs === ts
      ? []
      : [t('why-fired', { at: t.dateTime(firedTs) })]),
  ].join(' · ')
  return [`${marks[value]} ${describeCondition(condition, t)}`, ...(seen === '' ? [] : [`    ${seen}`])].join('\n')
}

/** A line's value at a glance: six significant digits. */
function reading(x: number, t: Translator): string {
  return t.price(Number(x.toPrecision(6)))
}

/** The candles beside this one, the newest, and the rules. */
function whyButtons({ strategy: { name, inst_id: inst, bar }, ts, isNewest }: WhyData, t: Translator): ReplyButton[][] {
  const asked = { name, inst, bar }
  const beside = (label: string, bars: number): ReplyButton => {
    const time = new Date(ts + bars * intervalMs(bar)).toISOString().slice(0, 16)
    return { label: t(label), command: 'why', args: { ...asked, time } }
  }
  return [
    [beside('button-candle-before', -1), ...(isNewest ? [] : [beside('button-candle-after', 1)])],
    [{ label: t('button-newest'), command: 'why', args: asked }, rulesButton(name, t)],
  ]
}
