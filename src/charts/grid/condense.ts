import type { GridChart } from '../spec.js'

/** A phone shows no smaller cells apart. */
const mostColumns = 36
const mostRows = 36

/** The grid with as few cells as can be shown: those that share one are told by the best of them. */
export function condense(spec: GridChart): GridChart {
  const wide = spec.columns.labels.length
  const columnsACell = Math.ceil(wide / mostColumns)
  const rowsACell = Math.ceil(spec.rows.labels.length / mostRows)
  if (columnsACell === 1 && rowsACell === 1) return spec
  const columns = spec.columns.labels.filter((_, i) => i % columnsACell === 0)
  const rows = spec.rows.labels.filter((_, i) => i % rowsACell === 0)
  const values = new Float64Array(columns.length * rows.length).fill(Number.NaN)
  spec.values.forEach((value, i) => {
    const row = Math.floor(Math.floor(i / wide) / rowsACell)
    const cell = row * columns.length + Math.floor((i % wide) / columnsACell)
    if (!(value <= values[cell])) values[cell] = Number.isNaN(value) ? values[cell] : value
  })
  return {
    ...spec,
    columns: { ...spec.columns, labels: columns },
    rows: { ...spec.rows, labels: rows },
    values,
    totals: spec.totals && { ...spec.totals, values: spec.totals.values.filter((_, i) => i % rowsACell === 0) },
    marks: spec.marks.map((mark) => ({
      ...mark,
      row: Math.floor(mark.row / rowsACell),
      column: Math.floor(mark.column / columnsACell),
    })),
  }
}
