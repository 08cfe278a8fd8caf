import { describe, expect, it } from 'vitest'
import { assumedFundingRate as assumed, fundingPayments } from './funding.js'

const hour = 3_600_000
const hours = (count: number, fromHour = 0) => Float64Array.from({ length: count }, (_, i) => (fromHour + i) * hour)
const rates = (...pairs: [atHour: number, rate: number][]) => ({
  ts: pairs.map(([at]) => at * hour),
  rate: pairs.map(([, rate]) => rate),
})

/** Hour, rate and candle of each payment on hourly candles. */
const paid = (ts: Float64Array, recorded = rates(), from = 0, to = ts.length) =>
  fundingPayments(ts, from, to, hour, recorded).map((payment) => [payment.ts / hour, payment.rate, payment.index])

describe('funding payments', () => {
  it('are assumed at 00, 08 and 16 UTC where nothing is recorded, the open of the window among them, its end not', () => {
    expect(paid(hours(24))).toEqual([
      [0, assumed, 0],
      [8, assumed, 8],
      [16, assumed, 16],
    ])
    expect(paid(hours(23, 1)).map(([at]) => at)).toEqual([8, 16])
  })

  it('are the recorded ones of the window, at their own times and with their signs', () => {
    const recorded = rates([-4, 1], [0, 0.0002], [4, -0.0003], [8, 0], [12, 0.0001], [16, 0.0005], [20, 0.0006])
    expect(paid(hours(20), recorded)).toEqual([
      [0, 0.0002, 0],
      [4, -0.0003, 4],
      [8, 0, 8],
      [12, 0.0001, 12],
      [16, 0.0005, 16],
    ])
  })

  it('are assumed before the first recorded and after the last', () => {
    const at = paid(hours(72), rates([24, 0.0002], [32, 0.0003]))
    expect(at.filter(([, rate]) => rate !== assumed).map(([hour]) => hour)).toEqual([24, 32])
    expect(at.map(([hour]) => hour)).toEqual([0, 8, 16, 24, 32, 40, 48, 56, 64])
  })

  it('are assumed in a hole between two recorded, and nowhere else between them', () => {
    const at = paid(hours(49), rates([0, 1], [4, 1], [8, 1], [28, 1], [36, 1], [48, 1]))
    expect(at.filter(([, rate]) => rate === assumed).map(([hour]) => hour)).toEqual([16, 24, 40])
  })

  it('fall into the candle of their time', () => {
    const coarse = fundingPayments(Float64Array.of(0, 12 * hour), 0, 2, 12 * hour, rates())
    expect(coarse.map(({ ts, index }) => [ts / hour, index])).toEqual([
      [0, 0],
      [8, 0],
      [16, 1],
    ])
  })

  it('are those of the window, whatever candles come before it', () => {
    expect(paid(hours(30), rates([8, 0.5]), 10, 20)).toEqual([[16, assumed, 16]])
  })
})
