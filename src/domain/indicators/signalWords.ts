import { type SignalColumn, unknown, yes } from './indicator.js'

/*
 * Joins of columns, four bars in a word. `unknown` and `yes` are bits of their own, so what holds for one byte of them
 * holds for four.
 */

const yesWord = 0x01010101 * yes
const unknownWord = 0x01010101 * unknown

/** `out` becomes yes where both are yes, and no elsewhere. */
export function joinAnd(out: SignalColumn, column: SignalColumn): void {
  const { a, b, words } = wordsOf(out, column)
  for (let i = 0; i < words; i++) a[i] &= b[i] & yesWord
  for (let i = 4 * words; i < out.length; i++) out[i] &= column[i] & yes
}

/** `out`, which knows no unknown, becomes yes where either is. */
export function joinOr(out: SignalColumn, column: SignalColumn): void {
  const { a, b, words } = wordsOf(out, column)
  for (let i = 0; i < words; i++) a[i] |= b[i] & yesWord
  for (let i = 4 * words; i < out.length; i++) out[i] |= column[i] & yes
}

/** `out` becomes yes where both are yes, unknown where either is, and no elsewhere. */
export function joinAll(out: SignalColumn, column: SignalColumn): void {
  const { a, b, words } = wordsOf(out, column)
  for (let i = 0; i < words; i++) a[i] = ((a[i] | b[i]) & unknownWord) | (a[i] & b[i] & yesWord)
  for (let i = 4 * words; i < out.length; i++) out[i] = ((out[i] | column[i]) & unknown) | (out[i] & column[i] & yes)
}

/** Both as whole words as far as they go; of columns that do not begin with one, none. */
function wordsOf(out: SignalColumn, column: SignalColumn): { a: Int32Array; b: Int32Array; words: number } {
  const isAligned = ((out.byteOffset | column.byteOffset) & 3) === 0
  const words = isAligned ? Math.min(out.length, column.length) >> 2 : 0
  const view = ({ buffer, byteOffset }: SignalColumn) => new Int32Array(buffer, isAligned ? byteOffset : 0, words)
  return { a: view(out), b: view(column), words }
}
