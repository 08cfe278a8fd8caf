import { describe, expect, test } from 'vitest'
import { candlesFromCloses, seededRandom } from '../../testing/candleSeries.js'
import { onWave, showSignal, signalOn, wave } from '../../testing/signalColumns.js'
import { expectLine, talib } from '../../testing/talib.js'
import { resolveParams } from './catalog.js'
import type { Params } from './indicator.js'
import { vol } from './vol.js'

const nothing = Number.NaN

function candlesFromVolumes(volumes: readonly number[]) {
  return { ...candlesFromCloses(new Array(volumes.length).fill(100)), volume: Float64Array.from(volumes) }
}

function ratioOf(volumes: readonly number[], period: number): number[] {
  return Array.from(vol.compute(candlesFromVolumes(volumes), { period }).ratio)
}

test('is a volume over the mean of the last n, itself among them', () => {
  expect(ratioOf([1, 3, 0, 6], 2)).toEqual([nothing, 1.5, 0, 2])
})

test('is rounded once where volumes are whole', () => {
  expect(9 / (9 / 7)).not.toBe(7)
  expect(ratioOf([0, 0, 0, 0, 0, 0, 9], 7)[6]).toBe(7)
})

test('is 1 where nothing was traded at all, which is neither a surge nor a drying up', () => {
  const volumes = [0.1, 0.7, 3e9, 0.1, ...new Array(10).fill(0)]
  expect(ratioOf(volumes, 3).slice(6)).toEqual(new Array(8).fill(1))
  for (const signalType of ['surge', 'dry_up']) {
    for (const multiple of [1, 2]) {
      const params = resolveParams(vol, signalType, { period: 3, multiple })
      const candles = candlesFromVolumes(volumes)
      const context = { candles, lines: (wanted: Params) => vol.compute(candles, wanted) }
      expect(showSignal(vol.signals[signalType].evaluate(context, params)).slice(6)).toBe('........')
    }
  }
})

test('forgets what has left the window, however large it was', () => {
  const random = seededRandom(5)
  const volumes = Array.from({ length: 2000 }, (_, i) => (i === 100 ? 1e12 : random()))
  const tail = volumes.slice(1000)
  expect(ratioOf(volumes, 20).slice(1019)).toEqual(ratioOf(tail, 20).slice(19))
})

test('agrees with the volume over TA-Lib’s SMA of it', () => {
  const random = seededRandom(6)
  const volumes = Array.from({ length: 500 }, () => 100 * random())
  const [mean] = talib('SMA', [volumes], [20])
  expectLine(
    Float64Array.from(ratioOf(volumes, 20)),
    mean.map((value, i) => volumes[i] / value),
  )
})

describe('signals', () => {
  const table = { surge: [2, onWave.above], dry_up: [1 / 2, onWave.below] } as const
  test.each(Object.entries(table))(
    '%s is of the ratio against %d, or the multiple given',
    (signalType, [level, expected]) => {
      expect(signalOn(vol, signalType, { lines: () => ({ ratio: wave(level) }) })).toBe(expected)
      const lines = () => ({ ratio: wave(signalType === 'surge' ? 8 : 1 / 8) })
      expect(signalOn(vol, signalType, { lines, params: { multiple: 8 } })).toBe(expected)
    },
  )

  test('each has its case here', () => {
    expect(Object.keys(vol.signals)).toEqual(Object.keys(table))
  })
})
