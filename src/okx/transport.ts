import { type RequestBody, withBrokerTag } from './brokerTag.js'
import { isEnvelope } from './checkRows.js'
import type { Credentials } from './credentials.js'
import { type EndpointName, endpointOf } from './endpoints.js'
import { errorFromSilence, errorFromStatus } from './okxError.js'
import type { Envelope } from './payloads.js'
import type { Query } from './rateLimits.js'

export interface TransportOptions {
  /** One of OKX's (`hosts`), or a simulator's. */
  baseUrl: string
  /** Demo trading has keys, instruments and candles of its own. */
  demo?: boolean
  fetch?: typeof fetch
}

/** What a call carries: a query for a read, a body for all others. */
export interface Carried {
  query?: Query
  body?: RequestBody
}

/** An answer of OKX's, whatever it says. */
export interface Answer {
  status: number
  envelope: Envelope
}

interface Signer {
  credentials: Credentials
  /** Epoch ms at the exchange. */
  now(): number
}

/**
 * One exchange of request and answer over HTTP. Throws OkxError `network`, `timeout`, `unreadable` or `http-…` where there
 * is no answer of OKX's; the signal's reason where that ended a read. Nothing but a read can be ended once it is sent:
 * then one would not know what became of it.
 */
export type Transport = (name: EndpointName, carried: Carried, signal?: AbortSignal) => Promise<Answer>

const timeoutMs = 10_000
/** How long after sending OKX may still take an order on. */
export const orderLifeMs = 5000

/**
 * This is the one way to the exchange: here, and nowhere else, calls are signed and orders get the broker tag and their
 * `expTime`. The timestamp is taken now, which is after any wait. `signer` is for signed calls.
 */
export function createTransport(options: TransportOptions, signer: Signer | null): Transport {
  const { demo = false, fetch: send = fetch } = options
  const baseUrl = options.baseUrl.replace(/\/+$/, '')

  return async (name, { query = {}, body }, signal) => {
    const { path, effect, isTagged, isSigned, expires } = endpointOf(name)
    const method = effect === 'read' ? 'GET' : 'POST'
    const target = `${path}${toSearch(query)}`
    const text = body === undefined ? '' : JSON.stringify(isTagged ? withBrokerTag(body) : body)
    // Texts of others may repeat what was sent to them, so neither they nor their errors are passed on as they are.
    let scrub = (text: string) => text
    const headers: Record<string, string> = { ...(demo && { 'x-simulated-trading': '1' }) }
    if (method === 'POST') headers['content-type'] = 'application/json'
    if (isSigned) {
      if (!signer) throw new Error(`${name} needs a key`)
      const { credentials } = signer
      const now = signer.now()
      const signed = credentials.headers(now, method, target, text)
      Object.assign(headers, signed)
      scrub = (said) => credentials.scrub(said).replaceAll(signed['OK-ACCESS-SIGN'], '[hidden]')
      if (expires) headers.expTime = String(now + orderLifeMs)
    }
    const timeout = new AbortController()
    // Called off once there is an answer: thousands of those that AbortSignal.timeout makes would wait on for nothing.
    const timer = setTimeout(() => timeout.abort(), timeoutMs).unref()
    const until = signal && effect === 'read' ? AbortSignal.any([signal, timeout.signal]) : timeout.signal
    let status: number
    let answer: string
    try {
      const request: RequestInit = { method, headers, signal: until, ...(method === 'POST' && { body: text }) }
      // To follow would be to show the key to another host, and to send an order twice.
      if (isSigned) request.redirect = 'error'
      const response = await send(`${baseUrl}${target}`, request)
      status = response.status
      answer = await response.text()
    } catch (error) {
      if (effect === 'read') signal?.throwIfAborted()
      if (timeout.signal.aborted) throw errorFromSilence(name, 'timeout', `no answer in ${timeoutMs} ms`)
      throw errorFromSilence(name, 'network', scrub(describe(error)))
    } finally {
      clearTimeout(timer)
    }
    const envelope = parseJson(answer)
    if (isEnvelope(envelope)) return { status, envelope: scrubMessages(envelope, scrub) }
    if (status >= 400) throw errorFromStatus(name, status)
    throw errorFromSilence(name, 'unreadable', `${answer.length} characters that are no answer of OKX`)
  }
}

/** The texts of an answer that end in outcomes and logs. */
function scrubMessages({ code, msg, data }: Envelope, scrub: (text: string) => string): Envelope {
  if (!Array.isArray(data)) return { code, msg: scrub(msg), data }
  const rows = data.map((row: unknown) => {
    if (typeof row !== 'object' || row === null || !('sMsg' in row) || typeof row.sMsg !== 'string') return row
    return { ...row, sMsg: scrub(row.sMsg) }
  })
  return { code, msg: scrub(msg), data: rows }
}

function toSearch(query: Query): string {
  return Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query)}`
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // Not JSON: the caller says so by its status.
    return undefined
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
