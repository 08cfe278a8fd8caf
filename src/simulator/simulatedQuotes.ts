import { Decimal } from 'decimal.js'
import type { Instrument } from '../domain/instrument.js'
import { genesisTs } from './days.js'
import { joinTraded } from './joinTraded.js'
import type { Listed } from './listing.js'
import { fundingIntervalMs, type Market } from './market.js'
import type { Level, Quotes, Traded } from './quotes.js'

const secondMs = 1000
const minuteMs = 60_000
/** Levels of each side of the book. The first lies a tick from the last price, as the ticker has it. */
const levels = 20
/** How far each further level lies from the one before, as a fraction of the price. */
const levelGap = 0.0001
/** What the first level offers, as a share of what is typically traded in a minute; each further one as much more. */
const levelShare = 0.05

/**
 * The simulated market as traders meet it: a pure function of time, as the market is. Prices change on the whole second.
 * The mark of a swap is the mean of its price now and a minute ago.
 */
export function createSimulatedQuotes(market: Market): Quotes {
  const byId = new Map(market.listed.map((listed) => [listed.instId, listed]))
  const instruments = market.listed.map(toInstrument)

  const priceOf = (listed: Listed, value: number) => new Decimal(value.toFixed(listed.priceScale))
  const sizeOf = ({ coin, ctVal }: Listed, coins: number) => new Decimal(coins.toFixed(coin.volumeScale)).div(ctVal)

  function markOf(listed: Listed, now: number): Decimal {
    const last = market.lastPrice(listed, now)
    if (listed.instType === 'SPOT') return priceOf(listed, last)
    return priceOf(listed, (last + market.lastPrice(listed, Math.max(genesisTs, now - minuteMs))) / 2)
  }

  function side(listed: Listed, last: number, direction: 1 | -1): Level[] {
    const tick = 10 ** -listed.priceScale
    const gap = Math.max(1, Math.round((last * levelGap) / tick))
    const coins = (listed.coin.turnover / last) * levelShare
    return Array.from({ length: levels }, (_, i) => ({
      px: priceOf(listed, last + direction * tick * (1 + i * gap)),
      sz: sizeOf(listed, Math.max(listed.ctVal, coins * (i + 1))),
    })).filter(({ px }) => px.gt(0))
  }

  /** Second by second: only within a minute, since it costs what it says. */
  function bySeconds(listed: Listed, fromTs: number, toTs: number): Traded {
    const minute = Math.floor(fromTs / minuteMs) * minuteMs
    const prices: number[] = []
    for (let ts = fromTs + secondMs; ts <= toTs; ts += secondMs) prices.push(market.lastPrice(listed, ts))
    const volumeAt = (now: number) => market.candles(listed, '1m', minute, minute + 1, now)[0].volume
    return {
      high: priceOf(listed, Math.max(...prices)),
      low: priceOf(listed, Math.min(...prices)),
      volume: sizeOf(listed, volumeAt(toTs) - volumeAt(fromTs)),
    }
  }

  function byMinutes(listed: Listed, fromTs: number, toTs: number): Traded {
    const candles = market.candles(listed, '1m', fromTs, toTs, toTs)
    return {
      high: priceOf(
        listed,
        candles.reduce((most, { high }) => Math.max(most, high), 0),
      ),
      low: priceOf(
        listed,
        candles.reduce((least, { low }) => Math.min(least, low), Number.POSITIVE_INFINITY),
      ),
      volume: sizeOf(
        listed,
        candles.reduce((sum, { volume }) => sum + volume, 0),
      ),
    }
  }

  return {
    instruments,
    tiers: (instId) => byId.get(instId)?.tiers ?? [],
    quote(instId, now) {
      const listed = byId.get(instId)
      if (!listed || now < genesisTs) return null
      const last = market.lastPrice(listed, now)
      return {
        ts: now,
        last: priceOf(listed, last),
        markPx: markOf(listed, now),
        bids: side(listed, last, -1),
        asks: side(listed, last, 1),
      }
    },
    traded(instId, fromTs, toTs) {
      const listed = byId.get(instId)
      if (!listed) return null
      const from = Math.max(genesisTs, Math.floor(fromTs / secondMs) * secondMs)
      const to = Math.floor(toTs / secondMs) * secondMs
      const firstMinute = Math.ceil(from / minuteMs) * minuteMs
      const lastMinute = Math.floor(to / minuteMs) * minuteMs
      if (to <= from) return null
      if (firstMinute > lastMinute) return bySeconds(listed, from, to)
      const parts = [
        ...(from < firstMinute ? [bySeconds(listed, from, firstMinute)] : []),
        ...(firstMinute < lastMinute ? [byMinutes(listed, firstMinute, lastMinute)] : []),
        ...(lastMinute < to ? [bySeconds(listed, lastMinute, to)] : []),
      ]
      return joinTraded(parts)
    },
    funding(instId, fromTs, toTs) {
      const listed = byId.get(instId)
      if (!listed || listed.instType === 'SPOT') return []
      const settlements = []
      const first = (Math.floor(Math.max(fromTs, genesisTs) / fundingIntervalMs) + 1) * fundingIntervalMs
      for (let fundingTime = first; fundingTime <= toTs; fundingTime += fundingIntervalMs) {
        const rate = new Decimal(market.fundingRate(listed, fundingTime).toFixed(10))
        settlements.push({ fundingTime, rate, markPx: markOf(listed, fundingTime) })
      }
      return settlements
    },
  }
}

function toInstrument({ coin, ...listed }: Listed): Instrument {
  const isSwap = listed.instType === 'SWAP'
  return {
    instId: listed.instId,
    instType: listed.instType,
    baseCcy: coin.ccy,
    quoteCcy: 'USDT',
    settleCcy: isSwap ? 'USDT' : null,
    tickSz: new Decimal(10).pow(-listed.priceScale),
    lotSz: new Decimal(listed.lotSz),
    minSz: new Decimal(listed.minSz),
    ctVal: isSwap ? new Decimal(listed.ctVal) : null,
    ctMult: isSwap ? new Decimal(1) : null,
    ctValCcy: isSwap ? coin.ccy : null,
    maxLever: isSwap ? new Decimal(listed.maxLever) : null,
    state: 'live',
  }
}
