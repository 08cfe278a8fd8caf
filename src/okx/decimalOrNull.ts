import { Decimal } from 'decimal.js'

/** OKX writes what it does not know as an empty text. */
export function decimalOrNull(text: string): Decimal | null {
  return text === '' ? null : new Decimal(text)
}

/** Epoch ms. */
export function timeOrNull(text: string): number | null {
  return text === '' ? null : Number(text)
}
