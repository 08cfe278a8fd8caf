import { createInterface } from 'node:readline'
import { pino } from 'pino'
import { Credentials } from '../src/okx/credentials.js'
import { createExchangeClock } from '../src/okx/exchangeClock.js'
import { createOkxStreams, socketUrls } from '../src/okx/okxStreams.js'
import type { WireEvents } from '../src/okx/wire.js'
import { sampleAt } from '../src/testing/timeSample.js'
import { clocks, nowBy, say } from './harness.js'
import type { MessagesAnswer, MessagesOrder } from './okxMessages.js'

/* Streams over a wire that is fed by hand, as each line on standard input says: see okxMessages.ts. */

const minuteMs = 60_000
const start = Date.UTC(2026, 0, 1)
const instIds = Array.from({ length: 20 }, (_, i) => `COIN${i}-USDT-SWAP`)
const pushesABar = 30

const now = nowBy[clocks.find((name) => name === process.argv[2]) ?? 'wall']
let marketTs = start
const wires = new Map<string, WireEvents>()
let told = 0
const tell = () => {
  told++
}

const empty = async () => []
const nothing = { totalEq: null, adjEq: null, imr: null, mmr: null, mgnRatio: null, uTime: 0, details: [] }
const streams = createOkxStreams({
  urls: socketUrls('ws://bench'),
  credentials: new Credentials({ apiKey: 'key', secretKey: 'secret', passphrase: 'pass' }),
  clock: createExchangeClock(
    () => marketTs,
    async () => sampleAt(marketTs),
  ),
  refill: {
    balance: async () => nothing,
    positions: empty,
    pendingOrders: empty,
    pendingAlgoOrders: empty,
    candles: empty,
  },
  timing: {
    clock: () => marketTs,
    // Only what acts at once: nothing is late here, and nobody falls silent.
    setTimer(act, ms) {
      if (ms === 0) queueMicrotask(act)
      return () => {}
    },
    random: () => 0,
  },
  openWire(url, events) {
    wires.set(url.slice(url.lastIndexOf('/') + 1), events)
    queueMicrotask(events.opened)
    return { send: (text) => queueMicrotask(() => answer(events, text)), drop() {} }
  },
  logger: pino({ level: 'error' }),
})

function answer(events: WireEvents, text: string): void {
  const { op, args } = JSON.parse(text)
  if (op === 'login') events.text('{"event":"login","code":"0","msg":""}')
  else for (const arg of args) events.text(JSON.stringify({ event: op, arg }))
}

const candleStreams = instIds.map((instId) =>
  streams.candles({ instId, bar: '1m', lastClosedTs: start - minuteMs }, { changed: tell, closed: tell }),
)
streams.tickers(instIds, { changed: tell })
streams.account({ changed: tell })
streams.positions({ changed: tell })
streams.orders({ changed: tell, update: tell })

interface Message {
  socket: string
  text: string
}

let candles = 0
/** Minute by minute, all instruments in turn: a candle forms, then closes. */
function nextCandle(): Message {
  const step = Math.floor(candles / instIds.length)
  const instId = instIds[candles++ % instIds.length]
  const push = step % pushesABar
  marketTs = start + Math.floor(step / pushesABar) * minuteMs
  const close = (64_000 + push + 0.1).toFixed(1)
  const row = [marketTs, '64000.1', '64100.5', '63900.2', close, push + 1, (push + 1) / 100, (push + 1) * 640]
  const data = [[...row.map(String), push === pushesABar - 1 ? '1' : '0']]
  return { socket: 'business', text: JSON.stringify({ arg: { channel: 'candle1m', instId }, data }) }
}

