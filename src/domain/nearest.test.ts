import { expect, it } from 'vitest'
import { nearest } from './nearest.js'

it('finds the name that was meant', () => {
  expect(nearest('perod', ['period', 'oversold'])).toBe('period')
  expect(nearest('rsi', ['RSI', 'KDJ'])).toBe('RSI')
  expect(nearest('RIS', ['RSI', 'KDJ', 'MACD'])).toBe('RSI')
  expect(nearest('golden_corss', ['golden_cross', 'death_cross'])).toBe('golden_cross')
})

it('says nothing where nothing is near', () => {
  expect(nearest('xyzzy', ['period', 'oversold'])).toBeNull()
  expect(nearest('a', [])).toBeNull()
})
