import { describe, expect, it } from 'vitest'
import { type DecisionState, decide } from './decide.js'

const flat: DecisionState = {
  direction: 'long',
  position: 'flat',
  barsHeld: 0,
  buy: false,
  sell: false,
  maxHoldBars: null,
  cooldownLeft: 0,
  mayOpen: true,
}
const long: DecisionState = { ...flat, position: 'long', barsHeld: 1 }
const both: DecisionState = { ...long, direction: 'both' }

const enterLong = { kind: 'enter', side: 'long' }
const enterShort = { kind: 'enter', side: 'short' }
const turnLong = { kind: 'reverse', side: 'long' }
const turnShort = { kind: 'reverse', side: 'short' }
const hold = { kind: 'hold' }
const signal = { kind: 'exit', reason: 'signal' }
const maxHold = { kind: 'exit', reason: 'max_hold' }

describe('decide', () => {
  it.each<[string, DecisionState, object]>([
    ['does nothing without a signal', flat, hold],
    ['enters on buy', { ...flat, buy: true }, enterLong],
    ['does not enter on sell', { ...flat, sell: true }, hold],
    ['does not enter on buy and sell together', { ...flat, buy: true, sell: true }, hold],
    ['does not enter during a cooldown', { ...flat, buy: true, cooldownLeft: 1 }, hold],
    ['enters once the cooldown has passed', { ...flat, buy: true, cooldownLeft: 0 }, enterLong],
    ['enters long after the cooldown has passed', { ...flat, buy: true, cooldownLeft: -7 }, enterLong],
    ['does not enter where it may not open', { ...flat, buy: true, mayOpen: false }, hold],
    ['does not add to a position', { ...long, buy: true }, hold],
    ['exits on sell', { ...long, sell: true }, signal],
    ['exits on buy and sell together', { ...long, buy: true, sell: true }, signal],
    [
      'exits where it may not open, in a cooldown too',
      { ...long, sell: true, mayOpen: false, cooldownLeft: 3 },
      signal,
    ],
    ['holds until the bars are full', { ...long, barsHeld: 2, maxHoldBars: 3 }, hold],
    ['exits when the bars are full', { ...long, barsHeld: 3, maxHoldBars: 3 }, maxHold],
    ['exits when the bars are more than full', { ...long, barsHeld: 9, maxHoldBars: 3 }, maxHold],
    ['names the signal before max_hold', { ...long, sell: true, barsHeld: 3, maxHoldBars: 3 }, signal],
    ['counts no bars when flat', { ...flat, barsHeld: 9, maxHoldBars: 3 }, hold],
    ['opens short on sell', { ...flat, direction: 'short', sell: true }, enterShort],
    ['closes short on buy', { ...flat, direction: 'short', position: 'short', buy: true }, signal],
    ['does not open short on buy', { ...flat, direction: 'short', buy: true }, hold],
    ['opens long on buy with both', { ...flat, direction: 'both', buy: true }, enterLong],
    ['opens short on sell with both', { ...flat, direction: 'both', sell: true }, enterShort],
    ['opens nothing with both on buy and sell together', { ...flat, direction: 'both', buy: true, sell: true }, hold],
    ['turns a long round on sell', { ...long, direction: 'both', sell: true }, turnShort],
    ['turns a short round on buy', { ...long, direction: 'both', position: 'short', buy: true }, turnLong],
    ['turns round on buy and sell together', { ...long, direction: 'both', buy: true, sell: true }, turnShort],
    ['turns round where max_hold is due too', { ...both, sell: true, barsHeld: 3, maxHoldBars: 3 }, turnShort],
    ['only exits with both where it may not open', { ...both, sell: true, mayOpen: false }, signal],
    ['only exits with both during a cooldown', { ...both, sell: true, cooldownLeft: 1 }, signal],
    ['only exits with both when the bars are full', { ...both, barsHeld: 3, maxHoldBars: 3 }, maxHold],
  ])('%s', (_name, state, expected) => {
    expect(decide(state)).toEqual(expected)
  })

  it('allocates no decision: equal ones are one frozen object', () => {
    expect(decide({ ...flat, buy: true })).toBe(decide({ ...flat, buy: true }))
    expect(Object.isFrozen(decide(flat))).toBe(true)
  })
})
