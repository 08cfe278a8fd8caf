import { Decimal } from 'decimal.js'
import type { Traded } from './quotes.js'

/** What was traded in several stretches of time, as one. At least one is needed. */
export function joinTraded(parts: readonly Traded[]): Traded {
  return {
    high: Decimal.max(...parts.map(({ high }) => high)),
    low: Decimal.min(...parts.map(({ low }) => low)),
    volume: parts.reduce((sum, { volume }) => sum.plus(volume), new Decimal(0)),
  }
}
