import { describe, expect, it } from 'vitest'
import type { FaultRule } from '../simulator/faults/faultRules.js'
import { runSoak, type SoakReport } from './soakDriver.js'
import { soakRules } from './soakFaults.js'

const total = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((sum, count) => sum + count, 0)

describe('trading with faults', () => {
  it('ends with every order accounted for exactly once', async () => {
    // Three times as many as in the long soak, so that each kind has its turn.
    const rules = soakRules.map((rule) => ({ ...rule, probability: 3 * (rule.probability ?? 1) }))
    const report = await runSoak({ seed: 'soak', requests: 1200, rules })
    expect(report.problems).toEqual([])
    expect(total(report.ends)).toBe(report.intents)
    for (const [end, count] of Object.entries(report.ends)) expect(count, end).toBeGreaterThan(0)
    expect(report.perMilleStruck).toBeGreaterThan(100)
    expect(report.unknown.found).toBeGreaterThan(0)
    expect(report.unknown.neverAccepted).toBeGreaterThan(0)
    for (const kind of ['drop', 'delay', 'answer 502', 'answer 500', 'answer 400', 'answer 429']) {
      expect(report.faults.get(kind), kind).toBeGreaterThan(0)
    }
  })
})

const orders = 'POST /api/v5/trade/order'
const withRules = (rules: readonly FaultRule[], giveUpAfterMs?: number): Promise<SoakReport> =>
  runSoak({
    seed: 'wrong',
    requests: 300,
    isCalm: true,
    rules,
    ...(giveUpAfterMs === undefined ? {} : { giveUpAfterMs }),
  })

describe('the account of a soak shows', () => {
  it('an order that was given up before it came', async () => {
    const late = { endpoint: orders, probability: 0.2, fault: { kind: 'delay', when: 'before', ms: 3000 } } as const
    const hasty = await withRules([late], 0)
    expect(hasty.problems.join('\n')).toMatch(/counts as neverAccepted and is (filled|canceled|live)/)
    const careful = await withRules([late])
    expect(careful.problems).toEqual([])
    expect(careful.unknown.found).toBeGreaterThan(0)
  })

  it('an order that was carried out twice', async () => {
    const { problems } = await withRules([{ endpoint: orders, probability: 0.2, fault: { kind: 'duplicate' } }])
    expect(problems.join('\n')).toMatch(/is there 2 times/)
  })
})
