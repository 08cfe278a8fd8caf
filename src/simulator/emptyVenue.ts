import type { Quotes } from './quotes.js'
import type { Venue } from './venue/venue.js'

/** Stands in until the venue is there. */
export const emptyQuotes: Quotes = {
  instruments: [],
  tiers: () => [],
  quote: () => null,
  traded: () => null,
  funding: () => [],
}
export const emptyVenue: Venue = {
  openAccount() {},
  routes: {},
  advance() {},
  takeEvents: () => [],
  snapshot: () => [],
  save: () => ({}),
  liquidate() {},
  fillPart() {},
  resume() {},
}
