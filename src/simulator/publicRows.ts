import type {
  CandlePayload,
  FundingRatePayload,
  InstrumentPayload,
  PositionTierPayload,
  TickerPayload,
} from '../okx/payloads.js'
import { dayMs, genesisTs } from './days.js'
import type { Listed } from './listing.js'
import { fundingIntervalMs, type Market, type MarketCandle } from './market.js'

// What the simulated market's public half answers, row by row.
const minuteMs = 60_000
const spreadTicks = 1

export function toInstrumentPayload({ coin, ...listed }: Listed) {
  const isSwap = listed.instType === 'SWAP'
  const pair = `${coin.ccy}-USDT`
  return {
    instId: listed.instId,
    instType: listed.instType,
    instFamily: isSwap ? pair : '',
    uly: isSwap ? pair : '',
    baseCcy: isSwap ? '' : coin.ccy,
    quoteCcy: isSwap ? '' : 'USDT',
    settleCcy: isSwap ? 'USDT' : '',
    ctVal: isSwap ? String(listed.ctVal) : '',
    ctMult: isSwap ? '1' : '',
    ctValCcy: isSwap ? coin.ccy : '',
    ctType: isSwap ? 'linear' : '',
    tickSz: (10 ** -listed.priceScale).toFixed(listed.priceScale),
    lotSz: listed.lotSz,
    minSz: listed.minSz,
    lever: listed.maxLever,
    listTime: String(genesisTs),
    expTime: '',
    state: 'live',
    ruleType: 'normal',
    groupId: '1',
    // As of options and futures; of limits to an order's size there are none.
    alias: '',
    category: '1',
    optType: '',
    stk: '',
    auctionEndTime: '',
    maxLmtSz: '',
    maxMktSz: '',
    maxTwapSz: '',
    maxIcebergSz: '',
    maxTriggerSz: '',
    maxStopSz: '',
  } satisfies InstrumentPayload & Record<string, string>
}

/** The same for both margin modes. */
export function toTierPayloads({ coin, tiers }: Listed): (PositionTierPayload & Record<string, string>)[] {
  const family = `${coin.ccy}-USDT`
  return tiers.map(({ maxSz, mmr, maxLever }, i) => ({
    instFamily: family,
    instId: '',
    uly: family,
    tier: String(i + 1),
    minSz: i === 0 ? '0' : String(tiers[i - 1].maxSz),
    maxSz: String(maxSz),
    mmr: String(mmr),
    imr: (1 / maxLever).toFixed(4),
    maxLever: String(maxLever),
    optMgnFactor: '',
    quoteMaxLoan: '',
    baseMaxLoan: '',
  }))
}

/** Contracts are exact: a coin's volume step is a whole part of every contract of it. */
function contracts({ coin, ctVal }: Listed, volume: number): string {
  return (volume / ctVal).toFixed(Math.max(0, coin.volumeScale + Math.round(Math.log10(ctVal))))
}

export function toTickerPayload(market: Market, listed: Listed, now: number) {
  const { coin, priceScale } = listed
  const price = (value: number) => value.toFixed(priceScale)
  const lastDay = market.candles(listed, '1m', now - dayMs, now + 1, now)
  const coins = lastDay.reduce((sum, { volume }) => sum + volume, 0)
  const quote = lastDay.reduce((sum, { turnover }) => sum + turnover, 0)
  const isSpot = listed.instType === 'SPOT'
  const last = market.lastPrice(listed, now)
  const tick = 10 ** -priceScale
  const size = isSpot ? listed.minSz : '1'
  const openOfDay = (offsetMs: number) => {
    const ts = Math.floor((now + offsetMs) / dayMs) * dayMs - offsetMs
    const [first] = market.candles(listed, '1m', Math.max(genesisTs, ts), Math.max(genesisTs, ts) + minuteMs, now)
    return price(first.open)
  }
  return {
    instId: listed.instId,
    instType: listed.instType,
    last: price(last),
    lastSz: size,
    bidPx: price(Math.max(tick, last - spreadTicks * tick)),
    bidSz: size,
    askPx: price(last + spreadTicks * tick),
    askSz: size,
    open24h: price(lastDay[0].open),
    high24h: price(Math.max(...lastDay.map(({ high }) => high))),
    low24h: price(Math.min(...lastDay.map(({ low }) => low))),
    vol24h: isSpot ? coins.toFixed(coin.volumeScale) : contracts(listed, coins),
    volCcy24h: isSpot ? quote.toFixed(2) : coins.toFixed(coin.volumeScale),
    sodUtc0: openOfDay(0),
    sodUtc8: openOfDay(8 * 60 * minuteMs),
    ts: String(now),
  } satisfies TickerPayload & Record<string, string>
}

export function toCandlePayload(listed: Listed, candle: MarketCandle): CandlePayload {
  const { coin, priceScale } = listed
  const price = (value: number) => value.toFixed(priceScale)
  const coins = candle.volume.toFixed(coin.volumeScale)
  const quote = candle.turnover.toFixed(2)
  const [vol, volCcy] = listed.instType === 'SPOT' ? [coins, quote] : [contracts(listed, candle.volume), coins]
  return [
    String(candle.ts),
    price(candle.open),
    price(candle.high),
    price(candle.low),
    price(candle.close),
    vol,
    volCcy,
    quote,
    candle.closed ? '1' : '0',
  ]
}

export function toFundingPayload(market: Market, listed: Listed, fundingTime: number) {
  const rate = market.fundingRate(listed, fundingTime).toFixed(10)
  return {
    instId: listed.instId,
    instType: listed.instType,
    fundingRate: rate,
    realizedRate: rate,
    fundingTime: String(fundingTime),
    method: 'current_period',
    formulaType: 'withRate',
  } satisfies FundingRatePayload & Record<string, string>
}

export function toCurrentFunding(market: Market, listed: Listed, now: number) {
  const fundingTime = (Math.floor(now / fundingIntervalMs) + 1) * fundingIntervalMs
  const last = Math.max(genesisTs + fundingIntervalMs, fundingTime - fundingIntervalMs)
  return {
    instId: listed.instId,
    instType: listed.instType,
    fundingRate: market.fundingRate(listed, fundingTime).toFixed(10),
    fundingTime: String(fundingTime),
    nextFundingRate: '',
    nextFundingTime: String(fundingTime + fundingIntervalMs),
    minFundingRate: '-0.0075',
    maxFundingRate: '0.0075',
    settState: 'settled',
    settFundingRate: market.fundingRate(listed, last).toFixed(10),
    premium: '',
    interestRate: '',
    impactValue: '',
    method: 'current_period',
    formulaType: 'withRate',
    ts: String(now),
  }
}
