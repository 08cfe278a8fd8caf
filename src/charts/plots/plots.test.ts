import { describe, expect, it } from 'vitest'
import { datasetOf, scalesOf, shapesOf, textsOf, textsOn } from '../../testing/readChart.js'
import { sampleMonteCarlo, sampleTrades } from '../../testing/samplePlots.js'
import { chartConfig } from '../config.js'
import type { ChartPlot, PlotsChart } from '../spec.js'
import { themes } from '../theme.js'
import { valuesPerBar } from './valuesPerBar.js'

const { winning_exit: green, losing_exit: red } = themes.light.marks

function ofOne(plot: ChartPlot): PlotsChart {
  return { ...sampleTrades({ simulated: false }), plots: [plot] }
}

function barsOf(...values: number[]): PlotsChart {
  const outcomes = { gain: 'Gain', loss: 'Loss' }
  return ofOne({ kind: 'bars', title: 'Bars', weight: 1, unit: 'percent', values: Float64Array.from(values), outcomes })
}

function histogramOf(values: number[], lines: { value: number; label: string; role: 'average' }[] = []): PlotsChart {
  const plot = { kind: 'histogram', title: 'Histogram', weight: 1, unit: 'percent', colours: 'signed' } as const
  return ofOne({ ...plot, values: Float64Array.from(values), lines })
}

/** Left, right, low and high. */
function boxesOf(spec: PlotsChart, color: string): number[][] {
  return shapesOf(spec, 'y0', color).map((shape) => {
    const xs = shape.map(([x]) => x)
    const ys = shape.map(([, y]) => y)
    return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  })
}

describe('bars', () => {
  it('go up from nothing in green and down from it in red, side by side in their order', () => {
    const spec = barsOf(2, -1, 3.5)
    const [first, third] = boxesOf(spec, green)
    const [second] = boxesOf(spec, red)
    expect([first, second, third].map(([, , low, high]) => [low, high])).toEqual([
      [0, 2],
      [-1, 0],
      [0, 3.5],
    ])
    expect(first[1]).toBeLessThan(second[0])
    expect(second[1]).toBeLessThan(third[0])
  })

  it('have the numbers of trades below them', () => {
    expect(textsOn(barsOf(2, -1, 3.5), 'xLabels0.foot')).toEqual(['1', '2', '3'])
    expect(textsOn(sampleTrades({ trades: 60 }), 'xLabels0.foot')).toEqual(['1', '10', '20', '30', '40', '50', '60'])
  })

  it('are counted in the legend, an outcome of nothing being no gain', () => {
    expect(textsOf(barsOf(2, -1, 0))).toEqual(expect.arrayContaining(['Gain (1)', 'Loss (2)']))
    expect(textsOf(barsOf(1, 2)).some((text) => text.startsWith('Loss'))).toBe(false)
  })

  it('are as many as fit; one that stands for several shows the best and the worst of them', () => {
    const values = Array.from({ length: 5_000 }, (_, i): number => (i % 2 === 0 ? 1 : -1))
    values[2_500] = 80
    values[2_501] = -60
    const spec = barsOf(...values)
    expect(valuesPerBar(5_000)).toBe(34)
    expect(boxesOf(spec, green)).toHaveLength(Math.ceil(5_000 / 34))
    expect(Math.max(...boxesOf(spec, green).map(([, , , high]) => high))).toBe(80)
    expect(Math.min(...boxesOf(spec, red).map(([, , low]) => low))).toBe(-60)
  })

  it('stay within their plot, and are no wider than a bar is for being alone', () => {
    const [[left, right]] = boxesOf(barsOf(5), green)
    expect(right - left).toBeLessThan(40)
    const widthPx = scalesOf(barsOf(5)).x.max as number
    for (const [from, to] of boxesOf(sampleTrades({ trades: 149, simulated: false }), green)) {
      expect(from).toBeGreaterThanOrEqual(0)
      expect(to).toBeLessThanOrEqual(widthPx)
    }
  })

  it('reach to nothing where all win and where all lose', () => {
    expect(scalesOf(barsOf(1, 2, 3)).y0).toMatchObject({ min: 0 })
    expect(scalesOf(barsOf(-1, -2, -3)).y0).toMatchObject({ max: 0 })
  })
})

