import type { EndpointName } from './endpoints.js'

/** What may be done after a failure. `outcomeUnknown`: it may have happened; look, never resend. */
export type OkxErrorKind = 'refused' | 'retry' | 'resyncClock' | 'config' | 'outcomeUnknown'

/** OKX's codes that are more than a plain refusal, as public calls meet them (a read that failed may always be repeated). */
const kindOfCode: Readonly<Record<string, OkxErrorKind>> = {
  50001: 'retry',
  50004: 'retry',
  50011: 'retry',
  50013: 'retry',
  50026: 'retry',
  50040: 'retry',
  51029: 'retry',
  51030: 'retry',
  50101: 'config',
}

const unknownInstrument = '51001'

/**
 * A call that OKX did not carry out. `code` is OKX's, without sub-code, or one of ours where no envelope came back:
 * `network`, `timeout`, `unreadable` (not an envelope), `http-404`.
 */
export class OkxError extends Error {
  constructor(
    readonly endpoint: EndpointName,
    readonly code: string,
    readonly kind: OkxErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(`OKX ${endpoint}: ${code} ${message}`, options)
    this.name = 'OkxError'
  }

  /** There is no instrument of that id. */
  get isUnknownInstrument(): boolean {
    return this.code === unknownInstrument
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

/** The error for an envelope with a `code` other than "0". Sub-codes (`51008_1000`) are cut off. */
export function errorFromEnvelope(endpoint: EndpointName, status: number, code: string, message: string): OkxError {
  const [mainCode] = code.split('_')
  const kind = kindOfCode[mainCode] ?? (isPassing(status) ? 'retry' : 'refused')
  return new OkxError(endpoint, mainCode, kind, message)
}

/** The error for an HTTP status whose body is no envelope. */
export function errorFromStatus(endpoint: EndpointName, status: number): OkxError {
  return new OkxError(endpoint, `http-${status}`, isPassing(status) ? 'retry' : 'refused', `HTTP status ${status}`)
}

function isPassing(status: number): boolean {
  return status === 429 || status >= 500
}
