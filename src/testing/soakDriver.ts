import { pino } from 'pino'
import { Random } from '../domain/random.js'
import type { PosMode } from '../domain/trading/tradeMode.js'
import { Credentials } from '../okx/credentials.js'
import { createOkxAccount } from '../okx/okxAccount.js'
import { createOkxClient } from '../okx/okxClient.js'
import type { FaultRule } from '../simulator/faults/faultRules.js'
import { type Audited, audit } from './soakAudit.js'
import { type SoakExchange, startSoakExchange } from './soakExchange.js'
import { soakRules } from './soakFaults.js'
import { createLedger, endOf, type ends, type Ledger } from './soakLedger.js'
import { certainAfterMs, createSettle } from './soakSettle.js'
import { trade } from './soakTrader.js'
import { createTurningTime, type TurningTime } from './turningTime.js'

export interface SoakOptions {
  seed: string
  /** So many, and then what it takes to end in order. */
  requests: number
  /** Left out: about one call in twenty is struck. */
  rules?: readonly FaultRule[]
  giveUpAfterMs?: number
  /** Nothing but the rules: clocks are right, and the exchange is not restarted. */
  isCalm?: boolean
}

export interface SoakReport {
  /** All that went over the wire, those of the audit excepted. */
  requests: number
  /** How many orders have come to each end; the sum is all that were intended. */
  ends: Readonly<Record<(typeof ends)[number], number>>
  intents: number
  algos: number
  /** By kind; what strikes calls, and what the driver does beside that. */
  faults: ReadonlyMap<string, number>
  /** Of the requests, how many of a thousand were struck by an injected fault. */
  perMilleStruck: number
  unknown: Ledger['unknown']
  unknownChanges: number
  /** What does not add up. */
  problems: readonly string[]
  marketMs: number
}

/** Far from any settlement of funding, so that fills are all that moves money. */
const startTs = Date.UTC(2025, 2, 3, 0, 10)
const msATurn = 5
/** How long a call of the driver's waits for an answer; then its connection is cut, whatever has become of it. */
const patienceMs = 2000
const workersAnAccount = 4
const traded = ['BTC-USDT', 'ETH-USDT', 'SOL-USDT', 'BTC-USDT-SWAP', 'ETH-USDT-SWAP']
const cash = { USDT: '5000000', BTC: '20', ETH: '300', SOL: '5000' }
const posModes: Readonly<Record<string, PosMode>> = { '1': 'net_mode', '2': 'long_short_mode' }

