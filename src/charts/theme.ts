import type { ChartMark, ChartSeries, ChartSpec, HeadlineFigure } from './spec.js'

/** Colours of a picture by what they stand for. Hues are those of Okabe and Ito, which colour-blind readers can tell apart. */
export interface ChartTheme {
  background: string
  text: string
  mutedText: string
  grid: string
  stampBackground: string
  stampText: string
  badgeBackground: string
  badgeText: string
  watermark: string
  tones: Record<HeadlineFigure['tone'], string>
  series: Record<ChartSeries['role'], { line: string; area: string }>
  marks: Record<ChartMark['kind'], string>
}

export const themes: Record<ChartSpec['theme'], ChartTheme> = {
  light: {
    background: '#ffffff',
    text: '#16202c',
    mutedText: '#5a6878',
    grid: '#e6eaef',
    stampBackground: '#f5a300',
    stampText: '#1d1400',
    badgeBackground: '#c3182b',
    badgeText: '#ffffff',
    watermark: 'rgba(196, 124, 0, 0.13)',
    tones: { good: '#007a58', bad: '#c44500', plain: '#16202c' },
    series: {
      price: { line: '#51606f', area: 'rgba(81, 96, 111, 0.10)' },
      equity: { line: '#0067b0', area: 'rgba(0, 103, 176, 0.12)' },
      benchmark: { line: '#a8741a', area: 'rgba(168, 116, 26, 0.12)' },
      drawdown: { line: '#c44500', area: 'rgba(213, 94, 0, 0.22)' },
    },
    marks: {
      long_entry: '#0072d6',
      short_entry: '#a3458b',
      winning_exit: '#009068',
      losing_exit: '#d54b00',
      buy_signal: '#0072d6',
      sell_signal: '#d54b00',
    },
  },
  dark: {
    background: '#10161e',
    text: '#eef2f6',
    mutedText: '#9aa8b8',
    grid: '#253040',
    stampBackground: '#f5a300',
    stampText: '#1d1400',
    badgeBackground: '#c3182b',
    badgeText: '#ffffff',
    watermark: 'rgba(255, 186, 51, 0.14)',
    tones: { good: '#2fcf9e', bad: '#ff8a4c', plain: '#eef2f6' },
    series: {
      price: { line: '#a9b6c4', area: 'rgba(169, 182, 196, 0.10)' },
      equity: { line: '#56b4e9', area: 'rgba(86, 180, 233, 0.16)' },
      benchmark: { line: '#e0a63a', area: 'rgba(224, 166, 58, 0.14)' },
      drawdown: { line: '#ff7d3b', area: 'rgba(255, 125, 59, 0.26)' },
    },
    marks: {
      long_entry: '#4aa8ff',
      short_entry: '#e08cc8',
      winning_exit: '#2fcf9e',
      losing_exit: '#ff7d3b',
      buy_signal: '#4aa8ff',
      sell_signal: '#ff7d3b',
    },
  },
}
