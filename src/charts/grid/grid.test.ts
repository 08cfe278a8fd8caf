import { describe, expect, it } from 'vitest'
import { datasetOf, scalesOf, shapesOf, textsOf, textsOn } from '../../testing/readChart.js'
import { sampleMonths, sampleOptimization } from '../../testing/sampleGrids.js'
import { chartConfig, sizeOf } from '../config.js'
import type { GridChart } from '../spec.js'
import { themes } from '../theme.js'
import { coloursOf } from '../valueColours.js'

/** Width of all cells of a colour, in halves of a cell. */
function widthOf(spec: GridChart, color: string): number {
  return shapesOf(spec, 'yCells', color).reduce((sum, [[left], [right]]) => sum + right - left, 0)
}

const months = sampleMonths({ months: 14, firstMonth: 6, simulated: false })

describe('a grid of months', () => {
  it('names its months and years, and has the years in rows', () => {
    expect(textsOn(months, 'xColumns')).toEqual([...months.columns.labels, 'Year'])
    expect([textsOn(months, 'xRow0'), textsOn(months, 'xRow1')]).toEqual([['2022'], ['2023']])
  })

  it('writes every value into its cell, the total of the year last, and nothing where there is none', () => {
    const number = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
    const expected = [...months.values.subarray(5, 12), months.totals?.values[0] ?? 0].map((value) =>
      number.format(value),
    )
    expect(textsOn(months, 'xCells0').map((text) => Math.abs(Number(text)))).toEqual(
      expected.map((text) => Math.abs(Number(text))),
    )
    expect(textsOn(months, 'xCells1')).toHaveLength(7 + 1)
  })

  it('colours gains and losses by their size, and leaves no cell out', () => {
    const colours = coloursOf(months, themes.light)
    const all = [
      ...new Set(
        [...months.values, ...(months.totals?.values ?? [])].filter((value) => !Number.isNaN(value)).map(colours.of),
      ),
    ]
    expect(all.length).toBeGreaterThan(4)
    expect(all.reduce((sum, color) => sum + widthOf(months, color), 0)).toBe(2 * (14 + 2))
    expect(colours.of(9e9)).toBe(themes.light.marks.winning_exit)
    expect(colours.of(-9e9)).toBe(themes.light.marks.losing_exit)
    expect(colours.of(1)).not.toBe(colours.of(3))
  })

  it('is as high as its years need, and no higher than a phone', () => {
    const heights = [3, 30, 142].map((count) => sizeOf(sampleMonths({ months: count })).height)
    expect(heights).toEqual(heights.toSorted((a, b) => a - b))
    expect(heights[0]).toBeLessThan(300)
    expect(heights[2]).toBeLessThanOrEqual(675)
  })

  it('has its values over the colours, and readable on each of them', () => {
    const rows = Object.entries(scalesOf(months)).filter(([id]) => /^xCells\d/.test(id))
    expect(rows).toHaveLength(2)
    for (const [, { ticks }] of rows) expect((ticks as { z: number }).z).toBeGreaterThan(0)
  })
})

/** The cell that an outline is drawn around, in the grid's own units. */
function frameOf({ data }: { data?: unknown }) {
  const corners = (data as [number, number | null][]).filter((corner): corner is [number, number] => corner[1] !== null)
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys) }
}

describe('a heat map of two parameters', () => {
  const spec = sampleOptimization()

  it('names both of them and their values', () => {
    expect(textsOn(spec, 'xColumnTitle')).toEqual(['MA.fast'])
    expect(textsOn(spec, 'xRowTitle')).toEqual(['MA.slow'])
    expect(textsOn(spec, 'xColumns')).toEqual(spec.columns.labels)
  })

  it('has the strongest colour for the best value', () => {
    const best = spec.values.reduce((a, b) => (b > a ? b : a))
    const colours = coloursOf(spec, themes.light)
    expect(colours.of(best)).toBe(themes.light.ranks.at(-1))
    expect(widthOf(spec, colours.of(best))).toBe(2)
  })

  it('outlines the peak and the plateau in their own cells, and tells them apart', () => {
    const peak = datasetOf(spec, 'Best')
    const plateau = datasetOf(spec, 'Best surroundings')
    expect(peak.borderDash).not.toEqual(plateau.borderDash)
    const { left, right, top } = frameOf(peak)
    expect(right - left).toBe(2)
    expect(top).toBe(spec.marks[0].row)
    expect(textsOf(spec)).toEqual(expect.arrayContaining(['Best', 'Best surroundings']))
  })

  it('outlines both where they are one cell', () => {
    const one = { ...spec, marks: spec.marks.map((mark) => ({ ...mark, row: 2, column: 3 })) }
    const [inner, outer] = ['Best surroundings', 'Best'].map((label) => frameOf(datasetOf(one, label)))
    expect(inner.left).toBeGreaterThan(outer.left)
    expect(inner.top).toBeGreaterThan(outer.top)
  })

  it('goes once around a cell: dashes upon dashes would be a line', () => {
    const { data } = datasetOf(spec, 'Best surroundings')
    const path = (data as [number, number | null][]).filter(([, y]) => y !== null)
    const { left, right, top } = frameOf({ data })
    const wayPx = path.slice(1).reduce((sum, [x, y], i) => {
      return sum + Math.abs(x - path[i][0]) + Math.abs(Number(y) - Number(path[i][1]))
    }, 0)
    expect(wayPx).toBeCloseTo(2 * (right - left) + 2, 9)
    expect(top).toBe(spec.marks[1].row)
  })

  it('says what its colours stand for', () => {
    expect(textsOn(spec, 'xKey')).toHaveLength(2)
    expect(textsOn(spec, 'xKey').at(-1)).toBe('2.30')
    // The lowest colour is that of all that lies further out.
    expect(textsOn(spec, 'xKey')[0]).toMatch(/^-0\.\d+ … -0\.\d+$/)
    expect(textsOn(sampleOptimization({ columns: 3, rows: 3 }), 'xKey')[0]).toMatch(/^-?0\.\d+$/)
    expect(textsOf(months)).not.toContain('xKey')
    expect(scalesOf(months)).not.toHaveProperty('yKey')
  })

  it('leaves the figures out where they have no room', () => {
    const ids = Object.keys(scalesOf(sampleOptimization({ columns: 30, rows: 30 })))
    expect(ids.some((id) => /^xCells\d/.test(id))).toBe(false)
  })

  it('carries the stamp over its cells', () => {
    expect(textsOf(spec).filter((text) => text === 'SIMULATED DATA')).toHaveLength(2)
  })

  it('is drawn of a single point, and of equal ones', () => {
    expect(textsOn(sampleOptimization({ columns: 1, rows: 1 }), 'xCells0')).toHaveLength(1)
    const equal = { ...spec, values: spec.values.map(() => 4) }
    expect(widthOf(equal, coloursOf(equal, themes.light).of(4))).toBe(2 * 12 * 9)
  })

  it('is refused where there is no value, or an infinite one', () => {
    expect(() => chartConfig({ ...spec, values: spec.values.map(() => Number.NaN) })).toThrow(/at least one/)
    expect(() => chartConfig({ ...spec, values: spec.values.map(() => Number.POSITIVE_INFINITY) })).toThrow(/infinity/)
  })
})
