import type { Logger } from 'pino'
import type { DrawnReply, ProgressUpdate } from '../../commands/dispatch.js'
import { loggable } from '../loggable.js'
import { createProgressMessage } from '../progressMessage.js'
import type { Outlet } from './outlet.js'
import { isContentRefused } from './refusals.js'
import { renderProgress, renderReply } from './render.js'

export interface TurnOptions {
  outlet: Outlet
  logger: Logger
  /** Least time between two progress edits. */
  progressIntervalMs: number
  /** Work shorter than this shows no progress. */
  firstProgressAfterMs: number
}

/** One request and its answer: progress in one message, which the answer then replaces. */
export interface Turn {
  progress(update: ProgressUpdate): void
  /** Null: there is nothing to say. Rejects if the answer could not be sent. */
  finish(reply: DrawnReply | null): Promise<void>
}

export function createTurn({ outlet, logger, progressIntervalMs, firstProgressAfterMs }: TurnOptions): Turn {
  const progressMessage = createProgressMessage(async (update) => {
    await outlet
      .show(renderProgress(update), { isPassing: false })
      .catch((error: unknown) => logger.debug({ err: loggable(error) }, 'progress could not be shown'))
    return progressIntervalMs
  }, firstProgressAfterMs)

  return {
    progress: (update) => progressMessage.update(update),
    async finish(reply) {
      await progressMessage.close()
      try {
        if (reply?.replaces) await outlet.replace()
        if (reply === null) await outlet.clear()
        else await deliver(reply)
      } finally {
        outlet.close()
      }
    },
  }

  async function deliver(reply: DrawnReply): Promise<void> {
    const [first, ...others] = renderReply(reply)
    if (!first) return outlet.clear()
    const { picture, ...words } = reply
    try {
      await outlet.show(first, { isPassing: reply.passing === true })
    } catch (error) {
      // Most likely it is the picture, and the numbers are worth more.
      if (!picture || !isContentRefused(error)) throw error
      logger.error({ err: loggable(error) }, 'the picture was refused')
      return deliver({ ...words, text: [words.text, reply.t('reply-picture-failed')].filter(Boolean).join('\n\n') })
    }
    for (const message of others) await outlet.add(message)
  }
}
