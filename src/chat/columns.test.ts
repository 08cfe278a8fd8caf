import { describe, expect, it } from 'vitest'
import { createTranslator } from '../i18n.js'
import { displayWidth, pad, phoneLines, progressBar, tableLines } from './columns.js'

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

  it('puts columns of one kind below each other where a phone has no room for all, evenly', () => {
    const label = (i: number) => `${'#'.repeat(8)}${i}`
    const table = {
      columns: [
        { label: 'Figure', align: 'left' as const },
        ...[1, 2, 3, 4].map((i) => ({ label: label(i), align: 'right' as const })),
      ],
      rows: [['Return', '1%', '2%', '3%', '4%']],
    }
    expect(phoneLines(table)).toBeNull()
    expect(phoneLines({ ...table, wraps: true })).toEqual([
      `Figure  ${label(1)}  ${label(2)}`,
      '──────  ─────────  ─────────',
      'Return         1%         2%',
      '',
      `Figure  ${label(3)}  ${label(4)}`,
      '──────  ─────────  ─────────',
      'Return         3%         4%',
    ])
    const narrow = { ...table, columns: table.columns.slice(0, 3), rows: [['Return', '1%', '2%']] }
    expect(phoneLines(narrow)).toHaveLength(3)
    const endless = { ...table, wraps: true, rows: [['x'.repeat(50), '', '', '', '']] }
    expect(phoneLines(endless)).toBeNull()
  })

  it('draws how far the work is, and nothing where nobody knows', () => {
    const t = createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'light' })
    expect(progressBar(0.42, t)).toBe('████░░░░░░ 42%')
    expect(progressBar(1.2, t)).toBe('██████████ 100%')
    expect(progressBar(null, t)).toBe('')
  })
})
