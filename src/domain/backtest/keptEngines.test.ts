import { expect, it } from 'vitest'
import { keptEngines } from './keptEngines.js'

it('every kind of account has traded, so that all its shapes stay known', () => {
  expect(keptEngines.map(({ run }) => run.trades.map(({ exit_reason }) => exit_reason))).toEqual([
    ['signal'],
    ['signal'],
  ])
})
