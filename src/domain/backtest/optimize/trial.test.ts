import { expect, it } from 'vitest'
import { compareTrials, type Trial } from './trial.js'

it('puts trials in order: by score, then by how nearly they keep the constraints, then as they came', () => {
  const trials: Trial[] = [
    { index: 0, point: [], score: null, shortfall: null },
    { index: 1, point: [], score: null, shortfall: 2 },
    { index: 2, point: [], score: -5, shortfall: 0 },
    { index: 3, point: [], score: 3, shortfall: 0 },
    { index: 4, point: [], score: null, shortfall: 0 },
    { index: 5, point: [], score: 3, shortfall: 0 },
    { index: 6, point: [], score: null, shortfall: 0.5 },
    { index: 7, point: [], score: null, shortfall: null },
  ]
  expect(
    trials
      .toReversed()
      .sort(compareTrials)
      .map(({ index }) => index),
  ).toEqual([3, 5, 2, 4, 6, 1, 0, 7])
})
