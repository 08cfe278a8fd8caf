import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DrawnReply } from '../../commands/dispatch.js'
import { createTranslator } from '../../i18n.js'
import { checkComponents, checkContent, checkEmbeds, checkForm, MessageBody } from '../../testing/discordRules.js'
import { type Message, renderProgress, renderReply } from './render.js'

const t = createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'dark' })
const png = new Uint8Array([1])

const table = (label: string, rows: string[][]) => ({
  columns: [
    { label, align: 'left' as const },
    { label: 'n', align: 'right' as const },
  ],
  rows,
})

/** What Discord's client shows of Markdown that only escapes and marks code. */
function shown(markdown: string): string {
  return markdown.replace(/\\([^\p{L}\p{N}\s])/gu, '$1')
}

describe('a reply on Discord', () => {
  it('of plain words is plain content', () => {
    expect(renderReply({ text: 'hello', t })).toEqual([{ content: 'hello', embeds: [], components: [], files: [] }])
  })

  it('that says nothing is no message', () => {
    expect(renderReply({ t })).toEqual([])
    expect(renderReply({ text: ' \n', t })).toEqual([])
  })

  it('leads with its stamp, loudly, and carries its colour on', () => {
    const [first, second] = renderReply({ stamp: 'SIMULATED DATA', title: 'BTC', text: 'x '.repeat(3000), t })
    expect(first.content).toBe('⚠️ **SIMULATED DATA** ⚠️')
    expect(first.embeds[0].title).toBe('BTC')
    expect([first.embeds[0].color, second.embeds[0].color]).toEqual([0xf0a020, 0xf0a020])
    expect(renderReply({ title: 'BTC', t })[0].embeds[0].color).not.toBe(0xf0a020)
  })

  it('keeps narrow tables in columns, Chinese ones too, and writes others as lines', () => {
    const narrow = table('名称', [
      ['a', '1'],
      ['中文', '10'],
    ])
    expect(renderReply({ table: narrow, t })[0].embeds[0].description).toBe(
      '```\n名称   n\n────  ──\na      1\n中文  10\n```',
    )
    const wide = table('name', [['x'.repeat(50), '1']])
    expect(renderReply({ table: wide, t })[0].embeds[0].description).toBe(`**name** · n\n**${'x'.repeat(50)}** · 1`)
  })

  it('shows code as a block, as it stands', () => {
    const reply = { text: 'copy *this*', code: 'buy: RSI(14) oversold\nsell: MA price_below', t }
    expect(renderReply(reply)[0].content).toBe(
      'copy \\*this\\*\n\n```\nbuy: RSI(14) oversold\nsell: MA price_below\n```',
    )
  })

  it('cuts a long table between its rows, each page a whole block of code', () => {
    const rows = Array.from({ length: 400 }, (_, i) => [`row ${i}`, String(i)])
    const pages = renderReply({ table: table('name', rows), t }).map(({ embeds }) => embeds[0].description ?? '')
    expect(pages.length).toBeGreaterThan(1)
    for (const page of pages) expect(page).toMatch(/^```\n(.*\d\n|name.*\n|─.*\n)+```$/)
  })

  it('shows more fields than Discord takes, or longer ones, as lines', () => {
    const fields = Array.from({ length: 26 }, (_, i) => ({ label: `f${i}`, value: String(i) }))
    const [{ embeds }] = renderReply({ fields, t })
    expect(embeds[0].fields).toBeUndefined()
    expect(embeds[0].description?.split('\n')).toHaveLength(26)
    const [long] = renderReply({ fields: [{ label: 'f', value: 'v'.repeat(1025) }], t })
    expect(long.embeds[0].description).toBe(`f: **${'v'.repeat(1025)}**`)
  })

  it('fits as a whole where each part is as long as it may be', () => {
    for (const size of [70, 79, 80, 81, 140]) {
      const fields = Array.from({ length: 25 }, () => ({ label: 'l', value: 'v'.repeat(size) }))
      const messages = renderReply({ stamp: 's', title: 't'.repeat(256), text: 'x'.repeat(9000), fields, t })
      for (const { embeds } of messages) expect(() => checkEmbeds(embeds)).not.toThrow()
    }
  })

  it('shows as it stands what Discord would take for formatting, a mention or a list', () => {
    const text = '# a_b_c *x* `y` ~~z~~ ||s||\n- 5%\n-5.29%\n> q\n1. one\n<@1> <#2> <:e:3> [a](b) [inst] <strategy> \\'
    const [{ content }] = renderReply({ text, t })
    expect(shown(content)).toBe(text)
    expect(content.split('\n')).toEqual([
      '\\# a\\_b\\_c \\*x\\* \\`y\\` \\~\\~z\\~\\~ \\|\\|s\\|\\|',
      '\\- 5%',
      '-5.29%',
      '\\> q',
      '1\\. one',
      '\\<@1> \\<#2> \\<:e:3> [a\\](b) [inst] <strategy> \\\\',
    ])
  })

  it('keeps the name of its picture so that the embed finds it', () => {
    const [{ embeds, files }] = renderReply({ picture: { png, name: '策略 BTC.png' }, t })
    expect(files.map(({ name }) => name)).toEqual(['BTC.png'])
    expect(embeds[0].image?.url).toBe('attachment://BTC.png')
  })

  it('shows progress with a button', () => {
    const message = renderProgress({ text: 'step', fraction: 0.5, cancel: { label: 'Cancel', token: 'c' }, t })
    expect(message.content).toBe('⏳ step\n█████░░░░░ 50%')
    expect(message.components).toMatchObject([{ components: [{ label: 'Cancel', custom_id: 'c' }] }])
  })
})

