import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from '@fluent/syntax'
import { describe, expect, it } from 'vitest'
import { allCommands } from './commands/allCommands.js'
import { argsOf, createRegistry, type Registry } from './commands/registry.js'
import { bundleOf, createTranslator, type Locale, localeOf, locales } from './i18n.js'

const src = fileURLToPath(new URL('.', import.meta.url))
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .filter((file) => !file.startsWith('testing/') && !file.startsWith('store/generated/'))
  .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }))

interface Message {
  /** Its own, and those of the messages that it quotes. */
  variables: string[]
  quotes: string[]
}

function messagesOf(locale: Locale): Map<string, Message> {
  const text = readFileSync(join(src, `../locales/${locale}.ftl`), 'utf8').replace(/^#.*$/gm, '')
  const blocks = text.split(/^(?=[a-zA-Z][\w-]* *=)/m).filter((block) => /^[a-zA-Z]/.test(block))
  const bodies = new Map(blocks.map((block) => [block.slice(0, block.search(/[ =]/)), block]))
  const quotesOf = (id: string) =>
    [...(bodies.get(id) ?? '').matchAll(/\{\s*([a-z][\w-]*)\s*\}/g)].map(([, quoted]) => quoted)
  const variablesOf = (id: string): string[] => {
    const own = [...(bodies.get(id) ?? '').matchAll(/\$(\w+)/g)].map(([, name]) => name)
    return [...own, ...quotesOf(id).flatMap(variablesOf)]
  }
  return new Map(
    [...bodies.keys()].map((id) => [id, { variables: [...new Set(variablesOf(id))].sort(), quotes: quotesOf(id) }]),
  )
}

/** Words for what stands in catalogs, named after it. */
const catalogFamilies = ['signal-', 'indicator-', 'template-', 'command-']

const en = messagesOf('en')
const zh = messagesOf('zh')
const reader = { timeZone: 'UTC', theme: 'light' } as const

/** Where source text uses a message: its id, and the names of the variables given where they can be seen. */
function usesIn(text: string): { id: string; given: string[] | null }[] {
  const calls = [...text.matchAll(/\b(?:t|UserError)\(\s*'([a-z0-9-]+)'\s*(?:,\s*(\{[^{}]*\})?|\))/g)].map(
    ([whole, id, object]) => {
      const isPlain = object !== undefined && !object.includes('...')
      const given = whole.endsWith(')')
        ? []
        : isPlain
          ? [...object.matchAll(/(?:^\{|,)\s*(\w+)\s*(?=[:,}])/g)].map(([, name]) => name)
          : null
      return { id, given }
    },
  )
  const others = [
    ...text.matchAll(/(?:\bkey: |\bid: )'([a-z0-9]+(?:-[a-z0-9]+)+)'|'((?:error|reply|button)-[a-z0-9-]+)'/g),
  ]
  return [...calls, ...others.map(([, key, literal]) => ({ id: key ?? literal, given: null }))]
}

describe('the languages', () => {
  it('have the same messages', () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort())
  })

  it('give each message the same variables', () => {
    const variables = (messages: typeof en) => Object.fromEntries([...messages].map(([id, m]) => [id, m.variables]))
    expect(variables(zh)).toEqual(variables(en))
  })

  it.each(locales)('can all be read: %s', (locale) => {
    expect(() => bundleOf(locale)).not.toThrow()
  })

  it.each(locales)('hold nothing that Fluent would drop: %s', (locale) => {
    const { body } = parse(readFileSync(join(src, `../locales/${locale}.ftl`), 'utf8'), { withSpans: false })
    const dropped = body.filter((entry) => entry.type === 'Junk').map((entry) => 'content' in entry && entry.content)
    expect(dropped).toEqual([])
  })

  it('have words for every command and argument, short enough for every platform', () => {
    const registry: Registry = createRegistry(allCommands(() => registry))
    for (const locale of locales) {
      const t = createTranslator({ locale, ...reader })
      for (const command of registry.commands) {
        const ids = [`command-${command.name}`, ...argsOf(command).map(({ name }) => `command-${command.name}-${name}`)]
        expect(ids.filter((id) => !t.has(id) || t(id).length > 100)).toEqual([])
      }
    }
  })
})

