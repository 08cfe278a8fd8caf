import { catalog } from '../indicators/catalog.js'
import type { Indicator, SignalSpec } from '../indicators/indicator.js'
import { type Fault, wrongName } from './problem.js'

/** The indicator of this type, or null: names such as `constructor` are nobody's. */
export function findIndicator(type: string): Indicator | null {
  return Object.hasOwn(catalog, type) ? catalog[type] : null
}

/** The signal of this type, or null. */
export function findSignal(indicator: Indicator, type: string): SignalSpec | null {
  return Object.hasOwn(indicator.signals, type) ? indicator.signals[type] : null
}

export function unknownIndicator(type: string): Fault {
  return { id: 'error-strategy-unknown-indicator', args: wrongName(type, Object.keys(catalog)) }
}

export function unknownSignal(indicator: Indicator, type: string): Fault {
  const args = wrongName(type, Object.keys(indicator.signals))
  return { id: 'error-strategy-unknown-signal', args: { ...args, indicator: indicator.type } }
}
