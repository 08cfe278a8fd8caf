import { crc32 } from 'node:zlib'
import { type Candles, findPriceScale, priceColumns, type TimeRange } from '../domain/candles.js'

/**
 * A month of candles, packed. The payload holds, in the byte order of the machine (little endian on all that Node runs
 * on), the columns by type (see ColumnType) and then, only where bars are missing, a bit for each bar from first to last
 * that is set where there is a candle. Open times are not stored: they are first, first + interval, …
 */
export interface Chunk {
  firstTs: number
  lastTs: number
  count: number
  /** The types of prices and of volume: `d16,i32`. */
  encoding: string
  /** As in Candles: null if there is none; then prices are float64. */
  priceScale: number | null
  /** Null if volumes are float64. */
  volumeScale: number | null
  payload: Uint8Array
  /** CRC-32 of the payload and of all that is needed to read it. */
  checksum: number
}

export type Columns = Omit<Candles, 'priceScale'>

/** Candles of a chunk by index: `from` (inclusive) to `to` (exclusive). */
export interface Cut {
  from: number
  to: number
}

/**
 * How a column is packed: as float64; as ticks in int32 (ticks / 10^scale is the very same double); or as its first ticks
 * in an int32 and then, candle by candle, by how many ticks it differs from the one before, in int16.
 */
type ColumnType = 'f64' | 'i32' | 'd16'

/** Bytes of a column, by type, in the order in which the payload has them: what needs the widest alignment first. */
const sizes: Readonly<Record<ColumnType, (count: number) => number>> = {
  f64: (count) => 8 * count,
  i32: (count) => 4 * count,
  d16: (count) => 4 + 4 * Math.ceil(count / 2),
}
const types = Object.keys(sizes) as ColumnType[]

const maxTicks = 2 ** 31 - 1
const volumeScales = [0, 1, 2, 3, 4, 5, 6, 7, 8]

/** Packs candles (one or more) that lie on a grid of `intervalMs`. */
export function encodeChunk(candles: Candles, intervalMs: number): Chunk {
  const { ts } = candles
  const priceScale = findPriceScale(candles)
  const prices = pack(
    priceColumns.map((name) => candles[name]),
    priceScale === null ? [] : [priceScale],
  )
  const volume = pack([candles.volume], volumeScales)
  const columns = types.flatMap((type) => [prices, volume].filter((part) => part.type === type))
  const chunk = {
    firstTs: ts[0],
    lastTs: ts[ts.length - 1],
    count: ts.length,
    encoding: `${prices.type},${volume.type}`,
    priceScale,
    volumeScale: volume.scale,
    payload: concatBytes([...columns.flatMap(({ packed }) => packed), presence(ts, intervalMs)]),
  }
  return { ...chunk, checksum: checksumOf(chunk) }
}

/** False where a chunk is not what was written. */
export function isIntact(chunk: Chunk, intervalMs: number): boolean {
  const length = columnsOf(chunk).reduce((sum, { size }) => sum + size, presenceSize(chunk, intervalMs))
  return chunk.payload.length === length && checksumOf(chunk) === chunk.checksum
}

/** Those candles of an intact chunk that open within the range. */
export function cutOf(chunk: Chunk, intervalMs: number, { fromTs, toTs }: TimeRange): Cut {
  const from = countBefore(chunk, intervalMs, fromTs)
  return { from, to: Math.max(from, countBefore(chunk, intervalMs, toTs)) }
}

function countBefore(chunk: Chunk, intervalMs: number, ts: number): number {
  const slot = Math.max(0, Math.min(slotsOf(chunk, intervalMs), Math.ceil((ts - chunk.firstTs) / intervalMs)))
  if (!hasGaps(chunk, intervalMs)) return slot
  const bits = presenceIn(chunk, intervalMs)
  let count = 0
  for (let i = 0; i < slot; i++) count += (bits[i >> 3] >> (i & 7)) & 1
  return count
}

/** Unpacks candles of an intact chunk into columns, the first of them at index `at`. */
export function decodeChunk(chunk: Chunk, intervalMs: number, { from, to }: Cut, into: Columns, at: number): void {
  const { count, payload } = chunk
  const target = (column: Float64Array) => column.subarray(at, at + to - from)
  // Views of numbers must begin at multiples of their size.
  const { buffer, byteOffset } = payload.byteOffset % 8 === 0 ? payload : payload.slice()
  let offset = byteOffset
  for (const { name, type, scale, size } of columnsOf(chunk)) {
    const column = target(into[name])
    const unit = 10 ** scale
    if (type === 'f64') column.set(new Float64Array(buffer, offset + 8 * from, to - from))
    else if (type === 'i32') fromTicks(new Int32Array(buffer, offset + 4 * from, to - from), unit, column)
    else {
      const [first] = new Int32Array(buffer, offset, 1)
      fromChanges(first, new Int16Array(buffer, offset + 4, count), from, unit, column)
    }
    offset += size
  }
  writeTimes(chunk, intervalMs, from, target(into.ts))
}

/** Open times of an intact chunk. */
export function decodeTimes(chunk: Chunk, intervalMs: number): Float64Array {
  const ts = new Float64Array(chunk.count)
  writeTimes(chunk, intervalMs, 0, ts)
  return ts
}

