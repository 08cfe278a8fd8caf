import { describe, expect, it } from 'vitest'
import { createHandTiming } from '../testing/handTiming.js'
import { createConnectGate, createGate } from './gate.js'

describe('a gate', () => {
  it('never lets more through in any window than it may', async () => {
    const timing = createHandTiming(0)
    const gate = createGate(timing, 3, 1000)
    const times: number[] = []
    for (let i = 0; i < 4; i++) gate(() => times.push(timing.clock()))
    await timing.pass(900)
    for (let i = 0; i < 4; i++) gate(() => times.push(timing.clock()))
    await timing.pass(5000)
    expect(times).toEqual([0, 0, 0, 1000, 1000, 1000, 2000, 2000])
  })

  it('lets go of who does not want to wait any longer', async () => {
    const timing = createHandTiming(0)
    const gate = createConnectGate(timing)
    let acts = 0
    const leaves = Array.from({ length: 5 }, () => gate(() => acts++))
    leaves[4]()
    await timing.pass(10_000)
    expect([acts, timing.pending()]).toEqual([4, 0])
  })
})
