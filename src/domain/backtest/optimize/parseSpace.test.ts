import { describe, expect, it } from 'vitest'
import { strategyWith } from '../../../testing/strategyFixture.js'
import type { Strategy } from '../../strategy/schema.js'
import { parseStrategyText } from '../../strategy/strategyText.js'
import { parseSpace } from './parseSpace.js'
import type { Dimension } from './space.js'

function strategyOf(text: string): Strategy {
  const parsed = parseStrategyText(`name: tested\n${text}`)
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
  return parsed.strategy
}

const strategy = strategyOf(`
  bar: 15m
  stop: 3%
  buy: RSI(14) oversold within 3 and RSI(7) bullish and MA(5, 20) golden_cross
  buy: MA(50, EMA) price_above @4H
  sell: RSI overbought or MA(5/10/20) bearish_alignment`)
const [buy0, buy1, sell0] = ['buy_groups[0]', 'buy_groups[1]', 'sell_groups[0]'].map(
  (group) => (index: number) => `rules.${group}.conditions[${index}]`,
)

function dimensionsOf(text: string, of = strategy): Dimension[] {
  const parsed = parseSpace(text, of)
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
  return parsed.dimensions
}

describe('names in a space', () => {
  const names: [string, string, string[]][] = [
    ['RSI.period', 'RSI.period', [buy0(0), buy0(1), sell0(0)].map((path) => `${path}.params.period`)],
    ['rsi.OVERSOLD', 'RSI.oversold', [`${buy0(0)}.params.oversold`]],
    ['buy.RSI.period', 'buy.RSI.period', [`${buy0(0)}.params.period`, `${buy0(1)}.params.period`]],
    ['Sell.RSI.period', 'sell.RSI.period', [`${sell0(0)}.params.period`]],
    ['buy[0].RSI[1].period', 'buy[0].RSI[1].period', [`${buy0(1)}.params.period`]],
    ['RSI[2].period', 'RSI[2].period', [`${sell0(0)}.params.period`]],
    ['buy[1].MA.period', 'buy[1].MA.period', [`${buy1(0)}.params.period`]],
    ['buy.MA[1].period', 'buy.MA[1].period', [`${buy1(0)}.params.period`]],
    ['MA.fast', 'MA.fast', [`${buy0(2)}.params.fast`]],
    ['buy[0].RSI[0].within', 'buy[0].RSI[0].within', [`${buy0(0)}.within`]],
    ['stop_loss_pct', 'stop_loss_pct', ['risk.stop_loss_pct']],
    ['risk.take_profit_pct', 'take_profit_pct', ['risk.take_profit_pct']],
    ['stop', 'stop_loss_pct', ['risk.stop_loss_pct']],
    ['size', 'sizing.value', ['sizing.value']],
    ['hold', 'max_hold_bars', ['risk.max_hold_bars']],
    ['Cooldown_Bars', 'cooldown_bars', ['risk.cooldown_bars']],
  ]
  it.each(names)('%s is %s', (text, name, places) => {
    expect(dimensionsOf(`${text}=2,3`)).toMatchObject([{ name, places }])
  })
})

