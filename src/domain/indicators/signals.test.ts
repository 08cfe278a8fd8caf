import { expect, test } from 'vitest'
import { onWave, showSignal, wave } from '../../testing/signalColumns.js'
import { no, type SignalColumn, unknown, yes } from './indicator.js'
import { above, all, atOrAbove, atOrBelow, below, crossDown, crossUp, falling, not, rising } from './signals.js'

const line = Float64Array.from(wave(50))
const level = new Float64Array(line.length).fill(50)

type Relation = keyof typeof onWave

test.each<[Relation, ...SignalColumn[]]>([
  ['up', crossUp(line, 50), crossUp(line, level), crossDown(50, line)],
  ['down', crossDown(line, 50), crossDown(line, level), crossUp(50, line)],
  ['above', above(line, 50), above(line, level), below(50, line)],
  ['below', below(line, 50), below(line, level), above(50, line)],
  ['atOrAbove', atOrAbove(line, 50), atOrAbove(line, level), atOrBelow(50, line)],
  ['atOrBelow', atOrBelow(line, 50), atOrBelow(line, level), atOrAbove(50, line)],
])('%s compares a line with a level, a line with a line, and a level with a line', (name, ...columns) => {
  for (const column of columns) expect(showSignal(column)).toBe(onWave[name])
})

test('rising and falling compare a bar with the one before', () => {
  expect(showSignal(rising(line))).toBe(onWave.rising)
  expect(showSignal(falling(line))).toBe(onWave.falling)
})

test('a cross is unknown until all of its four values are there', () => {
  const nothing = Number.NaN
  const whole = Float64Array.of(1, 1, 1, 1, 1)
  const late = Float64Array.of(nothing, nothing, 0, 2, 0)
  expect(showSignal(crossUp(late, whole))).toBe('???Y.')
  expect(showSignal(crossUp(whole, late))).toBe('???.Y')
  expect(showSignal(crossUp(Float64Array.of(nothing, nothing), Float64Array.of(1, 1)))).toBe('??')
})

test('all is unknown where any part is unknown, even beside a no', () => {
  const first = Uint8Array.of(no, no, no, yes, yes, yes, unknown, unknown, unknown)
  const second = Uint8Array.of(no, yes, unknown, no, yes, unknown, no, yes, unknown)
  expect(showSignal(all(first, second))).toBe('..?.Y????')
})

test('not leaves unknown as it is', () => {
  expect(showSignal(not(Uint8Array.of(no, yes, unknown)))).toBe('Y.?')
})

test('an empty series has empty signals', () => {
  const empty = new Float64Array(0)
  expect([crossUp(empty, 1), above(empty, 1), rising(empty)].map((column) => column.length)).toEqual([0, 0, 0])
})
