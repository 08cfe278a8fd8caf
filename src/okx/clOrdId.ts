import { createHash } from 'node:crypto'

/** What makes an intent this one and no other: run, decision, purpose, attempt. */
export type IntentKey = readonly (string | number)[]

const idLength = 32

/** The id that an order of this intent always carries: 32 of OKX's characters (1 to 32 of A-Z a-z 0-9 are allowed). */
export function clOrdIdOf(intent: IntentKey): string {
  return hashed(['order', ...intent])
}

/** As `clOrdIdOf`, for an algo order, or one attached to an order. */
export function algoClOrdIdOf(intent: IntentKey): string {
  return hashed(['algo', ...intent])
}

/** As JSON, so that no two keys run into the same text. */
function hashed(key: IntentKey): string {
  return createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, idLength)
}
