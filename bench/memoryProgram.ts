import type { Candles } from '../src/domain/candles.js'
import { compileStrategy } from '../src/domain/strategy/compile.js'
import { templates } from '../src/domain/strategy/templates.js'
import { median, say, spanMs } from './harness.js'
import { benchCandles, unseenCandles } from './market.js'
import { indicatorOf, paramsOf, rows } from './rows.js'

/*
 * A program of its own (see kernels.ts): it replaces the constructors of typed arrays, which would not do in a process
 * that also measures time.
 */

/** What computing `name` takes in memory. `peak` counts what is alive; a column is 8 bytes a bar. */
interface Footprint {
  name: string
  isStrategy: boolean
  result: number
  allocated: number
  peak: number
  stays: number
  bytesABar: number
}

export type MemoryReport = Footprint[]

/** Told of every typed array that is made with memory of its own: by a constructor, by slice, by map. */
let onArray = (_bytes: number) => {}

function watchArrays(): void {
  const types = [Float64Array, Float32Array, Int32Array, Uint32Array, Int16Array, Uint16Array, Int8Array, Uint8Array]
  for (const type of types) {
    const watched = new Proxy(type, {
      // Not Reflect.construct with the proxy as new.target: V8 makes such arrays of one kind each, and slow ones.
      construct(target, args) {
        const array = Reflect.construct(target, args)
        if (!(args[0] instanceof ArrayBuffer)) onArray(array.byteLength)
        return array
      },
    })
    Object.defineProperty(globalThis, type.name, { value: watched })
    Object.defineProperty(type.prototype, 'constructor', { value: watched })
  }
}

/** What must stay alive while it is measured; a variable would not do, once the compiler knows that it is read no more. */
const held: object[] = []

function footprint(
  name: string,
  candles: Candles,
  compute: (candles: Candles) => object,
  resultBytes: (result: object) => number,
): Omit<Footprint, 'isStrategy'> {
  const start = performance.now()
  while (performance.now() - start < spanMs(candles.ts.length)) compute(unseenCandles(candles))

  let allocated = 0
  onArray = (bytes) => {
    allocated += bytes
  }
  compute(unseenCandles(candles))
  onArray = () => {}

  const unseen = unseenCandles(candles)
  held.push(unseen)
  gc!()
  const before = process.memoryUsage().arrayBuffers
  const alive = () => {
    gc!()
    return process.memoryUsage().arrayBuffers - before
  }
  let peak = 0
  onArray = () => {
    peak = Math.max(peak, alive())
  }
  const result = compute(unseen)
  onArray = () => {}
  held.push(result)
  const stays = alive()
  held.length = 0
  const column = candles.ts.byteLength
  return {
    name,
    result: resultBytes(result) / column,
    allocated: allocated / column,
    peak: Math.max(peak, stays) / column,
    stays: stays / column,
    bytesABar: heapGrowth(candles, compute) / candles.ts.length,
  }
}

const repeats = 7

/** The median growth of the heap by a call, in bytes; typed arrays lie outside of it. Some calls are compiled anew. */
function heapGrowth(candles: Candles, compute: (candles: Candles) => object): number {
  const growths = Array.from({ length: repeats }, () => {
    const given = unseenCandles(candles)
    const before = process.memoryUsage().heapUsed
    compute(given)
    return process.memoryUsage().heapUsed - before
  })
  return median(growths)
}

function bytesOf(columns: object): number {
  return Object.values(columns).reduce((sum, value) => sum + (ArrayBuffer.isView(value) ? value.byteLength : 0), 0)
}

watchArrays()
const candles = benchCandles(Number(process.argv[2]))
const report: MemoryReport = []
for (const row of rows) {
  const compute = (given: Candles) => indicatorOf(row).compute(given, paramsOf(row))
  report.push({ ...footprint(row.name, candles, compute, bytesOf), isStrategy: false })
}
for (const { name, rules } of templates) {
  const compute = (given: Candles) => compileStrategy(rules, '1m', given)
  report.push({ ...footprint(name, candles, compute, bytesOf), isStrategy: true })
}
say(JSON.stringify(report))
