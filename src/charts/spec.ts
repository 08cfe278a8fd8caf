/**
 * A picture as data: what to show, not how. All words in it are already in the reader's language; all times epoch ms.
 * Panels stand below each other on one shared time axis.
 */
export interface ChartSpec {
  title: string
  subtitle: string
  /** A warning that must not be missed, such as SIMULATED DATA; null for real data. */
  stamp: string | null
  /** A finding for which the figures are not to be believed as they stand; left out or null where there is none. */
  badge?: string | null
  headline: readonly HeadlineFigure[]
  /** `upright`, as a phone is, or `small`, where the words matter more; upright if left out. */
  shape?: 'upright' | 'small'
  panels: readonly ChartPanel[]
  /** IANA zone of the axis labels. */
  timeZone: string
  /** BCP 47 tag of the number and date format. */
  locale: string
  theme: 'light' | 'dark'
}

export interface HeadlineFigure {
  label: string
  value: string
  tone: 'good' | 'bad' | 'plain'
}

export interface ChartPanel {
  /** Also names the line, where there is but one: a legend lists lines only where there are several. */
  title: string
  /** Height relative to the other panels. */
  weight: number
  /** Values of `percent` are percent: 12.5 is 12.5 %. */
  unit: 'price' | 'quote' | 'percent'
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
  kind: 'long_entry' | 'short_entry' | 'winning_exit' | 'losing_exit' | 'buy_signal' | 'sell_signal'
  /** Name of the kind in the legend: the same for all marks of a kind. */
  label: string
}
