import { expect, it } from 'vitest'
import { subtract } from './subtract.js'

const ranges = (...pairs: [number, number][]) => pairs.map(([fromTs, toTs]) => ({ fromTs, toTs }))

it.each([
  [[], [[0, 10]]],
  [[[0, 10]], []],
  [
    [[2, 4]],
    [
      [0, 2],
      [4, 10],
    ],
  ],
  [
    [
      [6, 20],
      [-5, 3],
    ],
    [[3, 6]],
  ],
  [
    [
      [2, 4],
      [3, 7],
    ],
    [
      [0, 2],
      [7, 10],
    ],
  ],
  [[[10, 12]], [[0, 10]]],
] as [[number, number][], [number, number][]][])('of %j from 0..10 leaves %j', (parts, rest) => {
  expect(subtract({ fromTs: 0, toTs: 10 }, ranges(...parts))).toEqual(ranges(...rest))
})
