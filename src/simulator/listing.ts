import type { InstType } from '../domain/instrument.js'
import type { Tier } from '../domain/trading/margin.js'

/** How a coin moves. Daily deviations are of log returns; `beta` is its share in the common factor. */
export interface Coin {
  ccy: string
  /** The price in USDT around which it swings over the years. */
  centre: number
  beta: number
  ownSd: number
  /** Typical turnover a minute, USDT. */
  turnover: number
  /** Decimals of volumes in this coin. */
  volumeScale: number
}

export interface Listed {
  instId: string
  instType: InstType
  coin: Coin
  /** Decimals of prices: the tick is one unit of the last. */
  priceScale: number
  minSz: string
  lotSz: string
  /** Coins in a contract; 1 for spot. */
  ctVal: number
  maxLever: string
  /** Of a swap, smallest first; none for spot. */
  tiers: readonly Tier[]
}

const btc: Coin = { ccy: 'BTC', centre: 40_000, beta: 1, ownSd: 0.007, turnover: 900_000, volumeScale: 4 }
const eth: Coin = { ccy: 'ETH', centre: 2_200, beta: 1.15, ownSd: 0.018, turnover: 500_000, volumeScale: 3 }
const sol: Coin = { ccy: 'SOL', centre: 90, beta: 1.35, ownSd: 0.028, turnover: 200_000, volumeScale: 2 }
const doge: Coin = { ccy: 'DOGE', centre: 0.15, beta: 1.2, ownSd: 0.032, turnover: 90_000, volumeScale: 0 }

export const coins: readonly Coin[] = [btc, eth, sol, doge]

/** Maintenance margin rate and largest leverage of each tier: each is twice as large as the one before. */
const tierRates = [
  [0.004, 100],
  [0.005, 75],
  [0.01, 50],
  [0.015, 30],
  [0.025, 20],
  [0.05, 10],
  [0.1, 5],
  [0.25, 2],
  [0.5, 1],
] as const

/** Everything that is traded here, since genesis. */
export const listed: readonly Listed[] = [
  spot(btc, 1, '0.00001', '0.00000001'),
  spot(eth, 2, '0.001', '0.000001'),
  spot(sol, 2, '0.01', '0.000001'),
  spot(doge, 5, '10', '0.000001'),
  swap(btc, 1, 0.01, 1000),
  swap(eth, 2, 0.1, 1500),
]

function spot(coin: Coin, priceScale: number, minSz: string, lotSz: string): Listed {
  const instId = `${coin.ccy}-USDT`
  return { instId, instType: 'SPOT', coin, priceScale, minSz, lotSz, ctVal: 1, maxLever: '', tiers: [] }
}

/** `firstTierSz` in contracts. */
function swap(coin: Coin, priceScale: number, ctVal: number, firstTierSz: number): Listed {
  const size = '0.01'
  const tiers = tierRates.map(([mmr, maxLever], i) => ({ maxSz: firstTierSz * 2 ** i, mmr, maxLever }))
  return {
    instId: `${coin.ccy}-USDT-SWAP`,
    instType: 'SWAP',
    coin,
    priceScale,
    minSz: size,
    lotSz: size,
    ctVal,
    maxLever: String(tiers[0].maxLever),
    tiers,
  }
}
