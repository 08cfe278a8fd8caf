import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Candles, candleAt, sliceCandles } from '../domain/candles.js'
import { resolveLineParams, resolveParams } from '../domain/indicators/catalog.js'
import {
  type Indicator,
  type Lines,
  type ParamSpec,
  type Params,
  type ParamValue,
  type SignalColumn,
  unknown,
} from '../domain/indicators/indicator.js'
import { restoreStream, type StreamState, saveStream } from '../domain/indicators/streamState.js'
import { candlesFromCloses, walkCandles } from './candleSeries.js'

const length = 160

/** Values that a parameter takes, lengths short enough for the series here. */
function anyValue(spec: ParamSpec): fc.Arbitrary<ParamValue> {
  switch (spec.kind) {
    case 'integer':
      return fc.integer({ min: spec.min, max: Math.min(spec.max, spec.min + 25) })
    case 'number':
      return fc.double({ min: spec.min, max: spec.max, noNaN: true })
    case 'choice':
      return fc.constantFrom(...spec.options)
    case 'periods':
      return fc.array(fc.integer({ min: spec.min, max: 25 }), { minLength: spec.minCount, maxLength: spec.maxCount })
  }
}

function anyParams(indicator: Indicator, names: readonly string[]): fc.Arbitrary<Params> {
  return fc.record(Object.fromEntries(names.map((name) => [name, anyValue(indicator.params[name])])))
}

/** A signal on its own, its lines computed afresh. */
function evaluate(indicator: Indicator, signalType: string, candles: Candles, params: Params): SignalColumn {
  const lines = (wanted: Params) => indicator.compute(candles, wanted)
  return indicator.signals[signalType].evaluate({ candles, lines }, resolveParams(indicator, signalType, params))
}

function asArrays(lines: Lines): Record<string, number[]> {
  return Object.fromEntries(Object.entries(lines).map(([name, line]) => [name, Array.from(line)]))
}

/** The same stretch of every line. */
function cutLines(lines: Lines, from: number, to: number): Lines {
  return Object.fromEntries(Object.entries(lines).map(([name, line]) => [name, line.subarray(from, to)]))
}

const anySeed = fc.integer({ min: 0, max: 1_000_000 })

/** The lines candle by candle; at `saveAt` the stream is saved and another one goes on in its place. */
function streamed(indicator: Indicator, candles: Candles, params: Params, saveAt = -1): Lines {
  const { priceScale } = candles
  let stream = indicator.stream(params, priceScale)
  const out = new Float64Array(indicator.lines.length)
  const lines = indicator.lines.map(() => new Float64Array(candles.ts.length))
  for (let i = 0; i < candles.ts.length; i++) {
    if (i === saveAt) {
      const state: StreamState = JSON.parse(JSON.stringify(saveStream(stream)))
      stream = indicator.stream(params, priceScale)
      restoreStream(stream, state)
    }
    stream.push(candleAt(candles, i), out)
    for (const [k, line] of lines.entries()) line[i] = out[k]
  }
  return Object.fromEntries(indicator.lines.map((name, k) => [name, lines[k]]))
}

