import fc from 'fast-check'
import { expect, it } from 'vitest'
import { no, unknown, yes } from './indicator.js'
import { joinAll, joinAnd, joinOr } from './signalWords.js'

const element = fc.constantFrom(no, yes, unknown)

/** Two columns of one length, each some bytes into its buffer. */
const pairs = fc
  .record({ rows: fc.array(fc.tuple(element, element), { maxLength: 40 }), at: fc.tuple(fc.nat(4), fc.nat(4)) })
  .map(({ rows, at }) =>
    ([0, 1] as const).map((k) => {
      const column = new Uint8Array(new ArrayBuffer(rows.length + 8), at[k], rows.length)
      column.set(rows.map((row) => row[k]))
      return column
    }),
  )

function holds(join: typeof joinAll, ofOne: (a: number, b: number) => number, known = false): void {
  fc.assert(
    fc.property(pairs, ([first, column]) => {
      const out = known ? first.map((a) => a & yes) : first
      const expected = Array.from(out, (a, i) => ofOne(a, column[i]))
      const before = column.slice()
      join(out, column)
      expect([...out]).toEqual(expected)
      expect(column).toEqual(before)
    }),
  )
}

it('AND is yes where both are, and never unknown', () => {
  holds(joinAnd, (a, b) => (a === yes && b === yes ? yes : no))
})

it('OR is yes where either is, and never unknown', () => {
  holds(joinOr, (a, b) => (a === yes || b === yes ? yes : no), true)
})

it('parts of one signal are unknown together', () => {
  holds(joinAll, (a, b) => (a === unknown || b === unknown ? unknown : a === yes && b === yes ? yes : no))
})
