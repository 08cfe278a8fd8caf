import { describe, expect, it } from 'vitest'
import { candlesFromRows, findGaps, joinCandles, lowerBound, sliceCandles } from './candles.js'

const row = (ts: number, price: number) => ({ ts, open: price, high: price, low: price, close: price, volume: 1 })

describe('price scale', () => {
  it.each([
    [[100, 101], 0],
    [[100.5, 101], 1],
    [[0.1, 0.2, 0.30000000000000004], null],
    [[0.00001234], 8],
    [[46319.1, 46319.25], 2],
  ])('of %j is %s', (prices, scale) => {
    expect(candlesFromRows(prices.map((price, i) => row(i, price))).priceScale).toBe(scale)
  })
})

it('finds the missing candles', () => {
  const { ts } = candlesFromRows([0, 60, 120, 300, 360].map((t) => row(t, 1)))
  expect(findGaps(ts, 60)).toEqual([{ fromTs: 180, toTs: 300, missing: 2 }])
})

it('finds the first candle at or after a time', () => {
  const ts = Float64Array.of(10, 20, 30)
  expect([5, 10, 11, 30, 31].map((t) => lowerBound(ts, t))).toEqual([0, 0, 1, 2, 3])
})

it('slices without copying', () => {
  const candles = candlesFromRows([1, 2, 3].map((t) => row(t, t)))
  const slice = sliceCandles(candles, 1, 3)
  expect([...slice.close]).toEqual([2, 3])
  expect(slice.close.buffer).toBe(candles.close.buffer)
})

it('joins series, at the scale that holds all their prices', () => {
  const joined = joinCandles([candlesFromRows([row(1, 10)]), candlesFromRows([row(2, 10.25), row(3, 11)])])
  expect([...joined.ts]).toEqual([1, 2, 3])
  expect([...joined.close]).toEqual([10, 10.25, 11])
  expect(joined.priceScale).toBe(2)
})
