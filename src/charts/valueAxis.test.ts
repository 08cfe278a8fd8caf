import { describe, expect, it } from 'vitest'
import type { ChartUnit } from './spec.js'
import { numberFormat, scaleFor } from './valueAxis.js'

const labels = (low: number, high: number, unit: ChartUnit, locale = 'en') => {
  const scale = scaleFor(low, high, 88)
  const format = new Intl.NumberFormat(locale, numberFormat(scale, unit))
  return [scale.min, scale.max].map((value) => format.format(value))
}

describe('labels of a value axis', () => {
  it.each<[number, number, ChartUnit, string[]]>([
    [-2.3, 4.1, 'percent', ['-5%', '5%']],
    [0, 0.34, 'percent', ['0.0%', '0.4%']],
    [0, 9e8, 'percent', ['0%', '1B%']],
    [0, 3e-9, 'percent', ['0E0%', '3E-9%']],
    [59_000, 66_000, 'price', ['58,000', '66,000']],
    [0.000_001_2, 0.000_001_3, 'price', ['0.00000120', '0.00000135']],
    [0, 6.4e9, 'quote', ['0', '8B']],
    [96, 131, 'index', ['80', '140']],
  ])('of %d to %d %s', (low, high, unit, expected) => {
    expect(labels(low, high, unit)).toEqual(expected)
  })

  it('are in the reader’s language', () => {
    expect(labels(0, 6.4e9, 'quote', 'zh')).toEqual(['0', '80亿'])
  })
})
