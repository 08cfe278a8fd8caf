import { Decimal } from 'decimal.js'
import { type Bar, barOpen, bars, intervalMs } from './bars.js'
import { faultAt } from './candleCheck.js'
import { allocateCandles, type Candles, candleColumns, findGaps, findPriceScale, type Gap } from './candles.js'
import { type ErrorArgs, UserError } from './userError.js'

const header = candleColumns.join(',')
const numberForm = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/
/** Line of the first candle: the header is line 1. */
const firstLine = 2

export interface CandleCsv {
  candles: Candles
  bar: Bar
  gaps: Gap[]
}

/**
 * Reads CSV `ts,open,high,low,close,volume` (ts: open time, epoch ms), oldest first. The smallest distance between rows
 * is the bar, and the open times say which session it keeps; `bar`, if given, must be that one. Whole missing bars are
 * gaps. Anything else is refused: UserError `error-candles-csv-…` with the line.
 */
export function parseCandleCsv(text: string, { bar }: { bar?: Bar | undefined } = {}): CandleCsv {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  const [first = '', ...rows] = lines
  if (first !== header) throw refusal('header', { got: first.slice(0, 80), header })
  if (rows.length === 0) throw refusal('empty', {})
  const candles = parseRows(rows)
  const found = findBar(candles.ts, bar)
  refuseWrongSteps(candles.ts, found)
  return {
    candles: { ...candles, priceScale: findPriceScale(candles) },
    bar: found,
    gaps: findGaps(candles.ts, intervalMs(found)),
  }
}

/** CSV as parseCandleCsv reads it: plain decimals, which read back as the very same numbers. */
export function formatCandleCsv(candles: Candles): string {
  const lines = [header]
  for (let i = 0; i < candles.ts.length; i++) {
    lines.push(candleColumns.map((name) => plain(candles[name][i])).join(','))
  }
  return `${lines.join('\n')}\n`
}

function plain(x: number): string {
  const text = String(x)
  return text.includes('e') ? new Decimal(x).toFixed() : text
}

function parseRows(rows: readonly string[]): Candles {
  const candles = allocateCandles(rows.length, null)
  rows.forEach((row, i) => {
    const line = i + firstLine
    const fields = row.split(',')
    if (fields.length !== candleColumns.length)
      throw refusal('fields', { line, got: fields.length, wanted: candleColumns.length })
    candleColumns.forEach((name, c) => {
      const value = numberForm.test(fields[c]) ? Number(fields[c]) : Number.NaN
      const right = name === 'ts' ? Number.isSafeInteger(value) : Number.isFinite(value)
      if (!right) throw refusal('number', { line, column: name, got: fields[c].slice(0, 40) })
      candles[name][i] = value
    })
    const fault = faultAt(candles, i)
    if (fault) throw refusal(fault, { line })
  })
  return candles
}

/** The bar of these open times; throws where there is none, or another than `wanted`. */
function findBar(ts: Float64Array, wanted: Bar | undefined): Bar {
  if (ts.length === 1) {
    if (wanted === undefined) throw refusal('short', {})
    if (barOpen(wanted, ts[0]) !== ts[0]) throw refusal('grid', { line: firstLine, bar: wanted })
    return wanted
  }
  let shortest = 1
  for (let i = 2; i < ts.length; i++) if (ts[i] - ts[i - 1] < ts[shortest] - ts[shortest - 1]) shortest = i
  const stepMs = ts[shortest] - ts[shortest - 1]
  const sameLength = bars.filter((bar) => intervalMs(bar) === stepMs)
  const line = shortest + firstLine
  if (sameLength.length === 0) throw refusal('step', { line, stepMs, bar: '', bars: bars.join(' ') })
  const found = sameLength.filter((bar) => barOpen(bar, ts[0]) === ts[0])
  if (found.length === 0) throw refusal('grid', { line: firstLine, bar: sameLength[0] })
  if (wanted === undefined || found.includes(wanted)) return wanted ?? found[0]
  throw refusal('bar', { bar: wanted, found: found[0] })
}

function refuseWrongSteps(ts: Float64Array, bar: Bar): void {
  const i = ts.findIndex((t) => barOpen(bar, t) !== t)
  if (i > 0) throw refusal('step', { line: i + firstLine, stepMs: ts[i] - ts[i - 1], bar, bars: bars.join(' ') })
}

function refusal(what: string, args: ErrorArgs): UserError {
  return new UserError(`error-candles-csv-${what}`, args)
}
