import { describe, expect, it } from 'vitest'
import { catalog } from '../domain/indicators/catalog.js'
import { createTranslator } from '../i18n.js'
import { indicatorsCommand } from './indicators.js'
import type { Reply } from './reply.js'

const en = createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'light' })

function answer(type?: string): Reply {
  return indicatorsCommand.view({ indicator: type === undefined ? null : catalog[type] }, en)
}

describe('the indicators', () => {
  it('are all listed, with a button each', () => {
    const { text, buttons } = answer()
    const lines = text?.split('\n') ?? []
    for (const type of Object.keys(catalog)) expect(lines.filter((line) => line.startsWith(type))).not.toEqual([])
    expect(lines).toContain('MA · Moving average: the mean of the last closes (SMA; EMA and WMA weigh the newest more)')
    expect(lines).toContain('RSI: how much of the recent movement was upward, from 0 to 100')
    expect(buttons?.flat().map(({ args }) => args.type)).toEqual(Object.keys(catalog))
  })

  it('tell their lines, warm-up, parameters with default and range, and signals as lines to copy', () => {
    const { text, table } = answer('RSI')
    expect(text).toContain('Lines: rsi\nWarm-up: first value at candle 15')
    expect(text).toContain('period: 14 (allowed: 2 … 1000)')
    expect(text).toContain('overbought: 70 (allowed: 0 … 100)')
    expect(table?.rows).toContainEqual(['buy: RSI(14, oversold=30) oversold', 'RSI(14) is below 30'])
    expect(table?.rows).toHaveLength(Object.keys(catalog.RSI.signals).length)
  })
})
