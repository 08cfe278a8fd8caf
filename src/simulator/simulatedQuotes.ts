import { Decimal } from 'decimal.js'
import type { Instrument } from '../domain/instrument.js'
import { genesisTs } from './days.js'
import type { Listed } from './listing.js'
import { fundingIntervalMs, type Market } from './market.js'
import type { Level, Quote, Quotes, Traded } from './quotes.js'
import { unknownInstrument } from './refusal.js'

const secondMs = 1000
const minuteMs = 60_000
const hourMs = 3_600_000
/** The mark is the mean of last over the minute before. */
const markSamplesMs = [0, 15_000, 30_000, 45_000]
const spreadTicks = 1
/**
 * The book of each side: how far from last, in parts of the price (a tick at least), and how much is offered there, in minutes of
 * typical turnover. Up to 0.1 % away it is about as much as is traded in two minutes.
 */
const depth = [
  [0, 0.05],
  [0.0001, 0.1],
  [0.0002, 0.2],
  [0.0004, 0.4],
  [0.0008, 0.8],
  [0.0016, 1.6],
  [0.0032, 3.2],
  [0.0064, 6.4],
  [0.0128, 12.8],
  [0.0256, 25.6],
] as const
/** Swaps are traded more than spot. */
const swapTurnover = 3

/**
 * Quotes over the simulated market: the same pure function of time. Something is traded at every whole second; what was traded
 * between two of them is null. Throws Refusal 51001 for an instrument that is not listed, RangeError for times before genesis.
 */
export function simulatedQuotes(market: Market): Quotes {
  const byId = new Map(market.listed.map((listed) => [listed.instId, listed]))
  /** An answer of the exchange looks at one moment's quote many times. */
  const latest = new Map<string, Quote>()

  function listedOf(instId: string): Listed {
    const listed = byId.get(instId)
    if (!listed) throw unknownInstrument()
    return listed
  }

  function lastPx(listed: Listed, ts: number): Decimal {
    return priceOf(listed, market.lastPrice(listed, Math.max(genesisTs, ts)))
  }

  function markPx(listed: Listed, ts: number): Decimal {
    if (listed.instType === 'SPOT') return lastPx(listed, ts)
    const sum = markSamplesMs.reduce((total, ago) => total + market.lastPrice(listed, Math.max(genesisTs, ts - ago)), 0)
    return priceOf(listed, sum / markSamplesMs.length)
  }

  /** Trades of the seconds after `fromTs` and by `toTs`, both whole seconds of one minute. */
  function tradedInMinute(listed: Listed, fromTs: number, toTs: number): Range {
    const startTs = Math.floor(fromTs / minuteMs) * minuteMs
    const volumeBy = (ts: number) => market.candles(listed, '1m', startTs, startTs + 1, ts)[0].volume
    let high = 0
    let low = Number.POSITIVE_INFINITY
    for (let ts = fromTs + secondMs; ts <= toTs; ts += secondMs) {
      // The minute's last second is its close, which is not always the next one's open.
      const px = ts === startTs + minuteMs ? closeOf(listed, startTs) : market.lastPrice(listed, ts)
      high = Math.max(high, px)
      low = Math.min(low, px)
    }
    return { high, low, volume: volumeBy(toTs) - volumeBy(fromTs) }
  }

  const closeOf = (listed: Listed, startTs: number) =>
    market.candles(listed, '1m', startTs, startTs + 1, startTs + minuteMs)[0].close

  /** Trades after `fromTs` and by `toTs`, in whole hours and minutes as far as possible: those have their opens in them. */
  function* partsOf(listed: Listed, fromTs: number, toTs: number): Generator<Range> {
    let ts = fromTs
    while (ts < toTs) {
      const isWhole = (ms: number) => ts % ms === 0 && ts + ms <= toTs
      if (isWhole(hourMs) || isWhole(minuteMs)) {
        const [bar, ms] = isWhole(hourMs) ? (['1H', hourMs] as const) : (['1m', minuteMs] as const)
        const end = isWhole(hourMs) ? Math.floor(toTs / ms) * ms : Math.min(toTs, Math.ceil((ts + 1) / hourMs) * hourMs)
        const until = Math.floor(end / ms) * ms
        yield* market.candles(listed, bar, ts, until, until)
        ts = until
      } else {
        const until = Math.min(toTs, Math.ceil((ts + 1) / minuteMs) * minuteMs)
        yield tradedInMinute(listed, ts, until)
        ts = until
      }
    }
  }

  return {
    instruments: market.listed.map(toInstrument),
    tiers: (instId) => listedOf(instId).tiers,
    quote(instId, now) {
      const known = latest.get(instId)
      if (known?.ts === now) return known
      const listed = listedOf(instId)
      const quote = lazyQuote(now, lastPx(listed, now), {
        markPx: () => markPx(listed, now),
        side: (last, sign) => levels(listed, last, sign),
      })
      latest.set(instId, quote)
      return quote
    },
    traded(instId, fromTs, toTs): Traded | null {
      const listed = listedOf(instId)
      const from = Math.max(genesisTs, Math.floor(fromTs / secondMs) * secondMs)
      const to = Math.floor(toTs / secondMs) * secondMs
      if (from >= to) return null
      let [high, low, volume] = [0, Number.POSITIVE_INFINITY, 0]
      for (const part of partsOf(listed, from, to)) {
        high = Math.max(high, part.high)
        low = Math.min(low, part.low)
        volume += part.volume
      }
      const coins = new Decimal(volume.toFixed(listed.coin.volumeScale))
      return { high: priceOf(listed, high), low: priceOf(listed, low), volume: coins.div(listed.ctVal) }
    },
    funding(instId, fromTs, toTs) {
      const listed = listedOf(instId)
      const settlements = []
      const first = Math.max(genesisTs, Math.floor(fromTs / fundingIntervalMs) * fundingIntervalMs) + fundingIntervalMs
      for (let fundingTime = first; fundingTime <= toTs; fundingTime += fundingIntervalMs) {
        const rate = new Decimal(market.fundingRate(listed, fundingTime).toFixed(10))
        settlements.push({ fundingTime, rate, markPx: markPx(listed, fundingTime) })
      }
      return settlements
    },
  }
}

