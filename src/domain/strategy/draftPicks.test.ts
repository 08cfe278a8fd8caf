import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { exampleRules } from '../../testing/strategyFixture.js'
import { catalog } from '../indicators/catalog.js'
import type { Indicator } from '../indicators/indicator.js'
import {
  type Draft,
  draftOf,
  mostConditions,
  newDraft,
  type Question,
  readDraft,
  spotsOf,
  type Target,
} from './draft.js'
import { applyPick, type Pick, picksOf, type Step } from './draftPicks.js'
import { settings } from './draftSettings.js'
import { formatRules } from './notation.js'
import { formatStrategy, parseStrategyText } from './strategyText.js'
import { checkStrategy } from './validate.js'

const instruments = ['BTC-USDT', 'ETH-USDT', 'BTC-USDT-SWAP']
const blank = newDraft({ name: 'mine', isNamed: false })

const ask = (question: Question): Step => ({ pick: 'ask', question })
const value = (value: string | number | null | number[]): Step => ({ pick: 'value', value })
const signal = (type: string): Step => ({ pick: 'signal', type })
const back: Step = { pick: 'back' }
const remove: Step = { pick: 'remove' }
const adjust = ask({ ask: 'condition' })
const toIndicator = (to: Target): Step => ask({ ask: 'indicator', to, page: 0 })
const indicator = (to: Target, type: string): Step => ask({ ask: 'signal', to, indicator: type, page: 0 })
const add = (to: Target, type: string, name: string): Step[] => [toIndicator(to), indicator(to, type), signal(name)]
/** The first condition: its indicator is asked for from the start. */
const begin = (type: string, name: string): Step[] => [indicator('buy', type), signal(name)]

const offered = (draft: Draft): Pick[] => picksOf(draft, { instruments }).flat()

/** Takes steps, each of which must be offered. */
function walk(draft: Draft, ...steps: Step[]): Draft {
  return steps.reduce((at, step) => {
    expect(offered(at)).toContainEqual(step)
    return applyPick(at, step)
  }, draft)
}

const rulesOf = (draft: Draft) => formatRules(draft.strategy.rules)