let others = 0
/** What comes in beside the candles; every order and position is a new one. */
function nextOther(): Message {
  const n = others++
  const ts = String(start + n)
  const kind = n % 4
  if (kind === 0) {
    const instId = instIds[(n / 4) % instIds.length]
    const sizes = { open24h: '1', high24h: '2', low24h: '1', vol24h: '10', volCcy24h: '10' }
    const row = { instId, instType: 'SWAP', last: String(1 + n), bidPx: '1', askPx: '2', ...sizes, ts }
    return { socket: 'public', text: JSON.stringify({ arg: { channel: 'tickers', instId }, data: [row] }) }
  }
  if (kind === 1) return ofPrivate({ channel: 'account' }, { ...accountRow, uTime: ts })
  const id = String(Math.floor(n / 8))
  if (kind === 2) {
    const row = { ...positionRow, posId: id, pos: n % 8 === 2 ? '1' : '0', uTime: ts }
    return ofPrivate({ channel: 'positions', instType: 'ANY' }, row)
  }
  const state = n % 8 === 3 ? 'live' : 'filled'
  const accFillSz = state === 'live' ? '0' : '10'
  const row = {
    ...orderRow,
    ordId: id,
    state,
    accFillSz,
    fillSz: accFillSz,
    tradeId: state === 'live' ? '' : id,
    uTime: ts,
  }
  return ofPrivate({ channel: 'orders', instType: 'ANY' }, row)
}

function ofPrivate(arg: object, row: object): Message {
  return { socket: 'private', text: JSON.stringify({ arg: { ...arg, uid: '1' }, data: [row] }) }
}

const accountRow = { totalEq: '100', adjEq: '', imr: '', mmr: '', mgnRatio: '', details: [] }
const positionRow = {
  instId: 'BTC-USDT-SWAP',
  instType: 'SWAP',
  mgnMode: 'cross',
  posSide: 'net',
  avgPx: '64000',
  markPx: '64001',
  liqPx: '',
  lever: '3',
  upl: '1',
  uplRatio: '0.1',
  margin: '',
  imr: '1',
  mmr: '1',
  mgnRatio: '1',
  notionalUsd: '640',
  adl: '1',
  bePx: '1',
  pnl: '0',
  fee: '0',
  fundingFee: '0',
  liqPenalty: '0',
  realizedPnl: '0',
  ccy: 'USDT',
  cTime: '1',
}
const orderRow = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  clOrdId: 'a',
  tag: '',
  tdMode: 'cross',
  side: 'buy',
  posSide: 'net',
  ordType: 'limit',
  sz: '10',
  px: '100',
  tgtCcy: '',
  reduceOnly: 'false',
  lever: '3',
  avgPx: '100',
  fee: '0',
  feeCcy: 'USDT',
  rebate: '0',
  rebateCcy: 'USDT',
  pnl: '0',
  fillPx: '100',
  fillTime: '',
  category: 'normal',
  cancelSource: '',
  algoId: '',
  algoClOrdId: '',
  attachAlgoOrds: [],
  cTime: '1',
  fillFee: '0',
  fillFeeCcy: '',
  execType: 'T',
  code: '0',
  msg: '',
  amendResult: '',
  reqId: '',
}

function feed({ socket, text }: Message): void {
  wires.get(socket)?.text(text)
}

/** Ms of one pass over the texts. */
function timed(pass: () => void): number {
  gc!()
  const startMs = now()
  pass()
  return now() - startMs
}

function work({ what, messages }: MessagesOrder): MessagesAnswer {
  let parse = 0
  let stream = 0
  if (what === 'heap') for (let i = 0; i < messages; i++) feed(i % 2 ? nextCandle() : nextOther())
  else {
    const made = Array.from({ length: messages }, nextCandle)
    let objects = 0
    parse = timed(() => {
      for (const { text } of made) if (typeof JSON.parse(text) === 'object') objects++
    })
    const toldBefore = told
    stream = timed(() => {
      for (const message of made) feed(message)
    })
    if (objects < messages || told - toldBefore < messages) throw new Error('not all messages came through')
  }
  if (candleStreams.some((candleStream) => candleStream.read().isStale)) throw new Error('the streams are not fresh')
  gc!()
  gc!()
  return { parse, stream, heapBytes: process.memoryUsage().heapUsed }
}

for await (const line of createInterface({ input: process.stdin })) say(JSON.stringify(work(JSON.parse(line))))
