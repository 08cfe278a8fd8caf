import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { algoClOrdIdOf, clOrdIdOf } from './clOrdId.js'

const key = fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 5 })

describe('the id of an order', () => {
  it('is 32 alphanumerics, the same for the same intent', () => {
    fc.assert(
      fc.property(key, (intent) => {
        expect(clOrdIdOf(intent)).toMatch(/^[A-Za-z0-9]{32}$/)
        expect(clOrdIdOf([...intent])).toBe(clOrdIdOf(intent))
      }),
    )
  })

  it('stays what it is from one version to the next: intents are looked up by it', () => {
    expect(clOrdIdOf([7, 1_700_000_000_000, 'entry', 1])).toBe('24649220a5b662ff7ca5cc5d366e73e9')
  })

  it('differs where anything of the intent does, and from that of an algo order', () => {
    const intents = [['a', 'b'], ['ab'], ['a', 'b', 1], ['a', 'b1'], [1, 2], [12], ['1', 2]]
    const ids = [...intents.map(clOrdIdOf), ...intents.map(algoClOrdIdOf)]
    expect(new Set(ids).size).toBe(ids.length)
  })
})
