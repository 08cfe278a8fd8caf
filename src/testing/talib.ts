import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { init } from 'talib-web'
import { expect } from 'vitest'

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

/** The outputs of a function of TA-Lib, each as long as the inputs; NaN where it has no value. */
export function talib(
  name: string,
  inputs: readonly ArrayLike<number>[],
  options: readonly number[],
  outputCount = 1,
): Float64Array[] {
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
  const lines = outs.map((address) => {
    const line = new Float64Array(length).fill(Number.NaN)
    line.set(library.HEAPF64.subarray(address / realBytes, address / realBytes + count), begin)
    return line
  })
  for (const address of [...addresses, counts]) library._free(address)
  if (code !== 0) throw new Error(`TA_${name} returned ${code}`)
  return lines
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
