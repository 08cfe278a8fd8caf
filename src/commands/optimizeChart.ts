import type { ChartHead, ChartSpec, GridSide, ParallelAxis, TrialMark } from '../charts/spec.js'
import { type Dimension, distance, gridPoint } from '../domain/backtest/optimize/space.js'
import type { Translator } from '../i18n.js'
import type { OptimizationReport } from '../services/optimizations.js'
import { seriesName, stampOf } from './stamp.js'
import { valueWord } from './valueWord.js'

const mostAxes = 6

/**
 * The scores of a search: a grid of one or two parameters as cells, everything else as lines across an axis for each parameter
 * (the first six). Null where there is nothing to draw, or one axis alone.
 */
export function optimizationChart(report: OptimizationReport, t: Translator): ChartSpec | null {
  const { search } = report.plan
  if (!report.peaks) return null
  if (search.method === 'grid' && search.dimensions.length <= 2) return gridChart(report, t)
  return search.dimensions.length < 2 ? null : parallelChart(report, t)
}

function headOf(report: OptimizationReport, t: Translator): ChartHead {
  const { stamp = null } = stampOf(report.source, t)
  return {
    title: t('optimize-title', { name: report.strategyName, series: seriesName(report.instId, report.bar) }),
    subtitle: t('chart-window', {
      from: t.date(report.fromTs),
      to: t.date(report.toTs),
      source: t(`source-${report.source}`),
    }),
    stamp,
    badge: null,
    headline: [],
    locale: t.tag,
    theme: t.theme,
  }
}

/** Where the plateau and the peak are; one mark where they are the same. */
function marksOf({ peaks }: OptimizationReport, t: Translator): (TrialMark & { index: number })[] {
  if (!peaks) return []
  const { peak, plateau } = peaks
  return [
    ...(peak.index === plateau.index ? [] : [{ kind: 'peak' as const, label: t('chart-peak'), index: peak.index }]),
    {
      kind: 'plateau',
      label: t(peak.index === plateau.index ? 'chart-peak-plateau' : 'chart-plateau'),
      index: plateau.index,
    },
  ]
}

function gridChart(report: OptimizationReport, t: Translator): ChartSpec {
  const { dimensions } = report.plan.search
  const [columns, rows] = dimensions
  const width = lengthOf(columns)
  const placeOf = (index: number) => {
    const [column, row = 0] = gridPoint(dimensions, index)
    return { column, row }
  }
  const values = new Float64Array(width * (rows ? lengthOf(rows) : 1)).fill(Number.NaN)
  for (const { index, score } of report.trials) {
    const { column, row } = placeOf(index)
    if (score !== null) values[row * width + column] = score
  }
  return {
    ...headOf(report, t),
    kind: 'grid',
    name: t('chart-score'),
    unit: 'price',
    columns: sideOf(columns, t),
    rows: rows ? sideOf(rows, t) : { title: null, labels: [''] },
    values,
    colours: 'ranked',
    totals: null,
    marks: marksOf(report, t).map(({ index, ...mark }) => ({ ...mark, ...placeOf(index) })),
  }
}

function lengthOf(dimension: Dimension): number {
  return dimension.kind === 'continuous' ? 1 : dimension.values.length
}

function sideOf(dimension: Dimension, t: Translator): GridSide {
  const values = dimension.kind === 'continuous' ? [] : dimension.values
  return { title: dimension.name, labels: values.map((value) => valueWord(value, t)) }
}

function parallelChart(report: OptimizationReport, t: Translator): ChartSpec {
  const dimensions = report.plan.search.dimensions.slice(0, mostAxes)
  const scored = report.trials.flatMap(({ index, point, score }) => (score === null ? [] : [{ index, point, score }]))
  return {
    ...headOf(report, t),
    kind: 'parallel',
    name: t('chart-score'),
    unit: 'price',
    axes: dimensions.map((dimension) => axisOf(dimension, t)),
    lines: scored.map(({ point, score }) => ({ at: dimensions.map((d, i) => placeOn(d, point[i])), value: score })),
    marks: marksOf(report, t).map(({ index, ...mark }) => ({
      ...mark,
      line: scored.findIndex((trial) => trial.index === index),
    })),
  }
}

const mostTicks = 6

/** Every value of a short list, the ends of a long one. */
function axisOf(dimension: Dimension, t: Translator): ParallelAxis {
  const values = dimension.kind === 'continuous' ? [dimension.min, dimension.max] : dimension.values
  const shown = values.length <= mostTicks ? [...values.keys()] : [0, values.length - 1]
  return {
    title: dimension.name,
    ticks: shown.map((i) => ({
      at: values.length === 1 ? 0 : i / (values.length - 1),
      label: valueWord(values[i], t),
    })),
  }
}

function placeOn(dimension: Dimension, coordinate: number): number {
  if (dimension.kind === 'continuous') return distance(dimension, dimension.min, coordinate)
  return dimension.values.length === 1 ? 0 : coordinate / (dimension.values.length - 1)
}
