import type { Envelope } from '../okx/payloads.js'
import type { Refusal } from './refusal.js'

/** What goes back over HTTP. `inTime` and `outTime` (epoch microseconds) come with answers to orders. */
export interface Answer {
  status: number
  body: Envelope & { inTime?: string; outTime?: string }
}

/** A request as it came in. */
export interface Call {
  method: string
  path: string
  /** With its `?`; empty where there is none. */
  search: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** The very characters of the body: they are what is signed. */
  body: string
  address: string
  /** Epoch ms, as the exchange's clock shows it. */
  arrivedAt: number
}

export const refused = ({ status, code, message }: Refusal): Answer => ({
  status,
  body: { code, msg: message, data: [] },
})

export const notFound: Answer = { status: 404, body: { code: '404', msg: '404 NOT_FOUND', data: {} } }
