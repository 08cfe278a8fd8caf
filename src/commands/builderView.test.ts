import { describe, expect, it } from 'vitest'
import { catalog } from '../domain/indicators/catalog.js'
import { mostConditions, newDraft, readDraft } from '../domain/strategy/draft.js'
import { createTranslator, type Locale } from '../i18n.js'
import { rowsOf } from './builderButtons.js'
import { type Building, builderReply } from './builderView.js'
import type { Reply } from './reply.js'

const instruments = ['BTC-USDT', 'ETH-USDT', 'BTC-USDT-SWAP']
const open = (draft = newDraft({ name: 'mine', isNamed: false })): Building => ({ draft, instruments })
const labels = (reply: Reply) => (reply.buttons ?? []).flat().map(({ label }) => label)

/** Presses one button after the other, each by the beginning of its label; returns every reply. */
function press(locale: Locale, ...wanted: string[]): Reply[] {
  const t = createTranslator({ locale, timeZone: 'UTC', theme: 'light' })
  const replies = [builderReply(open(), t)]
  for (const label of wanted) {
    const buttons = (replies.at(-1)?.buttons ?? []).flat()
    const button = buttons.find((one) => one.label === label) ?? buttons.find((one) => one.label.startsWith(label))
    const draft = button && readDraft(String(button.args.draft))
    if (!draft) throw new Error(`no button ${label} among ${buttons.map((one) => one.label)}`)
    replies.push(builderReply(open(draft), t))
  }
  return replies
}

const last = (locale: Locale, ...wanted: string[]) => press(locale, ...wanted).at(-1) ?? {}
const dip = ['RSI', 'oversold']

describe('the builder', () => {
  it('begins with a welcome, and with every indicator in words', () => {
    const [first] = press('en')
    expect(first).toMatchObject({ title: 'New strategy · BTC-USDT · 15m · long' })
    expect(first.text).toContain('nothing is saved before you press Save')
    expect(first.text).toContain('buy: …\nWhen should it buy?')
    expect(first.text).toContain('\nRSI: how much of the recent movement was upward')
    expect(first.text).toContain('\nMA · Moving average: ')
    expect(labels(first)).toEqual([...Object.keys(catalog), 'Stops and settings'])
  })

  it('says what each signal means at its usual numbers', () => {
    const reply = last('en', 'RSI')
    expect(reply.text).toMatch(/^buy: RSI …\nWhich signal of RSI\?/)
    expect(reply.text).toContain('\noversold · RSI(14) is below 30\n')
    expect(labels(reply)).toEqual([...Object.keys(catalog.RSI.signals), '« Back'])
  })

  it('shows the rules in words and as text, and what may follow', () => {
    const reply = last('en', ...dip, 'and …', 'MACD', 'golden_cross', '+ sell rule', 'RSI', 'overbought')
    expect(reply.text).toContain(
      'Buys when RSI(14) is below 30 and MACD(12, 26, 9) DIF crosses above DEA.\nSells when RSI(14) is above 70.',
    )
    expect(reply.text).toContain('buy: RSI oversold and MACD golden_cross\nsell: RSI overbought')
    expect(labels(reply)).toEqual([
      'and …',
      'or …',
      '+ buy rule',
      '+ sell rule',
      'Adjust RSI overbought',
      'Remove RSI overbought',
      'Other conditions',
      'Stops and settings',
      'Save as mine',
    ])
  })

  it('begins a joined condition with the rule that it joins', () => {
    expect(last('en', ...dip, 'or …').text).toContain('buy: RSI oversold or …\nWhat else is enough on its own?')
    expect(last('en', ...dip, 'and …', 'MACD').text).toMatch(/^buy: RSI oversold and MACD …\n/)
    expect(last('en', ...dip, '+ sell rule', 'KDJ').text).toMatch(/^sell: KDJ …\n/)
  })

  it('names a parameter with its default and its range, and marks what is set', () => {
    const reply = last('en', ...dip, 'Adjust', 'period')
    expect(reply.text).toBe(
      'RSI oversold means: RSI(14) is below 30.\nperiod: by default 14, allowed 2 … 1000. These are the usual values:',
    )
    expect(labels(reply)).toContain('✓ 14')
    const changed = last('en', ...dip, 'Adjust', 'period', '20')
    expect(changed.text).toContain('RSI(20) oversold means: RSI(20) is below 30.')
    expect(labels(changed).slice(0, 2)).toEqual(['period 20', 'oversold 30'])
    expect(labels(last('en', 'MA', 'golden_cross', 'Adjust', 'type'))).toEqual(['✓ SMA', 'EMA', 'WMA', '« Back'])
    expect(labels(last('en', 'MA', 'bullish_alignment', 'Adjust', 'periods'))).toContain('✓ 5/10/20/60')
  })

  it('shows settings at what they are', () => {
    const reply = last('en', ...dip, 'Stops', 'Stop loss', '3%', 'Longest', '48', 'Timeframe', '1D')
    expect(reply.title).toContain('1Dutc (UTC)')
    expect(reply.text).toContain('Other exits: stop loss 3%, 48 bars held.')
    expect(labels(reply)).toEqual([
      'Stop loss: 3%',
      'Take profit: none',
      'Trailing stop: none',
      'Longest hold: 48 bars',
      'Instrument: BTC-USDT',
      'Timeframe: 1D (UTC)',
      'Size: 100%',
      'Cooldown: none',
      '« To the rules',
      'Save as mine',
    ])
    expect(reply.text).toContain('Spot can only be bought')
    const swap = last('en', ...dip, 'Stops', 'Instrument', 'BTC-USDT-SWAP', 'Direction', 'short', '« To the rules')
    expect(swap.title).toBe('New strategy · BTC-USDT-SWAP · 15m · short')
    expect(swap.text).not.toContain('Spot can only be bought')
  })

  it('holds in Save the draft as it stands', () => {
    const save = last('en', ...dip)
      .buttons?.flat()
      .find(({ label }) => label.startsWith('Save'))
    expect(save?.args.save).toBe(true)
    expect(readDraft(String(save?.args.draft))?.strategy.rules.buy_groups).toHaveLength(1)
  })

  it('says whose strategy it goes on with', () => {
    const t = createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'light' })
    const reply = builderReply(open(newDraft({ name: 'my-dip', isNamed: true })), t)
    expect(reply.title).toBe('Strategy my-dip · BTC-USDT · 15m · long')
  })

  it('speaks Chinese', () => {
    const reply = last('zh', ...dip, '且', 'MACD', 'golden_cross')
    expect(reply.title).toBe('新策略 · BTC-USDT · 15m · 做多')
    expect(reply.text).toContain('买入条件：RSI(14) 低于 30，且 MACD(12, 26, 9) 的 DIF 上穿 DEA（金叉）。')
    expect(labels(reply)).toContain('保存为 mine')
    expect(labels(last('zh', ...dip, '止损与设置'))).toContain('止损：无')
  })
})

