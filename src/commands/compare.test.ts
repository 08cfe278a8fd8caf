import { describe, expect, it } from 'vitest'
import { displayWidth, phoneLines } from '../chat/columns.js'
import { UserError } from '../domain/userError.js'
import { createTranslator, type Locale } from '../i18n.js'
import type { BacktestReport } from '../services/backtests.js'
import { reportWith } from '../testing/backtestFixture.js'
import type { App } from './app.js'
import { compareCommand, parseNumbers } from './compare.js'
import { compareReply } from './compareView.js'
import type { Caller, RunContext } from './defineCommand.js'

const t = (locale: Locale = 'en') => createTranslator({ locale, timeZone: 'UTC', theme: 'dark' })

function refusal(text: string): { id: string; args: UserError['args'] } {
  try {
    parseNumbers(text)
  } catch (error) {
    if (error instanceof UserError) return { id: error.id, args: error.args }
    throw error
  }
  throw new Error(`${text} was taken`)
}

describe('the numbers to compare', () => {
  it.each<[string, number[]]>([
    ['12 15', [12, 15]],
    [' #18, 3，5、7 ', [18, 3, 5, 7]],
    ['4 4 2', [4, 2]],
    ['1 2 3 4 5 6', [1, 2, 3, 4, 5, 6]],
  ])('are read from “%s”', (text, expected) => {
    expect(parseNumbers(text)).toEqual(expected)
  })

  it('are refused with the first word that is none', () => {
    expect(refusal('12 rsi-dip 15')).toEqual({ id: 'error-compare-number', args: { value: 'rsi-dip' } })
    for (const word of ['0', '-1', '1.5', '1e3', '12345678901']) expect(refusal(`1 ${word}`).args.value).toBe(word)
  })

  it('are refused where they are too few or too many', () => {
    expect(refusal('12')).toEqual({ id: 'error-compare-count', args: { count: 1, fewest: 2, most: 6 } })
    expect(refusal('7 7').args.count).toBe(1)
    expect(refusal('1 2 3 4 5 6 7').args.count).toBe(7)
  })
})

describe('comparing', () => {
  it('opens each in the order asked for, and tells the progress of all as one', async () => {
    const opened: number[] = []
    const told: (number | undefined)[] = []
    const backtests = {
      async reopen(_user: number, id: number, { progress }: Pick<RunContext, 'progress'>) {
        opened.push(id)
        progress({ key: 'progress-backtest', args: {}, fraction: 0.5 })
        return reportWith(id)
      },
    }
    const context = { progress: ({ fraction }: { fraction?: number }) => told.push(fraction) } as unknown as RunContext
    await compareCommand.run({ numbers: '15 12' }, { id: 1 } as Caller, { backtests } as unknown as App, context)
    expect(opened).toEqual([15, 12])
    expect(told).toEqual([0.25, 0.75])
  })
})

describe('a comparison', () => {
  const two = [reportWith(12), reportWith(15, { strategy: 'other', stats: { total_return_pct: -3.5, sharpe: null } })]

  it('has the key figures side by side', () => {
    const { table } = compareReply(two, t())
    expect(table?.columns.map(({ label }) => label)).toEqual(['Figure', '#12', '#15'])
    const row = (label: string) => table?.rows.find(([first]) => first === label)
    expect(row('Return')?.[2]).toBe('-3.50%')
    expect(row('Sharpe')?.[2]).toBe('n/a')
  })

  it.each([
    ['en', 2, 1],
    ['zh', 2, 1],
    ['en', 3, 2],
    ['en', 6, 3],
    ['zh', 6, 3],
  ] as const)('fits on a phone: %s, %i results in %i blocks', (locale, count, blocks) => {
    const stats = {
      cagr_pct: -112.34,
      total_return_pct: 1034.5,
      market_change_pct: -88.88,
      calmar: -12.34,
      sharpe: -1.23,
      sortino: -2.34,
    }
    const numbers = Array.from({ length: count }, (_, i) => 1012 + i)
    const { table } = compareReply(
      numbers.map((id) => reportWith(id, { stats })),
      t(locale),
    )
    const lines = (table && phoneLines(table)) ?? expect.fail('too wide')
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(42)
    expect(lines.join('\n').split('\n\n')).toHaveLength(blocks)
    expect(lines.join().match(/#\d+/g)).toEqual(numbers.map((id) => `#${id}`))
  })

  it('draws them on one time axis, each from 100', () => {
    const { chart } = compareReply(two, t())
    if (chart?.kind !== 'timeline') throw new Error('no timeline')
    const [{ series }] = chart.panels
    expect(series.map(({ label }) => label)).toEqual(['#12 turns', '#15 other'])
    expect(new Set(series.map(({ role }) => role)).size).toBe(2)
    for (const { values } of series) expect(values[0]).toBeCloseTo(100, 9)
    expect(chart.stamp).toBe('SIMULATED DATA')
  })

  it('names what they ran on where that differs', () => {
    const { chart, text } = compareReply([two[0], reportWith(15, { bar: '15m' })], t())
    const series = chart?.kind === 'timeline' ? chart.panels[0].series : []
    expect(series.map(({ label }) => label)).toEqual([
      '#12 turns · BTC-USDT-SWAP · 1H',
      '#15 turns · BTC-USDT-SWAP · 15m',
    ])
    expect(text).toContain('#12: turns version 3 · BTC-USDT-SWAP · 1H · 2024-01-01 to 2024-02-07')
  })

  it('says where they cover different times', () => {
    const other = reportWith(15, { from_ts: 0 })
    expect(compareReply([two[0], other], t()).text).toContain('do not cover the same time')
    expect(compareReply(two, t()).text).not.toContain('do not cover the same time')
  })

  it('is of figures alone where no curve can be made again', () => {
    const without: BacktestReport[] = two.map((report) => ({ ...report, curves: null }))
    const reply = compareReply(without, t())
    expect(reply).not.toHaveProperty('chart')
    expect(reply.table?.rows.length).toBeGreaterThan(5)
    expect(reply.text).toContain('No curve of #12 #15')
    const one = compareReply([two[0], without[1]], t())
    expect(one.chart?.title).toContain('#12')
    expect(one.text).toContain('No curve of #15')
  })

  it('has the badge of the one that can be believed least', () => {
    const bad = reportWith(15, { integrity: { look_ahead_ok: false } })
    expect(compareReply([two[0], bad], t()).chart?.badge).toMatchObject({
      tone: 'red',
      text: expect.stringMatching(/^#15: Not to be believed/),
    })
  })
})
