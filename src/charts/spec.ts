/** A picture as data: what to show, not how. All words in it are already in the reader's language; all times epoch ms. */
export type ChartSpec = TimelineChart | PlotsChart | GridChart | ParallelChart

/** What stands above every kind of picture, and how it is to look. */
export interface ChartHead {
  title: string
  subtitle: string
  /** A warning that must not be missed, such as SIMULATED DATA; null for real data. */
  stamp: string | null
  /** How far the figures can be believed; null where nothing was checked. */
  badge: Badge | null
  headline: readonly HeadlineFigure[]
  /** BCP 47 tag of the number and date format. */
  locale: string
  theme: 'light' | 'dark'
}

/** `green`: nothing was found; `amber`: to be known; `red`: the figures are not to be believed as they stand. */
export interface Badge {
  tone: 'green' | 'amber' | 'red'
  /** A few words: they are on one line. */
  text: string
}

export interface HeadlineFigure {
  label: string
  value: string
  tone: 'good' | 'bad' | 'plain'
}

/** Values of `percent` are percent: 12.5 is 12.5 %. */
export type ChartUnit = 'price' | 'quote' | 'percent' | 'index' | 'count'

/** Panels below each other on one shared time axis. */
export interface TimelineChart extends ChartHead {
  kind: 'timeline'
  /** `upright`, as a phone is, or `small`, where the words matter more; upright if left out. */
  shape?: 'upright' | 'small'
  panels: readonly ChartPanel[]
  /** IANA zone of the axis labels. */
  timeZone: string
}

export interface ChartPanel {
  /** Also names the line, where there is but one: a legend lists lines only where there are several. */
  title: string
  /** Height relative to the other panels. */
  weight: number
  unit: ChartUnit
  series: readonly ChartSeries[]
  marks: readonly ChartMark[]
}

/** Lines of one kind beside each other, in this order. */
export const comparedRoles = [
  'compared_1',
  'compared_2',
  'compared_3',
  'compared_4',
  'compared_5',
  'compared_6',
] as const
export type ComparedRole = (typeof comparedRoles)[number]

export interface ChartSeries {
  label: string
  /** Decides colour and order of drawing. */
  role: 'price' | 'equity' | 'benchmark' | 'drawdown' | ComparedRole
  style: 'line' | 'area'
  /** Increasing. */
  ts: Float64Array
  /** As many as times; none of them NaN. */
  values: Float64Array
}

export interface ChartMark {
  ts: number
  value: number
  kind: 'long_entry' | 'short_entry' | 'winning_exit' | 'losing_exit' | 'liquidation' | 'buy_signal' | 'sell_signal'
  /** Name of the kind in the legend: the same for all marks of a kind. */
  label: string
}

/** Plots below each other, each with axes of its own. */
export interface PlotsChart extends ChartHead {
  kind: 'plots'
  plots: readonly ChartPlot[]
}

export type ChartPlot = BarsPlot | HistogramPlot | HoldsPlot | FanPlot

export interface PlotHead {
  title: string
  /** Height relative to the other plots. */
  weight: number
  unit: ChartUnit
}

/** Names of what is above nothing and what is not, for the legend. */
export interface Outcomes {
  gain: string
  loss: string
}

/** A bar for each value, in their order; where more come than fit, see `valuesPerBar`. */
export interface BarsPlot extends PlotHead {
  kind: 'bars'
  values: Float64Array
  outcomes: Outcomes
}

/** How often values occur. */
export interface HistogramPlot extends PlotHead {
  kind: 'histogram'
  values: Float64Array
  /** `signed`: gains and losses have colours of their own. */
  colours: 'signed' | 'plain'
  lines: readonly PlotLine[]
}

/** A value that is marked in a plot. */
export interface PlotLine {
  label: string
  value: number
  role: PlotLineRole
}

/** `own`: what happened in fact. */
export type PlotLineRole = 'average' | 'own'

/** How long something was held, and what came of it. */
export interface HoldsPlot extends PlotHead {
  kind: 'holds'
  /** Not negative. */
  holdsMs: Float64Array
  /** As many. */
  values: Float64Array
  outcomes: Outcomes
}

/** Ranges of what may happen, and what did. */
export interface FanPlot extends PlotHead {
  kind: 'fan'
  /** What the values are taken at: whole numbers, increasing. */
  places: readonly number[]
  /** The widest first. As many values as places. */
  bands: readonly { label: string; low: readonly number[]; high: readonly number[] }[]
  middle: { label: string; values: readonly number[] }
  /** At places of its own, within those. */
  own: { label: string; places: Float64Array; values: Float64Array }
}

/** A value for each pair of a row and a column, told by colour and, where there is room, in figures. */
export interface GridChart extends ChartHead {
  kind: 'grid'
  /** What the values are. */
  name: string
  unit: ChartUnit
  columns: GridSide
  rows: GridSide
  /** Row by row from the top; NaN where there is none. */
  values: Float64Array
  /** `signed`: by sign and size; `ranked`: from the lowest to the highest, more being better. */
  colours: 'signed' | 'ranked'
  /** One value for each row, to the right of it. */
  totals: { title: string; values: Float64Array } | null
  marks: readonly GridMark[]
}

export interface GridSide {
  /** What stands there; null where the labels say it. */
  title: string | null
  labels: readonly string[]
}

/** What of a search is pointed out: the best by itself, and the best among others that are good. */
export interface TrialMark {
  kind: 'peak' | 'plateau'
  label: string
}

/** A cell that is pointed out. */
export interface GridMark extends TrialMark {
  row: number
  column: number
}

/** Many values of several parameters: an axis for each parameter, a line across them for each value, which its colour tells. */
export interface ParallelChart extends ChartHead {
  kind: 'parallel'
  /** What the values are. */
  name: string
  unit: ChartUnit
  axes: readonly ParallelAxis[]
  lines: readonly ParallelLine[]
  marks: readonly ParallelMark[]
}

export interface ParallelAxis {
  title: string
  /** Places from 0, the lower end, to 1. */
  ticks: readonly { at: number; label: string }[]
}

export interface ParallelLine {
  /** A place from 0 to 1 on each axis. */
  at: readonly number[]
  /** More is better. */
  value: number
}

/** A line that is pointed out. */
export interface ParallelMark extends TrialMark {
  line: number
}
