import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { backtest } from '../src/domain/backtest/backtest.js'
import { runEngine } from '../src/domain/backtest/engine.js'
import { type BacktestRequest, planBacktest } from '../src/domain/backtest/planBacktest.js'
import { computeStats } from '../src/domain/backtest/stats.js'
import type { BacktestOrder } from './backtest.js'
import { requestOf } from './backtestRows.js'
import { callsOf, clocks, say } from './harness.js'
import { exactBenchCandles, unseenCandles } from './market.js'

/* Obeys orders on standard input, each with a clean heap to begin with: see backtest.ts. */

const minuteMs = 60_000

/** What `backtest` does, but for its integrity. */
function runOnce(request: BacktestRequest) {
  const { candles, costs } = request
  const plan = planBacktest(request)
  const { from, to } = plan
  const run = runEngine(plan.input)
  const equity = plan.marksOf(run)
  return computeStats({
    candles,
    from,
    to,
    intervalMs: minuteMs,
    startEquity: costs.start_equity,
    equity,
    trades: run.trades,
    exposure: run.barsInPosition / (to - from),
    notional: run.notional,
  })
}

/** The most that the process ever held; not `maxRSS`, which knows of the process that started it. */
function peakBytes(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(status) ?? []
  return 1024 * (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes))
}

const [, , bars, givenClock] = process.argv
const clock = clocks.find((name) => name === givenClock) ?? 'wall'
gc!()
const base = process.memoryUsage().rss
const candles = exactBenchCandles(Number(bars))

for await (const line of createInterface({ input: process.stdin })) {
  const { what, name, calls, isUnseen }: BacktestOrder = JSON.parse(line)
  const prepare = () => {
    const request = requestOf(name, isUnseen ? unseenCandles(candles) : candles)
    return () => (what === 'run' ? runOnce(request) : backtest(request))
  }
  // A full collection would also throw away what the compiler knows of classes that have no object just then.
  gc!({ type: 'minor' })
  if (what === 'memory') {
    prepare()()
    say(String(peakBytes() - base))
  } else {
    say(JSON.stringify(callsOf(clock, calls, prepare)))
  }
}
