import type { Candles } from '../candles.js'

/** Finer candles under a series: those of one bar, where it has all of them. */
export class Detail {
  private at = 0

  /** Both intervals in ms; the coarse one is a multiple of the fine one. */
  constructor(
    readonly candles: Candles,
    private readonly barMs: number,
    private readonly detailMs: number,
  ) {}

  /** By index, `to` exclusive; null where any is missing. Asked for ever later bars, by open time. */
  partsOf(barTs: number): { from: number; to: number } | null {
    const { ts } = this.candles
    while (this.at > 0 && ts[this.at - 1] >= barTs) this.at--
    while (this.at < ts.length && ts[this.at] < barTs) this.at++
    const count = this.barMs / this.detailMs
    const to = this.at + count
    const isWhole = to <= ts.length && ts[this.at] === barTs && ts[to - 1] === barTs + this.barMs - this.detailMs
    return isWhole ? { from: this.at, to } : null
  }
}