/** The columns in the order in which the payload has them. */
function columnsOf({ encoding, priceScale, volumeScale, count }: Omit<Chunk, 'payload' | 'checksum'>) {
  const [priceType, volumeType] = encoding.split(',')
  const columns = [
    ...priceColumns.map((name) => ({ name, type: priceType, scale: priceScale ?? 0 })),
    { name: 'volume' as const, type: volumeType, scale: volumeScale ?? 0 },
  ]
  return types.flatMap((type) =>
    columns.filter((column) => column.type === type).map((column) => ({ ...column, type, size: sizes[type](count) })),
  )
}

function fromTicks(ticks: Int32Array, unit: number, column: Float64Array): void {
  for (let i = 0; i < column.length; i++) column[i] = ticks[i] / unit
}

/** Fills the column with the values from candle `from` on. */
function fromChanges(first: number, changes: Int16Array, from: number, unit: number, column: Float64Array): void {
  let ticks = first
  for (let i = 0; i < from; i++) ticks += changes[i]
  const wanted = changes.subarray(from)
  for (let i = 0; i < column.length; i++) {
    ticks += wanted[i]
    column[i] = ticks / unit
  }
}

/** Fills `ts` with the open times from candle `from` on. */
function writeTimes(chunk: Chunk, intervalMs: number, from: number, ts: Float64Array): void {
  const { firstTs } = chunk
  if (!hasGaps(chunk, intervalMs)) {
    for (let i = 0; i < ts.length; i++) ts[i] = firstTs + (from + i) * intervalMs
    return
  }
  const slots = slotsOf(chunk, intervalMs)
  const bits = presenceIn(chunk, intervalMs)
  for (let slot = 0, i = -from; slot < slots && i < ts.length; slot++) {
    if ((bits[slot >> 3] & (1 << (slot & 7))) === 0) continue
    if (i >= 0) ts[i] = firstTs + slot * intervalMs
    i++
  }
}

type Span = Pick<Chunk, 'firstTs' | 'lastTs' | 'count'>

function slotsOf({ firstTs, lastTs }: Span, intervalMs: number): number {
  return (lastTs - firstTs) / intervalMs + 1
}

/** True if bars are missing between the first candle of a chunk and its last. */
function hasGaps(span: Span, intervalMs: number): boolean {
  return slotsOf(span, intervalMs) !== span.count
}

/** Bytes that tell which bars have a candle. */
function presenceSize(span: Span, intervalMs: number): number {
  return hasGaps(span, intervalMs) ? Math.ceil(slotsOf(span, intervalMs) / 8) : 0
}

function presenceIn(chunk: Chunk, intervalMs: number): Uint8Array {
  return chunk.payload.subarray(chunk.payload.length - presenceSize(chunk, intervalMs))
}

function presence(ts: Float64Array, intervalMs: number): Uint8Array {
  const span = { firstTs: ts[0], lastTs: ts[ts.length - 1], count: ts.length }
  const bits = new Uint8Array(presenceSize(span, intervalMs))
  if (bits.length === 0) return bits
  for (const t of ts) {
    const slot = (t - span.firstTs) / intervalMs
    bits[slot >> 3] |= 1 << (slot & 7)
  }
  return bits
}

interface Packed {
  type: ColumnType
  /** Null for float64. */
  scale: number | null
  packed: readonly (Float64Array | Int32Array | Int16Array)[]
}

/** Columns as the smallest type that holds them all, in ticks of the first of the scales that gives them back exactly. */
function pack(columns: readonly Float64Array[], scales: readonly number[]): Packed {
  for (const scale of scales) {
    const ticks = toTicks(columns, scale)
    if (!ticks) continue
    const changes = toChanges(ticks)
    return changes ? { type: 'd16', scale, packed: changes } : { type: 'i32', scale, packed: ticks }
  }
  return { type: 'f64', scale: null, packed: columns }
}

/** The columns as ticks; null where they do not fit or would not read back as the very same doubles. */
function toTicks(columns: readonly Float64Array[], scale: number): Int32Array[] | null {
  const unit = 10 ** scale
  const packed: Int32Array[] = []
  for (const column of columns) {
    const ticks = new Int32Array(column.length)
    for (let i = 0; i < column.length; i++) {
      const n = Math.round(column[i] * unit)
      if (n > maxTicks || n / unit !== column[i]) return null
      ticks[i] = n
    }
    packed.push(ticks)
  }
  return packed
}

/** Columns of ticks as their first and their changes; null where one of these does not fit. */
function toChanges(columns: readonly Int32Array[]): Int16Array[] | null {
  const packed: Int16Array[] = []
  for (const ticks of columns) {
    const column = new Int16Array(sizes.d16(ticks.length) / 2)
    new Int32Array(column.buffer)[0] = ticks[0]
    const changes = column.subarray(2)
    for (let i = 1; i < ticks.length; i++) {
      changes[i] = ticks[i] - ticks[i - 1]
      if (changes[i] !== ticks[i] - ticks[i - 1]) return null
    }
    packed.push(column)
  }
  return packed
}

function concatBytes(arrays: readonly (Float64Array | Int32Array | Int16Array | Uint8Array)[]): Uint8Array {
  const bytes = new Uint8Array(arrays.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let offset = 0
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), offset)
    offset += byteLength
  }
  return bytes
}

function checksumOf({ firstTs, lastTs, count, encoding, priceScale, volumeScale, payload }: Omit<Chunk, 'checksum'>) {
  const head = [firstTs, lastTs, count, encoding, priceScale, volumeScale].join()
  return crc32(payload, crc32(head))
}
