import { setTimeout } from 'node:timers/promises'
import { Ajv, type ValidateFunction } from 'ajv'
import type { Logger } from 'pino'
import type { Static } from 'typebox'
import { type EndpointName, endpoints } from './endpoints.js'
import { errorFromEnvelope, errorFromStatus, OkxError, OkxPayloadError } from './okxError.js'
import { Envelope } from './payloads.js'
import { createRateLimits, type Query } from './rateLimits.js'

type Row<Name extends EndpointName> = Static<(typeof endpoints)[Name]['row']>

/**
 * Reads an endpoint: the rows of its `data`, checked. What may pass (network, 5xx, 429, busy) is tried again with
 * growing, jittered pauses, then thrown as OkxError of kind `retry`; an abort throws the signal's reason at once.
 */
export type Get = <Name extends EndpointName>(name: Name, query: Query, signal?: AbortSignal) => Promise<Row<Name>[]>

export interface RestOptions {
  /** `https://www.okx.com`, or a simulator's. */
  baseUrl: string
  /** Demo trading has instruments and candles of its own. */
  demo?: boolean
  fetch?: typeof fetch
  /** How to let time pass between tries. */
  wait?: (ms: number, signal?: AbortSignal) => Promise<unknown>
  /** Factor on the documented rate limits; Infinity lifts them. */
  limitsScale?: number
  logger: Logger
}

const maxTries = 5
const firstPauseMs = 400
const timeoutMs = 10_000

const ajv = new Ajv()
const isEnvelope = ajv.compile<Envelope>(Envelope)
const validators = new Map<EndpointName, ValidateFunction>()

export function createRest(options: RestOptions): Get {
  const { demo = false, fetch: send = fetch, wait = pause, limitsScale = 1, logger } = options
  const baseUrl = options.baseUrl.replace(/\/+$/, '')
  const limited = createRateLimits(limitsScale)
  const headers = demo ? { 'x-simulated-trading': '1' } : {}

  async function request(name: EndpointName, query: Query, signal?: AbortSignal): Promise<unknown[]> {
    const url = `${baseUrl}${endpoints[name].path}${toSearch(query)}`
    const timeout = AbortSignal.timeout(timeoutMs)
    let status: number
    let body: string
    try {
      const response = await send(url, { headers, signal: signal ? AbortSignal.any([signal, timeout]) : timeout })
      status = response.status
      body = await response.text()
    } catch (cause) {
      signal?.throwIfAborted()
      if (timeout.aborted) throw new OkxError(name, 'timeout', 'retry', `no answer in ${timeoutMs} ms`, { cause })
      throw new OkxError(name, 'network', 'retry', describe(cause), { cause })
    }
    return readEnvelope(name, status, body)
  }

  return async (name, query, signal) => {
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted()
      try {
        const rows = await limited(name, query, () => request(name, query, signal), signal)
        return checkRows(name, rows)
      } catch (error) {
        if (!(error instanceof OkxError) || error.kind !== 'retry' || attempt === maxTries) throw error
        const pauseMs = firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2)
        logger.debug({ endpoint: name, code: error.code, attempt, pauseMs }, 'OKX call failed, will be tried again')
        await wait(pauseMs, signal)
      }
    }
  }
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, signal ? { signal } : {})
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  }
}

function toSearch(query: Query): string {
  const search = new URLSearchParams(query).toString()
  return search === '' ? '' : `?${search}`
}

function readEnvelope(name: EndpointName, status: number, body: string): unknown[] {
  const envelope = parseJson(body)
  if (!isEnvelope(envelope)) {
    if (status >= 400) throw errorFromStatus(name, status)
    throw new OkxError(name, 'unreadable', 'retry', `${body.length} characters that are no answer of OKX`)
  }
  if (envelope.code !== '0') throw errorFromEnvelope(name, status, envelope.code, envelope.msg)
  if (status >= 400) throw errorFromStatus(name, status)
  if (!Array.isArray(envelope.data)) throw new OkxPayloadError(name, 'data', 'is not a list')
  return envelope.data
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // Not JSON: the caller says so by its status.
    return undefined
  }
}

function checkRows<Name extends EndpointName>(name: Name, rows: unknown[]): Row<Name>[] {
  const isRow = validatorOf(name)
  rows.forEach((row, i) => {
    if (isRow(row)) return
    const [problem] = isRow.errors ?? []
    throw new OkxPayloadError(name, `data/${i}${problem?.instancePath ?? ''}`, problem?.message ?? 'is wrong')
  })
  return rows as Row<Name>[]
}

function validatorOf(name: EndpointName): ValidateFunction {
  const known = validators.get(name)
  if (known) return known
  const made = ajv.compile(endpoints[name].row)
  validators.set(name, made)
  return made
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
