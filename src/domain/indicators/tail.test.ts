import fc from 'fast-check'
import { expect, test } from 'vitest'
import { saveStream } from './streamState.js'
import { Tail } from './tail.js'

test('has the newest rows of each column, however many have come', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.nat(40), fc.integer({ min: 1, max: 5 }), (size, rows, count) => {
      fc.pre(count <= size)
      const tail = new Tail(2, size)
      for (let i = 0; i < rows; i++) tail.push(Float64Array.of(i, -i))
      const newest = Array.from({ length: Math.min(rows, count) }, (_, k) => rows - Math.min(rows, count) + k)
      expect(Array.from(tail.column(0, count))).toEqual(newest)
      expect(Array.from(tail.column(1, count))).toEqual(newest.map((i) => -i))
    }),
  )
})

test('shows a row that is still forming as the newest, whatever it was before, and keeps nothing of it', () => {
  const tail = new Tail(2, 3)
  const untouched = new Tail(2, 3)
  for (let i = 1; i <= 5; i++) {
    tail.form(0, Float64Array.of(70, 80))
    tail.form(1, Float64Array.of(90))
    const before = Array.from(untouched.column(0, 2))
    expect(Array.from(tail.formingColumn(0, 3))).toEqual([...before, 70])
    expect(Array.from(tail.formingColumn(1, 3))).toEqual([...before.map((value) => -value), 90])
    tail.forget()
    expect(saveStream(tail)).toEqual(saveStream(untouched))
    for (const one of [tail, untouched]) one.push(Float64Array.of(i, -i))
    expect(Array.from(tail.column(0, 3))).toEqual(Array.from(untouched.column(0, 3)))
  }
})
