import { expect, it } from 'vitest'
import { strategyWith } from '../../testing/strategyFixture.js'
import { diffStrategies } from './strategyDiff.js'
import { changeStrategy } from './strategyText.js'

const old = strategyWith({ name: 'x' })
const changed = (text: string) => {
  const read = changeStrategy(old, text)
  return 'strategy' in read ? read.strategy : expect.fail()
}
const shown = (...[before, after]: Parameters<typeof diffStrategies>) =>
  diffStrategies(before, after).map(({ kind, text }) => `${{ kept: ' ', removed: '-', added: '+' }[kind]}${text}`)

it('shows what was taken away and what came, in the order of the text form', () => {
  expect(shown(old, changed('bar: 1h; stop: 5%; buy: KDJ oversold'))).toEqual([
    ' name: x',
    ' inst: BTC-USDT',
    '-bar: 15m',
    '+bar: 1H',
    ' direction: long',
    '-buy: RSI oversold',
    '+stop: 5%',
    '+buy: KDJ oversold',
  ])
})

it('keeps every line where nothing changed, and every line is new where there was nothing', () => {
  expect(new Set(diffStrategies(old, old).map(({ kind }) => kind))).toEqual(new Set(['kept']))
  expect(new Set(diffStrategies(null, old).map(({ kind }) => kind))).toEqual(new Set(['added']))
})
