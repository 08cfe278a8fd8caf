import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indicatorsCommand } from '../../commands/indicators.js'
import { catalog } from '../../domain/indicators/catalog.js'
import { createTranslator, locales } from '../../i18n.js'
import { formatReply, paginate, textLimit } from './formatted.js'

const styled = (reply: Parameters<typeof formatReply>[0]) => {
  const { text, entities } = formatReply(reply)
  return entities.map(({ type, offset, length }) => [type, text.slice(offset, offset + length)])
}
const table = (label: string, cells: string[][]) => ({
  columns: [
    { label, align: 'left' as const },
    { label: 'n', align: 'right' as const },
  ],
  rows: cells,
})

describe('a reply on Telegram', () => {
  it('leads with its stamp, and marks what matters', () => {
    const reply = {
      stamp: 'SIMULATED DATA',
      title: 'BTC <&> 中文 😀',
      text: 'words',
      fields: [
        { label: 'a', value: '1' },
        { label: 'b', value: '2' },
      ],
    }
    expect(formatReply(reply).text).toBe('⚠️ SIMULATED DATA ⚠️\nBTC <&> 中文 😀\n\nwords\n\na: 1\nb: 2')
    expect(styled(reply)).toEqual([
      ['bold', '⚠️ SIMULATED DATA ⚠️'],
      ['bold', 'BTC <&> 中文 😀'],
      ['bold', '1'],
      ['bold', '2'],
    ])
  })

  it('shows code in fixed width, to be copied by a tap', () => {
    const code = 'buy: RSI oversold\nsell: MA price_below'
    expect(styled({ text: 'words', code })).toEqual([['pre', code]])
    expect(formatReply({ text: 'words', code }).text).toBe(`words\n\n${code}`)
  })

  it('keeps narrow tables in columns, Chinese ones too', () => {
    const narrow = table('名称', [
      ['a', '1'],
      ['中文', '10'],
    ])
    expect(styled({ table: narrow })).toEqual([['pre', '名称   n\n────  ──\na      1\n中文  10']])
  })

  it('writes tables too wide for a phone as lines', () => {
    const wide = table('name', [['x'.repeat(50), '1']])
    expect(formatReply({ table: wide }).text).toBe(`name · n\n${'x'.repeat(50)} · 1`)
  })

  it('has no white space at its ends, nor control characters, that would shift its formatting', () => {
    const { text, entities } = formatReply({ title: '  a\u0007b ', text: ' \n' })
    expect(text).toBe('ab')
    expect(entities).toEqual([{ type: 'bold', offset: 0, length: 2 }])
  })
})

describe('paginate', () => {
  it.each(locales)('needs no more than two messages for all that there is to say of an indicator: %s', (locale) => {
    const t = createTranslator({ locale, timeZone: 'UTC', theme: 'light' })
    for (const indicator of Object.values(catalog)) {
      const pages = paginate(formatReply(indicatorsCommand.view({ indicator }, t)), textLimit)
      expect({ type: indicator.type, isReadable: pages.length <= 2 }).toEqual({
        type: indicator.type,
        isReadable: true,
      })
    }
  })

  it('cuts between lines, and carries the formatting on', () => {
    const text = `${'a'.repeat(60)}\n${'b'.repeat(60)}`
    const pages = paginate({ text, entities: [{ type: 'pre', offset: 0, length: text.length }] }, 100)
    expect(pages).toEqual([
      { text: 'a'.repeat(60), entities: [{ type: 'pre', offset: 0, length: 60 }] },
      { text: 'b'.repeat(60), entities: [{ type: 'pre', offset: 0, length: 60 }] },
    ])
  })

  it('loses nothing but white space, keeps the limits, cuts no character in two, and shifts no formatting', () => {
    const word = fc.stringMatching(/^[a-z中😀]{1,30}$/u)
    const separator = fc.constantFrom(' ', '\n', '\n\n', '')
    const pieces = fc.array(fc.tuple(word, separator), { maxLength: 60 })
    fc.assert(
      fc.property(pieces, fc.integer({ min: 10, max: 60 }), fc.integer({ min: 10, max: 60 }), (parts, first, limit) => {
        const text = parts.map(([a, b]) => a + b).join('')
        const marks: { type: 'bold'; offset: number; length: number }[] = []
        let offset = 0
        for (const [a, b] of parts) {
          marks.push({ type: 'bold', offset, length: a.length })
          offset += a.length + b.length
        }
        const pages = paginate({ text, entities: marks }, first, limit)
        const bare = (value: string) => value.replace(/\s/g, '')
        expect(bare(pages.map((page) => page.text).join(''))).toBe(bare(text))
        for (const [i, page] of pages.entries()) {
          expect(page.text.length).toBeLessThanOrEqual(i === 0 ? first : limit)
          expect(page.text).toBe(page.text.trim())
          expect(page.text).not.toMatch(/^[\udc00-\udfff]/)
        }
        const bold = pages.flatMap((page) => page.entities.map((e) => page.text.slice(e.offset, e.offset + e.length)))
        expect(bold.join('')).toBe(parts.map(([a]) => a).join(''))
      }),
    )
  })
})
