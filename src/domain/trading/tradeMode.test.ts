import { describe, expect, it } from 'vitest'
import { type AcctLv, type PosMode, type TradeStep, tdModeOf, tradeTermsOf } from './tradeMode.js'

describe('tdMode by account mode', () => {
  it.each<[AcctLv, string, string, string]>([
    ['1', 'cash', 'spot_account', 'spot_account'],
    ['2', 'cash', 'cross', 'isolated'],
    ['3', 'cross', 'cross', 'isolated_refused'],
    ['4', 'cross', 'cross', 'isolated_refused'],
  ])('%s: spot %s, swap %s, isolated swap %s', (acctLv, spot, cross, isolated) => {
    const told = (instType: 'SPOT' | 'SWAP', mgnMode: 'cross' | 'isolated') => {
      const answer = tdModeOf(acctLv, instType, mgnMode)
      return answer.kind === 'refusal' ? answer.reason : answer.tdMode
    }
    expect([told('SPOT', 'cross'), told('SWAP', 'cross'), told('SWAP', 'isolated')]).toEqual([spot, cross, isolated])
    expect(told('SPOT', 'isolated')).toBe(spot)
  })
})

describe('the terms of a trade step', () => {
  const account = (posMode: PosMode) => ({ acctLv: '2', posMode }) as const
  it.each<[PosMode, TradeStep['action'], TradeStep['direction'], object]>([
    ['net_mode', 'open', 'long', { side: 'buy' }],
    ['net_mode', 'close', 'long', { side: 'sell', reduceOnly: true }],
    ['net_mode', 'open', 'short', { side: 'sell' }],
    ['net_mode', 'close', 'short', { side: 'buy', reduceOnly: true }],
    ['long_short_mode', 'open', 'long', { side: 'buy', posSide: 'long' }],
    ['long_short_mode', 'close', 'long', { side: 'sell', posSide: 'long' }],
    ['long_short_mode', 'open', 'short', { side: 'sell', posSide: 'short' }],
    ['long_short_mode', 'close', 'short', { side: 'buy', posSide: 'short' }],
  ])('in %s %s %s', (posMode, action, direction, expected) => {
    const step = { instType: 'SWAP', action, direction, mgnMode: 'isolated' } as const
    expect(tradeTermsOf(account(posMode), step)).toEqual({ kind: 'terms', tdMode: 'isolated', ...expected })
  })

  it.each<PosMode>(['net_mode', 'long_short_mode'])('of spot have neither posSide nor reduceOnly in %s', (posMode) => {
    const step = { instType: 'SPOT', action: 'close', direction: 'long', mgnMode: 'cross' } as const
    expect(tradeTermsOf(account(posMode), step)).toEqual({ kind: 'terms', tdMode: 'cash', side: 'sell' })
  })

  it('are refused where the account cannot', () => {
    const short = { instType: 'SPOT', action: 'open', direction: 'short', mgnMode: 'cross' } as const
    expect(tradeTermsOf(account('net_mode'), short)).toEqual({ kind: 'refusal', reason: 'spot_short' })
    const swap = { instType: 'SWAP', action: 'open', direction: 'long', mgnMode: 'cross' } as const
    expect(tradeTermsOf({ acctLv: '1', posMode: 'net_mode' }, swap)).toEqual({
      kind: 'refusal',
      reason: 'spot_account',
    })
  })
})
