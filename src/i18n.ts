import { readFileSync } from 'node:fs'
import { FluentBundle, FluentResource } from '@fluent/bundle'

/** The languages that Candlechat speaks; each has its file in locales/. */
export const locales = ['en', 'zh'] as const
export type Locale = (typeof locales)[number]

/** BCP 47 tag that numbers are written by. */
const tags = { en: 'en-US', zh: 'zh-CN' } as const satisfies Record<Locale, string>

export type MessageArgs = Readonly<Record<string, string | number>>
/** A number as it comes: a float, an exchange decimal, or nothing (shown as n/a). */
export type Figure = number | { toNumber(): number } | null | undefined

export interface Reader {
  locale: Locale
  /** IANA zone. */
  timeZone: string
  theme: 'light' | 'dark'
}

/** Words, numbers and times as one reader wants them. An unknown id or a variable left out throws: it is our own fault. */
export interface Translator extends Readonly<Reader> {
  (id: string, args?: MessageArgs): string
  /** BCP 47 tag of the locale. */
  readonly tag: string
  has(id: string): boolean
  /** An attribute of a message, such as a command's `name` in this language; null where there is none. */
  attribute(id: string, name: string): string | null
  /** The same reader in another language. */
  in(locale: Locale): Translator
  number(x: Figure, options?: { minDecimals?: number; maxDecimals?: number; sign?: boolean }): string
  /** `10,000.00 USDT` */
  money(x: Figure, ccy: string, options?: { sign?: boolean }): string
  /** `x` is in percent: 12.5 is `12.50%`. */
  percent(x: Figure, options?: { decimals?: number; sign?: boolean }): string
  /** Eight significant digits, whatever the size. */
  price(x: Figure): string
  /** `2024-01-31 18:05` in the reader's zone. */
  dateTime(ms: number | null | undefined): string
  /** `2024-01-31` in the reader's zone. */
  date(ms: number | null | undefined): string
  /** The two largest units: `3d 4h`. */
  duration(ms: number | null | undefined): string
}

const bundles = new Map<Locale, FluentBundle>()

/** The Fluent bundle of a language, read from locales/ at first use. Throws on a malformed file. */
export function bundleOf(locale: Locale): FluentBundle {
  const known = bundles.get(locale)
  if (known) return known
  const bundle = new FluentBundle(tags[locale], {
    useIsolating: false,
    // Fluent cannot select on an empty string: GIVEN($x) is `yes` or `no`.
    functions: { GIVEN: ([value]) => (value === undefined || String(value.valueOf()) === '' ? 'no' : 'yes') },
  })
  const text = readFileSync(new URL(`../locales/${locale}.ftl`, import.meta.url), 'utf8')
  const resource = new FluentResource(text)
  const errors = bundle.addResource(resource).map((error) => error.message)
  const read = new Set(resource.body.map(({ id }) => id))
  // Fluent passes over what it cannot read.
  const declared = [...text.matchAll(/^([a-zA-Z][\w-]*) *=/gm)].map(([, id]) => id)
  errors.push(...declared.filter((id) => !read.has(id)).map((id) => `"${id}" is malformed`))
  if (errors.length > 0) throw new Error(`locales/${locale}.ftl: ${errors.join('; ')}`)
  bundles.set(locale, bundle)
  return bundle
}

/** The nearest language that we speak to a BCP 47 tag such as `zh-hans`; English if there is none. */
export function localeOf(tag: string | null | undefined): Locale {
  const language = tag?.toLowerCase().split(/[-_]/)[0]
  return locales.find((locale) => locale === language) ?? 'en'
}

export function createTranslator({ locale, timeZone, theme }: Reader): Translator {
  const bundle = bundleOf(locale)
  const tag = tags[locale]

  const message = (id: string, args: MessageArgs = {}): string => {
    const pattern = bundle.getMessage(id)?.value
    if (!pattern) throw new Error(`locales/${locale}.ftl has no message "${id}"`)
    try {
      return bundle.formatPattern(pattern, args)
    } catch (cause) {
      throw new Error(`locales/${locale}.ftl: "${id}" could not be written`, { cause })
    }
  }

  const figure = (x: Figure, options: Intl.NumberFormatOptions): string => {
    const value = typeof x === 'object' ? x?.toNumber() : x
    if (value === undefined || !Number.isFinite(value)) return message('not-available')
    return formatNumber(tag, options, value)
  }

  const signed = (sign: boolean | undefined) => (sign ? ({ signDisplay: 'exceptZero' } as const) : {})

  const stamp = (ms: number | null | undefined, length: number): string => {
    if (ms === null || ms === undefined || !Number.isFinite(ms)) return message('not-available')
    return wallClock(ms, timeZone).slice(0, length)
  }

  const duration = (ms: number | null | undefined): string => {
    if (ms === null || ms === undefined || !Number.isFinite(ms)) return message('not-available')
    const parts = largestUnits(ms)
    const words = parts.map(({ unit, count }) =>
      formatNumber(tag, { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: 0 }, count),
    )
    return words.join(' ')
  }

  return Object.assign(message, {
    locale,
    timeZone,
    theme,
    tag,
    has: (id: string) => bundle.hasMessage(id),
    attribute: (id: string, name: string) => {
      const pattern = bundle.getMessage(id)?.attributes[name]
      return pattern ? bundle.formatPattern(pattern) : null
    },
    in: (other: Locale) => createTranslator({ locale: other, timeZone, theme }),
    number: (x: Figure, { minDecimals = 0, maxDecimals = 2, sign }: Parameters<Translator['number']>[1] = {}) =>
      figure(x, {
        minimumFractionDigits: minDecimals,
        maximumFractionDigits: Math.max(minDecimals, maxDecimals),
        ...signed(sign),
      }),
    money: (x: Figure, ccy: string, { sign }: Parameters<Translator['money']>[2] = {}) => {
      const amount = figure(x, { minimumFractionDigits: 2, maximumFractionDigits: 2, ...signed(sign) })
      return `${amount} ${ccy}`
    },
    percent: (x: Figure, { decimals = 2, sign }: Parameters<Translator['percent']>[1] = {}) => {
      const hundredth = typeof x === 'object' ? (x === null ? null : x.toNumber() / 100) : x === undefined ? x : x / 100
      return figure(hundredth, {
        style: 'percent',
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
        ...signed(sign),
      })
    },
    price: (x: Figure) => figure(x, { maximumSignificantDigits: 8 }),
    dateTime: (ms: number | null | undefined) => stamp(ms, 16),
    date: (ms: number | null | undefined) => stamp(ms, 10),
    duration,
  })
}

const formats = new Map<string, Intl.NumberFormat>()

function formatNumber(tag: string, options: Intl.NumberFormatOptions, value: number): string {
  const key = tag + JSON.stringify(options)
  const format = formats.get(key) ?? new Intl.NumberFormat(tag, options)
  formats.set(key, format)
  return format.format(value)
}

/** `2024-01-31 18:05:09`: Swedish dates are ISO's. */
function wallClock(ms: number, timeZone: string): string {
  return new Date(ms).toLocaleString('sv-SE', { timeZone })
}

const units = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1000 },
] as const

function largestUnits(ms: number): { unit: string; count: number }[] {
  let rest = Math.round(Math.abs(ms) / 1000) * 1000
  const parts = units.map(({ unit, ms }) => {
    const count = Math.floor(rest / ms)
    rest -= count * ms
    return { unit, count }
  })
  const first = parts.findIndex(({ count }) => count > 0)
  if (first < 0) return parts.slice(-1)
  return parts.slice(first, first + 2).filter(({ count }) => count > 0)
}
