import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planWindows } from './walkForward.js'

const dayMs = 86_400_000
const days = (n: number) => n * dayMs
const inDays = ({ fromTs, toTs }: { fromTs: number; toTs: number }) => [fromTs / dayMs, toTs / dayMs]

describe('planWindows', () => {
  const range = { fromTs: days(100), toTs: days(200) }

  it('moves on by the out-of-sample length, up to the end of the range', () => {
    const windows = planWindows(range, { inSampleMs: days(40), outOfSampleMs: days(25), anchored: false })
    expect(windows.map(({ inSample, outOfSample }) => [inDays(inSample), inDays(outOfSample)])).toEqual([
      [
        [110, 150],
        [150, 175],
      ],
      [
        [135, 175],
        [175, 200],
      ],
    ])
  })

  it('anchored begins at the start of the range each time', () => {
    const windows = planWindows(range, { inSampleMs: days(40), outOfSampleMs: days(30), anchored: true })
    expect(windows.map(({ inSample, outOfSample }) => [inDays(inSample), inDays(outOfSample)])).toEqual([
      [
        [100, 140],
        [140, 170],
      ],
      [
        [100, 170],
        [170, 200],
      ],
    ])
  })

  it('needs room for one of each', () => {
    expect(planWindows(range, { inSampleMs: days(80), outOfSampleMs: days(20), anchored: false })).toHaveLength(1)
    expect(() => planWindows(range, { inSampleMs: days(80), outOfSampleMs: days(21), anchored: false })).toThrow(
      'error-walk-forward-short {"days":100,"inSampleDays":80,"outOfSampleDays":21}',
    )
  })

  it('lets no window see what it is tested on, and tests every instant once', () => {
    const lengths = fc.record({
      inSampleMs: fc.integer({ min: 1, max: days(40) }),
      outOfSampleMs: fc.integer({ min: days(1), max: days(40) }),
      anchored: fc.boolean(),
    })
    fc.assert(
      fc.property(lengths, (cut) => {
        const windows = planWindows(range, cut)
        expect(windows.at(-1)?.outOfSample.toTs).toBe(range.toTs)
        windows.forEach(({ inSample, outOfSample }, k) => {
          expect(inSample.toTs).toBe(outOfSample.fromTs)
          expect(inSample.fromTs).toBeGreaterThanOrEqual(range.fromTs)
          expect(inSample.toTs - inSample.fromTs).toBeGreaterThanOrEqual(cut.inSampleMs)
          expect(outOfSample.toTs - outOfSample.fromTs).toBe(cut.outOfSampleMs)
          if (k > 0) expect(outOfSample.fromTs).toBe(windows[k - 1].outOfSample.toTs)
        })
        expect(windows[0].inSample.fromTs - range.fromTs).toBeLessThan(cut.outOfSampleMs)
      }),
    )
  })
})
