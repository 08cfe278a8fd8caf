import { Random } from '../domain/random.js'
import { type Day, type Days, dayMs, genesisTs } from './days.js'
import { type Coin, coins, type Listed } from './listing.js'
import { Noise } from './noise.js'

export const minutesADay = 1440
const minuteMs = 60_000

/** A day of 1-minute candles: prices in ticks, volume in units of the coin's last volume decimal, turnover in USDT. */
export interface DayOfMinutes {
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
  volume: Float64Array
  turnover: Float64Array
}

/** Activity by hour of the day (log, UTC): quiet before Europe wakes, loudest when America opens. */
const hourly = [
  0.0, -0.05, -0.1, -0.2, -0.3, -0.35, -0.3, -0.15, 0.0, 0.05, 0.0, -0.05, 0.05, 0.3, 0.45, 0.45, 0.35, 0.25, 0.15, 0.1,
  0.05, 0.0, -0.05, 0.0,
]

/** Volatility that clusters on every scale from minutes to hours: knots, and weights of the log. */
const clusters = [
  { knotMs: 240 * minuteMs, weight: 0.35 },
  { knotMs: 60 * minuteMs, weight: 0.3 },
  { knotMs: 15 * minuteMs, weight: 0.25 },
]
/** The same for one coin alone. */
const ownCluster = { knotMs: 5 * minuteMs, weight: 0.25 }
/** How a swap's price wavers over spot (log). */
const basisNoises = [
  { knotMs: 480 * minuteMs, weight: 0.0002 },
  { knotMs: 20 * minuteMs, weight: 0.0001 },
]
/** Swaps are traded more than spot. */
const swapTurnover = 3
/** Brings the variance of a day's minutes back to the day's own: variance 2 of a t, and what the clusters add on average. */
const minuteScale = Math.sqrt(1 / (2 * minutesADay * 1.6))

/** Makes days of minutes for one seed. A day depends on nothing but seed, instrument and date. */
export class Minutes {
  readonly #seed: string
  readonly #days: Days
  readonly #clusters: readonly { noise: Noise; weight: number }[]
  readonly #ownClusters: ReadonlyMap<Coin, Noise>
  readonly #basisNoises: ReadonlyMap<Coin, { noise: Noise; weight: number }[]>

