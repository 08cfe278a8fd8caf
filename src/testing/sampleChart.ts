import type { ChartMark, TimelineChart } from '../charts/spec.js'

export interface SampleChartOptions {
  locale?: 'en' | 'zh'
  theme?: TimelineChart['theme']
  bars?: number
  intervalMs?: number
  trades?: number
  startPrice?: number
  /** Growth over the whole window as a factor; the market and the strategy share it. */
  growth?: number
  volatility?: number
  cash?: number
  name?: string
  simulated?: boolean
  shorts?: boolean
  /** Every exit is the entry of the next trade, the other way round. */
  both?: boolean
  /** Every fifth exit, where it loses, is one. */
  liquidations?: boolean
  badge?: TimelineChart['badge']
  timeZone?: string
}

const words = {
  en: {
    price: 'Price',
    equity: 'Account value (USDT)',
    strategy: 'Strategy',
    hold: 'Buy and hold',
    drawdown: 'Drawdown',
    long_entry: 'Buy',
    short_entry: 'Short',
    winning_exit: 'Exit with profit',
    losing_exit: 'Exit with loss',
    liquidation: 'Liquidation',
    stamp: 'SIMULATED DATA',
    figures: ['Return', 'Buy and hold', 'Max drawdown', 'Sharpe', 'Trades', 'Win rate', 'Profit factor', 'Final value'],
  },
  zh: {
    price: '价格',
    equity: '账户价值 (USDT)',
    strategy: '策略',
    hold: '买入并持有',
    drawdown: '回撤',
    long_entry: '买入',
    short_entry: '做空',
    winning_exit: '盈利平仓',
    losing_exit: '亏损平仓',
    liquidation: '强制平仓',
    stamp: '模拟数据',
    figures: ['收益率', '买入并持有', '最大回撤', '夏普比率', '交易次数', '胜率', '盈亏比', '最终价值'],
  },
} as const

/** A backtest picture of a seeded random walk, for tests and for looking at. */
export function sampleChart(options: SampleChartOptions = {}): TimelineChart {
  const {
    locale = 'en',
    theme = 'light',
    bars = 2000,
    intervalMs = 15 * 60_000,
    trades = 12,
    startPrice = 64_000,
  } = options
  const {
    growth = 1.2,
    volatility = 0.004,
    cash = 10_000,
    name = 'rsi-dip',
    simulated = true,
    shorts = false,
    both = false,
    liquidations = false,
    badge = null,
  } = options
  const t = words[locale]
  const random = lehmer(7)
  const startTs = Date.UTC(2024, 0, 1)
  const ts = Float64Array.from({ length: bars }, (_, i) => startTs + i * intervalMs)
  const price = new Float64Array(bars)
  const equity = new Float64Array(bars)
  const hold = new Float64Array(bars)
  const drawdown = new Float64Array(bars)
  const drift = Math.log(growth) / bars
  const last = bars - 1
  let peak = 0
  for (let i = 0; i < bars; i++) {
    const move = volatility === 0 ? 0 : drift + volatility * (random() + random() + random() - 1.5)
    price[i] = i === 0 ? startPrice : price[i - 1] * Math.exp(move)
    const isIn = trades > 0 && Math.floor((i / bars) * trades * 2) % 2 === 1
    equity[i] = i === 0 ? cash : equity[i - 1] * (isIn ? Math.exp(move + drift) : 1)
    hold[i] = (cash * price[i]) / startPrice
    peak = Math.max(peak, equity[i])
    drawdown[i] = (equity[i] / peak - 1) * 100
  }
  const marks: ChartMark[] = []
  const mark = (i: number, kind: ChartMark['kind'] & keyof typeof t) =>
    marks.push({ ts: ts[i], value: price[i], kind, label: t[kind] })
  for (let k = 0; k < trades; k++) {
    const [from, to] = both ? [k, k + 1] : [k + 0.5, k + 1]
    const entry = Math.min(last, Math.ceil((bars * from) / trades))
    const exit = Math.min(last, both ? Math.ceil((bars * to) / trades) : Math.floor((bars * to) / trades))
    const isShort = both ? k % 2 === 1 : shorts && k % 3 === 0
    const isWin = price[exit] > price[entry] !== isShort
    mark(entry, isShort ? 'short_entry' : 'long_entry')
    mark(exit, isWin ? 'winning_exit' : liquidations && k % 5 === 0 ? 'liquidation' : 'losing_exit')
  }
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const percent = (value: number) => `${value > 0 ? '+' : ''}${number.format(value)}%`
  const tone = (value: number) => (value > 0 ? 'good' : value < 0 ? 'bad' : 'plain')
  const change = (equity[last] / cash - 1) * 100
  const market = (hold[last] / cash - 1) * 100
  const values = [
    { value: percent(change), tone: tone(change) },
    { value: percent(market), tone: tone(market) },
    { value: percent(drawdown.reduce((a, b) => Math.min(a, b), 0)), tone: 'plain' },
    { value: trades === 0 ? '–' : '1.84', tone: 'plain' },
    { value: number.format(trades), tone: 'plain' },
    { value: trades === 0 ? '–' : percent(58.33).slice(1), tone: 'plain' },
    { value: trades === 0 ? '–' : '1.61', tone: 'plain' },
    { value: number.format(equity[last]), tone: 'plain' },
  ] as const
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return {
    kind: 'timeline',
    title: `${name} · BTC-USDT · 15m`,
    subtitle: `${day.format(ts[0])} – ${day.format(ts[last])} · ${number.format(bars)}`,
    stamp: simulated ? t.stamp : null,
    badge,
    headline: values.map((figure, i) => ({ label: t.figures[i], ...figure })),
    panels: [
      {
        title: t.price,
        weight: 5,
        unit: 'price',
        series: [{ label: 'BTC-USDT', role: 'price', style: 'line', ts, values: price }],
        marks,
      },
      {
        title: t.equity,
        weight: 4,
        unit: 'quote',
        series: [
          { label: t.strategy, role: 'equity', style: 'line', ts, values: equity },
          { label: t.hold, role: 'benchmark', style: 'line', ts, values: hold },
        ],
        marks: [],
      },
      {
        title: t.drawdown,
        weight: 2,
        unit: 'percent',
        series: [{ label: t.drawdown, role: 'drawdown', style: 'area', ts, values: drawdown }],
        marks: [],
      },
    ],
    timeZone: options.timeZone ?? 'UTC',
    locale,
    theme,
  }
}

/** Numbers from 0 to 1, the same for the same seed. */
export function lehmer(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
