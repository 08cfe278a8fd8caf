/**
 * Margin of a linear swap (profit in quote currency) and the price at which the exchange takes a position away. Sizes are in
 * coins, money in quote currency, rates are fractions.
 */

/** A step of OKX's position tiers: up to `maxSz` contracts, maintenance margin `mmr` of notional and leverage `maxLever`. */
export interface Tier {
  maxSz: number
  mmr: number
  maxLever: number
}

/** What holds where an instrument's tiers are not known: the first tier of OKX's large USDT swaps. */
export const assumedTiers: readonly Tier[] = [{ maxSz: Number.POSITIVE_INFINITY, mmr: 0.004, maxLever: 125 }]

/** The tier of a position of `sz` contracts; null beyond the last. */
export function tierOf(tiers: readonly Tier[], sz: number): Tier | null {
  return tiers.find(({ maxSz }) => sz <= maxSz) ?? null
}

export interface HeldPosition {
  side: 'long' | 'short'
  coins: number
  entryPrice: number
  /**
   * What can be lost before it is taken away: the position's own margin where isolated, all cash where cross (then with
   * everything paid and received so far).
   */
  backing: number
  /** Maintenance margin and the taker fee of closing, both of the notional at mark. */
  mmr: number
  feeRate: number
}

/**
 * The mark at which backing + unrealised profit falls to maintenance margin + taker fee to close (okx-facts section 5:
 * (margin + upl) / (mmr + fee) = 1). For a long: backing + q (P - E) = (mmr + fee) q P. Null where no price above 0 does.
 * To 15 digits, so that a mark that is exactly there is not missed by rounding.
 */
export function liquidationPrice({ side, coins, entryPrice, backing, mmr, feeRate }: HeldPosition): number | null {
  const owed = mmr + feeRate
  const price =
    side === 'long'
      ? (coins * entryPrice - backing) / (coins * (1 - owed))
      : (coins * entryPrice + backing) / (coins * (1 + owed))
  return price > 0 ? Number(price.toPrecision(15)) : null
}
