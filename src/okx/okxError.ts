import { type EndpointName, endpointOf } from './endpoints.js'
import { kindOf, limitsCode, mainCodeOf, type OkxErrorKind, passing, reasonIdOf } from './okxCodes.js'

const unknownInstrument = '51001'
const unknownOrder = '51603'

/**
 * A call that OKX did not carry out, or (`outcomeUnknown`) may have. `code` is OKX's, without sub-code, or one of ours
 * where no envelope came back: `network`, `timeout`, `unreadable` (not an envelope), `http-404`; or `limits`: not sent,
 * for there was no room within the rate limits in time.
 */
export class OkxError extends Error {
  constructor(
    readonly endpoint: EndpointName,
    readonly code: string,
    readonly kind: OkxErrorKind,
    /** The exchange's words, or ours where there are none. */
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`OKX ${endpoint}: ${code} ${detail}`, options)
    this.name = 'OkxError'
  }

  /** Fluent id of the reason; the message takes `code`. */
  get reasonId(): string {
    return reasonIdOf(this.code, this.kind)
  }

  /** There is no instrument of that id. */
  get isUnknownInstrument(): boolean {
    return this.code === unknownInstrument
  }

  /** There is no order of that id (any more). */
  get isUnknownOrder(): boolean {
    return this.code === unknownOrder
  }
}

/** An answer that does not look like OKX's documentation, or contradicts itself: ours or theirs to mend, not the user's. */
export class OkxPayloadError extends Error {
  constructor(
    readonly endpoint: EndpointName,
    readonly field: string,
    readonly detail: string,
  ) {
    super(`OKX ${endpoint}: unexpected payload at ${field}: ${detail}`)
    this.name = 'OkxPayloadError'
  }
}

/** The error for a `code` other than "0", of an envelope or of one of its orders. Sub-codes (`51008_1000`) are cut off. */
export function errorFromCode(endpoint: EndpointName, status: number, code: string, message: string): OkxError {
  const mainCode = mainCodeOf(code)
  return new OkxError(endpoint, mainCode, kindOf(mainCode, endpointOf(endpoint).effect, status), message)
}

/** The error for an HTTP status whose body is no envelope. Of what moves orders, nothing is then known. */
export function errorFromStatus(endpoint: EndpointName, status: number): OkxError {
  const { effect } = endpointOf(endpoint)
  const mayPass = status === 429 || status >= 500 || passing(effect) === 'outcomeUnknown'
  return new OkxError(endpoint, `http-${status}`, mayPass ? passing(effect) : 'refused', `HTTP status ${status}`)
}

/** The error for an answer that did not come, or cannot be read. */
export function errorFromSilence(
  endpoint: EndpointName,
  code: 'network' | 'timeout' | 'unreadable',
  message: string,
): OkxError {
  return new OkxError(endpoint, code, passing(endpointOf(endpoint).effect), message)
}

/** The error for a call that was never sent: what it waited for was too far away. */
export function errorFromLimits(endpoint: EndpointName, maxWaitMs: number): OkxError {
  return new OkxError(endpoint, limitsCode, 'retry', `no room within the rate limits in ${maxWaitMs} ms`)
}
