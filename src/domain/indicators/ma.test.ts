import { describe, expect, test } from 'vitest'
import { candlesFromCloses } from '../../testing/candleSeries.js'
import { onWave, signalOn, wave } from '../../testing/signalColumns.js'
import { indicatorLines } from '../strategy/compile.js'
import { ma } from './ma.js'

const closes = candlesFromCloses([1, 2, 6, 5, 5, 11])

test.each([
  ['SMA', [Number.NaN, Number.NaN, 3, 13 / 3, 16 / 3, 7]],
  ['EMA', [Number.NaN, Number.NaN, 3, 4, 4.5, 7.75]],
  ['WMA', [Number.NaN, Number.NaN, 23 / 6, 29 / 6, 31 / 6, 8]],
])('%s of three closes', (type, expected) => {
  expect(Array.from(indicatorLines(closes, 'MA', { type, period: 3 }).ma)).toEqual(expected)
})

describe('signals', () => {
  const crosses = { golden_cross: onWave.up, death_cross: onWave.down }
  test.each(Object.entries(crosses))('%s is of the fast over the slow average', (signalType, expected) => {
    const lines = ({ period }: { period?: unknown }) => ({ ma: period === 5 ? wave(9) : 9 })
    expect(signalOn(ma, signalType, { lines })).toBe(expected)
  })

  const prices = {
    price_cross_up: onWave.up,
    price_cross_down: onWave.down,
    price_above: onWave.above,
    price_below: onWave.below,
  }
  test.each(Object.entries(prices))('%s is of the close against the average', (signalType, expected) => {
    expect(signalOn(ma, signalType, { lines: () => ({ ma: 9 }), prices: { close: wave(9) } })).toBe(expected)
  })

  const slopes = { rising: onWave.rising, falling: onWave.falling }
  test.each(Object.entries(slopes))('%s is of the average', (signalType, expected) => {
    expect(signalOn(ma, signalType, { lines: () => ({ ma: wave(9) }) })).toBe(expected)
  })

  const alignments = { bullish_alignment: [4, 1] as const, bearish_alignment: [1, 4] as const }
  test.each(Object.entries(alignments))('%s needs every average beyond the next, none equal', (signalType, [a, b]) => {
    const between = (ma5: number | number[], ma10: number | number[], ma20: number | number[]) =>
      signalOn(ma, signalType, {
        lines: ({ period }) => ({ ma: { 5: ma5, 10: ma10, 20: ma20 }[Number(period)] ?? Number.NaN }),
        params: { periods: [5, 10, 20] },
      })
    const beyond = signalType === 'bullish_alignment' ? onWave.above : onWave.below
    expect(between(wave(3), 3, b)).toBe(beyond)
    expect(between(a, 3, b)).toBe('YYYYYYYYY')
    expect(between(a, 3, 3)).toBe('.........')
    expect(between(3, 3, b)).toBe('.........')
    expect(between(a, 3, a)).toBe('.........')
    expect(between(Number.NaN, 3, a)).toBe('?????????')
  })

  test('alignment looks at 5, 10, 20 and 60 unless told otherwise, of the given type', () => {
    const asked: unknown[] = []
    signalOn(ma, 'bullish_alignment', {
      lines: (params) => {
        asked.push(params)
        return { ma: 1 }
      },
      params: { type: 'EMA' },
    })
    expect(asked).toEqual([5, 10, 20, 60].map((period) => ({ type: 'EMA', period })))
  })

  test('each has its case here', () => {
    const cases = [crosses, prices, slopes, alignments].flatMap((table) => Object.keys(table))
    expect(Object.keys(ma.signals)).toEqual(cases)
  })
})
