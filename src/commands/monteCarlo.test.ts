import { describe, expect, it } from 'vitest'
import { chartConfig } from '../charts/config.js'
import { monteCarlo } from '../domain/backtest/monteCarlo.js'
import { createTranslator, type Locale } from '../i18n.js'
import type { StoredBacktest } from '../services/backtests.js'
import { resultWith } from '../testing/backtestFixture.js'
import { strategyWith } from '../testing/strategyFixture.js'
import type { App } from './app.js'
import type { Caller, RunContext } from './defineCommand.js'
import { monteCarloCommand } from './monteCarlo.js'
import { type MonteCarloData, monteCarloReply } from './monteCarloView.js'

const t = (locale: Locale = 'en') => createTranslator({ locale, timeZone: 'UTC', theme: 'light' })
const result = resultWith()

const drawnBy = (method: 'shuffle' | 'bootstrap') =>
  monteCarlo({
    pnl: result.trades.map(({ pnl }) => pnl),
    startEquity: result.stats.start_equity,
    growth: 'compounded',
    method,
    runs: 300,
    seed: 1,
  })

async function run(stored: Partial<StoredBacktest>, method?: string): Promise<MonteCarloData> {
  const backtests = { stored: async () => ({ id: 12, result, strategy: null, ...stored }) }
  const args = { number: 12, ...(method !== undefined && { method }) }
  return (await monteCarloCommand.run(
    args,
    { id: 1 } as Caller,
    { backtests } as unknown as App,
    {} as RunContext,
  )) as MonteCarloData
}

describe('the command', () => {
  it('draws the trades anew unless told otherwise, the same every time', async () => {
    const { drawn } = await run({})
    expect(drawn).toMatchObject({ method: 'bootstrap', growth: 'compounded', runs: 1000, trades: result.trades.length })
    expect((await run({})).drawn).toEqual(drawn)
    expect((await run({}, 'shuffle')).drawn?.method).toBe('shuffle')
  })

  it('adds trades up as the strategy sizes them', async () => {
    const sizing = { type: 'quote', value: 100 } as const
    expect((await run({ strategy: strategyWith({ sizing }) })).drawn?.growth).toBe('fixed')
  })

  it('draws less often from many trades', async () => {
    const trades = Array.from({ length: 8_000 }, (_, i) => ({ ...result.trades[0], pnl: i % 2 === 0 ? 1 : -1 }))
    expect((await run({ result: { ...result, trades } })).drawn?.runs).toBe(625)
  })
})

describe('its picture', () => {
  const plotsOf = (method: 'shuffle' | 'bootstrap') => {
    const { chart } = monteCarloReply({ id: 12, result, drawn: drawnBy(method) }, t())
    if (chart?.kind !== 'plots') throw new Error('no plots')
    expect(() => chartConfig(chart)).not.toThrow()
    return chart.plots
  }

  it('has the fan, the ends and the drawdowns of all runs', () => {
    const [fan, finals, drawdowns] = plotsOf('bootstrap')
    if (fan.kind !== 'fan' || finals.kind !== 'histogram' || drawdowns.kind !== 'histogram')
      throw new Error('other plots')
    expect(finals.values).toHaveLength(300)
    expect(drawdowns.values).toHaveLength(300)
    expect(fan.own.values).toHaveLength(result.trades.length + 1)
    expect(fan.own.values[0]).toBe(10_000)
    expect(fan.own.values.at(-1)).toBeCloseTo(result.stats.final_equity, 6)
    expect(finals.lines[0].value).toBeCloseTo(result.stats.final_equity, 6)
  })

  it('leaves out the ends of a shuffle, which are all one', () => {
    expect(plotsOf('shuffle').map(({ kind }) => kind)).toEqual(['fan', 'histogram'])
    const { table, fields } = monteCarloReply({ id: 12, result, drawn: drawnBy('shuffle') }, t())
    expect(table?.columns).toHaveLength(2)
    expect(fields?.map(({ label }) => label)).not.toContain('Ends in a loss')
  })
})

describe('its words', () => {
  it('say what was done, and give the bands beside what happened', () => {
    const drawn = drawnBy('bootstrap')
    const { text, table } = monteCarloReply({ id: 12, result, drawn }, t())
    expect(text).toContain(`drawn anew 300 times in blocks of ${drawn?.block_length}`)
    expect(table?.rows.map(([first]) => first)).toEqual([
      '5% at or under',
      '25% at or under',
      '50% at or under',
      '75% at or under',
      '95% at or under',
      'As it happened',
    ])
    expect(table?.rows[0]).toHaveLength(3)
  })

  it('offer the other method', () => {
    const buttons = (monteCarloReply({ id: 12, result, drawn: drawnBy('shuffle') }, t('zh')).buttons ?? []).flat()
    expect(buttons[0]).toEqual({ label: '重新抽取', command: 'montecarlo', args: { number: 12, method: 'bootstrap' } })
  })

  it('are all there is without trades', () => {
    const reply = monteCarloReply({ id: 12, result: resultWith({ trades: [] }), drawn: null }, t())
    expect(reply.text).toBe('Backtest #12 has no trades.')
    expect(reply).not.toHaveProperty('chart')
  })
})
