import { describe, expect, test } from 'vitest'
import { sampleChart } from '../testing/sampleChart.js'
import { chartConfig } from './config.js'
import { keySize, markLook } from './looks.js'
import type { ChartSpec } from './spec.js'
import type { JsonObject } from './textRow.js'
import { themes } from './theme.js'

function scales(spec: ChartSpec): [string, JsonObject][] {
  return Object.entries(chartConfig(spec).options.scales as Record<string, JsonObject>)
}

/** Every word of the picture outside title and subtitle. */
function texts(spec: ChartSpec): string[] {
  return scales(spec)
    .flatMap(([, { labels }]) => ((labels ?? []) as (string | string[])[]).flat())
    .filter((text) => text !== '')
}

function dataset(spec: ChartSpec, label: string): JsonObject {
  const found = chartConfig(spec).data.datasets.find((candidate) => candidate.label === label)
  if (!found) throw new Error(`no dataset ${label}`)
  return found
}

function withPrices(spec: ChartSpec, change: (values: Float64Array) => Float64Array): ChartSpec {
  const [first, ...others] = spec.panels
  const series = first.series.map((line) => ({ ...line, values: change(line.values) }))
  return { ...spec, panels: [{ ...first, series }, ...others] }
}

describe('the Chart.js configuration of a picture', () => {
  test.each([{}, { locale: 'zh', theme: 'dark' }, { bars: 1, trades: 0 }, { trades: 400, shorts: true }] as const)(
    'is plain JSON: %o',
    (options) => {
      const config = chartConfig(sampleChart(options))
      expect(JSON.parse(JSON.stringify(config))).toStrictEqual(config)
    },
  )

  test('stays under the 100 kB that a QuickChart server takes, however many candles and trades', () => {
    const config = chartConfig(
      sampleChart({ bars: 100_000, intervalMs: 60_000, trades: 3_000, shorts: true, volatility: 0.001 }),
    )
    expect(JSON.stringify(JSON.stringify(config)).length).toBeLessThan(100_000)
  })

  test('shows title, subtitle and every headline figure', () => {
    const spec = sampleChart()
    const { title, subtitle } = chartConfig(spec).options.plugins as Record<string, JsonObject>
    expect(title.text).toEqual(['rsi-dip · BTC-USDT · 15m'])
    expect((subtitle.text as string[]).join(' ')).toBe(spec.subtitle)
    for (const { label, value } of spec.headline) {
      expect(texts(spec)).toContain(label)
      expect(texts(spec)).toContain(value)
    }
  })

  test('puts a badge on a ground of its own under the stamp, and makes room for it', () => {
    const spec = sampleChart({ simulated: true })
    const badged: ChartSpec = { ...spec, badge: 'NOT TO BE BELIEVED' }
    expect(texts(badged)).toContain('NOT TO BE BELIEVED')
    const [stamp, badge] = ['xStamp', 'xBadge'].map((name) => Object.fromEntries(scales(badged))[name])
    expect(badge.backgroundColor).not.toBe(stamp.backgroundColor)
    // Heavier boxes lie further out.
    expect(Number(badge.weight)).toBeLessThan(Number(stamp.weight))
    expect(scales(spec).map(([name]) => name)).not.toContain('xBadge')
    const plot = (of: ChartSpec) =>
      scales(of).reduce((sum, [, { stackWeight }]) => sum + (typeof stackWeight === 'number' ? stackWeight : 0), 0)
    expect(plot(badged)).toBeLessThan(plot(spec) - 20)
  })

  test('colours a figure by its tone', () => {
    const colorOf = (tone: 'good' | 'bad' | 'plain') => {
      const spec: ChartSpec = { ...sampleChart(), headline: [{ label: 'Return', value: '7 %', tone }] }
      const [, row] = scales(spec).find(([, { labels }]) => Array.isArray(labels) && labels.includes('7 %')) ?? []
      return ((row as JsonObject).ticks as { color: string[] }).color[0]
    }
    expect(new Set([colorOf('good'), colorOf('bad'), colorOf('plain')]).size).toBe(3)
  })

  test('carries the stamp as a banner and across every panel, and not at all where data is real', () => {
    const spec = sampleChart()
    expect(texts(spec).filter((text) => text === 'SIMULATED DATA')).toHaveLength(1 + spec.panels.length)
    const banner = scales(spec).find(([, { backgroundColor }]) => backgroundColor !== undefined)
    expect(banner?.[1].labels).toContain('SIMULATED DATA')
    expect(texts({ ...spec, stamp: null })).not.toContain('SIMULATED DATA')
  })

  test('tells entries and exits apart by shape, and counts them in the legend', () => {
    const spec = sampleChart({ trades: 30, shorts: true })
    const shapes = ['Buy', 'Short', 'Exit with profit', 'Exit with loss'].map((label) => {
      const { pointStyle, pointRotation } = dataset(spec, label)
      return `${pointStyle} ${pointRotation}`
    })
    expect(shapes).toEqual(['triangle 0', 'triangle 180', 'circle 0', 'crossRot 0'])
    expect(texts(spec)).toContain('Buy (20)')
    expect(texts(spec)).toContain('Short (10)')
  })

  test('tells every kind of mark from all others by shape, in both themes alike', () => {
    const shapes = (theme: ChartSpec['theme']) =>
      Object.keys(themes[theme].marks).map((kind) => {
        const { pointStyle, pointRotation, pointBackgroundColor } = markLook(
          kind as keyof (typeof themes)['light']['marks'],
          keySize,
          themes[theme],
        )
        return `${pointStyle} ${pointRotation} ${pointBackgroundColor === themes[theme].background ? 'hollow' : 'full'}`
      })
    expect(new Set(shapes('light')).size).toBe(Object.keys(themes.light.marks).length)
    expect(shapes('dark')).toEqual(shapes('light'))
  })

  test('draws every mark at its own time and value', () => {
    const spec = sampleChart({ trades: 12 })
    const { ts } = spec.panels[0].series[0]
    const entries = spec.panels[0].marks.filter(({ kind }) => kind === 'long_entry')
    const { x } = Object.fromEntries(scales(spec))
    const drawn = dataset(spec, 'Buy').data as [number, number][]
    expect(drawn).toHaveLength(entries.length)
    drawn.forEach(([px, value], i) => {
      const share = (entries[i].ts - ts[0]) / (ts[ts.length - 1] - ts[0])
      expect(px).toBeCloseTo(share * (x.max as number), 1)
      expect(value).toBeCloseTo(entries[i].value, 0)
    })
  })

  test('leaves out only marks that others hide, and still counts them', () => {
    const spec = sampleChart({ bars: 20_000, trades: 5_000, volatility: 0.001 })
    const drawn = (dataset(spec, 'Buy').data as unknown[]).length
    expect(drawn).toBeGreaterThan(20)
    expect(drawn).toBeLessThan(5_000)
    expect(texts(spec)).toContain('Buy (5,000)')
  })

  test('hangs the drawdown from zero, even where there is none', () => {
    const { y2 } = Object.fromEntries(scales(sampleChart({ trades: 0 })))
    expect(y2).toMatchObject({ min: -1, max: 0 })
    expect(dataset(sampleChart(), 'Drawdown')).toMatchObject({ fill: 'origin' })
  })

  test('writes dates and counts in the reader’s language and zone', () => {
    const chinese = sampleChart({ locale: 'zh', timeZone: 'Asia/Shanghai' })
    expect(texts(chinese)).toContain('2024年')
    expect(texts(chinese)).toContain('GMT+8')
    expect(texts(chinese)).toContain('买入 (12)')
    expect(chartConfig(chinese).options.locale).toBe('zh')
  })

  test('breaks a long title into two lines', () => {
    const { title } = chartConfig(sampleChart({ name: 'a very long name of a strategy with everything in it' })).options
      .plugins as Record<string, JsonObject>
    expect(title.text).toHaveLength(2)
  })

  test('is refused where there is nothing to draw or a value is not a number', () => {
    const spec = sampleChart({ bars: 10 })
    expect(() => chartConfig({ ...spec, panels: [] })).toThrow(RangeError)
    expect(() => chartConfig(withPrices(spec, (values) => values.map((v, i) => (i === 4 ? Number.NaN : v))))).toThrow(
      /NaN/,
    )
    const empty = { ...spec.panels[1], series: [], marks: [] }
    expect(() => chartConfig({ ...spec, panels: [spec.panels[0], empty] })).toThrow(/at least one point/)
  })
})
