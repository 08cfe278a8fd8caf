import type { Candles } from '../src/domain/candles.js'
import { compileStrategy } from '../src/domain/strategy/compile.js'
import { templates } from '../src/domain/strategy/templates.js'
import { callsOf, collectGarbage, median, say, warmUp } from './harness.js'
import { benchCandles, freshCandles } from './market.js'
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

async function footprint(
  name: string,
  candles: Candles,
  compute: (candles: Candles) => object,
  resultBytes: (result: object) => number,
): Promise<Omit<Footprint, 'isStrategy'>> {
  await warmUp(callsOf('wall', () => compute(freshCandles(candles))))

  let allocated = 0
  onArray = (bytes) => {
    allocated += bytes
  }
  compute(freshCandles(candles))
  onArray = () => {}
  allocated -= bytesOf(candles)

  const unseen = freshCandles(candles)
  collectGarbage()
  const before = process.memoryUsage().arrayBuffers
  const alive = () => {
    collectGarbage()
    return process.memoryUsage().arrayBuffers - before
  }
  let peak = 0
  onArray = () => {
    peak = Math.max(peak, alive())
  }
  const result = compute(unseen)
  onArray = () => {}
  const stays = alive()
  const column = unseen.ts.byteLength
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
    const given = freshCandles(candles)
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
  report.push({ ...(await footprint(row.name, candles, compute, bytesOf)), isStrategy: false })
}
for (const { name, rules } of templates) {
  const compute = (given: Candles) => compileStrategy(rules, '1m', given)
  report.push({ ...(await footprint(name, candles, compute, bytesOf)), isStrategy: true })
}
say(JSON.stringify(report))
