import { Ajv } from 'ajv'
import type { Logger } from 'pino'
import { Envelope } from '../../okx/payloads.js'
import type { Answer } from '../answer.js'
import { unavailable } from '../refusal.js'

const timeoutMs = 5000

/** OKX's public REST, as the paper exchange passes it on. */
export interface Upstream {
  /** What OKX answers to a GET of this path, query included. Throws Refusal 50001 where it does not answer. */
  get(target: string): Promise<Answer>
}

export interface UpstreamOptions {
  /** `https://www.okx.com`, or a simulator's. */
  baseUrl: string
  fetch?: typeof fetch
  /** Told once that an outage has begun, and once that it is over. */
  onReach: (isReached: boolean) => void
  logger: Logger
}

const isEnvelope = new Ajv().compile<Envelope>(Envelope)

export function createUpstream({ baseUrl, fetch: send = fetch, onReach, logger }: UpstreamOptions): Upstream {
  const root = baseUrl.replace(/\/+$/, '')
  let isDown = false

  async function read(target: string): Promise<Answer> {
    const response = await send(`${root}${target}`, { signal: AbortSignal.timeout(timeoutMs) })
    const body: unknown = await response.json()
    if (!isEnvelope(body)) throw new Error(`HTTP status ${response.status} without an envelope`)
    return { status: response.status, body }
  }

  return {
    async get(target) {
      try {
        const answer = await read(target)
        if (isDown) onReach(true)
        isDown = false
        return answer
      } catch (err) {
        logger.debug({ err, target }, 'OKX does not answer')
        if (!isDown) onReach(false)
        isDown = true
        throw unavailable()
      }
    },
  }
}