/** What every indicator of the catalog promises, whatever it computes. */
export function describeIndicator(indicator: Indicator): void {
  const signalTypes = Object.keys(indicator.signals)
  const anyLineParams = anyParams(indicator, indicator.lineParams)

  describe(indicator.type, () => {
    test('its lines and signals use parameters that it declares, and every one of those is used', () => {
      const used = new Set([
        ...indicator.lineParams,
        ...Object.values(indicator.signals).flatMap((signal) => signal.params),
      ])
      expect([...used].sort()).toEqual(Object.keys(indicator.params).sort())
    })

    test('defaults lie within bounds', () => {
      for (const [name, spec] of Object.entries(indicator.params)) {
        if (spec.kind === 'choice') expect(spec.options, name).toContain(spec.default)
        else {
          for (const value of [spec.default].flat()) {
            expect(value, name).toBeGreaterThanOrEqual(spec.min)
            expect(value, name).toBeLessThanOrEqual(spec.max)
          }
        }
      }
    })

    test('lines are as declared, NaN before their warm-up and finite ever after', () => {
      fc.assert(
        fc.property(anySeed, anyLineParams, (seed, params) => {
          const lines = indicator.compute(walkCandles(length, seed), params)
          expect(Object.keys(lines)).toEqual(indicator.lines)
          const begins = Object.values(lines).map((line) => {
            expect(line).toHaveLength(length)
            const begin = line.findIndex((value) => Number.isFinite(value))
            expect(line.subarray(0, begin).every(Number.isNaN)).toBe(true)
            expect(line.subarray(begin).every(Number.isFinite)).toBe(true)
            return begin
          })
          expect(Math.max(...begins)).toBe(indicator.warmUp(params))
        }),
        { numRuns: 50 },
      )
    })

    test('a series that ends before the warm-up is no error', () => {
      for (const count of [0, 1, 2, 3]) {
        const candles = walkCandles(length, 1)
        const start = sliceCandles(candles, 0, count)
        for (const line of Object.values(indicator.compute(start, resolveLineParams(indicator)))) {
          expect(Array.from(line)).toEqual(new Array(count).fill(Number.NaN))
        }
        for (const signalType of signalTypes) {
          expect(Array.from(evaluate(indicator, signalType, start, {}))).toEqual(new Array(count).fill(unknown))
        }
      }
    })

    const spike = (i: number) => (i === length / 2 ? 1_000_000 : 100)
    const markets: Record<string, (i: number) => number> = {
      flat: () => 100,
      rising: (i) => 100 + i,
      falling: (i) => 1000 - i,
      spike,
      tiny: (i) => 1e-9 * (1 + (i % 7)),
    }
    test.each(Object.entries(markets))('has only finite values in a market that is %s', (_name, price) => {
      const closes = Array.from({ length }, (_, i) => price(i))
      for (const candles of [candlesFromCloses(closes), candlesFromCloses(closes, null)]) {
        const params = resolveLineParams(indicator)
        for (const line of Object.values(indicator.compute(candles, params))) {
          expect(line.subarray(indicator.warmUp(params)).every(Number.isFinite)).toBe(true)
        }
      }
    })

    test('its lines never look ahead', () => {
      fc.assert(
        fc.property(anySeed, fc.nat(length), anyLineParams, fc.boolean(), (seed, count, params, isOnGrid) => {
          const candles = { ...walkCandles(length, seed), ...(isOnGrid ? {} : { priceScale: null }) }
          const prefix = indicator.compute(sliceCandles(candles, 0, count), params)
          for (const [name, line] of Object.entries(indicator.compute(candles, params))) {
            expect(Array.from(prefix[name])).toEqual(Array.from(line.subarray(0, count)))
          }
        }),
      )
    })

    test.each(signalTypes)('%s never looks ahead, and once known stays known', (signalType) => {
      const anySignalParams = anyParams(indicator, indicator.signals[signalType].params)
      fc.assert(
        fc.property(anySeed, fc.nat(length), anySignalParams, (seed, count, params) => {
          const candles = walkCandles(length, seed)
          const whole = evaluate(indicator, signalType, candles, params)
          const prefix = evaluate(indicator, signalType, sliceCandles(candles, 0, count), params)
          expect(Array.from(prefix)).toEqual(Array.from(whole.subarray(0, count)))
          const known = whole.findIndex((value) => value !== unknown)
          if (known >= 0) expect(whole.indexOf(unknown, known)).toBe(-1)
        }),
        { numRuns: 40 },
      )
    })

    test('candle by candle its lines are the same to the bit, saved and restored on the way or not', () => {
      const anyScale = fc.constantFrom(1, null)
      fc.assert(
        fc.property(anySeed, fc.nat(length - 1), anyLineParams, anyScale, (seed, saveAt, params, priceScale) => {
          const candles = { ...walkCandles(length, seed), priceScale }
          expect(asArrays(streamed(indicator, candles, params, saveAt))).toEqual(
            asArrays(indicator.compute(candles, params)),
          )
        }),
        { numRuns: 50 },
      )
    })

    test.each(Object.entries(markets))('candle by candle it is the same in a market that is %s', (_name, price) => {
      const closes = Array.from({ length }, (_, i) => price(i))
      const params = resolveLineParams(indicator)
      for (const candles of [candlesFromCloses(closes), candlesFromCloses(closes, null)]) {
        expect(asArrays(streamed(indicator, candles, params))).toEqual(asArrays(indicator.compute(candles, params)))
      }
    })

    test('refuses a state of another form', () => {
      const stream = indicator.stream(resolveLineParams(indicator), 1)
      expect(() => restoreStream(stream, { other: 1 })).toThrow(RangeError)
    })

    test('with a longer history its values are the same once it has settled', () => {
      fc.assert(
        fc.property(anySeed, fc.integer({ min: 1, max: 300 }), anyLineParams, (seed, earlier, params) => {
          const from = indicator.warmUp(params) + indicator.settleBars(params)
          const candles = walkCandles(earlier + from + 50, seed)
          const whole = indicator.compute(candles, params)
          const later = indicator.compute(sliceCandles(candles, earlier, candles.ts.length), params)
          for (const name of indicator.lines) {
            for (let i = from; i < later[name].length; i++) {
              const [long, short] = [whole[name][earlier + i], later[name][i]]
              expect(Math.abs(short - long)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(long)))
            }
          }
        }),
        { numRuns: 30 },
      )
    })

    test.each(signalTypes)('%s depends on no more bars than it declares', (signalType) => {
      const signal = indicator.signals[signalType]
      fc.assert(
        fc.property(anySeed, anyParams(indicator, signal.params), (seed, given) => {
          const candles = walkCandles(length, seed)
          const params = resolveParams(indicator, signalType, given)
          const reach = signal.reach?.(params) ?? 2
          const whole = evaluate(indicator, signalType, candles, params)
          for (let end = Math.max(reach, length - 20); end <= length; end++) {
            const tail = sliceCandles(candles, end - reach, end)
            const lines = (wanted: Params) => cutLines(indicator.compute(candles, wanted), end - reach, end)
            expect(signal.evaluate({ candles: tail, lines }, params)[reach - 1]).toBe(whole[end - 1])
          }
        }),
        { numRuns: 20 },
      )
    })

    test('its values do not depend on the scale that prices are declared with', () => {
      fc.assert(
        fc.property(anySeed, fc.integer({ min: 2, max: 6 }), anyLineParams, (seed, priceScale, params) => {
          const candles = walkCandles(length, seed, 1)
          const coarse = asArrays(indicator.compute(candles, params))
          const fine = asArrays(indicator.compute({ ...candles, close: candles.close.slice(), priceScale }, params))
          expect(fine).toEqual(coarse)
        }),
        { numRuns: 50 },
      )
    })
  })
}
