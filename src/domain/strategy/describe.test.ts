import { describe, expect, it } from 'vitest'
import { createTranslator, locales } from '../../i18n.js'
import { allSignals } from '../../testing/rulesArbitrary.js'
import { catalog } from '../indicators/catalog.js'
import { describeRange, describeRules, describeSignal } from './describe.js'
import { parseStrategyText } from './strategyText.js'

const translators = locales.map((locale) => createTranslator({ locale, timeZone: 'UTC', theme: 'light' }))
const [en, zh] = translators

function words(text: string, t: (typeof translators)[number]): string[] {
  const parsed = parseStrategyText(`name: x\n${text}`)
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
  return describeRules(parsed.strategy, t).split('\n')
}

describe('rules in words', () => {
  it('say what each condition is, with its parameters', () => {
    const text =
      'stop: 3%; cooldown: 2\nbuy: RSI oversold within 3 and MACD golden_cross\nsell: MA(5/10.0/30, EMA) bearish_alignment'
    expect(words(text, en)).toEqual([
      'Buys when RSI(14) is below 30 (on any of the last 3 bars) and MACD(12, 26, 9) DIF crosses above DEA.',
      'Sells when EMA(5/10/30) stand in bearish order, each below the next slower.',
      'Other exits: stop loss 3%.',
      'After an exit it waits 2 bars.',
    ])
    expect(words(text, zh)).toEqual([
      '买入条件：RSI(14) 低于 30（最近 3 根 K 线内出现过），且 MACD(12, 26, 9) 的 DIF 上穿 DEA（金叉）。',
      '卖出条件：EMA(5/10/30) 空头排列。',
      '其他离场条件：止损 3%。',
      '平仓后等待 2 根 K 线。',
    ])
  })

  it('name candlestick patterns', () => {
    const text = 'buy: PATTERN hammer or PATTERN morning_star within 3\nsell: not PATTERN three_white_soldiers'
    expect(words(text, en)).toEqual([
      'Buys when a hammer forms or a morning star forms (on any of the last 3 bars).',
      'Sells when not (three white soldiers form).',
    ])
    expect(words(text, zh)).toEqual([
      '买入条件：形成锤子线，或 形成早晨之星（启明星）（最近 3 根 K 线内出现过）。',
      '卖出条件：并非（形成红三兵）。',
    ])
  })

  it('negate after `within` and the timeframe', () => {
    expect(words('buy: not RSI oversold @1d+8 within 2', en)).toEqual([
      'Buys when not (RSI(14) is below 30 (on any of the last 2 bars) on the 1D+8 chart).',
    ])
  })

  it('keep groups apart, and join them as their logic says', () => {
    const rules = 'buy: RSI oversold or KDJ oversold\nbuy: BOLL below_lower'
    const [either] = words(rules, en)
    expect(either).toContain('(RSI(14) is below 30 or KDJ(9, 3, 3) K and D are below 20) or the price is below')
    const [all] = words(`buy logic: and\n${rules}`, en)
    expect(all).toContain('(RSI(14) is below 30 or KDJ(9, 3, 3) K and D are below 20) and the price is below')
  })

  it('say for a short strategy that a sell opens and a buy closes', () => {
    const text = 'inst: btc swap; direction: short; buy: RSI oversold; sell: RSI overbought'
    expect(words(text, en)).toEqual([
      'Opens a short when RSI(14) is above 70.',
      'Closes the short when RSI(14) is below 30.',
    ])
  })

  it('write numbers as they are, not rounded', () => {
    expect(words('buy: RSI(oversold=30.12345) oversold', en)[0]).toContain('below 30.12345')
  })

  it.each(locales)('exist in %s for every indicator and signal, from no more than its parameters', (locale) => {
    const t = createTranslator({ locale, timeZone: 'UTC', theme: 'light' })
    for (const type of Object.keys(catalog)) expect(t(`indicator-${type}`)).not.toBe('')
    const told = allSignals.map(({ indicator, signalType }) => {
      const args = indicator.signals[signalType].params.map((name) => [name, `<${name}>`])
      return t(`signal-${indicator.type}-${signalType}`, Object.fromEntries(args))
    })
    expect(new Set(told).size).toBe(allSignals.length)
    const names = allSignals.map(({ indicator, signalType }) => indicator.signals[signalType].params)
    told.forEach((text, i) => {
      for (const name of names[i]) expect(text).toContain(`<${name}>`)
    })
  })
})

describe('the catalog in words', () => {
  it('gives a signal the defaults of the parameters that are left out', () => {
    expect(describeSignal('RSI', 'oversold', en)).toBe('RSI(14) is below 30')
    expect(describeSignal('RSI', 'oversold', zh, { oversold: 12.5 })).toBe('RSI(14) 低于 12.5')
  })

  it('says what a parameter takes', () => {
    const { type, period, periods } = catalog.MA.params
    expect([type, period, catalog.BOLL.params.k].map((spec) => describeRange(spec, en))).toEqual([
      'SMA, EMA, WMA',
      '1 … 1000',
      '0.1 … 10',
    ])
    expect(describeRange(periods, en)).toBe('2 … 8 lengths of 1 … 1000, shortest first')
  })
})
