import { catalog } from '../src/domain/indicators/catalog.js'
import type { Indicator, Params } from '../src/domain/indicators/indicator.js'

/** One line of the tables: an indicator of the catalog with its parameters. */
export interface Row {
  /** Also the name of the C loop. */
  readonly name: string
  readonly type: string
  /** Parameters that are no numbers. */
  readonly choices?: Params
  /** In the order in which the C loop takes them. */
  readonly params: Readonly<Record<string, number>>
  /** At most so many times the time of the C loop. */
  readonly bound: number
  /** How many columns of the candles it reads. */
  readonly reads: number
  /** The parameter that makes its window longer, for those that have one window. */
  readonly window?: string
}

const allRows: readonly Row[] = [
  { name: 'SMA', type: 'MA', choices: { type: 'SMA' }, params: { period: 20 }, bound: 3, reads: 1, window: 'period' },
  { name: 'EMA', type: 'MA', choices: { type: 'EMA' }, params: { period: 20 }, bound: 3, reads: 1, window: 'period' },
  { name: 'WMA', type: 'MA', choices: { type: 'WMA' }, params: { period: 20 }, bound: 3, reads: 1, window: 'period' },
  { name: 'MACD', type: 'MACD', params: { fast: 12, slow: 26, signal: 9 }, bound: 3, reads: 1 },
  { name: 'RSI', type: 'RSI', params: { period: 14 }, bound: 3, reads: 1, window: 'period' },
  { name: 'KDJ', type: 'KDJ', params: { n: 9, m1: 3, m2: 3 }, bound: 4.5, reads: 3, window: 'n' },
  { name: 'BOLL', type: 'BOLL', params: { period: 20, k: 2 }, bound: 3, reads: 1, window: 'period' },
  { name: 'BBI', type: 'BBI', params: { p1: 3, p2: 6, p3: 12, p4: 24 }, bound: 3, reads: 1, window: 'p4' },
  { name: 'CCI', type: 'CCI', params: { period: 14 }, bound: 4.5, reads: 3, window: 'period' },
  { name: 'ATR', type: 'ATR', params: { period: 14 }, bound: 3, reads: 3, window: 'period' },
  { name: 'VOL', type: 'VOL', params: { period: 20 }, bound: 3, reads: 1, window: 'period' },
  { name: 'ADX', type: 'ADX', params: { period: 14 }, bound: 3, reads: 3, window: 'period' },
  {
    name: 'SUPERTREND',
    type: 'SUPERTREND',
    params: { period: 10, multiplier: 3 },
    bound: 3,
    reads: 3,
    window: 'period',
  },
  { name: 'DONCHIAN', type: 'DONCHIAN', params: { period: 20 }, bound: 3, reads: 2, window: 'period' },
]

/** Those whose indicator the catalog has. */
export const rows: readonly Row[] = allRows.filter(({ type }) => type in catalog)
export const absentRows: readonly Row[] = allRows.filter(({ type }) => !(type in catalog))

/** The indicator of one of `rows`. */
export function indicatorOf(row: Row): Indicator {
  return catalog[row.type]
}

export function paramsOf(row: Row, change: Readonly<Record<string, number>> = {}): Params {
  return { ...row.choices, ...row.params, ...change }
}
