import { type SignalColumn, yes } from '../indicators/indicator.js'

/** Where a signal fires next, asked for ever later bars. */
export class Firing {
  private known = -1

  constructor(private readonly column: SignalColumn) {}

  /** The first bar at or after `i` on which it fires; Infinity where there is none. */
  next(i: number): number {
    if (this.known < i) {
      const found = this.column.indexOf(yes, i)
      this.known = found < 0 ? Number.POSITIVE_INFINITY : found
    }
    return this.known
  }
}