describe('a histogram', () => {
  it('counts every value once, losses in red and gains in green on either side of nothing', () => {
    const spec = sampleTrades({ trades: 400, simulated: false })
    const [, histogram] = spec.plots
    const alone = ofOne(histogram)
    const counted = [green, red].map((color) => boxesOf(alone, color).reduce((sum, [, , , high]) => sum + high, 0))
    const gains = spec.plots[0].kind === 'bars' ? spec.plots[0].values.filter((value) => value > 0).length : 0
    expect(counted).toEqual([gains, 400 - gains])
    const firstGain = Math.min(...boxesOf(alone, green).map(([left]) => left))
    for (const [, right] of boxesOf(alone, red)) expect(right).toBeLessThan(firstGain)
  })

  it('counts what lies far out in columns of their own, and says so', () => {
    const values = Array.from({ length: 500 }, (_, i) => ((i * 7) % 41) / 10 - 2)
    const texts = textsOn(histogramOf([...values, 400, -90]), 'xLabels0.foot')
    expect(texts.at(0)).toMatch(/^< -\d.*%$/)
    expect(texts.at(-1)).toMatch(/^> \d.*%$/)
  })

  it('marks a value at its place', () => {
    const spec = histogramOf([-1, 1, 1, 3], [{ value: 1, label: 'Average', role: 'average' }])
    expect(textsOf(spec)).toContain('Average')
    const [line] = chartConfig(spec).data.datasets.filter(
      ({ yAxisID, borderDash }) => yAxisID === 'y0' && Array.isArray(borderDash) && borderDash.length > 0,
    )
    const [[from], [to]] = line.data as [number, number][]
    const edges = boxesOf(spec, green).map(([, right]) => right)
    expect(from).toBe(to)
    expect(edges.some((edge) => Math.abs(edge - from) <= 1.01)).toBe(true)
  })

  it('has whole numbers of trades on its axis, however few', () => {
    const { ticks } = scalesOf(histogramOf([1])).y0 as { ticks: { stepSize: number } }
    expect(Number.isInteger(ticks.stepSize)).toBe(true)
  })
})

describe('returns by the time held', () => {
  const holdsOf = (holdsMs: number[], values: number[], locale = 'en') => ({
    ...ofOne({
      kind: 'holds',
      title: 'Holds',
      weight: 1,
      unit: 'percent',
      holdsMs: Float64Array.from(holdsMs),
      values: Float64Array.from(values),
      outcomes: { gain: 'Gain', loss: 'Loss' },
    }),
    locale,
  })
  const hourMs = 3_600_000

  it('lie the further to the right the longer they were held, marked by shape', () => {
    const spec = holdsOf([0, hourMs, 48 * hourMs], [1, 2, -3])
    const gains = datasetOf(spec, 'Gain')
    const losses = datasetOf(spec, 'Loss')
    const [[never], [hour]] = gains.data as [number, number][]
    const [[days, value]] = losses.data as [number, number][]
    expect(never).toBeLessThan(hour)
    expect(hour).toBeLessThan(days)
    expect(value).toBe(-3)
    expect(gains.pointStyle).not.toBe(losses.pointStyle)
  })

  it('are read off round durations in the reader’s language', () => {
    expect(textsOn(holdsOf([0, hourMs, 48 * hourMs], [1, 2, -3]), 'xLabels0.foot')).toEqual(
      expect.arrayContaining(['0', '1h', '1d', '2d']),
    )
    expect(textsOn(holdsOf([hourMs, 48 * hourMs], [1, 2], 'zh'), 'xLabels0.foot')).toContain('1小时')
  })

  it('are one mark in the middle where there is but one', () => {
    const spec = holdsOf([10.5 * hourMs], [1])
    expect(textsOn(spec, 'xLabels0.foot')).toEqual(['10.5h'])
    expect((datasetOf(spec, 'Gain').data as [number, number][])[0][0]).toBeCloseTo((scalesOf(spec).x.max as number) / 2)
  })

  it('are thinned where they would lie upon each other, and still counted', () => {
    const spec = sampleTrades({ trades: 5_000 })
    expect((datasetOf(spec, 'Gain').data as unknown[]).length).toBeLessThan(2_000)
    expect(textsOf(spec).some((text) => /^Gain \(2,\d{3}\)$/.test(text))).toBe(true)
  })
})

describe('a fan', () => {
  const spec = sampleMonteCarlo({ trades: 40, simulated: false })
  const [plot] = spec.plots
  if (plot.kind !== 'fan') throw new Error('the first plot is the fan')

  it('has each band between its low and its high, the narrower over the wider', () => {
    const bands = chartConfig(spec).data.datasets.filter(({ yAxisID, fill }) => yAxisID === 'y0' && fill === 'shape')
    expect(bands.map(({ backgroundColor }) => backgroundColor)).toEqual(themes.light.bands)
    expect(bands[1].order).toBeLessThan(bands[0].order as number)
    const [[...corners]] = shapesOf(spec, 'y0', themes.light.bands[0])
    expect(corners).toHaveLength(2 * plot.places.length)
    expect(corners[40][1]).toBeCloseTo(plot.bands[0].high[40], 1)
    expect(corners[41][1]).toBeCloseTo(plot.bands[0].low[40], 1)
  })

  it('shows what happened, and the number of trades below', () => {
    expect(textsOf(spec)).toContain('As it happened')
    expect(textsOn(spec, 'xLabels0.foot').at(0)).toBe('0')
    expect(textsOn(spec, 'xLabels0.foot').at(-1)).toBe('40')
  })
})

describe('plots', () => {
  it('carry the stamp each', () => {
    const spec = sampleTrades()
    expect(textsOf(spec).filter((text) => text === 'SIMULATED DATA')).toHaveLength(1 + spec.plots.length)
  })

  it('are refused where there is nothing to draw, or a value is not a number', () => {
    expect(() => chartConfig({ ...sampleTrades(), plots: [] })).toThrow(RangeError)
    expect(() => chartConfig(sampleTrades({ trades: 0 }))).toThrow(RangeError)
    expect(() => chartConfig(barsOf(1, Number.NaN))).toThrow(/NaN/)
    expect(() => chartConfig(histogramOf([Number.POSITIVE_INFINITY]))).toThrow(/Infinity/)
  })
})
