import type { Scene } from './slowBacktest.js'

export interface SlowSize {
  /** Contracts, or coins where a contract is not known. */
  size: number
  coins: number
  /** On spot; 0 on a swap. */
  spent: number
  mmr: number
}

/** STRATEGY.md's sizing read line by line, with no code of the engine's; a string says why there is no order. */
export function slowSize(scene: Scene, sign: 1 | -1, cash: number, price: number): SlowSize | string {
  const { sizing, risk, leverage, costs, sizeRules } = scene
  const fee = costs.fee_rate
  if (cash <= 0) return 'no_equity'
  const stops = [risk.stop_loss_pct, risk.trailing_stop_pct].filter((pct) => pct !== null)
  if (sizing.type === 'risk' && stops.length === 0) return 'no_stop'
  const stop = Math.min(...stops) / 100
  const riskedCash = (cash / 100) * sizing.value
  if (scene.instType === 'SPOT') {
    const keptAtStop = (1 - fee) * (1 - stop) * (1 - fee)
    const spent = {
      percent: (cash * sizing.value) / 100,
      quote: sizing.value,
      risk: Math.min(cash, riskedCash / (1 - keptAtStop)),
    }[sizing.type]
    if (spent > cash * (1 + 1e-12)) return 'more_than_equity'
    if (sizeRules && costs.exact_sizes && spent / price < sizeRules.minSz) return 'below_min_size'
    return { size: 0, coins: 0, spent, mmr: 0 }
  }
  const mostCoins = cash / (price / leverage + price * fee)
  const stopPrice = price * (1 - sign * stop)
  const coins = {
    percent: (mostCoins * sizing.value) / 100,
    quote: (mostCoins * sizing.value) / cash,
    risk: Math.min(mostCoins, riskedCash / (Math.abs(price - stopPrice) + price * fee + stopPrice * fee)),
  }[sizing.type]
  if (coins > mostCoins * (1 + 1e-12)) return 'more_than_equity'
  if (sizeRules === null) return { size: coins, coins, spent: 0, mmr: 0.004 }
  let size = coins / sizeRules.contractCoins
  if (costs.exact_sizes) {
    size = Math.floor(size / sizeRules.lotSz + 1e-9) * sizeRules.lotSz
    if (size === 0 || size < sizeRules.minSz - 1e-9) return 'below_min_size'
  }
  const found = { size, coins: size * sizeRules.contractCoins, spent: 0 }
  if (sizeRules.tiers.length === 0) return { ...found, mmr: 0.004 }
  const tier = sizeRules.tiers.find(({ maxSz }) => size <= maxSz)
  if (tier === undefined || tier.maxLever < leverage) return 'above_tier'
  return { ...found, mmr: tier.mmr }
}