describe('a draft', () => {
  it('becomes the example of the definitions by picks alone', () => {
    const draft = walk(
      blank,
      ...begin('RSI', 'oversold'),
      adjust,
      ask({ ask: 'param', name: 'period' }),
      value(14),
      ask({ ask: 'param', name: 'oversold' }),
      value(30),
      ask({ ask: 'within' }),
      value(3),
      back,
      ...add('AND', 'MACD', 'golden_cross'),
      ...add('sell', 'RSI', 'overbought'),
      ...add('OR', 'KDJ', 'death_cross_overbought'),
      ask({ ask: 'settings' }),
      ask({ ask: 'setting', name: 'stop' }),
      value(3),
      ask({ ask: 'setting', name: 'target' }),
      value(6),
    )
    expect(draft.strategy).toMatchObject({ inst_id: 'BTC-USDT', bar: '15m', direction: 'long' })
    expect(draft.strategy.risk).toMatchObject({ stop_loss_pct: 3, take_profit_pct: 6, trailing_stop_pct: null })
    expect(draft.strategy.rules).toEqual(exampleRules)
  })

  it('begins with the side that opens a position', () => {
    expect(blank.question).toEqual({ ask: 'indicator', to: 'buy', page: 0 })
    const short = walk(
      blank,
      ask({ ask: 'settings' }),
      ask({ ask: 'setting', name: 'inst' }),
      value('BTC-USDT-SWAP'),
      ask({ ask: 'setting', name: 'direction' }),
      value('short'),
      back,
    )
    expect(short.question).toEqual({ ask: 'indicator', to: 'sell', page: 0 })
  })

  it('joins a rule by one logic: the first joint fixes it', () => {
    const one = walk(blank, ...begin('RSI', 'oversold'))
    const targets = (draft: Draft) =>
      offered(draft).flatMap((pick) =>
        pick.pick === 'ask' && pick.question.ask === 'indicator' ? [pick.question.to] : [],
      )
    expect(targets(one)).toEqual(['AND', 'OR', 'buy', 'sell'])
    expect(targets(walk(one, ...add('AND', 'MACD', 'bullish')))).toEqual(['AND', 'buy', 'sell'])
    const or = walk(one, ...add('OR', 'MACD', 'bullish'))
    expect(targets(or)).toEqual(['OR', 'buy', 'sell'])
    const other = walk(or, ...add('buy', 'KDJ', 'bullish'))
    expect(targets(other)).toEqual(['AND', 'OR', 'buy', 'sell'])
    expect(rulesOf(walk(other, ...add('AND', 'BOLL', 'above_mid')))).toBe(
      'buy: RSI oversold or MACD bullish\nbuy: KDJ bullish and BOLL above_mid',
    )
    // A rule of one condition has no joint any more.
    expect(targets(walk(or, remove))).toEqual(['AND', 'OR', 'buy', 'sell'])
  })

  it('says of several rules of a side whether any or all must hold', () => {
    const all: Step = { pick: 'logic', side: 'buy', logic: 'AND' }
    const one = walk(blank, ...begin('RSI', 'oversold'), ...add('sell', 'RSI', 'overbought'))
    expect(offered(one)).not.toContainEqual(all)
    const two = walk(one, ...add('buy', 'MACD', 'bullish'), all)
    expect(rulesOf(two)).toBe('buy logic: and\nbuy: RSI oversold\nbuy: MACD bullish\nsell: RSI overbought')
    expect(rulesOf(walk(two, { pick: 'logic', side: 'buy', logic: 'OR' }))).not.toContain('logic')
    expect(rulesOf(walk(two, remove))).toBe('buy: RSI oversold\nsell: RSI overbought')
  })

  it('changes a condition, and back', () => {
    const one = walk(blank, ...begin('MA', 'golden_cross'), adjust)
    const chart = ask({ ask: 'timeframe' })
    const changed = walk(
      one,
      ask({ ask: 'param', name: 'slow' }),
      value(60),
      ask({ ask: 'param', name: 'type' }),
      value('EMA'),
      ask({ ask: 'within' }),
      value(5),
      chart,
      value('4H'),
      { pick: 'negate' },
    )
    expect(rulesOf(changed)).toBe('buy: not MA(slow=60, type=EMA) golden_cross @4H within 5')
    const restored = walk(changed, { pick: 'defaults' }, { pick: 'negate' }, chart, value('15m'))
    expect(rulesOf(walk(restored, ask({ ask: 'within' }), value(1)))).toBe('buy: MA golden_cross')
    expect(offered(one)).not.toContainEqual({ pick: 'defaults' })
  })

  it('offers for a parameter only what goes together with the others', () => {
    const fast = walk(blank, ...begin('MA', 'golden_cross'), adjust, ask({ ask: 'param', name: 'fast' }))
    const values = offered(fast).flatMap((pick) => (pick.pick === 'value' ? [pick.value] : []))
    expect(values).toEqual([3, 5, 6, 7, 9, 10, 12, 14])
  })

  it('offers lists for a list', () => {
    const periods = walk(blank, ...begin('MA', 'bullish_alignment'), adjust, ask({ ask: 'param', name: 'periods' }))
    expect(rulesOf(walk(periods, value([5, 10, 20])))).toBe('buy: MA(5/10/20) bullish_alignment')
  })

  it('takes up any of its conditions, and goes on from its rule', () => {
    const two = walk(blank, ...begin('RSI', 'oversold'), ...add('sell', 'RSI', 'overbought'))
    const first = { side: 'buy', group: 0, condition: 0 } as const
    const at = walk(two, ask({ ask: 'conditions' }), { pick: 'condition', spot: first }, { pick: 'negate' }, back)
    expect(rulesOf(at)).toBe('buy: not RSI oversold\nsell: RSI overbought')
    expect(rulesOf(walk(at, ...add('AND', 'MACD', 'bullish')))).toBe(
      'buy: not RSI oversold and MACD bullish\nsell: RSI overbought',
    )
  })

  it('loses conditions one by one, down to the first question', () => {
    const three = walk(
      blank,
      ...begin('RSI', 'oversold'),
      ...add('AND', 'MACD', 'bullish'),
      ...add('sell', 'KDJ', 'bearish'),
    )
    const two = walk(three, remove)
    expect(rulesOf(two)).toBe('buy: RSI oversold and MACD bullish')
    expect(two.current).toEqual({ side: 'buy', group: 0, condition: 1 })
    expect(walk(two, remove, remove)).toEqual(blank)
  })

  it('has no more conditions than buttons can serve', () => {
    let draft = walk(blank, ...begin('RSI', 'oversold'))
    while (spotsOf(draft).length < mostConditions) draft = walk(draft, ...add('AND', 'MACD', 'bullish'))
    expect(offered(draft)).not.toContainEqual(toIndicator('AND'))
    expect(offered(draft)).not.toContainEqual(toIndicator('sell'))
    expect(offered(draft)).toContainEqual({ pick: 'save' })
  })

  it('can be saved as soon as it has a rule', () => {
    expect(offered(blank)).not.toContainEqual({ pick: 'save' })
    expect(offered(walk(blank, ask({ ask: 'settings' })))).not.toContainEqual({ pick: 'save' })
    expect(offered(walk(blank, ...begin('RSI', 'oversold')))).toContainEqual({ pick: 'save' })
  })
})

