import { Decimal } from 'decimal.js'
import { type Bar, barOpen } from '../domain/bars.js'
import type { Candle } from '../domain/candles.js'
import type { FundingRate, Instrument, InstType, Ticker } from '../domain/instrument.js'
import type { Tier } from '../domain/trading/margin.js'
import { decimalOrNull } from './decimalOrNull.js'
import { OkxPayloadError, type Source } from './okxError.js'
import type {
  CandlePayload,
  FundingRatePayload,
  InstrumentPayload,
  PositionTierPayload,
  TickerPayload,
} from './payloads.js'

/** A candle as a page holds it; one that is not `confirmed` is still forming. */
export interface PageCandle extends Candle {
  confirmed: boolean
}

const states: readonly string[] = ['live', 'suspend', 'preopen', 'test'] satisfies Instrument['state'][]

/** Null where the instrument's rules are not out yet (its sizes are empty), or it is in a state that we know nothing of. */
export function toInstrument(row: InstrumentPayload): Instrument | null {
  const isSwap = row.instType === 'SWAP'
  const sizes = [row.tickSz, row.lotSz, row.minSz, ...(isSwap ? [row.ctVal, row.ctMult] : [])]
  if (sizes.includes('') || !states.includes(row.state)) return null
  const [baseCcy, quoteCcy] = isSwap ? row.uly.split('-') : [row.baseCcy, row.quoteCcy]
  if (!baseCcy || !quoteCcy) {
    throw new OkxPayloadError('instruments', isSwap ? 'uly' : 'baseCcy', `${row.instId} names no pair`)
  }
  return {
    instId: row.instId,
    instType: row.instType,
    baseCcy,
    quoteCcy,
    settleCcy: row.settleCcy || null,
    tickSz: new Decimal(row.tickSz),
    lotSz: new Decimal(row.lotSz),
    minSz: new Decimal(row.minSz),
    ctVal: decimalOrNull(row.ctVal),
    ctMult: decimalOrNull(row.ctMult),
    ctValCcy: row.ctValCcy || null,
    maxLever: decimalOrNull(row.lever),
    maxMktSz: decimalOrNull(row.maxMktSz),
    maxLmtSz: decimalOrNull(row.maxLmtSz),
    groupId: row.groupId || null,
    state: row.state as Instrument['state'],
  }
}

/** Null where the instrument has not been traded yet. */
export function toTicker(row: TickerPayload): Ticker | null {
  const baseVol24h = row.instType === 'SPOT' ? row.vol24h : row.volCcy24h
  if ([row.last, row.open24h, row.high24h, row.low24h, baseVol24h].includes('')) return null
  return {
    instId: row.instId,
    last: new Decimal(row.last),
    bidPx: decimalOrNull(row.bidPx),
    askPx: decimalOrNull(row.askPx),
    open24h: new Decimal(row.open24h),
    high24h: new Decimal(row.high24h),
    low24h: new Decimal(row.low24h),
    baseVol24h: new Decimal(baseVol24h),
    ts: Number(row.ts),
  }
}

/** Volume in base currency. Refuses a candle whose prices contradict each other. */
export function toPageCandle(source: Source, row: CandlePayload, instType: InstType): PageCandle {
  const [ts, open, high, low, close] = row.slice(0, 5).map(Number)
  if (!(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close))) {
    throw new OkxPayloadError(source, `candle ${row[0]}`, `open ${open}, high ${high}, low ${low}, close ${close}`)
  }
  const volume = Number(instType === 'SPOT' ? row[5] : row[6])
  return { ts, open, high, low, close, volume, confirmed: row[8] === '1' }
}

/** Refuses an open time that is none of the bar's. */
export function checkGrid(source: Source, bar: Bar, ts: number): void {
  if (barOpen(bar, ts) !== ts) throw new OkxPayloadError(source, 'ts', `${ts} is not the open of a ${bar} candle`)
}

export function toFundingRate(row: FundingRatePayload): FundingRate {
  return { instId: row.instId, fundingTime: Number(row.fundingTime), realizedRate: Number(row.realizedRate) }
}

/** The tiers of one instrument, smallest first. */
export function toTiers(rows: readonly PositionTierPayload[]): Tier[] {
  return rows
    .map(({ maxSz, mmr, maxLever }) => ({ maxSz: Number(maxSz), mmr: Number(mmr), maxLever: Number(maxLever) }))
    .sort((a, b) => a.maxSz - b.maxSz)
}
