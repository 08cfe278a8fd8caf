import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { ExchangeKey, lastFour } from './exchangeKey.js'

const parts = {
  apiKey: '0a1b2c3d-1111-2222-3333-444455556666',
  secretKey: 'S3CR3T'.repeat(5),
  passphrase: 'Open-Sesame-1',
}
const key = new ExchangeKey(parts)

it('gives its parts to whoever asks for them by name', () => {
  const { apiKey, secretKey, passphrase } = key
  expect({ apiKey, secretKey, passphrase }).toEqual(parts)
})

it.each([
  ['inspect', inspect({ key }, { showHidden: true, depth: 9, getters: true })],
  ['JSON', JSON.stringify({ key })],
  ['a template', `${key}`],
  ['a spread', JSON.stringify({ ...key })],
  ['Object.entries', JSON.stringify(Object.entries(key))],
  ['structuredClone', inspect(structuredClone(key))],
])('shows through %s no more than the last four', (_how, shown) => {
  for (const part of Object.values(parts)) expect(shown).not.toContain(part)
  expect(shown.replace('6666', '')).not.toMatch(/S3CR|Sesame|444455/)
})

it('shows nothing of a short secret', () => {
  expect([lastFour('0123456789abcdef'), lastFour('0123456789abcde'), lastFour('')]).toEqual(['cdef', '', ''])
})