/**
 * The real client against the simulator over loopback, both in this process, with faults: several traders at once on two
 * accounts trade at random until so many requests were made. Then all is settled, and every order is held against the
 * exchange's own record. Time is the soak's own: nothing in it waits for a real clock.
 */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const { seed, rules = soakRules, giveUpAfterMs = certainAfterMs } = options
  const time = createTurningTime(startTs, msATurn)
  const fees = { SPOT: { maker: '0.0008', taker: '0.001' }, SWAP: { maker: '0.0002', taker: '0.0005' } }
  const terms = Object.entries(posModes).map(([uid, posMode]) => [uid, { acctLv: '2', posMode, cash, fees }] as const)
  const exchange = await startSoakExchange({ seed, time, accounts: Object.fromEntries(terms) })
  const { simulator } = exchange
  const ledger = createLedger()
  const impatient = createImpatientFetch(time)
  let jumpMs = 0
  const wire = {
    baseUrl: simulator.restUrl,
    fetch: impatient.fetch,
    limitsScale: Number.POSITIVE_INFINITY,
    wait: time.wait,
    logger: pino({ level: 'silent' }),
  }
  const okx = createOkxClient(wire)
  const all = [...(await okx.instruments('SPOT')), ...(await okx.instruments('SWAP'))]
  const instruments = all.filter(({ instId }) => traded.includes(instId))

  const houses = Object.entries(posModes).map(([uid, posMode]) => {
    const credentials = new Credentials(exchange.keyOf(uid))
    const account = createOkxAccount({ ...wire, credentials, account: uid, clock: () => time.clock() + jumpMs })
    const settle = createSettle({ account, ledger, time, giveUpAfterMs })
    return { uid, posMode, account, settle }
  })
  try {
    for (const rule of rules) simulator.faults.inject(rule)
    const isOver = () => impatient.sent() >= options.requests
    const noTroubles = new Map<string, number>()
    const troubles = options.isCalm
      ? noTroubles
      : troubleOf(exchange, time, impatient.sent, options.requests, (ms) => {
          jumpMs = ms
        })
    const workers = houses.flatMap((house) =>
      Array.from({ length: workersAnAccount }, (_, i) => {
        const name = `${seed} ${house.uid} ${i}`
        const random = new Random(name)
        return trade({ ...house, name, okx, instruments, simulator, ledger, random, time }, isOver)
      }),
    )
    await Promise.all(workers)
    const jumps = await troubles
    const requests = impatient.sent()
    const perMilleStruck = (1000 * simulator.faults.struck) / requests
    simulator.faults.clear()
    // What is still on its way arrives, or never will.
    await time.wait(certainAfterMs)
    for (const { uid, settle } of houses) {
      for (const entry of ledger.orders.values()) {
        if (entry.uid === uid && endOf(entry) === 'open') await settle.readAgain(entry)
      }
      for (const entry of ledger.algos.values()) {
        const { fate } = entry
        if (entry.uid === uid && fate.is === 'taken' && fate.order.state === 'live') await settle.readStopAgain(entry)
      }
    }
    const booked = exchange.bookedOrders()
    const audits: string[] = []
    for (const { uid, account } of houses) {
      const audited: Audited = { uid, account, instruments, cash }
      audits.push(...(await audit(audited, ledger, booked)))
    }
    return {
      requests,
      ends: countEnds(ledger),
      intents: ledger.orders.size,
      algos: ledger.algos.size,
      faults: new Map([
        ...exchange.struck,
        ['given up by the client', impatient.cut()],
        ['filled in part, then stopped', ledger.parts],
        ...jumps,
      ]),
      perMilleStruck,
      unknown: ledger.unknown,
      unknownChanges: ledger.unknownChanges,
      problems: [...ledger.problems, ...exchange.failures, ...audits],
      marketMs: time.clock() - startTs,
    }
  } finally {
    await simulator.close()
    time.stop()
  }
}

/** Counts what it sends, and cuts the connection of what is not answered in time: by the soak's clock. */
function createImpatientFetch(time: TurningTime) {
  let sent = 0
  let cut = 0
  const impatient: typeof fetch = async (input, init) => {
    sent++
    const controller = new AbortController()
    const keep = time.setTimer(() => {
      cut++
      controller.abort()
    }, patienceMs)
    try {
      const response = await fetch(input, { ...init, signal: controller.signal })
      const body = await response.text()
      return new Response(body, { status: response.status })
    } finally {
      keep()
    }
  }
  return { fetch: impatient, sent: () => sent, cut: () => cut }
}

/**
 * What befalls not a call but the exchange or us: clocks are set, and the exchange starts anew. Its own clock is only ever
 * set forward (one that goes back would take orders that it has called late already); ours goes to and fro.
 */
async function troubleOf(
  { simulator }: SoakExchange,
  time: TurningTime,
  sent: () => number,
  requests: number,
  setOurs: (jumpMs: number) => void,
): Promise<Map<string, number>> {
  const jumps = [-12_000, 45_000, 12_000, -45_000, 0]
  const counts = { skewed: 0, jumped: 0, restarted: 0 }
  let skewMs = 0
  for (let part = 1; part < 20; part++) {
    while (sent() < (requests * part) / 20) await time.wait(1000)
    if (part % 4 === 1) {
      skewMs += part % 8 === 1 ? 40_000 : 12_000
      simulator.faults.skewClock(skewMs)
      counts.skewed++
    } else if (part % 4 === 3) {
      await simulator.faults.restart()
      counts.restarted++
    } else {
      setOurs(jumps[counts.jumped++ % jumps.length])
    }
  }
  return new Map([
    ["the exchange's clock set forward", counts.skewed],
    ['our clock set wrong', counts.jumped],
    ['the exchange restarted', counts.restarted],
  ])
}

function countEnds(ledger: Ledger): SoakReport['ends'] {
  const counts = { filled: 0, open: 0, cancelled: 0, refused: 0, neverAccepted: 0 }
  for (const entry of ledger.orders.values()) {
    const end = endOf(entry)
    if (end !== null) counts[end]++
  }
  return counts
}
