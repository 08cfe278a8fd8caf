import { expect, it } from 'vitest'
import { createExchangeClock } from './exchangeClock.js'

/** A clock of ours, and the exchange's, which is ahead; asking it takes so long, there and back. */
function clocks(aheadMs: number, roundTripMs = 0) {
  const time = { ours: 1000, ahead: aheadMs, reads: 0 }
  const clock = createExchangeClock(
    () => time.ours,
    async () => {
      time.reads++
      const sentAt = time.ours
      time.ours += roundTripMs / 2
      const theirs = time.ours + time.ahead
      time.ours += roundTripMs / 2
      return { theirs, sentAt, heardAt: time.ours }
    },
  )
  return { time, clock }
}

it('tells the time of the exchange, whatever the way there takes', async () => {
  const { time, clock } = clocks(-7000, 400)
  await clock.ready()
  expect(clock.now()).toBe(time.ours - 7000)
  time.ours += 60_000
  expect(clock.now()).toBe(time.ours - 7000)
})

it('is read once, by all who need it at once', async () => {
  const { time, clock } = clocks(5)
  await Promise.all([clock.ready(), clock.ready(), clock.ready()])
  await clock.ready()
  expect(time.reads).toBe(1)
})

it('is read again once it is distrusted', async () => {
  const { time, clock } = clocks(5)
  await clock.ready()
  time.ahead = 90_000
  clock.distrust()
  await clock.ready()
  expect(clock.now()).toBe(time.ours + 90_000)
  expect(time.reads).toBe(2)
})

it('asks again after a reading that failed, and tells no time before one succeeded', async () => {
  let reads = 0
  const clock = createExchangeClock(
    () => 1000,
    async () => {
      if (++reads === 1) throw new Error('offline')
      return { theirs: 1500, sentAt: 1000, heardAt: 1000 }
    },
  )
  await expect(clock.ready()).rejects.toThrow('offline')
  expect(() => clock.now()).toThrow('not read')
  await clock.ready()
  expect(clock.now()).toBe(1500)
})
