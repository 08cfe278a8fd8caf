import { lineFacts, parameterFacts, signalTable } from '../commands/indicators.js'
import type { ReplyField } from '../commands/reply.js'
import { catalog, resolveLineParams } from '../domain/indicators/catalog.js'
import type { ParamSpec } from '../domain/indicators/indicator.js'
import type { Translator } from '../i18n.js'

/** Every indicator with its parameters, lines, warm-up (bars before the first value, by default) and signals. */
export function catalogJson(): unknown {
  return Object.values(catalog).map((indicator) => ({
    type: indicator.type,
    params: Object.fromEntries(Object.entries(indicator.params).map(([name, spec]) => [name, paramJson(spec)])),
    line_params: indicator.lineParams,
    lines: indicator.lines,
    warm_up: indicator.warmUp(resolveLineParams(indicator)),
    signals: Object.entries(indicator.signals).map(([signal_type, { params }]) => ({ signal_type, params })),
  }))
}

/** Fields in JSON's own case: `min_count`. */
function paramJson(spec: ParamSpec): unknown {
  const inSnakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return Object.fromEntries(Object.entries(spec).map(([name, value]) => [inSnakeCase(name), value]))
}

/** The same as a page of Markdown. */
export function catalogPage(t: Translator): string {
  const sections = Object.values(catalog).map((indicator) => {
    const { columns, rows } = signalTable(indicator, t)
    const heads = columns.map(({ label }) => label)
    const lines = lineFacts(indicator, t)
    const parameters = parameterFacts(indicator, t)
    return [
      `## ${indicator.type}`,
      escaped(t(`indicator-${indicator.type}`)),
      ...(lines.length > 0 ? [bullets(lines)] : []),
      ...(parameters.length > 0 ? [t('catalog-params'), bullets(parameters)] : []),
      [heads, heads.map(() => '---'), ...rows.map(([line, meaning]) => [`\`${line}\``, escaped(meaning)])]
        .map((cells) => `| ${cells.join(' | ')} |`)
        .join('\n'),
    ].join('\n\n')
  })
  return `${[`# ${t('indicators-title')}`, t('catalog-page'), t('catalog-signals'), ...sections].join('\n\n')}\n`
}

function bullets(facts: readonly ReplyField[]): string {
  return facts.map(({ label, value }) => `- ${escaped(label)}: ${escaped(value)}`).join('\n')
}

function escaped(text: string): string {
  return text.replace(/[\\|*_<]/g, '\\$&')
}