describe('values in a space', () => {
  const values: [string, Dimension['kind'], unknown[]][] = [
    ['RSI.period=7..21 step 2', 'ordered', [7, 9, 11, 13, 15, 17, 19, 21]],
    ['RSI.period=7..10', 'ordered', [7, 8, 9, 10]],
    ['RSI.period=7..7', 'ordered', [7]],
    ['RSI.period=7..21 step 5', 'ordered', [7, 12, 17]],
    ['RSI.oversold=20,25,30,35', 'ordered', [20, 25, 30, 35]],
    ['RSI.oversold = 35 , 20, 25, 20', 'ordered', [20, 25, 35]],
    ['stop_loss_pct=1..2 step 0.1', 'ordered', [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2]],
    ['stop_loss_pct=1e-7..3e-7 step 1e-7', 'ordered', [1e-7, 2e-7, 3e-7]],
    ['take_profit_pct=none,2,4,6', 'ordered', [2, 4, 6, null]],
    ['target=2%..6% step 2,None', 'ordered', [2, 4, 6, null]],
    ['stop=1…2 step .5', 'ordered', [1, 1.5, 2]],
    ['MA.type=sma,EMA', 'unordered', ['SMA', 'EMA']],
    [
      'MA.periods=5/10/20, 10/20/40',
      'ordered',
      [
        [5, 10, 20],
        [10, 20, 40],
      ],
    ],
    [
      'MA.periods=5/10/20,10/20',
      'unordered',
      [
        [5, 10, 20],
        [10, 20],
      ],
    ],
    [
      'MA.periods=10/20/40,5/10/60',
      'unordered',
      [
        [10, 20, 40],
        [5, 10, 60],
      ],
    ],
    ['RSI.bar=4h,none,1H', 'ordered', [null, '1H', '4H']],
    ['RSI.within=1..3', 'ordered', [1, 2, 3]],
    ['leverage=1', 'ordered', [1]],
  ]
  it.each(values)('%s', (text, kind, expected) => {
    expect(dimensionsOf(text)).toMatchObject([{ kind, values: expected }])
  })

  it('without a step are continuous where they need not be whole', () => {
    const swap = strategyWith({ inst_id: 'BTC-USDT-SWAP' })
    expect(dimensionsOf('stop_loss_pct=1..5; leverage=1..2.5', swap)).toEqual([
      { name: 'stop_loss_pct', places: ['risk.stop_loss_pct'], kind: 'continuous', min: 1, max: 5 },
      { name: 'leverage', places: ['leverage'], kind: 'continuous', min: 1, max: 2.5 },
    ])
  })

  it('of several dimensions are parted by ;, lines, space and full-width punctuation', () => {
    const names = (text: string) => dimensionsOf(text).map(({ name }) => name)
    const both = ['RSI.period', 'stop_loss_pct']
    expect(names('RSI.period=7..21 step 2; stop=1,2;')).toEqual(both)
    expect(names('RSI.period=7..21 step 2\n\nstop=1,2\n')).toEqual(both)
    expect(names('RSI.period=7..21 step 2 stop=1,2')).toEqual(both)
    expect(names('RSI.period＝7..21　step 2；stop＝1，2')).toEqual(both)
  })

  it('that go with others at other points are taken though they clash with the strategy', () => {
    expect(dimensionsOf('MA.fast=10..30 step 10')).toMatchObject([{ values: [10, 20, 30] }])
    const risk = strategyOf('stop: 2%\nsize: risk 1%\nbuy: RSI oversold')
    expect(dimensionsOf('stop=none,2', risk)).toMatchObject([{ values: [2, null] }])
  })
})

