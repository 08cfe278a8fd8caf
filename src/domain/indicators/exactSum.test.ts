import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ExactSum } from './exactSum.js'

test('what is added and taken away again leaves nothing behind', () => {
  const prices = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(prices, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (numbers, rest) => {
      const sum = new ExactSum()
      for (const x of numbers) sum.add(x)
      sum.add(rest)
      for (const x of numbers) sum.add(-x)
      expect(sum.over(1)).toBe(rest)
    }),
  )
})

test('a mean of equal numbers is that number, where plain sums miss it', () => {
  expect((0.1 + 0.1 + 0.1) / 3).not.toBe(0.1)
  const sum = new ExactSum()
  for (let i = 0; i < 3; i++) sum.add(0.1)
  expect(sum.over(3)).toBe(0.1)
})

test('products are whole beyond 2^53, as BigInt has them', () => {
  const integer = fc.integer({ min: -(2 ** 50), max: 2 ** 50 })
  fc.assert(
    fc.property(fc.array(fc.tuple(integer, integer), { maxLength: 20 }), integer, (pairs, x) => {
      const sum = new ExactSum()
      let exact = 0n
      for (const [a, b] of pairs) {
        sum.addProduct(a, b)
        exact += BigInt(a) * BigInt(b)
      }
      const other = new ExactSum()
      other.addProduct(x, 3)
      sum.addMultiple(5, other)
      exact += 5n * 3n * BigInt(x)
      const small = new ExactSum()
      small.add(x)
      small.add(0.5)
      sum.subtractSquareOf(small)
      // (x + 1/2)^2 = x^2 + x + 1/4, so four times the sum is whole.
      expect(sum.over(0.25)).toBe(Number(4n * exact - (2n * BigInt(x) + 1n) ** 2n))
    }),
  )
})

test('clear starts anew', () => {
  const sum = new ExactSum()
  sum.addProduct(0.1, 0.1)
  sum.clear()
  sum.add(3)
  expect(sum.over(2)).toBe(1.5)
})