describe('the way back', () => {
  const one = walk(blank, ...begin('RSI', 'oversold'))
  const condition = walk(one, adjust)
  const setting = ask({ ask: 'setting', name: 'bar' })

  it.each([
    {
      from: 'a signal',
      at: walk(one, toIndicator('AND'), indicator('AND', 'MACD')),
      to: walk(one, toIndicator('AND')),
    },
    { from: 'an indicator', at: walk(one, toIndicator('sell')), to: one },
    { from: 'a condition', at: condition, to: one },
    { from: 'a parameter', at: walk(condition, ask({ ask: 'param', name: 'period' })), to: condition },
    { from: 'how far back', at: walk(condition, ask({ ask: 'within' })), to: condition },
    { from: 'a timeframe', at: walk(condition, ask({ ask: 'timeframe' })), to: condition },
    { from: 'the settings', at: walk(one, ask({ ask: 'settings' })), to: one },
    { from: 'a setting', at: walk(one, ask({ ask: 'settings' }), setting), to: walk(one, ask({ ask: 'settings' })) },
    { from: 'the settings of nothing yet', at: walk(blank, ask({ ask: 'settings' })), to: blank },
    { from: 'the first signal', at: walk(blank, indicator('buy', 'RSI')), to: blank },
  ])('from $from leads where one came from', ({ at, to }) => {
    expect(walk(at, back)).toEqual(to)
  })
})

describe('the catalog', () => {
  afterEach(() => {
    Reflect.deleteProperty(catalog, 'NEWCOMER')
  })

  it('is offered whole', () => {
    const types = offered(blank).flatMap((pick) =>
      pick.pick === 'ask' && pick.question.ask === 'signal' ? [pick.question.indicator] : [],
    )
    expect(types).toEqual(Object.keys(catalog))
  })

  it('may grow: an indicator without parameters and with many signals appears by itself, in pages', () => {
    const names = Array.from({ length: 32 }, (_, i) => `pattern_${i}`)
    const newcomer: Indicator = {
      ...catalog.RSI,
      type: 'NEWCOMER',
      params: {},
      signals: Object.fromEntries(names.map((name) => [name, { ...catalog.RSI.signals.oversold, params: [] }])),
    }
    Object.assign(catalog, { NEWCOMER: newcomer })
    const first = walk(blank, indicator('buy', 'NEWCOMER'))
    const second = walk(first, ask({ ask: 'signal', to: 'buy', indicator: 'NEWCOMER', page: 1 }))
    const namesOf = (draft: Draft) => offered(draft).flatMap((pick) => (pick.pick === 'signal' ? [pick.type] : []))
    expect([...namesOf(first), ...namesOf(second)]).toEqual(names)
    expect(walk(second, ask({ ask: 'signal', to: 'buy', indicator: 'NEWCOMER', page: 0 }))).toEqual(first)
    const added = walk(second, signal('pattern_31'), adjust)
    expect(rulesOf(added)).toBe('buy: NEWCOMER pattern_31')
    expect(offered(added).some((pick) => pick.pick === 'ask' && pick.question.ask === 'param')).toBe(false)
  })
})