/** Who asks what a coin is worth asks for no more of a quote, and the book takes the most work: each part is made once it is asked for. */
function lazyQuote(
  ts: number,
  last: Decimal,
  make: { markPx(): Decimal; side(last: Decimal, sign: number): Level[] },
): Quote {
  let markPx: Decimal | null = null
  let bids: Level[] | null = null
  let asks: Level[] | null = null
  return {
    ts,
    last,
    get markPx() {
      markPx ??= make.markPx()
      return markPx
    },
    get bids() {
      bids ??= make.side(last, -1)
      return bids
    },
    get asks() {
      asks ??= make.side(last, 1)
      return asks
    },
  }
}

interface Range {
  high: number
  low: number
  /** Coins. */
  volume: number
}

/** As many as the finest lot has. */
const sizeDecimals = 8

const priceOf = ({ priceScale }: Listed, px: number) => new Decimal(px.toFixed(priceScale))

/** A side of the book, best first: `sign` 1 for asks. */
function levels({ coin, instType, priceScale, lotSz, minSz, ctVal }: Listed, last: Decimal, sign: number): Level[] {
  const turnover = coin.turnover * (instType === 'SWAP' ? swapTurnover : 1)
  const lots = 1 / Number(lotSz)
  const lastTicks = Math.round(last.toNumber() * 10 ** priceScale)
  const side: Level[] = []
  let ticks = spreadTicks - 1
  for (const [part, minutes] of depth) {
    ticks = Math.max(ticks + 1, Math.round(lastTicks * part))
    const px = (lastTicks + ticks * sign) / 10 ** priceScale
    if (px <= 0) break
    const sz = Math.max(Number(minSz), Math.floor(((turnover * minutes) / px / ctVal) * lots) / lots)
    side.push({ px: new Decimal(px.toFixed(priceScale)), sz: new Decimal(sz.toFixed(sizeDecimals)) })
  }
  return side
}

function toInstrument(listed: Listed): Instrument {
  const isSwap = listed.instType === 'SWAP'
  return {
    instId: listed.instId,
    instType: listed.instType,
    baseCcy: listed.coin.ccy,
    quoteCcy: 'USDT',
    settleCcy: isSwap ? 'USDT' : null,
    tickSz: new Decimal(10).pow(-listed.priceScale),
    lotSz: new Decimal(listed.lotSz),
    minSz: new Decimal(listed.minSz),
    ctVal: isSwap ? new Decimal(listed.ctVal) : null,
    ctMult: isSwap ? new Decimal(1) : null,
    ctValCcy: isSwap ? listed.coin.ccy : null,
    maxLever: isSwap ? new Decimal(listed.maxLever) : null,
    maxMktSz: null,
    maxLmtSz: null,
    groupId: '1',
    state: 'live',
  }
}
