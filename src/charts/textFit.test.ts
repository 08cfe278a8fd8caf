import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import { describe, expect, test } from 'vitest'
import { bundledFamily, registerFonts } from './fonts.js'
import { fitText, textWidth, wrapText } from './textFit.js'

describe('text without a canvas', () => {
  test.each([
    'rsi-dip BTC-USDT 15m',
    'Account value (USDT)',
    '+1,234,567.89%',
    'SIMULATED DATA',
    '均线交叉与相对强弱指标 v2',
  ])('is estimated at the width of the bundled font: %s', (text) => {
    registerFonts(GlobalFonts)
    const context = createCanvas(1, 1).getContext('2d')
    for (const isBold of [false, true]) {
      context.font = `${isBold ? 'bold ' : ''}20px "${bundledFamily}"`
      const { width } = context.measureText(text)
      expect(textWidth(text, 20, isBold)).toBeGreaterThan(width * 0.97)
      expect(textWidth(text, 20, isBold)).toBeLessThan(width * 1.15)
    }
  })

  test('is cut with an ellipsis only where it does not fit', () => {
    expect(fitText('rsi-dip', 200, 12)).toBe('rsi-dip')
    const cut = fitText('a strategy with a long name', 80, 12)
    expect(cut).toMatch(/^a str.*…$/)
    expect(textWidth(cut, 12)).toBeLessThanOrEqual(80)
  })

  test('is broken between words, and cut after the last line', () => {
    expect(wrapText('moving average cross', 100, 12, false, 2)).toEqual(['moving average', 'cross'])
    const lines = wrapText('moving average cross with a stop and a target', 100, 12, false, 2)
    expect(lines).toHaveLength(2)
    expect(lines[1]).toMatch(/^cross .*…$/)
  })

  test('has a word that is longer than a line cut', () => {
    const [first] = wrapText(`${'W'.repeat(40)} cross`, 100, 12, false, 2)
    expect(first).toMatch(/^W+…$/)
    expect(textWidth(first, 12)).toBeLessThanOrEqual(100)
  })

  test('without spaces is broken as well', () => {
    const lines = wrapText('均线交叉与相对强弱指标超卖反弹组合策略', 120, 12, false, 3)
    expect(lines.join('')).toBe('均线交叉与相对强弱指标超卖反弹组合策略')
    for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(120)
  })
})
