/**
 * The newest rows of a growing table, its columns at hand as ordinary arrays. After them there is room for one more row, that
 * of a candle which is still forming: it is looked at and written over, and never becomes one of the table.
 */
export class Tail {
  readonly #size: number
  readonly #room: number
  /** Views of the columns by what they show; the same memory shows other rows after a push. */
  readonly #views: Float64Array[][]
  /** Column by column: rows, the newest last, then the forming one. */
  private readonly cells: Float64Array
  private count = 0

  /** Holds the last `size` rows of `width` values. */
  constructor(width: number, size: number) {
    this.#size = size
    this.#room = size + 1
    this.#views = Array.from({ length: 2 * width }, () => [])
    this.cells = new Float64Array(width * this.#room)
  }

  push(row: Float64Array): void {
    const room = this.#room
    for (let k = 0; k < row.length; k++) {
      const start = k * room
      const end = start + this.#size
      this.cells.copyWithin(start, start + 1, end)
      this.cells[end - 1] = row[k]
    }
    if (this.count < this.#size) this.count++
  }

  /** Columns `from` on of the row that is still forming. */
  form(from: number, values: Float64Array): void {
    for (let k = 0; k < values.length; k++) this.cells[(from + k + 1) * this.#room - 1] = values[k]
  }

  /** Leaves nothing of the row that is still forming. */
  forget(): void {
    for (let end = this.#room; end <= this.cells.length; end += this.#room) this.cells[end - 1] = 0
  }

  /** The newest `count` values of a column, oldest first; all where there are fewer. Good until the next push. */
  column(k: number, count: number): Float64Array {
    return this.view(k, Math.min(count, this.count), 0)
  }

  /** The same where the forming row is the newest. Good until the next push or form. */
  formingColumn(k: number, count: number): Float64Array {
    return this.view(k, Math.min(count, this.count + 1), 1)
  }

  private view(k: number, count: number, after: 0 | 1): Float64Array {
    const views = this.#views[2 * k + after]
    let view = views[count]
    if (!view) {
      const end = k * this.#room + this.#size + after
      view = this.cells.subarray(end - count, end)
      views[count] = view
    }
    return view
  }
}