describe('a space is refused', () => {
  const refused: [string, string, number, Record<string, unknown>][] = [
    ['RSI.perod=7..21', 'space-unknown-name', 1, { got: 'RSI.perod', suggestion: 'RSI.period' }],
    ['buy.RSI.perod=7', 'space-unknown-name', 1, { suggestion: 'buy.RSI.period' }],
    ['stop_los_pct=1,2', 'space-unknown-name', 1, { suggestion: 'stop_loss_pct' }],
    ['KDJ.n=9', 'space-unknown-name', 1, { got: 'KDJ.n' }],
    ['RSI.overbought.x=9', 'space-unknown-name', 1, {}],
    ['constructor.name=9', 'space-unknown-name', 1, {}],
    ['MA.k=9', 'space-unknown-name', 1, {}],
    ['bar=1H,4H', 'space-unknown-name', 1, { got: 'bar' }],
    [
      'buy[2].RSI.period=7',
      'space-no-condition',
      1,
      { allowed: expect.stringContaining('buy[0].RSI[1].period, sell[0]') },
    ],
    ['sell.RSI.oversold=30', 'space-no-condition', 1, { allowed: 'buy[0].RSI[0].oversold' }],
    ['RSI[3].period=7', 'space-no-condition', 1, {}],
    ['RSI.period=7; sell.RSI.period=8', 'space-overlap', 15, { got: 'sell.RSI.period', other: 'RSI.period' }],
    ['stop=1;stop_loss_pct=2', 'space-overlap', 8, { other: 'stop_loss_pct' }],
    ['RSI.period=21..7', 'space-range', 12, { got: '21..7' }],
    ['RSI.period=7..21 step 0', 'space-range', 12, { got: '7..21 step 0' }],
    ['RSI.period=7..21 step -1', 'space-range', 12, {}],
    ['RSI.period=7..21 step x', 'space-range', 12, {}],
    ['RSI.period=seven..21', 'space-range', 12, { got: 'seven..21' }],
    ['stop=2..2', 'space-range', 6, { got: '2..2' }],
    ['stop=none..2', 'space-range', 6, {}],
    ['MA.type=SMA..WMA', 'space-names', 9, { got: 'SMA..WMA' }],
    ['stop=none,1..3', 'space-needs-step', 11, { got: '1..3' }],
    ['sizing.value=1..100 step 0.01', 'space-too-many', 14, { allowed: 1000 }],
    ['stop=1..50 step 0.1, 51..99 step 0.05', 'space-too-many', 22, {}],
    // what the strategy has against a value, at the value
    ['RSI.period=7..1200', 'space-too-many', 12, {}],
    ['RSI.period=500..1001', 'strategy-integer', 17, { got: '1001', allowed: '2 … 1000' }],
    ['RSI.period=7,1', 'strategy-integer', 14, { got: '1' }],
    ['RSI.period=7..9 step 0.5', 'strategy-integer', 22, { got: '7.5' }],
    ['RSI.period=7,none', 'strategy-integer', 14, { got: 'none' }],
    ['RSI.oversold=30..101', 'strategy-number', 18, { got: '101' }],
    ['stop=0..3', 'strategy-number', 6, { got: '0' }],
    ['stop=99..100', 'strategy-number', 10, { got: '100' }],
    ['size=50..150 step 50', 'strategy-number', 10, { got: '150', allowed: '> 0, <= 100' }],
    ['leverage=1..3 step 1', 'strategy-spot-leverage', 20, { got: '2' }],
    ['MA.type=SMA,EMMA', 'strategy-choice', 13, { got: 'EMMA', suggestion: 'EMA' }],
    ['MA.periods=5/10,20/10', 'strategy-period-order', 17, { got: '20/10' }],
    ['MA.periods=5/x', 'strategy-param-value', 12, {}],
    ['RSI.bar=1H,5m', 'strategy-higher-bar', 12, { got: '5m', bar: '15m' }],
    ['RSI.bar=1H,7m', 'strategy-choice', 12, { got: '7m' }],
    ['RSI.within=0..3', 'strategy-integer', 12, { got: '0' }],
    // the form
    ['RSI.period', 'strategy-unexpected', 11, { allowed: '=', ended: 1 }],
    ['RSI.period 7', 'strategy-unexpected', 12, { got: '7', ended: 0 }],
    ['=7', 'strategy-unexpected', 1, { got: '=' }],
    ['RSI.period=', 'strategy-value-expected', 12, { ended: 1 }],
    ['RSI.period=7,', 'strategy-value-expected', 14, { ended: 1 }],
    ['RSI.period=7..', 'strategy-value-expected', 15, {}],
    ['RSI.period=7..21 step', 'strategy-value-expected', 22, {}],
    ['RSI.period=7..21 every 2', 'strategy-unexpected', 18, { got: 'every' }],
    ['RSI.period=7 step 2', 'strategy-unexpected', 14, { got: 'step' }],
  ]
  it.each(refused)('%s: %s in column %i', (text, id, column, args) => {
    const parsed = parseSpace(text, strategy)
    expect(parsed).toEqual({
      problems: [
        expect.objectContaining({ id: `error-${id}`, args: expect.objectContaining({ line: 1, column, ...args }) }),
      ],
    })
  })

  it('where nothing varies, and where it is too long', () => {
    expect(parseSpace(' ;\n', strategy)).toEqual({ problems: [{ path: '', id: 'error-space-empty', args: {} }] })
    expect(parseSpace('x'.repeat(5000), strategy)).toMatchObject({ problems: [{ id: 'error-space-too-long' }] })
  })

  it('with every fault named, each in its line', () => {
    const parsed = parseSpace('RSI.perod=7\nstop=1,2\nRSI.period=7..; size=-1', strategy)
    expect('problems' in parsed && parsed.problems.map(({ args }) => [args.line, args.column])).toEqual([
      [3, 15],
      [1, 1],
      [3, 22],
    ])
  })

  it('with the path where the strategy is at fault', () => {
    expect(parseSpace('sell.RSI.period=1', strategy)).toMatchObject({
      problems: [{ path: `${sell0(0)}.params.period` }],
    })
  })
})
