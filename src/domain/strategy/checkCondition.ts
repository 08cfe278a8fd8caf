import { resolveParams } from '../indicators/catalog.js'
import type { Indicator, ParamSpec, Params, ParamValue } from '../indicators/indicator.js'
import { findIndicator, findSignal, unknownIndicator, unknownSignal } from './findSignal.js'
import { type Problem, show, showBounds, stepInto, wrongName } from './problem.js'
import type { Condition } from './schema.js'

/** What the catalog has against a condition in the list of `side` that the schema has passed. */
export function checkCondition(condition: Condition, side: 'buy' | 'sell', path: string): Problem[] {
  const wrongSide: Problem[] =
    condition.side === undefined || condition.side === side
      ? []
      : [{ path: stepInto(path, 'side'), id: 'error-strategy-side', args: { got: condition.side, allowed: side } }]
  return [...wrongSide, ...checkSignal(condition, path)]
}

function checkSignal({ indicator_type, signal_type, params = {} }: Condition, path: string): Problem[] {
  const indicator = findIndicator(indicator_type)
  if (!indicator) return [{ path: stepInto(path, 'indicator_type'), ...unknownIndicator(indicator_type) }]
  const signal = findSignal(indicator, signal_type)
  if (!signal) return [{ path: stepInto(path, 'signal_type'), ...unknownSignal(indicator, signal_type) }]
  const inParams = stepInto(path, 'params')
  const problems = Object.entries(params).flatMap(([name, value]) => {
    const place = stepInto(inParams, name)
    if (signal.params.includes(name)) return checkParam(indicator.params[name], value, place)
    const known = Object.hasOwn(indicator.params, name)
    const args = { ...wrongName(name, signal.params), indicator: indicator_type, signal: signal_type }
    return [
      {
        path: place,
        id: known ? ('error-strategy-unused-param' as const) : ('error-strategy-unknown-param' as const),
        args,
      },
    ]
  })
  return problems.length > 0 ? problems : checkOrder(indicator, signal_type, params, inParams)
}

/** What the catalog has against an indicator's name and the parameters of its lines. */
export function checkLineParams(type: string, params: Params): Problem[] {
  const indicator = findIndicator(type)
  if (!indicator) return [{ path: 'indicator', ...unknownIndicator(type) }]
  return Object.entries(params).flatMap(([name, value]) => {
    const place = stepInto('params', name)
    if (indicator.lineParams.includes(name)) return checkParam(indicator.params[name], value, place)
    const args = { ...wrongName(name, indicator.lineParams), indicator: type, signal: '' }
    return [{ path: place, id: 'error-strategy-unknown-param' as const, args }]
  })
}

function checkParam(spec: ParamSpec, value: ParamValue, path: string): Problem[] {
  switch (spec.kind) {
    case 'integer':
    case 'number':
      return checkNumber(spec, value, path)
    case 'choice':
      if (typeof value === 'string' && spec.options.includes(value)) return []
      return [{ path, id: 'error-strategy-choice', args: wrongName(value, spec.options) }]
    case 'periods':
      return checkPeriods(spec, value, path)
  }
}

function checkNumber(spec: { kind: string; min: number; max: number }, value: ParamValue, path: string): Problem[] {
  const whole = spec.kind !== 'number'
  const fits =
    typeof value === 'number' && value >= spec.min && value <= spec.max && (!whole || Number.isInteger(value))
  if (fits) return []
  const args = { got: show(value), allowed: showBounds({ minimum: spec.min, maximum: spec.max }) }
  return [{ path, id: whole ? 'error-strategy-integer' : 'error-strategy-number', args }]
}

function checkPeriods(spec: ParamSpec & { kind: 'periods' }, value: ParamValue, path: string): Problem[] {
  const count = Array.isArray(value) ? value.length : 1
  if (!Array.isArray(value) || count < spec.minCount || count > spec.maxCount) {
    const allowed = showBounds({ minimum: spec.minCount, maximum: spec.maxCount })
    return [{ path, id: 'error-strategy-period-count', args: { got: show(value), allowed } }]
  }
  const periods: readonly number[] = value
  const problems = periods.flatMap((period, i) => checkNumber(spec, period, stepInto(path, i)))
  if (problems.length > 0) return problems
  const ascending = periods.every((period, i) => i === 0 || period > periods[i - 1])
  return ascending ? [] : [{ path, id: 'error-strategy-period-order', args: { got: periods.join('/') } }]
}

/** A fast average that is not faster than the slow one makes every cross mean its opposite, or never happen. */
function checkOrder(indicator: Indicator, signalType: string, given: Params, path: string): Problem[] {
  const { fast, slow } = resolveParams(indicator, signalType, given)
  if (typeof fast !== 'number' || typeof slow !== 'number' || fast < slow) return []
  return [
    {
      path: stepInto(path, Object.hasOwn(given, 'fast') ? 'fast' : 'slow'),
      id: 'error-strategy-fast-slow',
      args: { got: String(fast), slow: String(slow) },
    },
  ]
}
