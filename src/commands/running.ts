import { randomBytes } from 'node:crypto'

/** Why a run was aborted; the `reason` of its signal. */
export class Cancelled extends Error {
  constructor(readonly by: 'user' | 'shutdown') {
    super(`cancelled by ${by}`)
    this.name = 'Cancelled'
  }
}

/** Commands that run now, by id; what /cancel and a shutdown reach for. */
export interface Running {
  /** `finish` must be called once it is over. */
  begin(ownerKey: string): { id: string; signal: AbortSignal; finish(): void }
  cancel(id: string, ownerKey: string): 'cancelled' | 'unknown' | 'not-owner'
  /** Cancels all that the owner runs, but not the one with this id. Returns how many. */
  cancelAll(ownerKey: string, exceptId: string): number
  /** Aborts everything, also what begins later, and resolves when the last has finished. */
  stop(): Promise<void>
}

interface Job {
  ownerKey: string
  controller: AbortController
  finished: Promise<void>
}

export function createRunning(): Running {
  const jobs = new Map<string, Job>()
  let stopped = false
  return {
    begin(ownerKey) {
      // Random, so that a Cancel button of an earlier process cannot hit a later run.
      const id = randomBytes(9).toString('base64url')
      const controller = new AbortController()
      let settle = () => {}
      const finished = new Promise<void>((resolve) => {
        settle = resolve
      })
      jobs.set(id, { ownerKey, controller, finished })
      if (stopped) controller.abort(new Cancelled('shutdown'))
      const finish = () => {
        jobs.delete(id)
        settle()
      }
      return { id, signal: controller.signal, finish }
    },
    cancel(id, ownerKey) {
      const job = jobs.get(id)
      if (!job) return 'unknown'
      if (job.ownerKey !== ownerKey) return 'not-owner'
      job.controller.abort(new Cancelled('user'))
      return 'cancelled'
    },
    cancelAll(ownerKey, exceptId) {
      const own = [...jobs].filter(([id, job]) => id !== exceptId && job.ownerKey === ownerKey)
      for (const [, job] of own) job.controller.abort(new Cancelled('user'))
      return own.length
    },
    async stop() {
      stopped = true
      for (const job of jobs.values()) job.controller.abort(new Cancelled('shutdown'))
      await Promise.all([...jobs.values()].map((job) => job.finished))
    },
  }
}
