import { type Bar, sessionOf } from '../domain/bars.js'
import type { Source } from '../domain/instrument.js'
import type { Translator } from '../i18n.js'

/** The warning that goes with prices of a source that is not the real market; nothing for real ones. */
export function stampOf(source: Source, t: Translator): { stamp?: string } {
  if (source === 'simulated') return { stamp: t('mode-simulated') }
  return source === 'demo' ? { stamp: t('mode-demo') } : {}
}

/** A series in full, with the session of its days: what was typed may have said less. `BTC-USDT · 1Dutc (UTC)` */
export function seriesName(instId: string, bar: Bar): string {
  const session = sessionOf(bar)
  return session === null ? `${instId} · ${bar}` : `${instId} · ${bar} (${session})`
}
