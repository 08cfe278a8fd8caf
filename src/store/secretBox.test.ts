import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UserError } from '../domain/userError.js'
import { deriveKey, seal, secretKeyOf, unseal } from './secretBox.js'

const key = secretKeyOf(new Uint8Array(32).fill(7))
const other = secretKeyOf(new Uint8Array(32).fill(8))
const owner = ['account', '1', 'main', 'live']
const words = fc.string({ unit: 'binary', maxLength: 300 })

/** The id of the UserError that it throws. */
function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof UserError) return error.id
    throw error
  }
  return 'opened'
}

describe('what is sealed', () => {
  it('opens again, whatever it is, with its key among others', () => {
    fc.assert(
      fc.property(words, fc.array(words), (text, row) => {
        // Lone surrogates have no UTF-8.
        const sent = Buffer.from(text, 'utf8').toString('utf8')
        expect(unseal(seal(text, row, key), row, [other, key], 'it')).toBe(sent)
      }),
    )
  })

  it('never looks the same twice, nor holds its text', () => {
    const text = 'a passphrase of mine'
    const [one, two] = [seal(text, owner, key), seal(text, owner, key)]
    expect(one).not.toEqual(two)
    expect(Buffer.from(one).includes(text.slice(0, 6))).toBe(false)
  })

  it('is refused with any one bit changed, cut short or made longer', () => {
    const sealed = seal('text', owner, key)
    fc.assert(
      fc.property(fc.nat({ max: sealed.length * 8 - 1 }), (bit) => {
        const bad = Uint8Array.from(sealed)
        bad[bit >> 3] ^= 1 << (bit & 7)
        const inKeyId = bit >= 8 && bit < 72
        expect(refusal(() => unseal(bad, owner, [key], 'it'))).toBe(
          inKeyId ? 'error-secret-key' : 'error-secret-damaged',
        )
      }),
    )
    for (let length = 0; length < sealed.length; length++)
      expect(refusal(() => unseal(sealed.subarray(0, length), owner, [key], 'it'))).toBe('error-secret-damaged')
    expect(refusal(() => unseal(Uint8Array.of(...sealed, 0), owner, [key], 'it'))).toBe('error-secret-damaged')
  })

  it('does not open in another row, however its name is cut up', () => {
    const sealed = seal('text', ['a', 'bc'], key)
    for (const row of [['a', 'bd'], ['ab', 'c'], ['abc'], ['a', 'bc', '']])
      expect(refusal(() => unseal(sealed, row, [key], 'it'))).toBe('error-secret-damaged')
  })

  it('says that its key is missing, naming it and nothing of it', () => {
    const sealed = seal('a passphrase of mine', owner, other)
    expect(() => unseal(sealed, owner, [key], 'main')).toThrow(
      expect.objectContaining({ id: 'error-secret-key', args: { what: 'main' } }),
    )
  })
})

describe('a key', () => {
  it('is made from words the same everywhere, and from other words another', async () => {
    const [one, same, another] = await Promise.all(
      ['sixteen characters', 'sixteen characters', 'sixteen Characters'].map(deriveKey),
    )
    // Fixed for good: another value here would lock everybody out.
    expect(one.id).toBe(same.id)
    expect(one.id).toBe('9365017f70409a4c')
    expect(one.id).not.toBe(another.id)
  })

  it('is not shown when printed', () => {
    const hex = Buffer.from(key.bytes()).toString('hex')
    expect(inspect(key, { showHidden: true })).not.toContain('07')
    expect(JSON.stringify(key)).not.toContain(hex)
  })

  it('has 32 bytes', () => {
    expect(() => secretKeyOf(new Uint8Array(31))).toThrow('32')
  })
})
