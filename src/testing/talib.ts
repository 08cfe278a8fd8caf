import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { init } from 'talib-web'
import { expect } from 'vitest'
import type { Candles } from '../domain/candles.js'

/** What is used of TA-Lib, its C compiled to WebAssembly. The package's own functions give it no place for the counts. */
interface Talib {
  readonly HEAPF64: Float64Array
  readonly HEAP32: Int32Array
  _malloc(bytes: number): number
  _free(address: number): void
  ccall(name: string, returns: 'number', takes: readonly 'number'[], args: readonly number[]): number
}

const wasm = readFileSync(createRequire(import.meta.url).resolve('talib-web/lib/talib.wasm'))
// It reads its binary with fetch, which in Node knows no files.
const library: Talib = await init(`data:application/wasm;base64,${wasm.toString('base64')}`)

const realBytes = 8
const intBytes = 4

/** TA-Lib's default candle settings in the order of its enum: range (0 body, 1 high to low, 2 shadows), period, factor. */
const candleSettings = [
  [0, 10, 1], // BodyLong
  [0, 10, 3], // BodyVeryLong
  [0, 10, 1], // BodyShort
  [1, 10, 0.1], // BodyDoji
  [0, 0, 1], // ShadowLong
  [0, 0, 2], // ShadowVeryLong
  [2, 10, 1], // ShadowShort
  [1, 10, 0.1], // ShadowVeryShort
  [1, 5, 0.2], // Near
  [1, 5, 0.6], // Far
  [1, 5, 0.05], // Equal
]
/** Where this build of talib-web (0.1.3) has the table of them, found by which word moves the first index of CDLDOJI. */
const settingsAt = 4120
const settingBytes = 24

// It exports no TA_Initialize, which would fill in the settings.
candleSettings.forEach(([range, period, factor], setting) => {
  const at = settingsAt + setting * settingBytes
  library.HEAP32.set([setting, range, period], at / intBytes)
  library.HEAPF64[at / realBytes + 2] = factor
})

/** Calls a function; `read` is given the first index that has a value, how many have, and where each output lies. */
function call<Result>(
  name: string,
  inputs: readonly ArrayLike<number>[],
  options: readonly number[],
  outputCount: number,
  read: (begin: number, count: number, outputs: readonly number[]) => Result,
): Result {
  const { length } = inputs[0]
  const addresses = Array.from({ length: inputs.length + outputCount }, () => library._malloc(length * realBytes))
  const ins = addresses.slice(0, inputs.length)
  const outs = addresses.slice(inputs.length)
  const counts = library._malloc(2 * intBytes)
  ins.forEach((address, k) => {
    library.HEAPF64.set(inputs[k], address / realBytes)
  })
  const args = [0, length - 1, ...ins, ...options, counts, counts + intBytes, ...outs]
  const code = library.ccall(`TA_${name}`, 'number', new Array(args.length).fill('number'), args)
  const [begin, count] = library.HEAP32.slice(counts / intBytes, counts / intBytes + 2)
  const result = read(begin, count, outs)
  for (const address of [...addresses, counts]) library._free(address)
  if (code !== 0) throw new Error(`TA_${name} returned ${code}`)
  return result
}

/** The outputs of a function of TA-Lib, each as long as the inputs; NaN where it has no value. */
export function talib(
  name: string,
  inputs: readonly ArrayLike<number>[],
  options: readonly number[],
  outputCount = 1,
): Float64Array[] {
  return call(name, inputs, options, outputCount, (begin, count, outputs) =>
    outputs.map((address) => {
      const line = new Float64Array(inputs[0].length).fill(Number.NaN)
      line.set(library.HEAPF64.subarray(address / realBytes, address / realBytes + count), begin)
      return line
    }),
  )
}

/** What a TA_CDL function says: its first index, and from there 0 or the pattern's signed strength at each candle. */
export interface TalibPattern {
  first: number
  values: Int32Array
}

/** Prices are taken as they are; `penetration` is given to the functions that take one. */
export function talibPattern(name: string, candles: Candles, penetration?: number): TalibPattern {
  const { open, high, low, close } = candles
  const options = penetration === undefined ? [] : [penetration]
  return call(name, [open, high, low, close], options, 1, (first, count, [address]) => ({
    first,
    values: library.HEAP32.slice(address / intBytes, address / intBytes + count),
  }))
}

/** A line agrees with another one to a part in a billion, and begins where it does. */
export function expectLine(line: Float64Array, expected: Float64Array): void {
  expect(line).toHaveLength(expected.length)
  line.forEach((value, i) => {
    const distance = Math.abs(value - expected[i]) / Math.max(1, Math.abs(expected[i]))
    if (Number.isNaN(expected[i])) expect(value, `at ${i}`).toBeNaN()
    else expect(distance, `at ${i}: ${value} for ${expected[i]}`).toBeLessThanOrEqual(1e-9)
  })
}
