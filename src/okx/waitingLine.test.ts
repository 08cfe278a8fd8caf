import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWaitingLine } from './waitingLine.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const windowMs = 1000

/** A line, and who was answered what and when (ms since the start), in order. */
function line() {
  const stand = createWaitingLine(windowMs)
  const start = performance.now()
  const log: string[] = []
  const join = (
    who: string,
    claims: Record<string, number>,
    {
      cap = 2,
      priority = 0,
      maxWaitMs = 60_000,
      lastsMs = 0,
      signal,
    }: { cap?: number; priority?: number; maxWaitMs?: number; lastsMs?: number; signal?: AbortSignal } = {},
  ) =>
    stand({
      claims: Object.entries(claims).map(([key, weight]) => ({ key, cap, weight })),
      priority,
      maxWaitMs,
      signal,
    }).then(
      (done) => {
        log.push(`${who} ${done ? 'granted' : 'full'} ${performance.now() - start}`)
        if (lastsMs === 0) done?.()
        else if (done) setTimeout(done, lastsMs)
      },
      (error) => log.push(`${who} left: ${error.message}`),
    )
  return { join, log }
}

describe('a waiting line', () => {
  it('grants what has room at once, and the rest as the window slides', async () => {
    const { join, log } = line()
    void join('a', { x: 1 })
    await vi.advanceTimersByTimeAsync(400)
    void join('b', { x: 1 })
    void join('c', { x: 1 })
    void join('d', { x: 1 })
    await vi.advanceTimersByTimeAsync(5000)
    expect(log).toEqual(['a granted 0', 'b granted 400', 'c granted 1000', 'd granted 1400'])
  })

  it('counts what was granted until a window after it is over: nobody knows when the other end counted it', async () => {
    const { join, log } = line()
    void join('slow', { x: 2 }, { lastsMs: 700 })
    void join('next', { x: 2 })
    await vi.advanceTimersByTimeAsync(5000)
    expect(log).toEqual(['slow granted 0', 'next granted 1700'])
  })

  it('weighs: a batch waits for all of its room, and the small do not slip past it', async () => {
    const { join, log } = line()
    void join('one', { x: 1 })
    await vi.advanceTimersByTimeAsync(300)
    void join('two', { x: 2 })
    void join('late', { x: 1 })
    await vi.advanceTimersByTimeAsync(5000)
    expect(log).toEqual(['one granted 0', 'two granted 1000', 'late granted 2000'])
  })

  it('lets higher ones go first, and equals in the order they came', async () => {
    const { join, log } = line()
    void join('filler', { x: 2 })
    void join('read', { x: 2 })
    void join('order', { x: 2 }, { priority: 1 })
    void join('other order', { x: 2 }, { priority: 1 })
    void join('cancel', { x: 2 }, { priority: 2 })
    await vi.advanceTimersByTimeAsync(9000)
    expect(log.map((entry) => entry.split(' granted')[0])).toEqual(['filler', 'cancel', 'order', 'other order', 'read'])
  })

  it('holds up nobody who claims other windows', async () => {
    const { join, log } = line()
    void join('x', { x: 2 })
    void join('waits for x', { x: 1 })
    void join('y', { y: 1 })
    await vi.advanceTimersByTimeAsync(0)
    expect(log).toEqual(['x granted 0', 'y granted 0'])
  })

  it('takes all claims together or none', async () => {
    const { join, log } = line()
    void join('x', { x: 2 })
    void join('x and y', { x: 1, y: 2 })
    void join('y', { y: 2 })
    await vi.advanceTimersByTimeAsync(2500)
    expect(log).toEqual(['x granted 0', 'y granted 0', 'x and y granted 1000'])
  })

  it('says at once that a wait would be too long, with those in front counted', async () => {
    const { join, log } = line()
    for (const who of ['a', 'b', 'c', 'd', 'e']) void join(who, { x: 1 }, { maxWaitMs: 1000 })
    await vi.advanceTimersByTimeAsync(0)
    expect(log.toSorted()).toEqual(['a granted 0', 'b granted 0', 'e full 0'])
    await vi.advanceTimersByTimeAsync(5000)
    expect(log.slice(3)).toEqual(['c granted 1000', 'd granted 1000'])
  })

  it('counts only those in front: lower ones that came before are behind', async () => {
    const { join, log } = line()
    void join('filler', { x: 2 })
    for (let i = 0; i < 6; i++) void join('read', { x: 1 })
    void join('order', { x: 1 }, { priority: 1, maxWaitMs: 1000 })
    await vi.advanceTimersByTimeAsync(1000)
    expect(log.slice(0, 2)).toEqual(['filler granted 0', 'order granted 1000'])
  })

  it('sends away who has waited too long because others went ahead', async () => {
    const { join, log } = line()
    void join('filler', { x: 2 })
    void join('read', { x: 1 }, { maxWaitMs: 1500 })
    void join('order', { x: 2 }, { priority: 1 })
    await vi.advanceTimersByTimeAsync(5000)
    expect(log).toEqual(['filler granted 0', 'order granted 1000', 'read full 1500'])
  })

  it('lets go who is called away, and moves up', async () => {
    const { join, log } = line()
    const controller = new AbortController()
    void join('filler', { x: 1 })
    await vi.advanceTimersByTimeAsync(100)
    void join('big', { x: 2 }, { signal: controller.signal })
    void join('small', { x: 1 })
    await vi.advanceTimersByTimeAsync(100)
    controller.abort(new Error('cancelled'))
    await vi.advanceTimersByTimeAsync(5000)
    expect(log.toSorted()).toEqual(['big left: cancelled', 'filler granted 0', 'small granted 200'])
  })

  it('grants everyone in time whom it did not refuse, and no window more than it has', async () => {
    const { join, log } = line()
    for (let i = 0; i < 500; i++) {
      void join(`${i}`, { [`k${i % 3}`]: 1 + (i % 2), all: 1 }, { cap: 10, priority: i % 3, maxWaitMs: 20_000 })
      if (i % 7 === 0) await vi.advanceTimersByTimeAsync(130)
    }
    await vi.advanceTimersByTimeAsync(60_000)
    expect(log).toHaveLength(500)
    const times = log.filter((entry) => entry.includes('granted')).map((entry) => Number(entry.split(' ')[2]))
    for (const time of times) {
      expect(times.filter((other) => other >= time && other < time + windowMs).length).toBeLessThanOrEqual(10)
    }
    expect(times.length).toBeGreaterThan(150)
  })
})
