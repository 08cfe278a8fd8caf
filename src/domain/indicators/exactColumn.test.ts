import { expect, test } from 'vitest'
import { tickGrid } from './exactColumn.js'

test('a price on the grid is a whole number of ticks', () => {
  expect(tickGrid(2).valueOf(0.29)).toBe(29)
  expect(tickGrid(0).valueOf(7)).toBe(7)
})

test('a price off the grid is refused, and off any grid none is', () => {
  expect(() => tickGrid(1).valueOf(0.29)).toThrow(RangeError)
  expect(tickGrid(null).valueOf(0.29)).toBe(0.29)
})
