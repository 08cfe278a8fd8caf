import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Firing } from './firing.js'

it('finds the next bar that fires in any column, wherever its memory begins', () => {
  const column = fc.array(fc.constantFrom(0, 0, 0, 0, 0, 1, 2), { maxLength: 60 })
  fc.assert(
    fc.property(column, fc.nat(7), (values, offset) => {
      const memory = new Uint8Array(values.length + offset).fill(1)
      memory.set(values, offset)
      const firing = new Firing(memory.subarray(offset))
      const found = values.map((_, i) => firing.next(i))
      expect(found).toEqual(values.map((_, i) => (values.includes(1, i) ? values.indexOf(1, i) : values.length)))
    }),
  )
})
