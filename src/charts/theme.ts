import type { Badge, ChartMark, ChartSeries, ChartSpec, HeadlineFigure } from './spec.js'

/** Colours of a picture by what they stand for. Hues are those of Okabe and Ito, which colour-blind readers can tell apart. */
export interface ChartTheme {
  background: string
  text: string
  mutedText: string
  grid: string
  stampBackground: string
  stampText: string
  watermark: string
  badges: Record<Badge['tone'], { ground: string; words: string }>
  tones: Record<HeadlineFigure['tone'], string>
  series: Record<ChartSeries['role'], { line: string; area: string }>
  marks: Record<ChartMark['kind'], string>
  histogram: string
  /** Ranges, the widest first. */
  bands: readonly string[]
  /** From the lowest to the highest, which stands out most from the background; in order without colours too. */
  ranks: readonly string[]
  emptyCell: string
}

export const themes: Record<ChartSpec['theme'], ChartTheme> = {
  light: {
    background: '#ffffff',
    text: '#16202c',
    mutedText: '#5a6878',
    grid: '#e6eaef',
    stampBackground: '#f5a300',
    stampText: '#1d1400',
    watermark: 'rgba(196, 124, 0, 0.13)',
    badges: {
      green: { ground: '#dff3ec', words: '#006a4c' },
      amber: { ground: '#ffe0a3', words: '#5c3b00' },
      red: { ground: '#c3182b', words: '#ffffff' },
    },
    tones: { good: '#007a58', bad: '#c44500', plain: '#16202c' },
    series: {
      price: { line: '#51606f', area: 'rgba(81, 96, 111, 0.10)' },
      equity: { line: '#0067b0', area: 'rgba(0, 103, 176, 0.12)' },
      benchmark: { line: '#a8741a', area: 'rgba(168, 116, 26, 0.12)' },
      drawdown: { line: '#c44500', area: 'rgba(213, 94, 0, 0.22)' },
      compared_1: { line: '#0067b0', area: 'transparent' },
      compared_2: { line: '#c44500', area: 'transparent' },
      compared_3: { line: '#007a58', area: 'transparent' },
      compared_4: { line: '#a3458b', area: 'transparent' },
      compared_5: { line: '#2f2f3a', area: 'transparent' },
      compared_6: { line: '#a8741a', area: 'transparent' },
    },
    marks: {
      long_entry: '#0072d6',
      short_entry: '#a3458b',
      winning_exit: '#009068',
      losing_exit: '#d54b00',
      liquidation: '#b0003a',
      buy_signal: '#0072d6',
      sell_signal: '#d54b00',
    },
    histogram: '#7fb3d9',
    bands: ['#d9e8f4', '#a9cde9'],
    ranks: ['#f4edbb', '#c4e3b1', '#7fcdbb', '#41b1c4', '#2c7fb8', '#253494'],
    emptyCell: '#f1f3f6',
  },
  dark: {
    background: '#10161e',
    text: '#eef2f6',
    mutedText: '#9aa8b8',
    grid: '#253040',
    stampBackground: '#f5a300',
    stampText: '#1d1400',
    watermark: 'rgba(255, 186, 51, 0.14)',
    badges: {
      green: { ground: '#12392f', words: '#5fe0b6' },
      amber: { ground: '#4d3a10', words: '#ffd37a' },
      red: { ground: '#c3182b', words: '#ffffff' },
    },
    tones: { good: '#2fcf9e', bad: '#ff8a4c', plain: '#eef2f6' },
    series: {
      price: { line: '#a9b6c4', area: 'rgba(169, 182, 196, 0.10)' },
      equity: { line: '#56b4e9', area: 'rgba(86, 180, 233, 0.16)' },
      benchmark: { line: '#e0a63a', area: 'rgba(224, 166, 58, 0.14)' },
      drawdown: { line: '#ff7d3b', area: 'rgba(255, 125, 59, 0.26)' },
      compared_1: { line: '#56b4e9', area: 'transparent' },
      compared_2: { line: '#ff8a4c', area: 'transparent' },
      compared_3: { line: '#2fcf9e', area: 'transparent' },
      compared_4: { line: '#e08cc8', area: 'transparent' },
      compared_5: { line: '#eef2f6', area: 'transparent' },
      compared_6: { line: '#e0c13a', area: 'transparent' },
    },
    marks: {
      long_entry: '#4aa8ff',
      short_entry: '#e08cc8',
      winning_exit: '#2fcf9e',
      losing_exit: '#ff7d3b',
      liquidation: '#ff4f7b',
      buy_signal: '#4aa8ff',
      sell_signal: '#ff7d3b',
    },
    histogram: '#3f7ea8',
    bands: ['#1a3348', '#24516f'],
    ranks: ['#440154', '#414487', '#2a788e', '#22a884', '#7ad151', '#fde725'],
    emptyCell: '#18202b',
  },
}
