import { runSoak } from '../src/testing/soakDriver.js'
import { type Options, say, sayTable, show, type Verdicts } from './harness.js'

const shownProblems = 20
const fewestPerMille = 45
/** A soak is to be over in minutes. */
const mostSeconds = 600

/** Trades with faults through the client, over loopback, and holds every order against the exchange's own record. */
export async function soak({ requests }: Options, verdicts: Verdicts): Promise<void> {
  const seed = 'soak'
  let highestBytes = 0
  const watch = setInterval(() => {
    highestBytes = Math.max(highestBytes, process.memoryUsage.rss())
  }, 250)
  const start = performance.now()
  const cpu = process.cpuUsage()
  const report = await runSoak({ seed, requests }).finally(() => clearInterval(watch))
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const { unknown, ends } = report

  say(`
${report.requests} requests, seed "${seed}": ${show(seconds)} s, ${show(report.requests / seconds)} a second, client and exchange on one core
  (${show((user + system) / 1e6)} s of it computed); ${show(report.marketMs / 60_000)} minutes of the market; at most ${show(highestBytes / 1e6)} MB
`)
  sayTable(
    ['faults', 'times'],
    [...report.faults].sort().map(([name, count]) => [name, String(count)]),
  )
  say()
  sayTable(
    ['unknown outcomes', 'times'],
    [
      ...[...unknown.byCode].map(([code, count]) => [`of an order or algo order: ${code}`, String(count)]),
      ['  looked up and found', String(unknown.found)],
      ['  looked up until it was certain that there is none', String(unknown.neverAccepted)],
      ['of an amendment or a cancel, the order read', String(report.unknownChanges)],
    ],
  )
  say()
  const accounted = Object.values(ends).reduce((sum, count) => sum + count, 0)
  sayTable(
    ['orders', 'count'],
    [
      ...Object.entries(ends).map(([end, count]) => [end, String(count)]),
      ['accounted for', String(accounted)],
      ['intended', String(report.intents)],
      ['and algo orders', String(report.algos)],
    ],
  )
  for (const problem of report.problems.slice(0, shownProblems)) say(`  ${problem}`)
  say()
  const unaccounted = report.intents - accounted
  sayTable(
    ['', 'is', 'bound', ''],
    [
      [
        'what does not add up',
        String(report.problems.length),
        '0',
        verdicts.atMost('problems of the soak', report.problems.length, 0),
      ],
      [
        'orders not accounted for',
        String(unaccounted),
        '0',
        verdicts.atMost('orders not accounted for', unaccounted, 0),
      ],
      [
        'struck of a thousand requests',
        show(report.perMilleStruck),
        String(fewestPerMille),
        verdicts.atLeast('faults of the soak in a thousand requests', report.perMilleStruck, fewestPerMille),
      ],
      ['seconds', show(seconds), String(mostSeconds), verdicts.atMost('seconds of the soak', seconds, mostSeconds)],
    ],
  )
}
