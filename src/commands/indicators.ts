import { catalog, resolveLineParams } from '../domain/indicators/catalog.js'
import type { Indicator } from '../domain/indicators/indicator.js'
import { describeIndicator, describeRange, describeSignal, showParam } from '../domain/strategy/describe.js'
import { exampleLine } from '../domain/strategy/notation.js'
import type { Translator } from '../i18n.js'
import { Arg } from './args.js'
import { chunk } from './chunk.js'
import { defineCommand } from './defineCommand.js'
import type { Reply, ReplyField } from './reply.js'

export const indicatorsCommand = defineCommand({
  name: 'indicators',
  effect: 'read',
  args: Arg.object({ type: Arg.optional(Arg.choice(Object.keys(catalog))) }),
  run: async ({ type }) => ({ indicator: type === undefined ? null : catalog[type] }),
  view: ({ indicator }, t) => (indicator ? indicatorReply(indicator, t) : listReply(t)),
})

function listReply(t: Translator): Reply {
  const types = Object.keys(catalog)
  return {
    title: t('indicators-title'),
    text: [types.map((type) => describeIndicator(type, t)).join('\n'), t('indicators-hint')].join('\n\n'),
    buttons: chunk(
      types.map((type) => ({ label: type, command: 'indicators', args: { type } })),
      4,
    ),
  }
}

function indicatorReply(indicator: Indicator, t: Translator): Reply {
  const { type } = indicator
  const lines = lineFacts(indicator, t)
  const parameters = parameterFacts(indicator, t)
  return {
    title: type,
    text: [
      [t(`indicator-${type}`)],
      factWords(lines, t),
      parameters.length > 0 ? [t('catalog-params'), ...factWords(parameters, t)] : [],
      [t('catalog-signals')],
    ]
      .filter((paragraph) => paragraph.length > 0)
      .map((paragraph) => paragraph.join('\n'))
      .join('\n\n'),
    table: signalTable(indicator, t),
    buttons: [[{ label: t('button-indicators'), command: 'indicators', args: {} }]],
  }
}

function factWords(facts: readonly ReplyField[], t: Translator): string[] {
  return facts.map(({ label, value }) => t('catalog-fact', { label, value }))
}

/** The names of its lines, and from where on they have values. */
export function lineFacts(indicator: Indicator, t: Translator): ReplyField[] {
  const { lines } = indicator
  // One without lines looks at the candles themselves.
  if (lines.length === 0) return []
  const count = indicator.warmUp(resolveLineParams(indicator)) + 1
  return [
    { label: t('catalog-lines'), value: lines.join(', ') },
    { label: t('catalog-warm-up'), value: t('catalog-bars', { count }) },
  ]
}

/** Each parameter with its default and what it takes. */
export function parameterFacts({ params }: Indicator, t: Translator): ReplyField[] {
  return Object.entries(params).map(([name, spec]) => ({
    label: name,
    value: t('catalog-param', { default: showParam(spec.default), range: describeRange(spec, t) }),
  }))
}

/** Each signal as a line to copy, and in words. */
export function signalTable(indicator: Indicator, t: Translator) {
  const { type, signals } = indicator
  return {
    columns: [
      { label: t('column-line'), align: 'left' as const },
      { label: t('column-meaning'), align: 'left' as const },
    ],
    rows: Object.keys(signals).map((signal) => [exampleLine(indicator, signal), describeSignal(type, signal, t)]),
  }
}
