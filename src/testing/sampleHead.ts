import type { ChartHead } from '../charts/spec.js'

/** What all samples can be told. */
export interface SampleOptions {
  locale?: 'en' | 'zh'
  theme?: ChartHead['theme']
  name?: string
  badge?: ChartHead['badge']
  simulated?: boolean
}

/** The words of samples, in each language. */
export const sampleWords = {
  en: {
    stamp: 'SIMULATED DATA',
    gain: 'Gain',
    loss: 'Loss',
    average: 'Average',
    own: 'As it happened',
    trades: 'Return of each trade',
    shared: 'Best and worst of every',
    distribution: 'How often which return',
    holds: 'Return by time held',
    figures: ['Win rate', 'Average', 'Best', 'Worst', 'Payoff ratio', 'Average hold'],
    median: 'Median',
    half: 'Middle half',
    most: '5 – 95 %',
    equity: 'Equity by number of trades (USDT)',
    final: 'Final equity (USDT)',
    drawdown: 'Max drawdown',
    months: 'Return of each month (%)',
    year: 'Year',
    objective: 'Sharpe',
    peak: 'Best',
    compared: 'Account value, start = 100',
    plateau: 'Best surroundings',
  },
  zh: {
    stamp: '模拟数据',
    gain: '盈利',
    loss: '亏损',
    average: '平均',
    own: '实际结果',
    trades: '每笔交易的收益率',
    shared: '每组最好与最差，每组笔数',
    distribution: '收益率分布',
    holds: '收益率与持仓时间',
    figures: ['胜率', '平均', '最好', '最差', '盈亏额比', '平均持仓'],
    median: '中位数',
    half: '中间一半',
    most: '5 – 95 %',
    equity: '权益随交易笔数的变化 (USDT)',
    final: '最终权益 (USDT)',
    drawdown: '最大回撤',
    months: '每月收益率 (%)',
    year: '全年',
    objective: '夏普比率',
    peak: '最优',
    compared: '账户价值（起点 = 100）',
    plateau: '最优平台',
  },
} as const

/** The head of a sample whose subtitle is `page`. */
export function sampleHead(options: SampleOptions, page: string): ChartHead {
  const { locale = 'en', theme = 'light', name = 'rsi-dip', badge = null, simulated = true } = options
  return {
    title: `${name} · BTC-USDT · 15m`,
    subtitle: page,
    stamp: simulated ? sampleWords[locale].stamp : null,
    badge,
    headline: [],
    locale,
    theme,
  }
}
