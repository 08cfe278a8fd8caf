import fc from 'fast-check'
import { expect, test } from 'vitest'
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
