import { describe, expect, test } from 'vitest'
import { datasetOf as dataset, scalesOf, sentBytes, textsOf as texts } from '../testing/readChart.js'
import { sampleChart } from '../testing/sampleChart.js'
import { sampleComparison } from '../testing/sampleComparison.js'
import { sampleMonths, sampleOptimization } from '../testing/sampleGrids.js'
import { sampleParallel } from '../testing/sampleParallel.js'
import { sampleMonteCarlo, sampleTrades } from '../testing/samplePlots.js'
import { chartConfig } from './config.js'
import { keySize, markLook } from './looks.js'
import type { ChartSpec, TimelineChart } from './spec.js'
import type { JsonObject } from './textRow.js'
import { themes } from './theme.js'

function withPrices(spec: TimelineChart, change: (values: Float64Array) => Float64Array): TimelineChart {
  const [first, ...others] = spec.panels
  const series = first.series.map((line) => ({ ...line, values: change(line.values) }))
  return { ...spec, panels: [{ ...first, series }, ...others] }
}

const badge = { tone: 'amber', text: 'a finding' } as const

describe('the Chart.js configuration of a picture', () => {
  test.each<[string, ChartSpec]>([
    ['a summary', sampleChart()],
    ['a summary in Chinese, dark', sampleChart({ locale: 'zh', theme: 'dark' })],
    ['a summary of one bar', sampleChart({ bars: 1, trades: 0 })],
    ['a summary of everything', sampleChart({ trades: 400, both: true, liquidations: true, badge })],
    ['trades', sampleTrades()],
    ['a Monte Carlo fan', sampleMonteCarlo()],
    ['months', sampleMonths()],
    ['a heat map', sampleOptimization()],
    ['parallel coordinates', sampleParallel()],
    ['a comparison', sampleComparison()],
  ])('is plain JSON: %s', (_, spec) => {
    const config = chartConfig(spec)
    expect(JSON.parse(JSON.stringify(config))).toStrictEqual(config)
  })

  test.each<[string, ChartSpec]>([
    [
      'candles and trades',
      sampleChart({ bars: 100_000, intervalMs: 60_000, trades: 3_000, shorts: true, volatility: 0.001, badge }),
    ],
    ['trades on their page', sampleTrades({ trades: 5_000, badge })],
    ['trades that are drawn', sampleMonteCarlo({ trades: 5_000, runs: 200 })],
    ['months', sampleMonths({ months: 144, firstMonth: 1 })],
    ['points of a search', sampleOptimization({ columns: 300, rows: 200, factor: 1e-7 })],
    ['figures in a heat map', sampleOptimization({ columns: 14, rows: 14 })],
    ['parameters', sampleParallel({ axes: 6, lines: 5_000 })],
    ['results beside each other', sampleComparison({ results: 6, bars: 50_000, name: 'n'.repeat(40), badge })],
  ])('stays under the 100 kB that a QuickChart server takes, however many %s', (_, spec) => {
    expect(sentBytes(spec)).toBeLessThan(100_000)
  })

  test('draws fewer points of each line where there are many lines', () => {
    const pointsOf = (results: number) => {
      const spec = sampleComparison({ results, bars: 50_000 })
      return (dataset(spec, spec.panels[0].series[0].label).data as unknown[]).length
    }
    expect(pointsOf(4) / pointsOf(2)).toBeCloseTo(1, 1)
    expect(pointsOf(6) / pointsOf(4)).toBeCloseTo(4 / 6, 1)
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

  test('colours a figure by its tone', () => {
    const colorOf = (tone: 'good' | 'bad' | 'plain') => {
      const spec: TimelineChart = { ...sampleChart(), headline: [{ label: 'Return', value: '7 %', tone }] }
      const row = Object.values(scalesOf(spec)).find(({ labels }) => Array.isArray(labels) && labels.includes('7 %'))
      return (row?.ticks as { color: string } | undefined)?.color
    }
    expect(new Set([colorOf('good'), colorOf('bad'), colorOf('plain')]).size).toBe(3)
  })

  test('carries the stamp as a banner and across every panel, and not at all where data is real', () => {
    const spec = sampleChart()
    expect(texts(spec).filter((text) => text === 'SIMULATED DATA')).toHaveLength(1 + spec.panels.length)
    const banner = Object.values(scalesOf(spec)).find(({ backgroundColor }) => backgroundColor !== undefined)
    expect(banner?.labels).toContain('SIMULATED DATA')
    expect(texts({ ...spec, stamp: null })).not.toContain('SIMULATED DATA')
  })

  test('carries the badge in the colours of its tone, and none where nothing was checked', () => {
    const pill = (tone: 'green' | 'amber' | 'red') =>
      (scalesOf(sampleChart({ badge: { tone, text: 'a finding' } })).xBadge.ticks as JsonObject)
        .backdropColor as string[]
    expect(texts(sampleChart({ badge: { tone: 'amber', text: 'a finding' } }))).toContain('a finding')
    expect(new Set([pill('green')[0], pill('amber')[0], pill('red')[0]]).size).toBe(3)
    expect(scalesOf(sampleChart())).not.toHaveProperty('xBadge')
    const plotPx = (spec: ChartSpec) =>
      Object.values(scalesOf(spec)).reduce((sum, { stackWeight }) => sum + Number(stackWeight ?? 0), 0)
    expect(plotPx(sampleChart({ badge }))).toBeLessThan(plotPx(sampleChart()) - 20)
  })

  test('cuts a badge that is wider than the picture', () => {
    const long = sampleChart({
      badge: { tone: 'red', text: 'a finding with far too many words for one line '.repeat(3) },
    })
    const [shown] = texts(long).filter((text) => text.startsWith('a finding'))
    expect(shown).toMatch(/…$/)
    expect(shown.length).toBeLessThan(90)
  })

  test('tells entries and exits apart by shape, and counts them in the legend', () => {
    const spec = sampleChart({ trades: 30, shorts: true, liquidations: true })
    const shapes = ['Buy', 'Short', 'Exit with profit', 'Exit with loss', 'Liquidation'].map((label) => {
      const { pointStyle, pointRotation } = dataset(spec, label)
      return `${pointStyle} ${pointRotation}`
    })
    expect(shapes).toEqual(['triangle 0', 'triangle 180', 'circle 0', 'crossRot 0', 'rectRot 0'])
    expect(texts(spec)).toContain('Buy (20)')
    expect(texts(spec)).toContain('Short (10)')
  })

  test('tells every kind of mark from all others by shape, in both themes alike', () => {
    const shapes = (theme: TimelineChart['theme']) =>
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
    const { x } = scalesOf(spec)
    const drawn = dataset(spec, 'Buy').data as [number, number][]
    expect(drawn).toHaveLength(entries.length)
    drawn.forEach(([px, value], i) => {
      const share = (entries[i].ts - ts[0]) / (ts[ts.length - 1] - ts[0])
      expect(px).toBeCloseTo(share * (x.max as number), 1)
      expect(value).toBeCloseTo(entries[i].value, 0)
    })
  })

  test('shows the exit beside the entry where a position is turned', () => {
    const spec = sampleChart({ trades: 6, both: true })
    const at = (label: string) => dataset(spec, label).data as [number, number][]
    const exits = [...at('Exit with profit'), ...at('Exit with loss')]
    const [, ...turns] = [...at('Buy'), ...at('Short')].sort(([a], [b]) => a - b)
    expect(turns).toHaveLength(5)
    for (const [px, value] of turns) expect(exits).toContainEqual([expect.closeTo(px - 12, 1), value])
  })

  test('leaves out only marks that others hide, and still counts them', () => {
    const spec = sampleChart({ bars: 20_000, trades: 5_000, volatility: 0.001 })
    const drawn = (dataset(spec, 'Buy').data as unknown[]).length
    expect(drawn).toBeGreaterThan(20)
    expect(drawn).toBeLessThan(5_000)
    expect(texts(spec)).toContain('Buy (5,000)')
  })

  test('hangs the drawdown from zero, even where there is none', () => {
    const { y2 } = scalesOf(sampleChart({ trades: 0 }))
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
