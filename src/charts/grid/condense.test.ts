import { expect, it } from 'vitest'
import { sampleOptimization } from '../../testing/sampleGrids.js'
import { condense } from './condense.js'

it('a grid that can be shown stays as it is', () => {
  const spec = sampleOptimization({ columns: 36, rows: 36 })
  expect(condense(spec)).toBe(spec)
})

it('cells that share one are told by the best of them, and marks stay on their cells', () => {
  const spec = sampleOptimization({ columns: 100, rows: 40 })
  const best = spec.values.reduce((a, b) => (b > a ? b : a))
  const at = spec.values.indexOf(best)
  const mark = { row: Math.floor(at / 100), column: at % 100, kind: 'peak', label: 'Best' } as const
  const few = condense({ ...spec, marks: [mark] })
  expect([few.columns.labels.length, few.rows.labels.length]).toEqual([34, 20])
  expect(few.values).toHaveLength(34 * 20)
  expect(few.columns.labels.slice(0, 2)).toEqual([spec.columns.labels[0], spec.columns.labels[3]])
  expect(few.values[few.marks[0].row * 34 + few.marks[0].column]).toBe(best)
})

it('a cell is empty only where all that share it are', () => {
  const spec = sampleOptimization({ columns: 72, rows: 1 })
  const values = spec.values.map((_, i) => (i === 1 ? 5 : i < 4 ? Number.NaN : i))
  expect([...condense({ ...spec, values }).values.subarray(0, 3)]).toEqual([5, Number.NaN, 5])
})
