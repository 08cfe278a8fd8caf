import { expect, test } from 'vitest'
import { walkCandles } from '../../testing/candleSeries.js'
import { candleAt } from '../candles.js'
import { catalog, resolveLineParams } from './catalog.js'
import { restoreStream, saveStream, streamCopier } from './streamState.js'

const candles = walkCandles(60, 5)

function boll(period: number) {
  return catalog.BOLL.stream(resolveLineParams(catalog.BOLL, { period }), candles.priceScale)
}

test('a saved state stays as it was while its stream goes on', () => {
  const stream = boll(5)
  const out = new Float64Array(3)
  for (let i = 0; i < 30; i++) stream.push(candleAt(candles, i), out)
  const state = saveStream(stream)
  const before = JSON.stringify(state)
  for (let i = 30; i < 60; i++) stream.push(candleAt(candles, i), out)
  expect(JSON.stringify(state)).toBe(before)
  expect(JSON.stringify(saveStream(stream))).not.toBe(before)
})

test.each([5, 200])('a copy over %i bars goes on from where the other stands, as often as it is made', (period) => {
  const [stream, copy] = [boll(period), boll(period)]
  const follow = streamCopier(stream, copy)
  const lines = () => new Float64Array(3)
  for (let i = 0; i < 59; i++) {
    stream.push(candleAt(candles, i), lines())
    follow()
    expect(saveStream(copy)).toEqual(saveStream(stream))
    copy.push(candleAt(candles, 59 - i), lines())
  }
})

test.each([
  ['of longer windows', () => saveStream(boll(6))],
  ['that is none', () => null],
  ['with a field that is no number', () => ({ ...(saveStream(boll(5)) as object), mean: 3 })],
])('a state %s is refused', (_name, state) => {
  expect(() => restoreStream(boll(5), state())).toThrow(RangeError)
})
