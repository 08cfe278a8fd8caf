import type { Candles } from '../domain/candles.js'
import { resolveParams } from '../domain/indicators/catalog.js'
import {
  type Indicator,
  type Lines,
  type Params,
  type SignalColumn,
  unknown,
  yes,
} from '../domain/indicators/indicator.js'

/** A column as text: `Y` yes, `.` no, `?` unknown. */
export function showSignal(column: SignalColumn): string {
  return Array.from(column, (value) => (value === yes ? 'Y' : value === unknown ? '?' : '.')).join('')
}

/** What a signal says of hand-made lines, as text; lines and candle columns may be given as constants. */
export function signalOn(
  indicator: Indicator,
  signalType: string,
  given: {
    lines: (params: Params) => Record<string, readonly number[] | number>
    prices?: Partial<Record<keyof Candles, readonly number[]>>
    params?: Params
    length?: number
  },
): string {
  const length = given.length ?? wave(0).length
  const column = (values: readonly number[] | number) =>
    typeof values === 'number' ? new Float64Array(length).fill(values) : Float64Array.from(values)
  const columns = (named: object) =>
    Object.fromEntries(Object.entries(named).map(([name, values]) => [name, column(values)]))
  const candles = { priceScale: null, ...columns(given.prices ?? {}) } as unknown as Candles
  const context = { candles, lines: (params: Params): Lines => columns(given.lines(params)) }
  return showSignal(indicator.signals[signalType].evaluate(context, resolveParams(indicator, signalType, given.params)))
}

/** Around `level`: unknown, then below it, on it, above it, above, on, below, above, below. Every crossing there is. */
export function wave(level: number): number[] {
  return [Number.NaN, -1, 0, 1, 1, 0, -1, 1, -1].map((distance) => level + distance)
}

/** What each relation to `level` says of `wave(level)`. */
export const onWave = {
  up: '??.Y...Y.',
  down: '??....Y.Y',
  above: '?..YY..Y.',
  below: '?Y....Y.Y',
  atOrAbove: '?.YYYY.Y.',
  atOrBelow: '?YY..YY.Y',
  rising: '??YY...Y.',
  falling: '??...YY.Y',
  neverCrossed: '??.......',
} as const

/**
 * What `bullish_divergence` or `bearish_divergence` says of two pivots five bars apart, the later one further out, at which
 * the named line has turned the other way. All other lines are flat.
 */
export function divergenceOn(indicator: Indicator, signalType: string, line: string, lookback?: number): string {
  const isBullish = signalType === 'bullish_divergence'
  const upright = (values: readonly number[]) => values.map((value) => (isBullish ? value : 100 - value))
  const price = upright([90, 90, 90, 50, 90, 90, 90, 90, 40, 90, 90, 90])
  const turned = upright([70, 70, 70, 20, 70, 70, 70, 70, 30, 70, 70, 70])
  const flat = Object.fromEntries(indicator.lines.map((name) => [name, 50]))
  return signalOn(indicator, signalType, {
    lines: () => ({ ...flat, [line]: turned }),
    prices: isBullish ? { low: price } : { high: price },
    params: lookback === undefined ? {} : { lookback },
    length: price.length,
  })
}

/** What `divergenceOn` must give: said when the later pivot's third bar closes. */
export const foundDivergence = '??????.....Y'
export const noDivergence = '??????......'
