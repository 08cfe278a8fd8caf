/** The exchange's time, as far as it can be told from our own clock. */
export interface ExchangeClock {
  /** Samples the exchange's clock if that was not done yet, or is to be done again. Calls at once share one sample. */
  ready(): Promise<void>
  /** Epoch ms at the exchange. Throws before the first `ready`. */
  now(): number
  /** What was sampled is wrong: the next `ready` samples again. */
  distrust(): void
}

/** What the exchange said its time is, and when by our clock it was asked, and heard: the one request that was answered. */
export interface TimeSample {
  theirs: number
  sentAt: number
  heardAt: number
}

/** `clock` is ours, epoch ms; `readTime` asks the exchange for its own. */
export function createExchangeClock(clock: () => number, readTime: () => Promise<TimeSample>): ExchangeClock {
  let offsetMs: number | null = null
  let isTrusted = false
  let sampling: Promise<void> | null = null

  async function sample(): Promise<void> {
    const { theirs, sentAt, heardAt } = await readTime()
    // It was read somewhere between sending and hearing; the middle is off by half of the way there and back at most.
    offsetMs = Math.round(theirs - (sentAt + heardAt) / 2)
    isTrusted = true
  }

  return {
    async ready() {
      if (isTrusted) return
      sampling ??= sample().finally(() => {
        sampling = null
      })
      await sampling
    },
    now() {
      if (offsetMs === null) throw new Error('the exchange clock was not read yet')
      return clock() + offsetMs
    },
    distrust() {
      isTrusted = false
    },
  }
}
