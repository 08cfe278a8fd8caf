import { Decimal } from 'decimal.js'

/** OKX writes what it does not know as an empty text, or leaves it out. */
export function decimalOrNull(text: string | undefined): Decimal | null {
  return text === undefined || text === '' ? null : new Decimal(text)
}

/** Epoch ms. */
export function timeOrNull(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : Number(text)
}
