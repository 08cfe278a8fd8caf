import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { freshFolder, runCli } from '../testing/built.js'

const dir = mkdtempSync(join(tmpdir(), 'cli-swap-'))
const file = (name: string) => join(dir, name)
const minuteMs = 60_000

interface Row {
  ts: number
  open: number
  high: number
  low: number
  close: number
}

/** A price that swings between 90 and 110 every 400 minutes, with a shorter swing on top. */
const minutes: Row[] = Array.from({ length: 3000 }, (_, i) => {
  const price = (k: number) => Math.round(10_000 + 800 * Math.sin(k / 64) + 150 * Math.sin(k / 3)) / 100
  const [open, close] = [price(i - 1), price(i)]
  return { ts: i * minuteMs, open, high: Math.max(open, close), low: Math.min(open, close), close }
})
const fives: Row[] = Array.from({ length: minutes.length / 5 }, (_, i) => {
  const part = minutes.slice(5 * i, 5 * i + 5)
  return {
    ts: part[0].ts,
    open: part[0].open,
    high: Math.max(...part.map(({ high }) => high)),
    low: Math.min(...part.map(({ low }) => low)),
    close: part[4].close,
  }
})

function writeCsv(name: string, rows: readonly Row[]): void {
  const lines = rows.map(({ ts, open, high, low, close }) => [ts, open, high, low, close, 1].join(','))
  writeFileSync(file(name), `ts,open,high,low,close,volume\n${lines.join('\n')}\n`)
}

const rules = 'buy: MA(2, 5) golden_cross\nsell: MA(2, 5) death_cross\n'
const head = 'name: turns\ninst: BTC-USDT-SWAP\nbar: 5m\ndirection: both\nleverage: 5\nmargin: isolated\n'

beforeAll(() => {
  writeCsv('fives.csv', fives)
  writeCsv('minutes.csv', minutes)
  writeCsv('late.csv', minutes.slice(7))
  writeCsv('holey.csv', minutes.toSpliced(1000, 3))
  writeCsv('short.csv', minutes.slice(0, 2990))
  writeFileSync(file('bad.csv'), 'ts,open,high,low,close,volume\n0,1,1,1,1,1\n60000,1,2,3,1,1\n')
  writeFileSync(file('turns.txt'), `${head}stop: 1%\ntrail: 0.5%\n${rules}`)
  writeFileSync(file('ticks.txt'), `${head}evaluate: tick\n${rules}`)
  writeFileSync(file('reckless.txt'), `${head.replace('leverage: 5', 'leverage: 120')}${rules}`)
})

