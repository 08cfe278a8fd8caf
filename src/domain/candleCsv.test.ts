import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barOpen, bars, intervalMs } from './bars.js'
import { formatCandleCsv, parseCandleCsv } from './candleCsv.js'
import { candlesFromRows } from './candles.js'

const header = 'ts,open,high,low,close,volume'
const start = Date.UTC(2024, 0, 1)
const minute = 60_000
const row = (minutes: number, rest = '10,12,9,11,1.5') => `${start + minutes * minute},${rest}`
const csv = (...rows: string[]) => `${[header, ...rows].join('\n')}\n`

describe('parseCandleCsv', () => {
  it('reads columns, the bar and the scale of prices', () => {
    const { candles, bar, gaps } = parseCandleCsv(csv(row(0), row(15, '11,11.25,10.5,11,0'), row(30)))
    expect(bar).toBe('15m')
    expect(gaps).toEqual([])
    expect(candles).toEqual({
      ts: Float64Array.of(start, start + 15 * minute, start + 30 * minute),
      open: Float64Array.of(10, 11, 10),
      high: Float64Array.of(12, 11.25, 12),
      low: Float64Array.of(9, 10.5, 9),
      close: Float64Array.of(11, 11, 11),
      volume: Float64Array.of(1.5, 0, 1.5),
      priceScale: 2,
    })
  })

  it('takes Windows line ends, a byte order mark and a last line without end', () => {
    const text = `\uFEFF${csv(row(0), row(1)).trimEnd().replaceAll('\n', '\r\n')}`
    expect(parseCandleCsv(text).candles.ts).toHaveLength(2)
  })

  it('reports whole missing bars as gaps', () => {
    expect(parseCandleCsv(csv(row(0), row(1), row(4), row(5))).gaps).toEqual([
      { fromTs: start + 2 * minute, toTs: start + 4 * minute, missing: 2 },
    ])
  })

  it('tells the UTC session from OKX’s by the open times', () => {
    const days = (offsetHours: number) => csv(row(offsetHours * 60), row((24 + offsetHours) * 60))
    expect(parseCandleCsv(days(0)).bar).toBe('1Dutc')
    expect(parseCandleCsv(days(16)).bar).toBe('1D')
    expect(() => parseCandleCsv(days(16), { bar: '1Dutc' })).toThrow('error-candles-csv-bar')
  })

  it('needs to be told the bar of a single candle', () => {
    expect(parseCandleCsv(csv(row(0)), { bar: '1H' }).bar).toBe('1H')
    expect(() => parseCandleCsv(csv(row(0)))).toThrow('error-candles-csv-short')
    expect(() => parseCandleCsv(csv(row(1)), { bar: '1H' })).toThrow('error-candles-csv-grid')
  })

  it.each([
    ['no header', [row(0), row(1)].join('\n'), 'header', {}],
    ['columns in another order', csv(row(0)).replace('open,high', 'high,open'), 'header', {}],
    ['nothing', '', 'header', {}],
    ['a header only', csv(), 'empty', {}],
    ['a field too few', csv(row(0), row(1, '10,12,9,11')), 'fields', { line: 3, got: 5 }],
    ['a field too many', csv(row(0), row(1, '10,12,9,11,1,2')), 'fields', { line: 3, got: 7 }],
    ['an empty line', csv(row(0), '', row(1)), 'fields', { line: 3, got: 1 }],
    ['NaN', csv(row(0), row(1, 'NaN,12,9,11,1')), 'number', { line: 3, column: 'open', got: 'NaN' }],
    ['an empty field', csv(row(0), row(1, '10,12,9,,1')), 'number', { line: 3, column: 'close', got: '' }],
    ['hexadecimal', csv(row(0, '0x10,20,9,11,1')), 'number', { line: 2, column: 'open' }],
    ['a number beyond all', csv(row(0, '10,1e999,9,11,1')), 'number', { line: 2, column: 'high' }],
    ['a fraction of a millisecond', csv(`${start}.5,10,12,9,11,1`), 'number', { line: 2, column: 'ts' }],
    ['a price of 0', csv(row(0, '10,12,0,11,1')), 'price', { line: 2 }],
    ['a negative price', csv(row(0, '10,12,-1,11,1')), 'price', { line: 2 }],
    ['a negative volume', csv(row(0, '10,12,9,11,-1')), 'volume', { line: 2 }],
    ['high below low', csv(row(0), row(1, '10,9,12,11,1')), 'range', { line: 3 }],
    ['open above high', csv(row(0), row(1, '13,12,9,11,1')), 'range', { line: 3 }],
    ['close below low', csv(row(0), row(1, '10,12,9,8,1')), 'range', { line: 3 }],
    ['rows out of order', csv(row(0), row(2), row(1)), 'order', { line: 4 }],
    ['a row twice', csv(row(0), row(1), row(1)), 'duplicate', { line: 4 }],
    ['a distance that is no bar', csv(row(0), row(1), row(1.5)), 'step', { line: 4, stepMs: 30_000 }],
    ['a distance that is no multiple', csv(row(0), row(1), row(2.5)), 'step', { line: 4, stepMs: 90_000 }],
    ['open times between the grid', csv(row(0.5), row(1.5)), 'grid', { line: 2, bar: '1m' }],
  ])('refuses %s', (_, text, what, args) => {
    expect(() => parseCandleCsv(text)).toThrow(
      expect.objectContaining({ id: `error-candles-csv-${what}`, args: expect.objectContaining(args) }),
    )
  })

  it('refuses another bar than it was told', () => {
    expect(() => parseCandleCsv(csv(row(0), row(5)), { bar: '1m' })).toThrow(
      expect.objectContaining({ id: 'error-candles-csv-bar', args: { bar: '1m', found: '5m' } }),
    )
  })
})

const positive = fc.double({ min: 1e-12, max: 1e12, noNaN: true })
const anyCandle = fc.tuple(positive, positive, positive, positive, fc.double({ min: 0, max: 1e12, noNaN: true }))

describe('formatCandleCsv', () => {
  it('writes plain decimals', () => {
    const candles = candlesFromRows([{ ts: start, open: 1e-9, high: 1e21, low: 1e-9, close: 1, volume: 0 }])
    expect(formatCandleCsv(candles)).toBe(`${header}\n${start},0.000000001,1000000000000000000000,0.000000001,1,0\n`)
  })

  it('reads back as the very same candles', () => {
    const given = fc.record({
      bar: fc.constantFrom(...bars),
      rows: fc.array(anyCandle, { minLength: 2, maxLength: 20 }),
    })
    fc.assert(
      fc.property(given, ({ bar, rows }) => {
        const first = barOpen(bar, start)
        const candles = candlesFromRows(
          rows.map(([a, b, c, d, volume], i) => {
            const [low, open, close, high] = [a, b, c, d].sort((x, y) => x - y)
            return { ts: first + i * intervalMs(bar), open, high, low, close, volume }
          }),
        )
        expect(parseCandleCsv(formatCandleCsv(candles))).toEqual({ candles, bar, gaps: [] })
      }),
    )
  })
})
