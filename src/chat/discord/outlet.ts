import type { Logger } from 'pino'
import { loggable } from '../loggable.js'
import { isDead, isGone } from './refusals.js'
import type { Message } from './render.js'
import type { Route } from './routes.js'

export interface OutletOptions {
  route: Route
  /** The message that is there already and waits for its words. */
  shownId: string | null
  /** A message of before whose place an answer may take. */
  replaceableId?: string | null
  /** Where all goes on when the first route ends, and what is said there then. */
  later?: { route: Route; afterMs: number; notice: Message }
  logger: Logger
}

/** The messages of one answer: one that is changed in place, and others below it. */
export interface Outlet {
  /** Changes the one message, or sends it. */
  show(message: Message, options: { isPassing: boolean }): Promise<void>
  /** From here on the one message is that of before, where there is one that may be replaced. */
  replace(): Promise<void>
  /** Sends another. */
  add(message: Message): Promise<void>
  /** Takes the one message away. */
  clear(): Promise<void>
  /** The answer is complete. */
  close(): void
}

export function createOutlet({ route, shownId, replaceableId = null, later, logger }: OutletOptions): Outlet {
  let current = route
  let messageId = shownId
  let isLate = false
  let last: Promise<unknown> = Promise.resolve()
  const timer = later && setTimeout(() => void inTurn(moveOn), later.afterMs).unref()

  return {
    show: (message, options) => inTurn(() => unlessDead(() => put(message, options))),
    replace: () => inTurn(takePlace),
    add: (message) => inTurn(() => unlessDead(async () => void (await current.post(message, { isPassing: false })))),
    clear: () => inTurn(remove),
    close: () => clearTimeout(timer),
  }

  /** One call after the other, so that none overtakes the move to another route. */
  function inTurn<T>(step: () => Promise<T>): Promise<T> {
    const result = last.then(step)
    // Whoever asked for the step hears how it went; the next one goes on in any case.
    last = result.catch(() => null)
    return result
  }

  async function put(message: Message, options: { isPassing: boolean }): Promise<void> {
    if (messageId !== null) {
      try {
        return await current.patch(messageId, message)
      } catch (error) {
        if (!isGone(error)) throw error
        // The person may have deleted it.
        messageId = null
      }
    }
    messageId = await current.post(message, options)
  }

  async function takePlace(): Promise<void> {
    if (isLate || replaceableId === null) return
    await remove()
    messageId = replaceableId
  }

  async function remove(): Promise<void> {
    if (messageId === null) return
    const removed = messageId
    messageId = null
    await current.remove(removed).catch((error: unknown) => {
      if (!isGone(error) && !isDead(error)) throw error
      logger.debug({ err: loggable(error) }, 'the message is gone already')
    })
  }

  async function unlessDead(step: () => Promise<void>): Promise<void> {
    try {
      await step()
    } catch (error) {
      if (!later || isLate || !isDead(error)) throw error
      logger.info({ err: loggable(error) }, 'the interaction takes no more answers: going on by message')
      isLate = true
      current = later.route
      messageId = null
      await step()
    }
  }

  async function moveOn(): Promise<void> {
    if (!later || isLate) return
    isLate = true
    const shown = messageId
    current = later.route
    messageId = null
    if (shown === null) return
    await route
      .patch(shown, later.notice)
      .catch((error: unknown) => logger.debug({ err: loggable(error) }, 'nobody was told that it takes longer'))
  }
}
