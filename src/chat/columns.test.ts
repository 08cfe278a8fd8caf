import { describe, expect, it } from 'vitest'
import { createTranslator } from '../i18n.js'
import { displayWidth, pad, progressBar, tableLines } from './columns.js'

describe('fixed-width text', () => {
  it('counts Chinese characters and emoji twice, accents not at all', () => {
    expect(['abc', '中文', '，', '😀', 'e\u0301', '░', 'ａ'].map(displayWidth)).toEqual([3, 4, 2, 2, 1, 1, 2])
  })

  it('pads to a width, on either side', () => {
    expect(pad('中', 4)).toBe('中  ')
    expect(pad('1', 4, 'right')).toBe('   1')
    expect(pad('too long', 4)).toBe('too long')
  })

  it('keeps columns in line whatever the language', () => {
    const lines = tableLines({
      columns: [
        { label: '策略', align: 'left' },
        { label: '收益', align: 'right' },
      ],
      rows: [
        ['rsi-dip', '12%'],
        ['抄底', '-3%'],
      ],
    })
    expect(lines).toEqual(['策略     收益', '───────  ────', 'rsi-dip   12%', '抄底      -3%'])
  })

  it('draws how far the work is, and nothing where nobody knows', () => {
    const t = createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'light' })
    expect(progressBar(0.42, t)).toBe('████░░░░░░ 42%')
    expect(progressBar(1.2, t)).toBe('██████████ 100%')
    expect(progressBar(null, t)).toBe('')
  })
})
