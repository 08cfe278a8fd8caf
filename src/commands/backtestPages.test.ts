import { describe, expect, it } from 'vitest'
import { chartConfig } from '../charts/config.js'
import type { ChartPlot } from '../charts/spec.js'
import { createTranslator, type Locale } from '../i18n.js'
import { resultWith, tradeWith } from '../testing/backtestFixture.js'
import { textsOf } from '../testing/readChart.js'
import { type BacktestPage, backtestPages, pageReply } from './backtestPages.js'
import { tradesCsv } from './tradesCsv.js'

const t = (locale: Locale = 'en') => createTranslator({ locale, timeZone: 'UTC', theme: 'light' })
const page = (name: BacktestPage, result = resultWith(), locale: Locale = 'en') =>
  pageReply(name, { id: 12, result, strategy: null }, t(locale))
const none = resultWith({ trades: [], stats: { trades: 0, wins: 0, losses: 0 } })

describe('the page of trades', () => {
  const trades = [
    tradeWith({ side: 'long', pnl: 100, pnl_pct: 1, exit_reason: 'signal' }),
    tradeWith({ side: 'long', pnl: -40, pnl_pct: -0.4, exit_reason: 'stop_loss' }),
    tradeWith({ side: 'short', pnl: -10_000, pnl_pct: -100, exit_reason: 'liquidation' }),
    tradeWith({ side: 'long', pnl: 5, pnl_pct: 0.05, exit_reason: 'signal' }),
  ]
  const reply = page('trades', resultWith({ trades }))

  it('says why they ended, and what each side brought', () => {
    expect(reply.text).toBe(
      [
        'Exits: signal 2 · stop loss 1 · liquidation 1',
        'Long: 3 trades, 67% won, +65.00 USDT',
        'Short: 1 trade, 0% won, -10,000.00 USDT',
      ].join('\n'),
    )
    expect(page('trades', resultWith({ trades }), 'zh').text).toBe(
      [
        '离场原因：信号 2 · 止损 1 · 强平 1',
        '做多：3 笔，胜率 67%，+65.00 USDT',
        '做空：1 笔，胜率 0%，-10,000.00 USDT',
      ].join('\n'),
    )
  })

  it('says nothing of sides where only one was traded', () => {
    expect(page('trades', resultWith({ trades: trades.slice(0, 2) })).text).not.toContain('Long')
  })

  it('draws the return of every trade, and how long each was held', () => {
    const plots = reply.chart?.kind === 'plots' ? reply.chart.plots : []
    const [bars, histogram, holds] = plots as [ChartPlot & { kind: 'bars' }, ChartPlot, ChartPlot & { kind: 'holds' }]
    expect([...bars.values]).toEqual([1, -0.4, -100, 0.05])
    expect(histogram.kind).toBe('histogram')
    expect(holds.holdsMs[0]).toBe(trades[0].exit_ts - trades[0].entry_ts)
    expect(reply.chart && textsOf(reply.chart)).toEqual(expect.arrayContaining(['Gain (2)', 'Loss (2)']))
  })

  it('says so where several trades share a bar', () => {
    const many = Array.from({ length: 5_000 }, () => trades[0])
    const plots = page('trades', resultWith({ trades: many })).chart
    expect(plots && textsOf(plots)).toContain('Best and worst of every 34 trades')
  })

  it('has all of them as CSV', () => {
    expect(reply.file).toMatchObject({ name: 'turns-12-trades.csv', mimeType: 'text/csv' })
    expect(String(reply.file?.content).split('\n')).toHaveLength(1 + 4 + 1)
  })

  it('is in words where there are none', () => {
    const empty = page('trades', none)
    expect(empty.text).toBe('Backtest #12 has no trades.')
    expect(empty).not.toHaveProperty('chart')
    expect(empty).not.toHaveProperty('file')
  })
})

describe('trades as CSV', () => {
  it('have a column for each of their figures, and times that can be read', () => {
    const trade = tradeWith({ entry_ts: Date.UTC(2024, 0, 31, 18), exit_ts: Date.UTC(2024, 1, 1), pnl: -1.5e-7 })
    const [head, row] = tradesCsv([trade])
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','))
    const cells = Object.fromEntries(head.map((name, i) => [name, row[i]]))
    expect(Object.keys(cells)).toEqual(expect.arrayContaining(Object.keys(trade)))
    for (const [name, value] of Object.entries(trade)) expect(cells[name]).toBe(String(value))
    expect(cells).toMatchObject({
      number: '1',
      entry_time: '2024-01-31T18:00:00.000Z',
      exit_time: '2024-02-01T00:00:00.000Z',
    })
  })
})