const words = fc.string({
  unit: fc.constantFrom('a', 'B', '7', '中', '😀', ' ', '\n', '`', '*', '_', '\\', '<', '-', '\u0007'),
})
const long = fc
  .tuple(words, fc.integer({ min: 0, max: 900 }))
  .map(([text, times]) => text.repeat(times).slice(0, 20_000))
const line = fc.oneof(words, long)
const label = fc.oneof(
  words,
  words.map((text) => text.repeat(20)),
)
const anyTable = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.record({
    columns: fc.array(fc.record({ label: words, align: fc.constantFrom('left' as const, 'right' as const) }), {
      minLength: width,
      maxLength: width,
    }),
    rows: fc.array(fc.array(words, { minLength: width, maxLength: width }), { maxLength: 200 }),
  }),
)
const anyReply: fc.Arbitrary<DrawnReply> = fc
  .record(
    {
      stamp: line,
      title: line,
      text: line,
      code: line,
      fields: fc.array(fc.record({ label: line, value: line }), { maxLength: 40 }),
      table: anyTable,
      file: fc.constant({ name: 'a.csv', mimeType: 'text/csv', content: 'x' }),
      picture: fc.record({ png: fc.constant(png), name: words }),
      buttons: fc.array(fc.array(label, { maxLength: 40 }), { maxLength: 12 }),
    },
    { requiredKeys: [] },
  )
  .map(({ buttons, ...reply }) => {
    let token = 0
    const drawn = buttons?.map((row) => row.map((text) => ({ label: text, token: `token-${token++}` })))
    return { ...reply, ...(drawn && { buttons: drawn }), t }
  })

const tokensOf = ({ components }: Message) =>
  components.flatMap((row) =>
    row.components.flatMap((component) =>
      'options' in component
        ? component.options.map(({ value }) => value)
        : 'custom_id' in component
          ? [component.custom_id]
          : [],
    ),
  )

describe('any reply', () => {
  it('fits what Discord takes', () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        for (const { content, embeds, components, files } of renderReply(reply)) {
          checkForm(MessageBody, { content, embeds, components })
          checkEmbeds(embeds)
          checkComponents(components)
          const isSomething = checkContent(content) !== '' || [embeds, files].some((list) => list.length > 0)
          expect(isSomething).toBe(true)
          expect(files.length).toBeLessThanOrEqual(10)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('keeps all its buttons, each once, and in their order', () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        const wanted = (reply.buttons ?? []).flat().map(({ token }) => token)
        expect(renderReply(reply).flatMap(tokensOf)).toEqual(wanted)
      }),
    )
  })

  it('keeps all its text, be it in a file', () => {
    fc.assert(
      fc.property(line, (text) => {
        const messages = renderReply({ title: 'T', text, t })
        const [file] = messages.at(-1)?.files ?? []
        const inPages = messages.map(({ embeds }) => shown(embeds[0]?.description ?? '')).join('')
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
        const bare = (words: string) => words.replace(/\s|[\u0000-\u001f]/g, '')
        const kept = file ? String(file.data).replace(/^T/, '') : inPages
        expect(bare(kept)).toBe(bare(text))
      }),
    )
  })
})
