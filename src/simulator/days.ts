import { Random } from '../domain/random.js'
import { type Coin, coins } from './listing.js'

/** The first instant of the simulated market; it has no candles before. */
export const genesisTs = Date.UTC(2018, 0, 1)
export const dayMs = 86_400_000

/** Standard deviation of the common factor's daily log return when volatility is at its mean. */
const factorSd = 0.023
const ownPull = 0.004

interface Regime {
  name: 'bull' | 'bear' | 'range'
  meanDays: number
  drift: number
  logVolatility: number
  /** What holders of swaps pay over spot. */
  premium: number
}

const regimes: readonly Regime[] = [
  { name: 'bull', meanDays: 60, drift: 0.003, logVolatility: 0, premium: 0.0004 },
  { name: 'bear', meanDays: 45, drift: -0.003, logVolatility: 0.2, premium: -0.0002 },
  { name: 'range', meanDays: 40, drift: 0, logVolatility: -0.35, premium: 0.0001 },
]

/** One day of a coin as the slow market sets it; what happens in between must lead from `logOpen` to `logClose`. */
export interface Day {
  logOpen: number
  logClose: number
  /** Log of market volatility relative to its mean, at both midnights. */
  logVolatility: [from: number, to: number]
  premium: [from: number, to: number]
  /** Share of the variance that comes from the common factor. */
  factorShare: number
  /** Standard deviation of a day's log return when volatility is at its mean. */
  sd: number
}

/** A day by its number since genesis. */
export type Days = (coin: Coin, day: number) => Day

/**
 * The slow market: bull, bear and sideways regimes, volatility that clusters over weeks and rises when prices fall, one
 * factor that all coins follow and a part of their own. It is drawn day after day from genesis, once, and kept.
 */
export function createDays(seed: string): Days {
  const market = new Random(`${seed}|market`)
  const own = new Map(coins.map((coin) => [coin, new Random(`${seed}|own|${coin.ccy}`)]))
  let regime = regimes[Math.floor(market.uniform() * regimes.length)]
  // Index d is the midnight at which day d begins.
  const factor = [0.5 * clamp(market.normal(), 2)]
  const logVolatility = [0]
  const premium = [regime.premium]
  const ownLevels = new Map(coins.map((coin) => [coin, [0]]))

  const drawNextDay = () => {
    const day = factor.length - 1
    if (market.uniform() < 1 / regime.meanDays) regime = otherRegime(regime, market)
    const shock = clamp(market.studentT() / Math.SQRT2, 4.5)
    const news = market.uniform() < 0.01 ? 0.7 : 0
    const nextVolatility =
      0.94 * logVolatility[day] + 0.06 * regime.logVolatility + 0.13 * market.normal() - 0.06 * shock + news
    logVolatility.push(Math.max(-0.8, Math.min(1.1, nextVolatility)))
    const scale = Math.exp((logVolatility[day] + logVolatility[day + 1]) / 2)
    factor.push(factor[day] + scale * (regime.drift + wall(factor[day]) + factorSd * shock))
    premium.push(0.85 * premium[day] + 0.15 * regime.premium)
    for (const coin of coins) {
      const levels = ownLevels.get(coin) ?? []
      const ownShock = clamp((own.get(coin)?.studentT() ?? 0) / Math.SQRT2, 4.5)
      levels.push(levels[day] * (1 - ownPull) + coin.ownSd * scale * ownShock)
    }
  }

  return (coin, day) => {
    while (factor.length < day + 2) drawNextDay()
    const levels = ownLevels.get(coin) ?? []
    const logPrice = (d: number) => Math.log(coin.centre) + coin.beta * factor[d] + levels[d]
    const factorVariance = (coin.beta * factorSd) ** 2
    const variance = factorVariance + coin.ownSd * coin.ownSd
    return {
      logOpen: logPrice(day),
      logClose: logPrice(day + 1),
      logVolatility: [logVolatility[day], logVolatility[day + 1]],
      premium: [premium[day], premium[day + 1]],
      factorShare: factorVariance / variance,
      sd: Math.sqrt(variance),
    }
  }
}

/** Pulls the factor back, hardly near 0 and hard near +-1.2, so that prices stay within a sane band for decades. */
function wall(factor: number): number {
  return -0.001 * factor - 0.006 * factor * factor * factor
}

function otherRegime(regime: Regime, random: Random): Regime {
  const others = regimes.filter(({ name }) => name !== regime.name)
  return others[Math.floor(random.uniform() * others.length)]
}

function clamp(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value))
}
