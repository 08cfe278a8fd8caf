import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { createKnownFunding } from './knownFunding.js'

describe('what is known of funding', () => {
  const rate = (fundingTime: number) => ({ instId: 'X', fundingTime: String(fundingTime), realizedRate: '0.0001' })

  it('is what somebody has held through, once it is learnt', () => {
    const funding = createKnownFunding()
    expect(funding.unknown([rate(30), rate(20)])).toEqual([])
    expect(funding.between(15, 40)).toEqual([])
    const rows = funding.unknown([rate(30), rate(20), rate(10)])
    expect(rows.map(({ fundingTime }) => fundingTime)).toEqual(['20', '30'])
    for (const row of rows) funding.learn(row, new Decimal(100))
    expect(funding.unknown([rate(30), rate(20), rate(10)])).toEqual([])
    const settlements = [20, 30].map((fundingTime) => ({
      fundingTime,
      rate: new Decimal('0.0001'),
      markPx: new Decimal(100),
    }))
    expect(funding.between(15, 40)).toEqual(settlements)
    expect(funding.between(20, 30)).toEqual(settlements.slice(1))
    expect(funding.between(30, 40)).toEqual([])
  })
})
