import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocateCandles, type Candles, candlesFromRows, lowerBound, sliceCandles } from '../domain/candles.js'
import { type Chunk, cutOf, decodeChunk, decodeTimes, encodeChunk, isIntact } from './candleChunk.js'

const minute = 60_000
const start = Date.UTC(2024, 0, 1)

/** Candles of one price each, by minute from the start. */
function flat(items: readonly { slot: number; price: number; volume?: number }[]): Candles {
  return candlesFromRows(
    items.map(({ slot, price, volume = 1 }) => ({
      ts: start + slot * minute,
      open: price,
      high: price,
      low: price,
      close: price,
      volume,
    })),
  )
}

const priced = (...prices: number[]) => flat(prices.map((price, slot) => ({ slot, price })))

function decoded(chunk: Chunk, fromTs = 0, toTs = Number.MAX_SAFE_INTEGER): Candles {
  const cut = cutOf(chunk, minute, { fromTs, toTs })
  const candles = allocateCandles(cut.to - cut.from, chunk.priceScale)
  decodeChunk(chunk, minute, cut, candles, 0)
  return candles
}

describe('a chunk', () => {
  const volumes = (...volumes: number[]) => flat(volumes.map((volume, slot) => ({ slot, price: 1, volume })))

  it.each([
    ['changes of ticks', 'd16,d16', priced(400, 727.67, 400)],
    ['changes of ticks downwards', 'd16,d16', priced(400.01, 72.33, 400)],
    ['ticks where a change is too large', 'i32,d16', priced(400, 727.68, 400)],
    ['ticks where a change downwards is too large', 'i32,d16', priced(400.01, 72.32, 400)],
    ['float64 where there are too many ticks', 'f64,d16', priced(21_474_836.47, 21_474_836.48)],
    ['float64 where there are no ticks', 'f64,d16', priced(1 / 3)],
    ['volumes as ticks', 'd16,i32', volumes(0, 40_000, 0.5)],
    ['volumes as float64', 'd16,f64', volumes(1 / 3, 2)],
  ])('holds %s', (_, encoding, candles) => {
    const chunk = encodeChunk(candles, minute)
    expect(chunk.encoding).toBe(encoding)
    expect(isIntact(chunk, minute)).toBe(true)
    expect(decoded(chunk)).toEqual(candles)
  })

  it('is read where its payload begins anywhere in memory', () => {
    const candles = priced(1, 2, 3)
    const chunk = encodeChunk(candles, minute)
    const shifted = new Uint8Array([0, ...chunk.payload]).subarray(1)
    expect(decoded({ ...chunk, payload: shifted })).toEqual(candles)
  })

  it('is not intact when any of its bytes, or anything that is needed to read it, is another', () => {
    const chunk = encodeChunk(flat([0, 1, 5].map((slot) => ({ slot, price: 1 + slot / 100 }))), minute)
    for (let i = 0; i < chunk.payload.length; i++) {
      const payload = chunk.payload.slice()
      payload[i] ^= 1
      expect(isIntact({ ...chunk, payload }, minute), `byte ${i}`).toBe(false)
    }
    for (const change of [{ firstTs: start + minute }, { count: 2 }, { encoding: 'd16,i32' }, { priceScale: 1 }]) {
      expect(isIntact({ ...chunk, ...change }, minute), JSON.stringify(change)).toBe(false)
    }
  })
})

/** Prices whose changes are small, whose ticks fit into an int32, and that have none. */
const priceKinds = [
  fc.integer({ min: 1, max: 30_000 }).map((ticks) => ticks / 100),
  fc.integer({ min: 1, max: 2 ** 31 - 1 }).map((ticks) => ticks / 10_000),
  fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
]
const series = fc
  .tuple(fc.constantFrom(...priceKinds), fc.boolean())
  .chain(([price, hasGaps]) =>
    fc.array(fc.record({ step: hasGaps ? fc.integer({ min: 1, max: 3 }) : fc.constant(1), price, volume: price }), {
      minLength: 1,
      maxLength: 60,
    }),
  )
  .map((items) => {
    let slot = 0
    return flat(
      items.map(({ step, ...item }) => {
        slot += step
        return { ...item, slot }
      }),
    )
  })

describe('a part of a chunk', () => {
  it('is that part of the candles, to the bit', () => {
    const time = fc.integer({ min: -minute, max: 200 * minute }).map((ms) => start + ms)
    fc.assert(
      fc.property(series, time, time, (candles, oneTs, otherTs) => {
        const chunk = encodeChunk(candles, minute)
        const [fromTs, toTs] = [Math.min(oneTs, otherTs), Math.max(oneTs, otherTs)]
        expect(decoded(chunk)).toEqual(candles)
        expect(decodeTimes(chunk, minute)).toEqual(candles.ts)
        expect(decoded(chunk, fromTs, toTs)).toEqual(
          sliceCandles(candles, lowerBound(candles.ts, fromTs), lowerBound(candles.ts, toTs)),
        )
      }),
    )
  })
})