describe('settings', () => {
  const spot = walk(blank, ...begin('RSI', 'oversold'), ...add('sell', 'RSI', 'overbought'))
  const swap = { ...spot, strategy: settings.inst.write(spot.strategy, 'BTC-USDT-SWAP') }

  it.each(Object.entries(settings))('%s offers what a strategy takes, and reads what it wrote', (_name, setting) => {
    for (const { strategy } of [spot, swap]) {
      for (const offer of setting.values(strategy, instruments)) {
        const changed = setting.write(strategy, offer)
        expect(checkStrategy(changed)).toEqual({ strategy: changed })
        expect(setting.read(changed)).toEqual(offer)
      }
    }
  })

  it('of swaps alone are not shown for spot, and fall away with the swap', () => {
    const shown = (draft: Draft) =>
      offered({ ...draft, question: { ask: 'settings' } }).flatMap((pick) =>
        pick.pick === 'ask' && pick.question.ask === 'setting' ? [pick.question.name] : [],
      )
    expect(shown(spot)).not.toContain('direction')
    expect(shown(spot)).not.toContain('leverage')
    expect(shown(swap)).toEqual(Object.keys(settings))
    const leveraged = settings.leverage.write(settings.direction.write(swap.strategy, 'both'), 5)
    expect(settings.inst.write(leveraged, 'ETH-USDT')).toMatchObject({ direction: 'long', leverage: 1 })
  })
})

describe('a draft as JSON', () => {
  const one = walk(blank, ...begin('RSI', 'oversold'))
  const read = (change: unknown) => readDraft(JSON.stringify({ ...one, ...(change as object) }))

  it('is what it was', () => {
    expect(read({})).toEqual(one)
    expect(draftOf(one.strategy)).toEqual({ ...one, isNamed: true })
  })

  it.each([
    ['of another form', { current: undefined }],
    ['with an indicator that is gone', JSON.parse(JSON.stringify(one).replaceAll('RSI', 'RSX'))],
    ['with a signal that is gone', JSON.parse(JSON.stringify(one).replaceAll('oversold', 'sold'))],
    ['with a condition that is not there', { current: { side: 'buy', group: 0, condition: 1 } }],
    ['that asks for a parameter that is gone', { question: { ask: 'param', name: 'overbought' } }],
    ['that asks for a signal of nothing', { question: { ask: 'signal', to: 'buy', indicator: 'RSX', page: 0 } }],
    ['that adjusts nothing', { ...blank, question: { ask: 'condition' } }],
    ['that goes on from nothing', { ...blank, question: { ask: 'indicator', to: 'AND', page: 0 } }],
  ])('%s is none', (_what, change) => {
    expect(read(change)).toBeNull()
  })
})

describe('any walk of picks', () => {
  it('leads to a draft that is refused with a reason, or is a strategy in canonical form that can be written as text', () => {
    let saved = 0
    const steps = fc.array(fc.nat({ max: 10_000 }), { minLength: 1, maxLength: 80 })
    fc.assert(
      fc.property(steps, (choices) => {
        let draft = blank
        for (const choice of choices) {
          const picks = offered(draft).flatMap((pick) => (pick.pick === 'save' ? [] : [pick]))
          expect(picks.length).toBeGreaterThan(0)
          draft = applyPick(draft, picks[choice % picks.length])
          expect(readDraft(JSON.stringify(draft))).toEqual(draft)
        }
        const checked = checkStrategy(draft.strategy)
        if ('problems' in checked) expect(checked.problems.length).toBeGreaterThan(0)
        else {
          saved += 1
          expect(checked.strategy).toEqual(draft.strategy)
          expect(parseStrategyText(formatStrategy(checked.strategy))).toEqual(checked)
        }
      }),
      { numRuns: 300 },
    )
    expect(saved).toBeGreaterThan(50)
  })
})
