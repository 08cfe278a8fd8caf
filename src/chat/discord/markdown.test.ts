import fc from 'fast-check'
import { expect, it } from 'vitest'
import { escapeMarkdown, packPages } from './markdown.js'

it('never parts a backslash from what it escapes', () => {
  const texts = fc.string({ unit: fc.constantFrom('\\', '*', 'a', ' '), minLength: 1, maxLength: 300 })
  fc.assert(
    fc.property(texts, fc.integer({ min: 20, max: 60 }), (text, room) => {
      const pages = packPages([{ text: escapeMarkdown(text) }], room)
      for (const page of pages) {
        expect(page.length).toBeLessThanOrEqual(room)
        expect((/\\*$/.exec(page)?.[0].length ?? 0) % 2).toBe(0)
      }
      const shown = pages.map((page) => page.replace(/\\([\\*])/g, '$1')).join('')
      expect(shown.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
    }),
  )
})

it('lets nothing in a block of code end it', () => {
  const [page] = packPages([{ text: 'a ``` b ```` c', isCode: true }], 1000)
  expect(page.match(/```/g)).toHaveLength(2)
  expect(page.replaceAll('\u200b', '')).toBe('```\na ``` b ```` c\n```')
})

it('begins a new page rather than cutting a block that fits on one', () => {
  const blocks = [{ text: 'a'.repeat(30) }, { text: 'b'.repeat(30) }, { text: 'c'.repeat(10), isCode: true }]
  expect(packPages(blocks, 60)).toEqual(['a'.repeat(30), `${'b'.repeat(30)}\n\n\`\`\`\n${'c'.repeat(10)}\n\`\`\``])
})