describe('the source', () => {
  it('uses only messages that exist', () => {
    const missing = sources.flatMap(({ file, text }) =>
      usesIn(text)
        .filter(({ id }) => !en.has(id))
        .map(({ id }) => `${file}: ${id}`),
    )
    expect(missing).toEqual([])
  })

  it('gives messages all their variables', () => {
    const poor = sources.flatMap(({ file, text }) =>
      usesIn(text)
        .filter(
          ({ id, given }) => given !== null && (en.get(id)?.variables ?? []).some((name) => !given.includes(name)),
        )
        .map(({ id, given }) => `${file}: ${id} needs ${en.get(id)?.variables}, is given ${given}`),
    )
    expect(poor).toEqual([])
  })

  it('leaves no message unused', () => {
    const all = sources.map(({ text }) => text).join('\n')
    const quoted = [...en.values()].flatMap(({ quotes }) => quotes)
    const literals = new Set([
      ...quoted,
      ...[...all.matchAll(/['"`]([a-z0-9]+(?:-[a-z0-9_]+)*)['"`]/gi)].map(([, literal]) => literal),
    ])
    const families = [
      ...catalogFamilies,
      ...[...all.matchAll(/[`']([a-z0-9]+-(?:[a-z0-9]+-)*)(?:\$\{|')/g)].map(([, prefix]) => prefix),
    ]
    const unused = [...en.keys()].filter((id) => !literals.has(id) && !families.some((prefix) => id.startsWith(prefix)))
    expect(unused).toEqual([])
  })
})

describe('a translator', () => {
  const t = createTranslator({ locale: 'en', ...reader })
  const zhT = t.in('zh')

  it('throws on an id that does not exist, and on a variable that is missing', () => {
    expect(() => t('no-such-message')).toThrow('no-such-message')
    expect(() => t('reply-failed')).toThrow('reply-failed')
  })

  it('puts values in without marks around them', () => {
    expect(t('reply-failed', { reference: 'abc' })).toMatch(/under abc\.$/)
  })

  it('picks the nearest language', () => {
    expect(['zh', 'zh-hans', 'zh_TW', 'en-GB', 'fr', '', undefined].map(localeOf)).toEqual([
      'zh',
      'zh',
      'zh',
      'en',
      'en',
      'en',
      'en',
    ])
  })

  it('writes figures', () => {
    expect(t.number(1234.567)).toBe('1,234.57')
    expect(t.number(5, { minDecimals: 1, sign: true })).toBe('+5.0')
    expect(t.money(-1234.5, 'USDT', { sign: true })).toBe('-1,234.50 USDT')
    expect(t.percent(12.345)).toBe('12.35%')
    expect(t.percent(0, { sign: true })).toBe('0.00%')
    expect(t.percent(3, { sign: true, decimals: 0 })).toBe('+3%')
    expect([64_123.45, 0.000012345, 1_234_567.891].map(t.price)).toEqual(['64,123.45', '0.000012345', '1,234,567.9'])
    expect(t.price({ toNumber: () => 0.1 })).toBe('0.1')
  })

  it('writes n/a for what is not there', () => {
    const nothing = [t.number(null), t.percent(undefined), t.price(Number.NaN), t.date(null), t.duration(undefined)]
    expect(new Set(nothing)).toEqual(new Set(['n/a']))
    expect(zhT.money(null, 'USDT')).not.toContain('NaN')
  })

  it('writes times in the zone of the reader', () => {
    const ms = Date.UTC(2024, 0, 31, 23, 5)
    expect([t.dateTime(ms), t.date(ms)]).toEqual(['2024-01-31 23:05', '2024-01-31'])
    const shanghai = createTranslator({ locale: 'zh', timeZone: 'Asia/Shanghai', theme: 'dark' })
    expect([shanghai.dateTime(ms), shanghai.date(ms)]).toEqual(['2024-02-01 07:05', '2024-02-01'])
  })

  it('writes durations by their two largest units', () => {
    const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
    expect([0, 59_600, 90_000, hour, 3 * day + 4 * hour + 5 * minute, day + 5 * minute].map(t.duration)).toEqual([
      '0s',
      '1m',
      '1m 30s',
      '1h',
      '3d 4h',
      '1d',
    ])
    expect(zhT.duration(90_000)).toBe('1分钟 30秒')
  })
})
