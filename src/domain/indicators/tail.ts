/** The newest rows of a growing table, its columns at hand as ordinary arrays. */
export class Tail {
  readonly #width: number
  readonly #size: number
  /** Column by column, each with room for twice the rows, so that they are moved but once in `size` rows. */
  private readonly cells: Float64Array
  private end = 0

  /** Holds the last `size` rows of `width` values. */
  constructor(width: number, size: number) {
    this.#width = width
    this.#size = size
    this.cells = new Float64Array(width * 2 * size)
  }

  push(row: Float64Array): void {
    const room = 2 * this.#size
    if (this.end === room) {
      for (let k = 0; k < this.#width; k++) {
        this.cells.copyWithin(k * room, (k + 1) * room - (this.#size - 1), (k + 1) * room)
      }
      this.end = this.#size - 1
    }
    for (let k = 0; k < this.#width; k++) this.cells[k * room + this.end] = row[k]
    this.end++
  }

  /** The newest `count` values of a column, oldest first; all where there are fewer. Good until the next push. */
  column(k: number, count: number): Float64Array {
    const start = k * 2 * this.#size
    return this.cells.subarray(start + Math.max(0, this.end - count), start + this.end)
  }
}
