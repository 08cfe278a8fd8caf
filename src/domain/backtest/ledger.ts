/** A movement of cash: positive is received. */
export interface CashEntry {
  ts: number
  /**
   * `fill`: paid or received for coins, or a swap's realised profit; `liquidation`: what the exchange keeps beside it, or
   * bears where a fill would leave less than nothing.
   */
  kind: CashKind
  /** Quote currency. */
  amount: number
}

const kinds = ['fill', 'fee', 'funding', 'liquidation'] as const
export type CashKind = (typeof kinds)[number]

const firstRoom = 64

/** Cash entries in columns, for a search makes millions of them. Kept apart from the account's own balance, to be held against it. */
export class Ledger {
  private size = 0
  private ts = new Float64Array(firstRoom)
  private amounts = new Float64Array(firstRoom)
  private kinds = new Uint8Array(firstRoom)

  add(ts: number, kind: CashKind, amount: number): void {
    if (this.size === this.ts.length) this.grow()
    this.ts[this.size] = ts
    this.amounts[this.size] = amount
    this.kinds[this.size++] = kinds.indexOf(kind)
  }

  /** Oldest first. */
  entries(): CashEntry[] {
    return Array.from({ length: this.size }, (_, i) => ({
      ts: this.ts[i],
      kind: kinds[this.kinds[i]],
      amount: this.amounts[i],
    }))
  }

  /** What is left of `start` after them all. */
  from(start: number): number {
    let total = start
    for (let i = 0; i < this.size; i++) total += this.amounts[i]
    return total
  }

  private grow(): void {
    const twice = <Column extends Float64Array | Uint8Array>(column: Column, larger: Column): Column => {
      larger.set(column)
      return larger
    }
    const room = 2 * this.size
    this.ts = twice(this.ts, new Float64Array(room))
    this.amounts = twice(this.amounts, new Float64Array(room))
    this.kinds = twice(this.kinds, new Uint8Array(room))
  }
}