  constructor(seed: string, days: Days) {
    this.#seed = seed
    this.#days = days
    this.#clusters = clusters.map(({ knotMs, weight }) => ({
      noise: new Noise(`${seed}|cluster|${knotMs}`, knotMs),
      weight,
    }))
    this.#ownClusters = new Map(
      coins.map((coin) => [coin, new Noise(`${seed}|cluster|${coin.ccy}`, ownCluster.knotMs)]),
    )
    this.#basisNoises = new Map(
      coins.map((coin) => [
        coin,
        basisNoises.map(({ knotMs, weight }) => ({
          noise: new Noise(`${seed}|basis|${coin.ccy}|${knotMs}`, knotMs),
          weight,
        })),
      ]),
    )
  }

  /** Log of a swap's price over spot at an instant: the premium of the regime, and noise. */
  basis(coin: Coin, t: number): number {
    const at = (t - genesisTs) / dayMs
    const day = Math.floor(at)
    const [from, to] = this.#days(coin, day).premium
    let sum = from + (to - from) * (at - day)
    for (const { noise, weight } of this.#basisNoises.get(coin) ?? []) sum += weight * noise.at(t)
    return sum
  }

  day(listed: Listed, dayNumber: number): DayOfMinutes {
    const { coin, priceScale } = listed
    const day = this.#days(coin, dayNumber)
    const startTs = genesisTs + dayNumber * dayMs
    const activity = this.#logActivity(coin, day, startTs)
    const { sd, step } = drawSteps(this.#seed, coin, day, dayNumber, activity)
    const over = this.#basisOf(listed, startTs)
    const random = new Random(`${this.#seed}|shape|${listed.instId}|${dayNumber}`)
    const candles = allocate()
    const priceUnit = 10 ** priceScale
    const volumeUnit = 10 ** coin.volumeScale
    const typical = coin.turnover * (listed.instType === 'SWAP' ? swapTurnover : 1)
    let log = day.logOpen
    let open = toTicks(log + over[0], priceUnit)
    for (let k = 0; k < minutesADay; k++) {
      const r = step[k]
      const nextLog = k === minutesADay - 1 ? day.logClose : log + r
      const close = toTicks(nextLog + over[k + 1], priceUnit)
      // The highest and the lowest point of a Brownian path from 0 to r.
      const spread = 2 * sd[k] * sd[k]
      const up = (r + Math.sqrt(r * r - spread * Math.log(random.uniform()))) / 2
      const down = (r - Math.sqrt(r * r - spread * Math.log(random.uniform()))) / 2
      const high = Math.max(open, close, toTicks(log + up + over[k], priceUnit))
      const low = Math.min(open, close, toTicks(log + down + over[k], priceUnit))
      const move = 0.6 + 0.5 * Math.min(6, Math.abs(r) / sd[k])
      const turnover = typical * move * Math.exp(0.9 * activity[k] + 0.35 * random.normal())
      const mean = (open + close + high + low) / 4 / priceUnit
      const volume = Math.max(1, Math.round((turnover / mean) * volumeUnit))
      candles.open[k] = open
      candles.high[k] = high
      candles.low[k] = low
      candles.close[k] = close
      candles.volume[k] = volume
      candles.turnover[k] = Math.round((volume / volumeUnit) * mean * 100) / 100
      log = nextLog
      open = close
    }
    return candles
  }

  /** Log of volatility and volume relative to their mean, minute by minute. */
  #logActivity(coin: Coin, day: Day, startTs: number): Float64Array {
    const sums = new Float64Array(minutesADay)
    const [from, to] = day.logVolatility
    for (let k = 0; k < minutesADay; k++) {
      const hour = Math.floor(k / 60)
      const share = k / 60 - hour
      sums[k] = from + (to - from) * (k / minutesADay) + hourly[hour] * (1 - share) + hourly[(hour + 1) % 24] * share
    }
    for (const { noise, weight } of this.#clusters) noise.addTo(sums, weight, startTs, minuteMs)
    this.#ownClusters.get(coin)?.addTo(sums, ownCluster.weight, startTs, minuteMs)
    return sums
  }

  /** The basis at the beginning of each minute and at the end of the last; 0 for spot. */
  #basisOf({ coin, instType }: Listed, startTs: number): Float64Array {
    const sums = new Float64Array(minutesADay + 1)
    if (instType === 'SPOT') return sums
    for (let k = 0; k <= minutesADay; k++) sums[k] = this.basis(coin, startTs + k * minuteMs)
    return sums
  }
}

/**
 * The day's log returns and their scales. They are drawn freely and then bent, in proportion to their variance, so that
 * they end at the day's close: the path is continuous over midnight and the bend too small to see in any one minute.
 */
function drawSteps(seed: string, coin: Coin, day: Day, dayNumber: number, activity: Float64Array) {
  const common = new Random(`${seed}|minutes|${dayNumber}`)
  const own = new Random(`${seed}|minutes|${coin.ccy}|${dayNumber}`)
  const commonWeight = Math.sqrt(day.factorShare)
  const ownWeight = Math.sqrt(1 - day.factorShare)
  const sd = new Float64Array(minutesADay)
  const step = new Float64Array(minutesADay)
  let sum = 0
  let variance = 0
  for (let k = 0; k < minutesADay; k++) {
    sd[k] = day.sd * minuteScale * Math.exp(activity[k])
    step[k] = sd[k] * (commonWeight * common.studentT() + ownWeight * own.studentT())
    sum += step[k]
    variance += sd[k] * sd[k]
  }
  const bend = (day.logClose - day.logOpen - sum) / variance
  for (let k = 0; k < minutesADay; k++) step[k] += bend * sd[k] * sd[k]
  return { sd, step }
}

function toTicks(logPrice: number, priceUnit: number): number {
  return Math.max(1, Math.round(Math.exp(logPrice) * priceUnit))
}

function allocate(): DayOfMinutes {
  const column = () => new Float64Array(minutesADay)
  return { open: column(), high: column(), low: column(), close: column(), volume: column(), turnover: column() }
}
