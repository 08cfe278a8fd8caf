import type { Writable } from 'node:stream'
import type { ProgressUpdate, Sink } from '../../commands/dispatch.js'
import { displayWidth, progressBar } from '../columns.js'

export interface ProgressLine extends Sink {
  /** Takes it off the screen. */
  clear(): void
}

const clearLine = '\r\u001b[2K'

/** Progress on one line of a screen, drawn over itself. */
export function createScreenProgress(output: Writable & { columns?: number }): ProgressLine {
  let isShown = false
  return {
    progress(update) {
      isShown = true
      output.write(clearLine + clip(`⏳ ${words(update)}`, (output.columns ?? 80) - 1))
    },
    clear() {
      if (isShown) output.write(clearLine)
      isShown = false
    },
  }
}

/** Progress as plain lines where there is no screen: at most one in `intervalMs`. */
export function createPlainProgress(output: Writable, now: () => number, intervalMs = 2000): ProgressLine {
  let shownAt = Number.NEGATIVE_INFINITY
  return {
    progress(update) {
      if (now() - shownAt < intervalMs) return
      shownAt = now()
      output.write(`${words(update)}\n`)
    },
    clear() {
      shownAt = Number.NEGATIVE_INFINITY
    },
  }
}

function words({ text, fraction, t }: ProgressUpdate): string {
  return [text, progressBar(fraction, t)].filter((part) => part !== '').join(' ')
}

function clip(text: string, width: number): string {
  let clipped = ''
  for (const character of text) {
    if (displayWidth(clipped + character) > width) break
    clipped += character
  }
  return clipped
}
