import { describe, expect, it } from 'vitest'
import { compileStrategy } from '../domain/strategy/compile.js'
import { createTranslator } from '../i18n.js'
import { readStrategy } from '../services/strategies.js'
import { candlesFromCloses } from '../testing/candleSeries.js'
import { whyReply } from './why.js'

const en = createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'light' })
const shanghai = createTranslator({ locale: 'zh', timeZone: 'Asia/Shanghai', theme: 'light' })

/** Minutes:                              0   1   2   3   4   5   6 */
const candles = candlesFromCloses([10, 11, 12, 11, 11, 12, 11])

function why(rules: string, { i = 6, t = en, isNewest = true } = {}) {
  const strategy = readStrategy(`bar: 1m; ${rules}`, 'tested')
  const sides = compileStrategy(strategy.rules, '1m', candles).explain(i)
  return whyReply({ strategy, source: 'okx', ts: candles.ts[i], close: candles.close[i], isNewest, sides }, t)
}
const paragraphs = (...given: Parameters<typeof why>) => why(...given).text?.split('\n\n')

describe('the answer why', () => {
  it('gives for each side whether it holds, each condition with its mark, and the values that it looked at', () => {
    expect(paragraphs('buy: MA(2) price_above and MA(3) price_below; sell: MA(2) price_below')).toEqual([
      'The newest closed candle: 1970-01-01 00:06 to 1970-01-01 00:07 (UTC), close 11',
      [
        '❌ Buy: the rules do not hold (all of these must)',
        '❌ the price is above SMA(2)',
        '    ma 11.5',
        '✅ the price is below SMA(3)',
        '    ma 11.3333',
      ].join('\n'),
      ['✅ Sell: the rules hold', '✅ the price is below SMA(2)', '    ma 11.5'].join('\n'),
    ])
  })

  it('tells groups apart', () => {
    const [, buy] =
      paragraphs(
        'buy logic: and; buy: MA(2) price_above or MA(2) price_below; buy: MA(2) price_above; sell: RSI bullish',
      ) ?? []
    expect(buy.split('\n').filter((line) => !line.startsWith(' '))).toEqual([
      '❌ Buy: the rules do not hold (all groups must)',
      '✅ Group 1 (any of these is enough)',
      '❌ the price is above SMA(2)',
      '✅ the price is below SMA(2)',
      '❌ Group 2',
      '❌ the price is above SMA(2)',
    ])
  })

  it('says when what held lately fired, and of which candle of another chart it speaks', () => {
    const [, buy, sell] = paragraphs('buy: MA(2) price_above within 3; sell: MA(1) price_above @3m') ?? []
    expect(buy).toContain(
      '✅ the price is above SMA(2) (on any of the last 3 bars)\n    ma 11.5 · fired at 1970-01-01 00:05',
    )
    expect(sell).toContain('    3m candle of 1970-01-01 00:03 · ma 12')
  })

  it('says what is not known yet, and only then', () => {
    const told = paragraphs('buy: MA(50) price_above; sell: MA(2) price_below') ?? []
    expect(told[1]).toContain('❔ the price is above SMA(50)\n    ma n/a')
    expect(told[3]).toMatch(/^❔ not known yet/)
    expect(paragraphs('buy: MA(2) price_above; sell: MA(2) price_below')).toHaveLength(3)
  })

  it('begins with the side that opens, and leaves out a side without rules', () => {
    const short = 'inst: btc swap; direction: short; '
    expect(why(`${short}buy: MA(2) price_above; sell: MA(2) price_below`).text).toMatch(/Sell: .*Buy: /s)
    expect(why('buy: MA(2) price_above').text).not.toContain('Sell')
  })

  it('speaks Chinese, in the zone of the reader', () => {
    expect(paragraphs('buy: MA(2) price_above and MA(3) price_below', { t: shanghai })).toEqual([
      '最新收盘的 K 线：1970-01-01 08:06 至 1970-01-01 08:07（Asia/Shanghai），收盘价 11',
      [
        '❌ 买入规则不成立（须全部满足）',
        '❌ 价格高于 SMA(2)',
        '    ma 11.5',
        '✅ 价格低于 SMA(3)',
        '    ma 11.3333',
      ].join('\n'),
    ])
  })

  it('offers the candles beside it: the next one only where it has closed', () => {
    const times = (isNewest: boolean) =>
      why('buy: MA(2) price_above', { i: 5, isNewest }).buttons?.[0].map(({ args }) => args.time)
    expect(times(false)).toEqual(['1970-01-01T00:04', '1970-01-01T00:06'])
    expect(times(true)).toEqual(['1970-01-01T00:04'])
  })
})
