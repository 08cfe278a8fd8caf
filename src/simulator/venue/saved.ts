import { Decimal } from 'decimal.js'

// Decimals and maps are the only things in the venue's state that JSON does not know: `{ decimal }` and `{ map }` stand for them.

/** Plain data, as JSON writes it. */
export function toPlain(value: unknown): unknown {
  if (Decimal.isDecimal(value)) return { decimal: value.toString() }
  if (value instanceof Map) return { map: [...value].map(([key, held]) => [key, toPlain(held)]) }
  if (Array.isArray(value)) return value.map(toPlain)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, toPlain(held)]))
}

/** What `toPlain` was given. Throws where a number is none. */
export function fromPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromPlain)
  if (!isRecord(value)) return value
  if (typeof value.decimal === 'string') return new Decimal(value.decimal)
  if (Array.isArray(value.map)) return new Map(value.map.map(([key, held]) => [key, fromPlain(held)]))
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, fromPlain(held)]))
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
