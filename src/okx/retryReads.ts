import { setTimeout } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { EndpointName } from './endpoints.js'
import { OkxError } from './okxError.js'

/** How to let time pass between tries. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<unknown>

const maxTries = 5
const firstPauseMs = 400

/** Reads again what may pass (network, 5xx, 429, busy), with growing, jittered pauses. Only for what changes nothing. */
export async function retryReads<T>(
  name: EndpointName,
  read: () => Promise<T>,
  { wait, logger, signal }: { wait: Wait; logger: Logger; signal?: AbortSignal | undefined },
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof OkxError) || error.kind !== 'retry' || attempt === maxTries) throw error
      const pauseMs = firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2)
      logger.debug({ endpoint: name, code: error.code, attempt, pauseMs }, 'OKX call failed, will be tried again')
      await wait(pauseMs, signal)
    }
  }
}

export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, signal ? { signal } : {})
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  }
}