describe('the hint', () => {
  const sells = ['+ sell rule', 'RSI', 'overbought']
  const toSwap = ['Stops', 'Instrument', 'BTC-USDT-SWAP', 'Direction']

  it.each([
    { when: 'nothing closes', presses: dip, says: 'Nothing closes a position yet: add a sell rule' },
    { when: 'nothing opens', presses: [...dip, ...sells, 'Other', '1 · buy', 'Remove'], says: 'it needs a buy rule' },
    {
      when: 'a short never opens',
      presses: [...dip, ...toSwap, 'short', '« To the rules'],
      says: 'it needs a sell rule',
    },
    {
      when: 'a turn is missing its other side',
      presses: [...dip, ...toSwap, 'long and short', '« To the rules'],
      says: 'Nothing closes a position yet: add a sell rule',
    },
    {
      when: 'a rule is joined by and',
      presses: [...dip, ...sells, 'and', 'KDJ', 'bearish'],
      says: 'joined by “and”. One rule has one joint: for an “or”, add another sell rule, for any of them is enough',
    },
    {
      when: 'a rule is joined by or',
      presses: [...dip, ...sells, 'or', 'KDJ', 'bearish'],
      says: 'joined by “or”. One rule has one joint: for an “and”, add another sell rule, then require all',
    },
    {
      when: 'a turn is missing the side that comes first',
      presses: [...dip, ...toSwap, 'long and short', '« To the rules', ...sells, 'Other', '1 · buy', 'Remove'],
      says: 'Nothing closes a position yet: add a buy rule',
    },
    { when: 'another rule is begun', presses: [...dip, '+ buy rule'], says: 'Another buy rule: any one of them' },
    {
      when: 'another rule is begun beside some that must all hold',
      presses: [...dip, '+ buy rule', 'KDJ', 'bullish', 'Require all buy', '+ buy rule'],
      says: 'Another buy rule: all of them must hold',
    },
    { when: 'there are several rules', presses: [...dip, ...sells], says: 'go on from sell: RSI overbought' },
  ])('says so where $when', ({ presses, says }) => {
    expect(last('en', ...presses).text).toContain(says)
  })

  it('is silent where a stop closes what one rule opens', () => {
    const { text } = last('en', ...dip, 'Stops', 'Stop loss', '3%', '« To the rules')
    expect(text).toMatch(/buy: RSI oversold\n\nWhat next\?/)
  })

  it('says where buttons end', () => {
    const many = Array.from({ length: mostConditions - 1 }, () => ['and …', 'MACD', 'bullish']).flat()
    const reply = last('en', ...dip, 'Stops', 'Stop loss', '3%', '« To the rules', ...many)
    expect(reply.text).toContain(`as much as buttons build: ${mostConditions} conditions`)
    expect(labels(reply)).not.toContain('and …')
  })
})

describe('rows', () => {
  const rows = (...words: string[]) => rowsOf(words.map((label) => ({ label }))).map((row) => row.length)

  it('hold as many buttons as a phone shows in full, at most five', () => {
    expect(rows('1', '2', '3', '4', '5', '6')).toEqual([5, 1])
    expect(rows('golden_cross', 'death_cross', 'bullish', 'bearish')).toEqual([3, 1])
    expect(rows('golden_cross_above_zero', 'golden_cross_below_zero')).toEqual([1, 1])
    expect(rows()).toEqual([])
  })

  it('know that Chinese is wide', () => {
    expect(rows('买入规则买入规则', '卖出规则', '全部规则')).toEqual([2, 1])
  })
})
