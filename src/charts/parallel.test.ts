import { describe, expect, it } from 'vitest'
import { datasetOf, textsOf, textsOn } from '../testing/readChart.js'
import { sampleParallel } from '../testing/sampleParallel.js'
import { chartConfig } from './config.js'
import type { ParallelChart } from './spec.js'
import { themes } from './theme.js'
import { coloursOf } from './valueColours.js'

/** The lines of a colour, each as its points. */
function pathsOf(spec: ParallelChart, color: string): [number, number][][] {
  const found = chartConfig(spec).data.datasets.filter(
    ({ yAxisID, borderColor }) => yAxisID === 'yLines' && borderColor === color,
  )
  const paths: [number, number][][] = [[]]
  for (const [x, y] of found.flatMap(({ data }) => data as [number, number | null][])) {
    if (y === null) paths.push([])
    else paths[paths.length - 1].push([x, y])
  }
  return paths.filter((path) => path.length > 0)
}

describe('parallel coordinates', () => {
  const spec = sampleParallel({ lines: 60 })
  const { key } = coloursOf(
    { colours: 'ranked', values: Float64Array.from(spec.lines, ({ value }) => value), name: '' },
    themes.light,
  )

  it('draw a line across all axes for each trial', () => {
    const paths = key.flatMap((color) => pathsOf(spec, color))
    expect(paths).toHaveLength(60)
    for (const path of paths) expect(path).toHaveLength(spec.axes.length)
  })

  it('have higher places higher up, each axis at the same distance from the last', () => {
    const one: ParallelChart = { ...spec, lines: [{ at: [0, 1, 0.5, 0, 1], value: 1 }], marks: [] }
    const [path] = pathsOf(one, themes.light.ranks.at(-1) ?? '')
    const [low, high, middle] = path.map(([, y]) => y)
    expect(high).toBeLessThan(middle)
    expect(middle).toBeCloseTo((low + high) / 2, 0)
    const gaps = path.slice(1).map(([x], i) => x - path[i][0])
    for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0], 1)
  })

  it('draw the better over the worse, and the best over all', () => {
    const orders = new Map(
      chartConfig(spec).data.datasets.map(({ borderColor, order }) => [borderColor as string, order as number]),
    )
    const present = key.filter((color) => orders.has(color)).map((color) => orders.get(color) ?? 0)
    expect(present).toEqual(present.toSorted((a, b) => b - a))
    expect(datasetOf(spec, 'Best').order).toBeLessThan(Math.min(...present))
  })

  it('point out the best by itself and the best among its like', () => {
    expect(datasetOf(spec, 'Best').borderDash).not.toEqual(datasetOf(spec, 'Best surroundings').borderDash)
    expect(textsOf(spec)).toEqual(expect.arrayContaining(['Best', 'Best surroundings']))
  })

  it('name the axes, long names in two lines, and their ends and choices', () => {
    const six = sampleParallel({ axes: 6 })
    expect(textsOn(six, 'xTitles0')).toContain('risk')
    expect(textsOn(six, 'xTitles1').some((text) => text.startsWith('stop_loss'))).toBe(true)
    expect(textsOf(six)).toEqual(expect.arrayContaining(['7', '21', 'SMA', 'EMA', 'WMA']))
  })

  it('leave out lines of a large search, never the best ones', () => {
    const many = sampleParallel({ lines: 3_000 })
    const values = Float64Array.from(many.lines, ({ value }) => value)
    const colours = coloursOf({ colours: 'ranked', values, name: '' }, themes.light)
    const drawn = colours.key.flatMap((color) => pathsOf(many, color))
    expect(drawn.length).toBeLessThanOrEqual(180)
    expect(pathsOf(many, colours.key.at(-1) ?? '').length).toBeGreaterThan(0)
  })

  it('are refused with fewer than two axes or without a line', () => {
    expect(() => chartConfig({ ...spec, axes: spec.axes.slice(0, 1) })).toThrow(/at least two/)
    expect(() => chartConfig({ ...spec, lines: [], marks: [] })).toThrow(/at least one/)
  })
})
