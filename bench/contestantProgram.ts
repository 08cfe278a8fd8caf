import { createInterface } from 'node:readline'
import type { ContestantOrder } from './contestants.js'
import { callsOf, clocks, say } from './harness.js'
import { benchCandles, unseenCandles } from './market.js'
import { peerInput, peers } from './peers.js'
import { indicatorOf, paramsOf, rows } from './rows.js'

/* Obeys orders on standard input, each with a clean heap to begin with: see contestants.ts. */

const [, , who, bars, givenClock] = process.argv
const clock = clocks.find((name) => name === givenClock) ?? 'wall'
const candles = benchCandles(Number(bars))
const peer = peers.find(({ name }) => name === who)
const input = peer && peerInput(candles)

/** Makes the call that is to be timed. */
function prepare({ name, change, isUnseen }: ContestantOrder): () => unknown {
  const row = rows.find((each) => each.name === name)!
  if (peer && input) return () => peer.calls[name](input, row.params)
  const given = isUnseen ? unseenCandles(candles) : candles
  const params = paramsOf(row, change)
  return () => indicatorOf(row).compute(given, params)
}

for await (const line of createInterface({ input: process.stdin })) {
  const order: ContestantOrder = JSON.parse(line)
  gc!()
  say(JSON.stringify(callsOf(clock, order.calls, () => prepare(order))))
}
