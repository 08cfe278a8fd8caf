import { type Bar, firstOpenFrom, intervalMs } from '../domain/bars.js'
import { createDays, genesisTs } from './days.js'
import { type Listed, listed } from './listing.js'
import { type DayOfMinutes, Minutes, minutesADay } from './minutes.js'
import { formMinute, type Minute } from './path.js'

/**
 * Change this with every change of what the market function yields. Candles of the old function may be stored on disks:
 * together with the seed this names the market that they came from, and series of two markets must never be joined.
 */
const marketVersion = 1

const minuteMs = 60_000
/** Time between two settlements of funding; they fall on its multiples. */
export const fundingIntervalMs = 8 * 3_600_000
/** A day takes 70 kB. Enough for pages of several instruments at once, and each page finds the day of the one before. */
const keptDays = 96

/** A candle of any bar. Prices in quote currency; volume in coins, turnover in quote currency. */
export interface MarketCandle {
  ts: number
  open: number
  high: number
  low: number
  close: number
  volume: number
  turnover: number
  closed: boolean
}

/** Names the market of a seed: two with one key have the same candles. */
export function marketKeyOf(seed: string): string {
  return `v${marketVersion}:${seed}`
}

/** The simulated market: a pure function of seed, instrument and time. What it keeps is a cache and no more. */
export interface Market {
  /** Names the market: two with one key have the same candles. */
  readonly key: string
  readonly listed: readonly Listed[]
  /**
   * Candles with `fromTs <= ts < toTs` as they stand at `now`, oldest first: every bar that began after genesis; the one
   * that is forming holds what has happened so far.
   */
  candles(listed: Listed, bar: Bar, fromTs: number, toTs: number, now: number): MarketCandle[]
  /** Price of the last trade. */
  lastPrice(listed: Listed, now: number): number
  /** Rate that longs pay to shorts at a settlement (a multiple of 8 h UTC). */
  fundingRate(listed: Listed, fundingTime: number): number
}

export function createMarket(seed: string): Market {
  const key = marketKeyOf(seed)
  const days = createDays(key)
  const minutes = new Minutes(key, days)
  const kept = new Map<string, DayOfMinutes>()
  /** Minutes of one day are mostly asked for in a row. */
  let latest: { instrument: Listed; day: number; made: DayOfMinutes } | null = null

  function dayOf(instrument: Listed, day: number): DayOfMinutes {
    if (latest?.instrument === instrument && latest.day === day) return latest.made
    const id = `${instrument.instId} ${day}`
    const made = kept.get(id) ?? minutes.day(instrument, day)
    kept.delete(id)
    kept.set(id, made)
    if (kept.size > keptDays) kept.delete(kept.keys().next().value ?? id)
    latest = { instrument, day, made }
    return made
  }

  /** The minute that begins at `ts`, as far as it has come by `now`. */
  function minuteAt(instrument: Listed, ts: number, now: number): Minute {
    const index = (ts - genesisTs) / minuteMs
    const day = dayOf(instrument, Math.floor(index / minutesADay))
    const k = index % minutesADay
    const whole: Minute = {
      open: day.open[k],
      high: day.high[k],
      low: day.low[k],
      close: day.close[k],
      volume: day.volume[k],
      turnover: day.turnover[k],
    }
    return now >= ts + minuteMs ? whole : formMinute(whole, `${key}|path|${instrument.instId}|${ts}`, now - ts)
  }

  /** The bar from `ts` to `endTs`, in ticks and units, as far as it has come by `now`. */
  function foldBar(instrument: Listed, ts: number, endTs: number, now: number): Minute {
    if (now >= endTs) return fold(instrument, ts, endTs)
    const formingTs = Math.floor(now / minuteMs) * minuteMs
    const sum = fold(instrument, ts, formingTs)
    add(sum, minuteAt(instrument, formingTs, now))
    return sum
  }

  /** Whole minutes from `ts` to `endTs` as one. */
  function fold(instrument: Listed, ts: number, endTs: number): Minute {
    const sum: Minute = { open: 0, high: 0, low: Number.POSITIVE_INFINITY, close: 0, volume: 0, turnover: 0 }
    let index = (ts - genesisTs) / minuteMs
    const end = (endTs - genesisTs) / minuteMs
    while (index < end) {
      const day = dayOf(instrument, Math.floor(index / minutesADay))
      const from = index % minutesADay
      const to = Math.min(minutesADay, from + end - index)
      if (sum.open === 0) sum.open = day.open[from]
      for (let k = from; k < to; k++) {
        if (day.high[k] > sum.high) sum.high = day.high[k]
        if (day.low[k] < sum.low) sum.low = day.low[k]
        sum.volume += day.volume[k]
        sum.turnover += day.turnover[k]
      }
      sum.close = day.close[to - 1]
      index += to - from
    }
    return sum
  }

  return {
    key,
    listed,
    candles(instrument, bar, fromTs, toTs, now) {
      const stepMs = intervalMs(bar)
      const result: MarketCandle[] = []
      const priceUnit = 10 ** instrument.priceScale
      const volumeUnit = 10 ** instrument.coin.volumeScale
      for (let ts = firstOpenFrom(bar, Math.max(fromTs, genesisTs)); ts < toTs && ts <= now; ts += stepMs) {
        const sum = foldBar(instrument, ts, ts + stepMs, now)
        result.push({
          ts,
          open: sum.open / priceUnit,
          high: sum.high / priceUnit,
          low: sum.low / priceUnit,
          close: sum.close / priceUnit,
          volume: sum.volume / volumeUnit,
          turnover: Math.round(sum.turnover * 100) / 100,
          closed: now >= ts + stepMs,
        })
      }
      return result
    },
    lastPrice(instrument, now) {
      const minute = minuteAt(instrument, Math.floor(now / minuteMs) * minuteMs, now)
      return minute.close / 10 ** instrument.priceScale
    },
    fundingRate(instrument, fundingTime) {
      let sum = 0
      for (let hour = 0; hour < 8; hour++) {
        sum += minutes.basis(instrument.coin, Math.max(genesisTs, fundingTime - fundingIntervalMs + hour * 3_600_000))
      }
      return Math.round((0.00005 + 0.35 * (sum / 8)) * 1e10) / 1e10
    },
  }
}

function add(sum: Minute, minute: Minute): void {
  if (sum.open === 0) sum.open = minute.open
  sum.high = Math.max(sum.high, minute.high)
  sum.low = Math.min(sum.low, minute.low)
  sum.close = minute.close
  sum.volume += minute.volume
  sum.turnover += minute.turnover
}
