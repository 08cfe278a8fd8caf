import { setTimeout as pause } from 'node:timers/promises'
import type { ProgressUpdate } from '../commands/dispatch.js'
import { progressBar } from './columns.js'

export function progressText({ text, fraction, t }: ProgressUpdate): string {
  return ['⏳', text].join(' ') + (fraction === null ? '' : `\n${progressBar(fraction, t)}`)
}

/** Sends or edits the one message that shows progress. Must not reject. Resolves to ms to wait before the next edit. */
export type ShowProgress = (update: ProgressUpdate) => Promise<number>

/** Thins a stream of reports out to single edits. */
export interface ProgressMessage {
  update(update: ProgressUpdate): void
  /** Nothing is shown after this resolves. */
  close(): Promise<void>
}

/** Quick work never shows progress: the first edit waits `firstAfterMs`, and later ones show only the latest report. */
export function createProgressMessage(show: ShowProgress, firstAfterMs: number): ProgressMessage {
  const closing = new AbortController()
  let latest: ProgressUpdate | null = null
  let loop: Promise<void> | null = null

  async function run(): Promise<void> {
    await pauseUnlessClosed(firstAfterMs)
    while (latest && !closing.signal.aborted) {
      const update = latest
      latest = null
      await pauseUnlessClosed(await show(update))
    }
    loop = null
  }

  async function pauseUnlessClosed(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: closing.signal }).catch((error: Error) => {
      if (error.name !== 'AbortError') throw error
    })
  }

  return {
    update(update) {
      latest = update
      loop ??= run()
    },
    async close() {
      closing.abort()
      await loop
    },
  }
}
