import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKeyedState } from './keyedState.js'

interface Row {
  key: string
  at: number
  /** 0: ended. */
  size: number
}

const make = (takesTies = false) =>
  createKeyedState<Row>({
    keyOf: ({ key }) => key,
    compare: (row, known) => row.at - known.at,
    hasEnded: ({ size }) => size === 0,
    takesTies,
  })
const a = (at: number, size = 1): Row => ({ key: 'a', at, size })
const b = (at: number, size = 1): Row => ({ key: 'b', at, size })

describe('a keyed state', () => {
  it('never lets an older row replace a newer one, nor one that ended', () => {
    const state = make()
    expect([a(2), a(1), a(2), a(3, 0), a(2), a(3)].map(state.take)).toEqual([true, false, false, true, false, false])
    expect(state.rows()).toEqual([])
    expect(state.take(a(4))).toBe(true)
  })

  it('ends what is missing from all there is, unless it came after that was asked', () => {
    const state = make()
    state.take(a(1))
    const turn = state.turn()
    state.take(b(2))
    expect(state.takeAll([], turn)).toEqual({ taken: [], ended: [a(1)] })
    expect(state.rows()).toEqual([b(2)])
  })

  it('has what was only missing come back as it was', () => {
    const state = make()
    state.take(a(1))
    state.takeAll([], state.turn())
    expect(state.take(a(1))).toBe(true)
    state.take(a(2, 0))
    expect(state.take(a(2))).toBe(false)
  })

  it('of two that are as new takes the later one where ties are taken, but not an answer asked for before', () => {
    const state = make(true)
    state.take(a(1, 1))
    const turn = state.turn()
    expect(state.take(a(1, 2))).toBe(true)
    state.takeAll([a(1, 3)], turn)
    expect(state.rows()).toEqual([a(1, 2)])
    state.takeAll([a(1, 4)], state.turn())
    expect(state.rows()).toEqual([a(1, 4)])
  })

  it('knows the newest of each key, in whatever order they come and however often', () => {
    const rows = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), at: fc.nat(50), size: fc.nat(2) }))
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (given, order) => {
        const unique = [...new Map(given.map((row) => [`${row.key} ${row.at}`, row])).values()]
        const shuffled = [...unique, ...unique].map((row) => [order.next().value ?? 0, row] as const)
        const state = make()
        for (const [, row] of shuffled.sort(([x], [y]) => x - y)) state.take(row)
        const newest = new Map<string, Row>()
        for (const row of unique) if (row.at >= (newest.get(row.key)?.at ?? 0)) newest.set(row.key, row)
        const expected = [...newest.values()].filter(({ size }) => size > 0)
        expect(new Set(state.rows())).toEqual(new Set(expected))
      }),
    )
  })

  it('forgets what ended long ago', () => {
    const state = make()
    for (let i = 0; i < 3000; i++) state.take({ key: `k${i}`, at: 1, size: 0 })
    expect([state.get('k0'), state.get('k2999')]).toEqual([undefined, { key: 'k2999', at: 1, size: 0 }])
  })
})
