/** A picture as data: what to show, not how. All words in it are already in the reader's language; all times epoch ms. */
export type ChartSpec = TimelineChart

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
export type ChartUnit = 'price' | 'quote' | 'percent' | 'index'

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

export interface ChartSeries {
  label: string
  /** Decides colour and order of drawing. */
  role: 'price' | 'equity' | 'benchmark' | 'drawdown'
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