const backtest = (strategy: string, ...args: string[]) => runCli(['backtest', '--strategy', file(strategy), ...args])
const resultOf = async (strategy: string, ...args: string[]) => {
  const { code, stdout, stderr } = await backtest(strategy, ...args, '--json')
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

describe('cli backtest of a swap from a file', () => {
  it('asks no exchange: sizes are coins, tiers and funding are assumed, and the result says so', async () => {
    const result = await resultOf('turns.txt', '--candles', file('fives.csv'))
    expect(result).toMatchObject({
      inst_id: 'BTC-USDT-SWAP',
      source: 'import',
      direction: 'both',
      leverage: 5,
      margin_mode: 'isolated',
      contract_coins: null,
      detail_bar: null,
      // Three days from midnight on, less the last hours.
      integrity: { assumed: { size_rules: true, tiers: true, funding_payments: 7 } },
    })
    expect(result.stats.funding).not.toBe(0)
    const { stdout } = await backtest('turns.txt', '--candles', file('fives.csv'))
    expect(stdout).toContain('Perpetual swap, long and short, 5x, isolated margin, sizes in BTC')
    expect(stdout).toContain('7 funding payments are assumed')
    expect(stdout).toContain('Maintenance margin is assumed')
  })

  it('is one of the swap that --inst names, whatever the strategy says', async () => {
    const args = ['--candles', file('fives.csv'), '--inst', 'eth swap']
    expect(await resultOf('turns.txt', ...args)).toMatchObject({ inst_id: 'ETH-USDT-SWAP' })
  })
})

describe('cli backtest --detail-candles', () => {
  it('takes the order of events from the file, whose step says how fine it is', async () => {
    const coarse = await resultOf('turns.txt', '--candles', file('fives.csv'))
    const fine = await resultOf('turns.txt', '--candles', file('fives.csv'), '--detail-candles', file('minutes.csv'))
    expect(fine).toMatchObject({ detail_bar: '1m', bars: 600, integrity: { bars_without_detail: 0 } })
    expect(fine.trades).not.toEqual(coarse.trades)
  })

  it('lets a strategy of ticks decide within its candles; without, it is told that it decided at closes', async () => {
    const args = ['--candles', file('fives.csv')]
    const fine = await backtest('ticks.txt', ...args, '--detail-candles', file('minutes.csv'))
    expect(fine.stdout).toContain('Decides within candles: tested at the close of every 1m candle')
    expect(fine.stdout).not.toContain('🔴')
    expect((await backtest('ticks.txt', ...args)).stdout).toContain('🔴 This strategy decides within candles')
  })

  it.each([
    ['late.csv', '7 of its 1m candles are missing, the first at 1970-01-01 00:00 UTC'],
    ['holey.csv', '3 of its 1m candles are missing, the first at 1970-01-01 16:40 UTC'],
    ['short.csv', '10 of its 1m candles are missing, the first at 1970-01-03 01:50 UTC'],
    ['fives.csv', '5m candles do not make up 5m candles. Allowed as finer candles: 1m'],
    ['bad.csv', 'Line 3'],
    ['nowhere.csv', 'nowhere.csv'],
  ])('refuses %s: %s', async (name, hint) => {
    const args = ['--candles', file('fives.csv'), '--detail-candles', file(name)]
    const { code, stdout, stderr } = await backtest('turns.txt', ...args, '--json')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(hint)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('names the file of the two that is wrong', async () => {
    const args = ['--candles', file('fives.csv'), '--detail-candles', file('bad.csv')]
    expect((await backtest('turns.txt', ...args)).stderr).toContain('--detail-candles')
    const swapped = ['--candles', file('bad.csv'), '--detail-candles', file('minutes.csv')]
    expect((await backtest('turns.txt', ...swapped)).stderr).not.toContain('--detail-candles')
  })
})

describe('cli backtest of a swap from the market', () => {
  const january = ['--inst', 'btc swap', '--bar', '1h', '--from', '2024-01-01', '--to', '2024-01-31']

  it('knows its rules, takes finer candles where asked, and gives the same bytes again', async () => {
    const dataDir = freshFolder()
    const args = ['backtest', '--strategy', file('turns.txt'), ...january, '--detail-bar', '15m', '--json']
    const first = await runCli(args, { dataDir })
    expect(JSON.parse(first.stdout)).toMatchObject({
      bars: 31 * 24,
      detail_bar: '15m',
      contract_coins: 0.01,
      // The exchange tells the last three months only.
      integrity: { assumed: { size_rules: false, tiers: false, funding_payments: 93 }, bars_without_detail: 0 },
    })
    expect((await runCli(args, { dataDir })).stdout).toBe(first.stdout)
  })

  it('tests a strategy of ticks on minutes unless told otherwise', async () => {
    const week = [...january.slice(0, -1), '2024-01-03']
    expect(await resultOf('ticks.txt', ...week)).toMatchObject({
      detail_bar: '1m',
      integrity: { tick_on_closes: false },
    })
    expect(await resultOf('ticks.txt', ...week, '--detail-bar', '5m')).toMatchObject({ detail_bar: '5m' })
  })

  it.each([
    ['reckless.txt', [], 'BTC-USDT-SWAP takes at most 100x leverage; the strategy asks for 120x.'],
    ['turns.txt', ['--detail-bar', '1h'], 'Allowed as finer candles: 1m, 3m, 5m, 15m, 30m'],
    ['turns.txt', ['--detail-bar', '7m'], '--detail-bar is "7m"'],
    ['turns.txt', ['--detail-candles', file('minutes.csv')], '--detail-candles only goes with --candles'],
  ])('refuses %s %j: %s', async (strategy, more, hint) => {
    const { code, stdout, stderr } = await backtest(strategy, ...january, ...more)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(hint)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('does not take --detail-bar with a file', async () => {
    const { code, stderr } = await backtest('turns.txt', '--candles', file('fives.csv'), '--detail-bar', '1m')
    expect(code).toBe(1)
    expect(stderr).toContain('--detail-bar does not go with --candles')
  })
})