describe('the page of months', () => {
  const over = (first: string, returns: number[]) => {
    const [year, month] = first.split('-').map(Number)
    const monthly_returns = returns.map((return_pct, i) => ({
      month: new Date(Date.UTC(year, month - 1 + i, 1)).toISOString().slice(0, 7),
      return_pct,
    }))
    return page('months', resultWith({ stats: { monthly_returns } }))
  }
  const gridOf = (reply: ReturnType<typeof over>) => {
    if (reply.chart?.kind !== 'grid') throw new Error('no grid')
    return reply.chart
  }

  it('has each month in the row of its year and its own column', () => {
    const grid = gridOf(over('2022-11', [1, 2, 3]))
    expect(grid.rows.labels).toEqual(['2022', '2023'])
    expect(grid.columns.labels).toHaveLength(12)
    const placed = [...grid.values].flatMap((value, i) => (Number.isNaN(value) ? [] : [[i, value]]))
    expect(placed).toEqual([
      [10, 1],
      [11, 2],
      [12, 3],
    ])
  })

  it('multiplies the months of a year to its return', () => {
    const { totals } = gridOf(over('2022-11', [10, -50, 3]))
    expect(totals?.values[0]).toBeCloseTo(-45, 9)
    expect(totals?.values[1]).toBeCloseTo(3, 9)
  })

  it('shows of a single year only the months that it has', () => {
    const grid = gridOf(over('2024-03', [1, -2, 3]))
    expect(grid.columns.labels).toEqual(['Mar', 'Apr', 'May'])
    expect([...grid.values]).toEqual([1, -2, 3])
  })

  it('lists months where they are few, and else years', () => {
    expect(over('2024-03', [1, -2]).table?.rows).toEqual([
      ['2024-03', '+1.00%'],
      ['2024-04', '-2.00%'],
    ])
    expect(over('2024-01', Array(24).fill(0)).table?.rows).toEqual([
      ['2024', '0.00%'],
      ['2025', '0.00%'],
    ])
  })

  it('tells the best, the worst and how many were good', () => {
    const { fields } = over('2024-03', [1, -2, 4])
    expect(fields?.map(({ value }) => value)).toEqual(['2 of 3', '+1.00%', '+4.00%', '-2.00%'])
  })

  it('is there without trades', () => {
    const { chart } = page('months', none)
    expect(chart).toMatchObject({ kind: 'grid', unit: 'percent' })
    const values = chart?.kind === 'grid' ? [...chart.values].filter((value) => !Number.isNaN(value)) : []
    expect(values).toEqual(none.stats.monthly_returns.map(({ return_pct }) => return_pct))
    expect(values.length).toBeGreaterThan(0)
  })
})

describe('the page of everything', () => {
  it('is the result as a file', () => {
    const result = resultWith()
    const { file, stamp } = page('json', result)
    expect(file?.name).toBe('turns-12.json')
    expect(JSON.parse(String(file?.content))).toEqual(JSON.parse(JSON.stringify(result)))
    expect(stamp).toBe('SIMULATED DATA')
  })
})

describe('every page', () => {
  it.each(backtestPages)('%s leads to the others, and back to the whole', (name) => {
    const buttons = (page(name).buttons ?? []).flat()
    expect(buttons).toContainEqual(expect.objectContaining({ command: 'backtests', args: { number: 12 } }))
    const others = backtestPages.filter((other) => other !== name)
    expect(buttons.flatMap(({ args }) => (args.page === undefined ? [] : [args.page]))).toEqual(others)
    expect(buttons.some(({ command }) => command === 'montecarlo')).toBe(true)
  })

  it('offers no page of trades that are not', () => {
    const buttons = (page('months', none).buttons ?? []).flat()
    expect(buttons.map(({ args }) => args.page)).not.toContain('trades')
    expect(buttons.map(({ command }) => command)).not.toContain('montecarlo')
  })

  it.each(['en', 'zh'] as const)('is drawn with the badge of the result: %s', (locale) => {
    for (const name of ['trades', 'months'] as const) {
      const { chart } = page(name, resultWith({ integrity: { look_ahead_ok: false } }), locale)
      expect(chart?.badge?.tone).toBe('red')
      expect(chart && chartConfig(chart).options.locale).toBe(t(locale).tag)
    }
  })
})
