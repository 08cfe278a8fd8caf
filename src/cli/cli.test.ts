import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { catalog } from '../domain/indicators/catalog.js'
import { freshFolder, runCli, startBuilt } from '../testing/built.js'
import { endOf } from '../testing/childProcess.js'

const dir = mkdtempSync(join(tmpdir(), 'cli-'))
const csv = join(dir, 'candles.csv')
const strategyFile = join(dir, 'strategy.txt')

/** A price that swings between 90 and 110 every 40 minutes. */
function swingingCandles(count: number): string {
  const close = (i: number) => Math.round(1000 + 100 * Math.sin((2 * Math.PI * i) / 40)) / 10
  const rows = Array.from({ length: count }, (_, i) => {
    const [open, end] = [close(i - 1), close(i)]
    return [i * 60_000, open, Math.max(open, end), Math.min(open, end), end, 1.5].join(',')
  })
  return `ts,open,high,low,close,volume\n${rows.join('\n')}\n`
}

beforeAll(() => {
  writeFileSync(csv, swingingCandles(1000))
  writeFileSync(
    strategyFile,
    'name: swing\nbar: 1m\nbuy: RSI(6, oversold=20) oversold\nsell: RSI(6, overbought=80) overbought\n',
  )
})

describe('cli backtest', () => {
  it('prints the result of a file as JSON, and draws its picture', async () => {
    const picture = join(dir, 'out.png')
    const { code, stdout } = await runCli([
      'backtest',
      '--strategy',
      strategyFile,
      '--candles',
      csv,
      '--fee',
      '0',
      '--json',
      '--equity',
      '--chart',
      picture,
    ])
    expect(code).toBe(0)
    const result = JSON.parse(stdout)
    expect(result).toMatchObject({ strategy: 'swing', bar: '1m', from_ts: 0, to_ts: 60_000_000, bars: 1000 })
    expect(result.costs).toEqual({
      start_equity: 10_000,
      fee_rate: 0,
      slippage_bps: 0,
      fill: 'next_open',
      exact_sizes: true,
    })
    expect(result.equity).toHaveLength(1000)
    const profit = result.trades.reduce((sum: number, { pnl }: { pnl: number }) => sum + pnl, 0)
    expect(result.stats.final_equity).toBeCloseTo(10_000 + profit, 6)
    expect(result.trades.length).toBeGreaterThan(20)
    expect(result.trades[0]).toMatchObject({ side: 'long', exit_reason: 'signal', fees: 0 })
    expect(readFileSync(picture).subarray(1, 4).toString()).toBe('PNG')
  })

  it('runs more bars than fit between two breaths in a worker, to the same result', async () => {
    const long = join(dir, 'long.csv')
    writeFileSync(long, swingingCandles(50_500))
    const { code, stdout, stderr } = await runCli(['backtest', '--strategy', strategyFile, '--candles', long, '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ bars: 50_500, integrity: { look_ahead_ok: true } })
    expect(stderr).toContain('100 %')
  })

  it('uses a ready-made strategy on the simulated market, downloading what it needs', async () => {
    const { code, stdout } = await runCli([
      'backtest',
      '--strategy',
      'ma-cross',
      '--inst',
      'eth',
      '--bar',
      '1h',
      '--from',
      '2024-01-01',
      '--to',
      '2024-01-31',
      '--json',
    ])
    expect(code).toBe(0)
    const { inst_id, bar, bars, from_ts, integrity } = JSON.parse(stdout)
    expect({ inst_id, bar, bars, from_ts }).toEqual({
      inst_id: 'ETH-USDT',
      bar: '1H',
      bars: 31 * 24,
      from_ts: 1_704_067_200_000,
    })
    expect(integrity.warm_up.ok).toBe(true)
  })

  it('says on the picture and in the words that the data are simulated', async () => {
    const { stdout } = await runCli([
      'backtest',
      '--strategy',
      'ma-cross',
      '--inst',
      'btc',
      '--bar',
      '1d',
      '--from',
      '2024-01',
      '--to',
      '2024-02',
    ])
    expect(stdout).toContain('SIMULATED DATA')
    expect(stdout).toContain('1Dutc (UTC)')
  })
})

describe('cli indicators and signals', () => {
  it('prints the lines as CSV, with nothing before the warm-up', async () => {
    const { stdout } = await runCli(['indicators', '--candles', csv, '--indicator', 'MA', '--params', '{"period": 3}'])
    const rows = stdout.trimEnd().split('\n')
    expect(rows.slice(0, 4)).toEqual(['ts,ma', '0,', '60000,', expect.stringMatching(/^120000,\d/)])
    expect(rows).toHaveLength(1001)
  })

  it('lists the catalog as JSON, with all that a program must know to write a condition', async () => {
    const { stdout } = await runCli(['indicators', '--list', '--json'])
    const listed = JSON.parse(stdout)
    expect(listed.map(({ type }: { type: string }) => type)).toEqual(Object.keys(catalog))
    const { params, lines, line_params, warm_up, signals } = listed[Object.keys(catalog).indexOf('MA')]
    expect({ lines, line_params, warm_up }).toEqual({ lines: ['ma'], line_params: ['type', 'period'], warm_up: 19 })
    expect(params).toMatchObject({
      type: { kind: 'choice', default: 'SMA', options: ['SMA', 'EMA', 'WMA'] },
      period: { kind: 'integer', default: 20, min: 1, max: 1000 },
      periods: { kind: 'periods', default: [5, 10, 20, 60], min_count: 2, max_count: 8 },
    })
    expect(signals).toContainEqual({ signal_type: 'golden_cross', params: ['fast', 'slow', 'type'] })
  })

  it('prints at which closes the rules hold', async () => {
    const { stdout } = await runCli(['signals', '--candles', csv, '--strategy', strategyFile])
    const [head, ...rows] = stdout.trimEnd().split('\n')
    expect(head).toBe('ts,buy,sell')
    expect(new Set(rows.map((row) => row.split(',').slice(1).join()))).toEqual(new Set(['0,0', '1,0', '0,1']))
  })
})

describe('cli candles', () => {
  it('imports a file and exports the same bytes', async () => {
    const dataDir = freshFolder()
    const imported = await runCli(['candles', 'import', '--candles', csv, '--inst', 'BTC-USDT'], { dataDir })
    expect(JSON.parse(imported.stdout)).toMatchObject({ source: 'import', bar: '1m', added: 1000 })
    const again = await runCli(['candles', 'import', '--candles', csv, '--inst', 'BTC-USDT'], { dataDir })
    expect(JSON.parse(again.stdout)).toMatchObject({ added: 0, changed: 0 })
    const exported = await runCli(['candles', 'export', '--inst', 'BTC-USDT', '--bar', '1m', '--source', 'import'], {
      dataDir,
    })
    expect(exported.stdout).toBe(readFileSync(csv, 'utf8'))
    const coverage = await runCli(['candles', 'coverage', '--inst', 'BTC-USDT', '--bar', '1m', '--source', 'import'], {
      dataDir,
    })
    expect(JSON.parse(coverage.stdout)).toMatchObject({ from_ts: 0, to_ts: 60_000_000, count: 1000, gaps: [] })
  })

  it('refuses a file with a bad row whole, naming the line', async () => {
    const dataDir = freshFolder()
    const bad = join(dir, 'bad.csv')
    writeFileSync(bad, swingingCandles(20).replace(/^600000,.*$/m, '600000,100,99,98,100,1'))
    const { code, stdout, stderr } = await runCli(['candles', 'import', '--candles', bad, '--inst', 'BTC-USDT'], {
      dataDir,
    })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('12')
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    const coverage = await runCli(['candles', 'coverage', '--inst', 'BTC-USDT', '--bar', '1m', '--source', 'import'], {
      dataDir,
    })
    expect(JSON.parse(coverage.stdout)).toMatchObject({ from_ts: null, count: 0 })
  })

  it('loses nothing when a download is killed, and goes on from there', async () => {
    const dataDir = freshFolder()
    const args = [
      'candles',
      'download',
      '--inst',
      'BTC-USDT',
      '--bar',
      '1m',
      '--from',
      '2024-01-01',
      '--to',
      '2024-01-31',
    ]
    const child = startBuilt('cli', args, { dataDir })
    child.stderr.on('data', (text) => /[5-9]\d %/.test(String(text)) && child.kill('SIGKILL'))
    expect((await endOf(child)).signal).toBe('SIGKILL')
    const coverageOf = async () => {
      const { stdout } = await runCli(['candles', 'coverage', '--inst', 'BTC-USDT', '--bar', '1m'], { dataDir })
      return JSON.parse(stdout)
    }
    const partly = await coverageOf()
    expect(partly.gaps).toEqual([])
    expect(partly.count).toBeGreaterThan(0.3 * 31 * 1440)
    expect(partly.count).toBeLessThan(31 * 1440)
    expect((await runCli(args, { dataDir })).code).toBe(0)
    expect(await coverageOf()).toMatchObject({ count: 31 * 1440, gaps: [] })
  })
})

describe('cli strategy', () => {
  it('turns text into JSON and back', async () => {
    const parsed = await runCli(['strategy', 'parse', strategyFile])
    const json = join(dir, 'strategy.json')
    writeFileSync(json, parsed.stdout)
    const formatted = await runCli(['strategy', 'format', json])
    expect(formatted.stdout).toContain('buy: RSI(6, oversold=20) oversold')
    const again = await runCli(['strategy', 'parse', '-'], { input: formatted.stdout })
    expect(again.stdout).toBe(parsed.stdout)
  })

  it('lists the ready-made ones', async () => {
    const { stdout } = await runCli(['strategy', 'list', '--json'])
    expect(JSON.parse(stdout).map(({ name }: { name: string }) => name)).toContain('rsi-dip')
  })
})

it('help shows every command to its last line', async () => {
  const { stdout } = await runCli(['help'])
  expect(stdout).toContain('[--cash 10000]')
  expect(stdout).toContain('simulator [--mode simulated|paper] [--port N] [--seed S]')
})

it.each([
  [['bactest'], 'backtest'],
  [['candles', 'export', '--inst', 'BTC', '--bar', '1h', '--source', 'nope'], 'simulated, okx'],
  [['candles', 'import', '--candles', 'CSV', '--inst', 'BTC', '--source', 'okx'], '--source'],
  [['backtest', '--strategy', 'rsi-dip', '--candles', 'CSV', '--chart', '/nowhere/x.png'], '/nowhere'],
  [['candles', 'download', '--inst', 'BTC', '--bar', '--from', '2024-01-01'], '--bar needs a value'],
  [['backtest', '--strateggy', 'x'], '--strategy'],
  [['backtest', '--strategy', 'rsi-dip', '--candles', '/nowhere.csv'], '/nowhere.csv'],
  [['backtest', '--strategy', 'rsi-dpi', '--candles', 'x.csv'], 'rsi-dip'],
  [['backtest', '--strategy', 'rsi-dip', '--inst', 'BTC', '--bar', '7m', '--from', '2024-01-01'], '7m'],
  [['backtest', '--strategy', 'rsi-dip', '--candles', 'CSV', '--fee', 'cheap'], 'cheap'],
  [['indicators', '--candles', 'CSV', '--indicator', 'RSY'], 'RSI'],
  [['indicators', '--candles', 'CSV', '--indicator', 'RSI', '--params', '{"perod": 3}'], 'period'],
  [['indicators', '--candles', 'CSV', '--indicator', 'PATTERN'], 'signals'],
  [['indicators', '--json', '--indicator', 'RSI'], '--list'],
  [['indicators', '--list', '--indicator', 'RSI'], '--list'],
  [['candles', 'downlod'], 'download'],
  [['strategy', 'show', 'nope'], 'nope'],
  [['simulator', '--port', '99999'], '65535'],
  [['simulator', '--limits', 'some'], 'documented, off'],
])('%j ends with status 1 and one line that helps', async (args, hint) => {
  const { code, stdout, stderr } = await runCli(args.map((word) => (word === 'CSV' ? csv : word)))
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain(hint)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})
