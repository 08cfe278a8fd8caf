import { crc32 } from 'node:zlib'
import { type Candles, findPriceScale, priceColumns } from '../domain/candles.js'

/**
 * A month of candles, packed. The payload holds, one column after the other and in the byte order of the machine (little
 * endian on all that Node runs on): first columns that are float64, then those that are int32 ticks (ticks / 10^scale is
 * the very same double), then, only where bars are missing, a bit for each bar from first to last that is set where there
 * is a candle. Open times are not stored: they are first, first + interval, …
 */
export interface Chunk {
  firstTs: number
  lastTs: number
  count: number
  /** Of prices and of volume. */
  encoding: string
  /** As in Candles: null if there is none; then prices are float64. */
  priceScale: number | null
  /** Null if volumes are float64. */
  volumeScale: number | null
  payload: Uint8Array
  /** CRC-32 of the payload and of all that is needed to read it. */
  checksum: number
}

const maxTicks = 2 ** 31 - 1
const maxVolumeScale = 8

/** Packs candles (one or more) that lie on a grid of `intervalMs`. */
export function encodeChunk(candles: Candles, intervalMs: number): Chunk {
  const { ts } = candles
  const count = ts.length
  const prices = priceColumns.map((name) => candles[name])
  const priceScale = findPriceScale(candles)
  const priceTicks = priceScale === null ? null : toTicks(prices, priceScale)
  const volume = packVolume(candles.volume)
  const floats = [...(priceTicks ? [] : prices), ...(volume ? [] : [candles.volume])]
  const ticks = [...(priceTicks ?? []), ...(volume ? [volume.ticks] : [])]
  const [firstTs, lastTs] = [ts[0], ts[count - 1]]
  const payload = concatBytes([...floats, ...ticks, presence(ts, intervalMs)])
  const chunk = {
    firstTs,
    lastTs,
    count,
    encoding: `${priceTicks ? 'i32' : 'f64'},${volume ? 'i32' : 'f64'}`,
    priceScale,
    volumeScale: volume?.scale ?? null,
    payload,
  }
  return { ...chunk, checksum: checksumOf(chunk) }
}

/** False where a chunk is not what was written. */
export function isIntact(chunk: Chunk, intervalMs: number): boolean {
  const sizes = chunk.encoding.split(',').map((type) => (type === 'f64' ? 8 : 4))
  const bits = hasGaps(chunk, intervalMs) ? Math.ceil(slotsOf(chunk, intervalMs) / 8) : 0
  const length = chunk.count * (4 * sizes[0] + sizes[1]) + bits
  return chunk.payload.length === length && checksumOf(chunk) === chunk.checksum
}

/** Unpacks an intact chunk into columns, its first candle at index `at`. */
export function decodeChunk(chunk: Chunk, intervalMs: number, into: Candles, at: number): void {
  const { count, priceScale, volumeScale, encoding, payload } = chunk
  const [priceType, volumeType] = encoding.split(',')
  const columns = [
    ...priceColumns.map((name) => ({ column: into[name], type: priceType, scale: priceScale ?? 0 })),
    { column: into.volume, type: volumeType, scale: volumeScale ?? 0 },
  ]
  // Views of numbers must begin at multiples of their size.
  const bytes = payload.byteOffset % 8 === 0 ? payload : payload.slice()
  let offset = bytes.byteOffset
  for (const { column } of columns.filter(({ type }) => type === 'f64')) {
    column.set(new Float64Array(bytes.buffer, offset, count), at)
    offset += 8 * count
  }
  for (const { column, scale } of columns.filter(({ type }) => type === 'i32')) {
    fromTicks(new Int32Array(bytes.buffer, offset, count), scale, column, at)
    offset += 4 * count
  }
  writeTimes(chunk, intervalMs, bytes.subarray(offset - bytes.byteOffset), into.ts, at)
}

function fromTicks(ticks: Int32Array, scale: number, column: Float64Array, at: number): void {
  const unit = 10 ** scale
  for (let i = 0; i < ticks.length; i++) column[at + i] = ticks[i] / unit
}

function writeTimes(chunk: Chunk, intervalMs: number, bits: Uint8Array, ts: Float64Array, at: number): void {
  const { firstTs, count } = chunk
  if (!hasGaps(chunk, intervalMs)) {
    for (let i = 0; i < count; i++) ts[at + i] = firstTs + i * intervalMs
    return
  }
  const slots = slotsOf(chunk, intervalMs)
  for (let slot = 0, i = at; slot < slots; slot++) {
    if (bits[slot >> 3] & (1 << (slot & 7))) ts[i++] = firstTs + slot * intervalMs
  }
}

type Span = Pick<Chunk, 'firstTs' | 'lastTs' | 'count'>

function slotsOf({ firstTs, lastTs }: Span, intervalMs: number): number {
  return (lastTs - firstTs) / intervalMs + 1
}

/** True if bars are missing between the first candle of a chunk and its last. */
export function hasGaps(span: Span, intervalMs: number): boolean {
  return slotsOf(span, intervalMs) !== span.count
}

function presence(ts: Float64Array, intervalMs: number): Uint8Array {
  const span = { firstTs: ts[0], lastTs: ts[ts.length - 1], count: ts.length }
  if (!hasGaps(span, intervalMs)) return new Uint8Array(0)
  const bits = new Uint8Array(Math.ceil(slotsOf(span, intervalMs) / 8))
  for (const t of ts) {
    const slot = (t - span.firstTs) / intervalMs
    bits[slot >> 3] |= 1 << (slot & 7)
  }
  return bits
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

function packVolume(volume: Float64Array): { scale: number; ticks: Int32Array } | null {
  for (let scale = 0; scale <= maxVolumeScale; scale++) {
    const packed = toTicks([volume], scale)
    if (packed) return { scale, ticks: packed[0] }
  }
  return null
}

function concatBytes(arrays: readonly (Float64Array | Int32Array | Uint8Array)[]): Uint8Array {
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
