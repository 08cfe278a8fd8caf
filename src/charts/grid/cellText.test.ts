import { describe, expect, it } from 'vitest'
import { cellText } from './cellText.js'

const written = (values: number[], widthPx: number, heightPx = 40, locale = 'en') => {
  const text = cellText(Float64Array.from(values), widthPx, heightPx, locale)
  return text && { sizePx: text.sizePx, texts: values.filter((value) => !Number.isNaN(value)).map(text.write) }
}

describe('the text of cells', () => {
  it('has decimals enough to tell the values apart, and one more where there is room', () => {
    expect(written([1.234, -2.5, 30.04], 34)?.texts).toEqual(['1.2', '-2.5', '30.0'])
    expect(written([0.0123, 0.0311, 0.0254], 60)?.texts).toEqual(['0.0123', '0.0311', '0.0254'])
  })

  it('is there where all are equal', () => {
    expect(written([-4.5, -4.500_000_000_000_001], 60)?.texts).toEqual(['-4.50', '-4.50'])
    expect(written([0], 60)?.texts).toEqual(['0.00'])
  })

  it('is smaller before it is rounder, and left out before it says nothing', () => {
    const wide = written([-11.24, 12.5, 3], 60)
    const narrow = written([-11.24, 12.5, 3], 33)
    expect(narrow?.texts).toEqual(['-11.2', '12.5', '3.0'])
    expect(narrow?.sizePx).toBeLessThan(wide?.sizePx ?? 0)
    expect(written([-0.5, 0.3, 1.1], 10)).toBeNull()
    expect(written([-0.5, 0.3, 1.1], 60, 9)).toBeNull()
  })

  it('is short for large numbers, in the reader’s language', () => {
    expect(written([1234, 2_345_678, 12.3], 60)?.texts).toEqual(['1234', '2.35M', '12.3'])
    expect(written([1234, 2_345_678, 12.3], 60, 40, 'zh')?.texts).toEqual(['1234', '235万', '12.3'])
  })

  it('has no sign where it rounds to nothing', () => {
    expect(written([-0.004, 3, -3], 40)?.texts[0]).toBe('0.00')
  })

  it('passes over cells without a value', () => {
    expect(written([1, Number.NaN, 2], 40)?.texts).toHaveLength(2)
  })
})
