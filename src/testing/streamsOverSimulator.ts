import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { Credentials } from '../okx/credentials.js'
import { createOkxAccount, type OkxAccount } from '../okx/okxAccount.js'
import { createOkxClient, type OkxPublic } from '../okx/okxClient.js'
import { createOkxRefill } from '../okx/okxRefill.js'
import { createOkxStreams, type OkxStreams } from '../okx/okxStreams.js'
import { openWire } from '../okx/wire.js'
import { playKey } from '../simulator/keys.js'
import { type Simulator, startSimulator } from '../simulator/server.js'
import { createHandTiming, type HandTiming, settle } from './handTiming.js'
import { createWatchedWires } from './watchedWires.js'

const seed = 'streams'
const startTs = Date.UTC(2025, 2, 3, 10, 20, 30, 500)
/** As long as anyone can wait for an answer without anything being late. */
const stepMs = 5000
export const uid = '1'

/** The signed client, its streams and a simulator behind real sockets, all in one time, which is the test's. */
export interface StreamsHouse {
  simulator: Simulator
  okx: OkxPublic
  account: OkxAccount
  streams: OkxStreams
  timing: HandTiming
  /** Lines of errors. */
  errors: () => string[]
  /** How often each socket was connected to: `private`, and so on. */
  connected(name: string): number
  /** Waits for all that is under way: calls, connections, what sockets asked for and what the exchange has pushed. */
  quiet(): Promise<void>
  /** Lets so many ms pass for both sides, and all that follows from it happen. */
  pass(ms: number): Promise<void>
  /** The exchange's sockets say and hear nothing, until they are to speak again. */
  goSilent(): void
  speakAgain(): void
  /** Calls of REST that were made, by the end of their path. */
  asked: string[]
}

export async function streamsOverSimulator(changes: { passphrase?: string } = {}): Promise<StreamsHouse> {
  const timing = createHandTiming(startTs)
  const key = playKey(seed, uid)
  const credentials = new Credentials({ ...key, ...changes })
  const printed: string[] = []
  const logger = pino({ level: 'info' }, { write: (line: string) => void printed.push(line) })
  let beat = () => {}
  const simulator = await startSimulator({
    seed,
    clock: timing.clock,
    every(_ms, run) {
      beat = run
      return () => {
        beat = () => {}
      }
    },
    limits: 'off',
    keys: [key],
    accounts: {
      [uid]: {
        acctLv: '2',
        posMode: 'net_mode',
        cash: { USDT: '100000' },
        fees: { SPOT: { maker: '0.0008', taker: '0.001' }, SWAP: { maker: '0.0002', taker: '0.0005' } },
      },
    },
    logger: pino({ level: 'silent' }),
  })

  const calls = new Set<Promise<Response>>()
  const asked: string[] = []
  const rest = {
    baseUrl: simulator.restUrl,
    limitsScale: Number.POSITIVE_INFINITY,
    logger,
    wait: (ms: number) => new Promise<void>((resolve) => void timing.setTimer(resolve, ms)),
    fetch(...request: Parameters<typeof fetch>) {
      asked.push(new URL(String(request[0])).pathname.replace('/api/v5/', ''))
      const call = fetch(...request)
      calls.add(call)
      return call.finally(() => calls.delete(call))
    },
  }
  const okx = createOkxClient(rest)
  const account = createOkxAccount({ ...rest, credentials, clock: timing.clock })
  const wires = createWatchedWires(openWire)
  const streams = createOkxStreams({
    urls: { public: simulator.wsPublic, private: simulator.wsPrivate, business: simulator.wsBusiness },
    credentials,
    refill: createOkxRefill(okx, account),
    clock: account.clock,
    timing,
    openWire: wires.openWire,
    logger,
  })
  onTestFinished(() => {
    streams.close()
    return simulator.close()
  })

  async function quiet(): Promise<void> {
    for (let before = -1; before !== wires.activity() + asked.length; ) {
      before = wires.activity() + asked.length
      // What was fetched is read in a few turns of its own.
      await Promise.allSettled(calls)
      await wires.quiet()
      for (let turn = 0; turn < 5; turn++) await settle()
    }
  }

  return {
    simulator,
    okx,
    account,
    streams,
    timing,
    errors: () => printed.filter((line) => JSON.parse(line).level >= 50),
    connected: wires.opened,
    quiet,
    async pass(ms) {
      await quiet()
      for (let leftMs = ms; leftMs > 0; leftMs -= stepMs) {
        await timing.pass(Math.min(leftMs, stepMs))
        await quiet()
        beat()
        await quiet()
      }
    },
    goSilent() {
      simulator.faults.goSilent()
      wires.setSilent(true)
    },
    speakAgain() {
      simulator.faults.speakAgain()
      wires.setSilent(false)
    },
    asked,
  }
}
