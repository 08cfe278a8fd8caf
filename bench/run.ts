import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { clocks, type Options, say, Verdicts } from './harness.js'

/** By name; each is loaded only when it runs. */
const benches: Readonly<Record<string, () => Promise<(options: Options, verdicts: Verdicts) => Promise<void>>>> = {
  kernels: async () => (await import('./kernels.js')).kernels,
  candleStore: async () => (await import('./candleStore.js')).candleStore,
  backtest: async () => (await import('./backtest.js')).backtestBench,
  optimize: async () => (await import('./optimize.js')).optimize,
  okx: async () => (await import('./okxMessages.js')).okxMessages,
  signing: async () => (await import('./signing.js')).signing,
  soak: async () => (await import('./soak.js')).soak,
}

/** With fewer, what is measured is mostly the compiler at work. */
const fewBars = 200_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    bars: { type: 'string', default: '525600' },
    rounds: { type: 'string', default: '5' },
    clock: { type: 'string', default: 'wall' },
    requests: { type: 'string', default: '100000' },
    strict: { type: 'boolean', default: false },
  },
})
const clock = clocks.find((name) => name === values.clock)
const options = {
  bars: Number(values.bars),
  rounds: Number(values.rounds),
  requests: Number(values.requests),
  clock,
}
const names = positionals.length > 0 ? positionals : Object.keys(benches)

function isRunnable(given: typeof options): given is Options {
  const { bars, rounds, requests, clock } = given
  return names.every((name) => name in benches) && bars >= 3000 && rounds >= 1 && requests >= 100 && clock !== undefined
}

if (!isRunnable(options)) {
  const choices = `[--bars N] [--rounds N] [--requests N] [--clock ${clocks.join('|')}] [--strict]`
  say(`npm run bench -- [${Object.keys(benches).join(' ')}] ${choices}; at least 3000 bars, 1 round and 100 requests`)
  process.exitCode = 2
} else {
  const verdicts = new Verdicts()
  const load = loadavg()[0].toFixed(1)
  say(`Node ${process.version}, ${cpus().length} x ${cpus()[0].model.trim()}, load ${load}, ${options.bars} bars`)
  if (options.bars < fewBars) say('Few bars: this shows that it runs, its figures say little')
  for (const name of names) {
    say(`\n== ${name}\n`)
    await (await benches[name]())(options, verdicts)
  }
  say(`\n${verdicts}`)
  if (values.strict && verdicts.failed.length > 0) process.exitCode = 1
}
