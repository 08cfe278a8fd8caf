import type { PlotsChart } from '../charts/spec.js'
import { lehmer } from './sampleChart.js'
import { type SampleOptions, sampleHead, sampleWords } from './sampleHead.js'

export interface SampleTradesOptions extends SampleOptions {
  trades?: number
  /** In percent: a trade earns about so much, more or less. */
  size?: number
  /** The parts of gains. */
  winRate?: number
  /** One trade earns so much, percent. */
  outlier?: number
  holdMs?: number
}

/** The page of trades of a seeded strategy. */
export function sampleTrades(options: SampleTradesOptions = {}): PlotsChart {
  const { locale = 'en', trades = 60, size = 2, winRate = 0.55, outlier, holdMs = 5 * 3_600_000 } = options
  const t = sampleWords[locale]
  const random = lehmer(11)
  const values = Float64Array.from({ length: trades }, (_, i) => {
    const sign = random() < winRate ? 1 : -1
    const value = sign * size * (0.05 + random() + random() ** 4)
    return i === trades >> 1 && outlier !== undefined ? outlier : value
  })
  const barMs = 900_000
  const holdsMs = values.map(
    (value) => Math.round((holdMs * Math.exp(4 * random() - 3 + (value > 0 ? 0.5 : 0))) / barMs) * barMs,
  )
  const average = values.reduce((sum, value) => sum + value, 0) / trades
  const number = new Intl.NumberFormat(locale, { style: 'unit', unit: 'percent', maximumFractionDigits: 2 })
  const outcomes = { gain: t.gain, loss: t.loss }
  const figures = ['58%', number.format(average), number.format(9.13), number.format(-3.4), '1.72', '5h 30m']
  return {
    ...sampleHead(options, '2024-01-01 – 2024-12-31'),
    kind: 'plots',
    headline: figures.map((value, i) => ({ label: t.figures[i], value, tone: 'plain' })),
    plots: [
      { kind: 'bars', title: t.trades, weight: 4, unit: 'percent', values, outcomes },
      {
        kind: 'histogram',
        title: t.distribution,
        weight: 3,
        unit: 'percent',
        values,
        colours: 'signed',
        lines: [{ label: `${t.average} ${number.format(average)}`, value: average, role: 'average' }],
      },
      { kind: 'holds', title: t.holds, weight: 4, unit: 'percent', holdsMs, values, outcomes },
    ],
  }
}

export interface SampleMonteCarloOptions extends SampleOptions {
  trades?: number
  runs?: number
  startEquity?: number
  /** What a trade earns on average, as a part. */
  edge?: number
}

/** Bands of what seeded trades might have come to. */
export function sampleMonteCarlo(options: SampleMonteCarloOptions = {}): PlotsChart {
  const { locale = 'en', trades = 80, runs = 500, startEquity = 10_000, edge = 0.004 } = options
  const t = sampleWords[locale]
  const random = lehmer(5)
  const path = () => {
    const equity = new Float64Array(trades + 1).fill(startEquity)
    for (let i = 1; i <= trades; i++) {
      equity[i] = equity[i - 1] * Math.exp(edge + 0.03 * (random() + random() + random() - 1.5))
    }
    return equity
  }
  const paths = Array.from({ length: runs }, path)
  const own = path()
  const last = Math.min(100, trades)
  const places = Array.from({ length: last + 1 }, (_, p) => Math.round((p * trades) / last))
  const band = (part: number) =>
    places.map((place) => paths.map((equity) => equity[place]).sort((a, b) => a - b)[Math.round(part * (runs - 1))])
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  return {
    ...sampleHead(options, `${runs}`),
    kind: 'plots',
    plots: [
      {
        kind: 'fan',
        title: t.equity,
        weight: 4,
        unit: 'quote',
        places,
        bands: [
          { label: t.most, low: band(0.05), high: band(0.95) },
          { label: t.half, low: band(0.25), high: band(0.75) },
        ],
        middle: { label: t.median, values: band(0.5) },
        own: { label: t.own, places: Float64Array.from(own.keys()), values: own },
      },
      {
        kind: 'histogram',
        title: t.final,
        weight: 2,
        unit: 'quote',
        values: Float64Array.from(paths, (equity) => equity[trades]),
        colours: 'plain',
        lines: [{ label: `${t.own} ${number.format(own[trades])}`, value: own[trades], role: 'own' }],
      },
      {
        kind: 'histogram',
        title: t.drawdown,
        weight: 2,
        unit: 'percent',
        values: Float64Array.from(paths, deepest),
        colours: 'plain',
        lines: [{ label: t.own, value: deepest(own), role: 'own' }],
      },
    ],
  }
}

/** The largest fall from a high, percent. */
function deepest(equity: Float64Array): number {
  let high = 0
  let most = 0
  for (const value of equity) {
    high = Math.max(high, value)
    most = Math.max(most, 100 * (1 - value / high))
  }
  return most
}
