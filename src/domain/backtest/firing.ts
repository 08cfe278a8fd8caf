import { type SignalColumn, yes } from '../indicators/indicator.js'

/** Where a signal fires next, asked for ever later bars. */
export class Firing {
  private known = -1
  /** The column four bars at a time: most have nothing in them. */
  private readonly words: Int32Array
  /** The bar that the first word begins with. */
  private readonly offset: number

  constructor(private readonly column: SignalColumn) {
    this.offset = -column.byteOffset & 3
    const words = (column.length - this.offset) >> 2
    this.words = words > 0 ? new Int32Array(column.buffer, column.byteOffset + this.offset, words) : new Int32Array(0)
  }

  /** The first bar at or after `i` on which it fires; the column's length where there is none. */
  next(i: number): number {
    if (this.known < i) {
      this.known = this.find(i)
    }
    return this.known
  }

  private find(from: number): number {
    const { column, words, offset } = this
    let i = from
    while (i < column.length) {
      if (i >= offset && ((i - offset) & 3) === 0) {
        let word = (i - offset) >> 2
        while (word < words.length && words[word] === 0) word++
        i = offset + 4 * word
      }
      const end = Math.min(column.length, i + 4 - ((i - offset) & 3))
      for (; i < end; i++) if (column[i] === yes) return i
    }
    return column.length
  }
}
