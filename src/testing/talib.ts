import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { init } from 'talib-web'
import type { Candles } from '../domain/candles.js'

/** The parts of the emscripten module that are used here. */
interface Talib {
  ccall(name: string, returns: 'number', types: readonly 'number'[], values: readonly number[]): number
  _malloc(bytes: number): number
  _free(address: number): void
  readonly HEAP32: Int32Array
  readonly HEAPF64: Float64Array
}

/** TA-Lib's default candle settings in the order of its enum: range (0 body, 1 high to low, 2 shadows), period, factor. */
const defaults = [
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

/** What a TA_CDL function says: its first index, and from there 0 or the pattern's signed strength at each candle. */
export interface TalibPattern {
  first: number
  values: Int32Array
}

/** TA-Lib's C code as WebAssembly. Prices are taken as they are; `penetration` is given to the functions that take one. */
export async function loadTalib(): Promise<(name: string, candles: Candles, penetration?: number) => TalibPattern> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('talib-web/lib/talib.wasm'))
  const talib: Talib = await init(`data:application/wasm;base64,${wasm.toString('base64')}`)
  // It exports no TA_Initialize, which would fill in the settings.
  defaults.forEach(([range, period, factor], setting) => {
    const at = settingsAt + setting * settingBytes
    talib.HEAP32.set([setting, range, period], at / 4)
    talib.HEAPF64[at / 8 + 2] = factor
  })
  return (name, candles, penetration) => {
    const length = candles.ts.length
    const columns = [candles.open, candles.high, candles.low, candles.close].map((column) => {
      const address = talib._malloc(length * 8)
      talib.HEAPF64.set(column, address / 8)
      return address
    })
    const [first, count, out] = [4, 4, length * 4].map((bytes) => talib._malloc(bytes))
    const options = penetration === undefined ? [] : [penetration]
    const values = [0, length - 1, ...columns, ...options, first, count, out]
    const code = talib.ccall(`TA_${name}`, 'number', new Array(values.length).fill('number'), values)
    if (code !== 0) throw new Error(`TA_${name} answered ${code}`)
    const result = {
      first: talib.HEAP32[first / 4],
      values: talib.HEAP32.slice(out / 4, out / 4 + talib.HEAP32[count / 4]),
    }
    for (const address of [...columns, first, count, out]) talib._free(address)
    return result
  }
}
