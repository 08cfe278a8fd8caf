import type { IncomingMessage } from 'node:http'
import type { Logger } from 'pino'
import { UserError } from '../domain/userError.js'
import { type Answer, type Call, notFound, refused } from './answer.js'
import { createWaiting, type Every, everyByTimer } from './beat.js'
import { controlFaults, faultControlPath } from './faults/faultControl.js'
import { createFaultRules } from './faults/faultRules.js'
import { createFaults, type Faults } from './faults/faults.js'
import { answerWithFaults } from './faults/faultyAnswer.js'
import { createHttpServer, listen, stopListening } from './httpServer.js'
import type { SimulatorKey } from './keys.js'
import type { PublicHalf } from './publicHalf.js'
import { Refusal, systemError } from './refusal.js'
import type { RequestLimits } from './requestLimits.js'
import { createSignedCalls } from './signed/signedCalls.js'
import { createPrivatePushes } from './sockets/privatePushes.js'
import { createPublicPushes } from './sockets/publicPushes.js'
import { createSockets } from './sockets/sockets.js'
import { createStateFile, type Kept } from './stateFile.js'
import type { Venue, VenueAccountTerms } from './venue/venue.js'

const beatMs = 100
/** How often the venue goes on while nobody is connected. */
const idleAdvanceMs = 10_000

export interface ExchangeOptions {
  seed: string
  publicHalf: PublicHalf
  /** A new venue, or the one that was saved. */
  openVenue(saved: unknown): Venue
  keys: readonly SimulatorKey[]
  /** By uid. Opened where the state that was kept does not have them. */
  accounts: Readonly<Record<string, VenueAccountTerms>>
  stateFile: string | null
  clock: () => number
  every?: Every
  port: number
  /** Null lifts the limits. */
  isAllowed: RequestLimits | null
  /** Whether faults may be asked for over HTTP. */
  faultControl: boolean
  logger: Logger
}

export interface Simulator {
  restUrl: string
  wsPublic: string
  wsPrivate: string
  wsBusiness: string
  port: number
  faults: Faults
  /** Saves what is to be kept, and ends every connection. */
  close(): Promise<void>
}

/** Serves an exchange on 127.0.0.1. Rejects with UserError if the port is taken or the state file is of another exchange. */
export async function serveExchange(options: ExchangeOptions): Promise<Simulator> {
  const { publicHalf, openVenue, isAllowed, every = everyByTimer, clock, logger } = options
  const keys = new Map(options.keys.map((key) => [key.apiKey, key]))
  const rules = createFaultRules(options.seed)
  const waiting = createWaiting()
  const file = options.stateFile === null ? null : createStateFile(options.stateFile, publicHalf.market, logger)
  let latest = 0
  let skewMs = 0
  let advancedAt = 0
  let hasChanged = false

  // A venue's time never goes back; the machine's may.
  const now = () => {
    latest = Math.max(latest, clock())
    return latest
  }
  const shown = () => clock() + skewMs

  const kept = file?.read() ?? null
  let venue = openKept(options, kept)
  const uids = new Set(kept?.uids)
  for (const [uid, terms] of Object.entries(options.accounts)) {
    if (!uids.has(uid)) venue.openAccount(uid, terms, now())
    uids.add(uid)
  }
  const toKeep = (): Kept => ({ uids: [...uids], venue: venue.save() })

  const signedCalls = createSignedCalls({ venue: () => venue, publicHalf, keys, isAllowed })
  const sockets = createSockets({
    keys,
    publicPushes: createPublicPushes(publicHalf, logger),
    privatePushes: createPrivatePushes(() => venue),
    isAllowed,
    now,
    shown,
    logger,
  })

  function deliver(): void {
    if (sockets.deliver()) hasChanged = true
  }

  async function answered(call: Call, answer: () => Promise<Answer>): Promise<Answer> {
    try {
      return await answer()
    } catch (error) {
      if (error instanceof Refusal) return refused(error)
      logger.error({ err: error, path: call.path }, 'simulator failed')
      return refused(systemError())
    } finally {
      deliver()
    }
  }

  const answerCall = (call: Call) =>
    answered(call, async () => {
      const open = await publicHalf.answer(call, call.path === '/api/v5/public/time' ? shown() : now())
      if (open) return open
      const answer = await signedCalls(call, { shown, now })
      if (answer && call.method === 'POST') hasChanged = true
      return answer ?? notFound
    })

  async function serve(request: IncomingMessage, body: string) {
    const url = request.url ?? '/'
    const mark = url.indexOf('?')
    const call: Call = {
      method: request.method ?? 'GET',
      path: mark < 0 ? url : url.slice(0, mark),
      search: mark < 0 ? '' : url.slice(mark),
      headers: request.headers,
      body,
      address: request.socket.remoteAddress ?? '',
      arrivedAt: shown(),
    }
    if (options.faultControl && call.method === 'POST' && call.path === faultControlPath) {
      return answered(call, async () => controlFaults(faults, body))
    }
    const fault = rules.next(`${call.method} ${call.path}`)
    const later = (ms: number) => waiting.until(clock() + ms)
    const answer = fault ? await answerWithFaults(call, fault, answerCall, later) : await answerCall(call)
    logger.trace({ path: call.path, fault: fault?.kind, status: answer === 'hangUp' ? 0 : answer.status }, 'answered')
    return answer
  }

  function advance(time: number): void {
    advancedAt = time
    venue.advance(time)
    deliver()
  }

  function beat(): void {
    try {
      const time = now()
      if (sockets.size > 0 || time - advancedAt >= idleAdvanceMs) advance(time)
      waiting.beat(clock())
      publicHalf.beat(time)
      sockets.beat(time)
      if (hasChanged && file?.write(toKeep, time)) hasChanged = false
    } catch (err) {
      logger.error({ err }, 'simulator failed')
    }
  }

  const server = createHttpServer(serve)
  server.on('upgrade', sockets.upgrade)
  const port = await listen(server, options.port)
  const stop = every(beatMs, beat)

  async function endConnections(): Promise<void> {
    waiting.release()
    sockets.cut()
    await stopListening(server)
  }

  const faults = createFaults({
    rules,
    cutSockets: (kind) => sockets.cut(kind),
    goSilent: () => sockets.setSilent(true),
    speakAgain: () => sockets.setSilent(false),
    notice: () => sockets.notice(now()),
    skewClock(ms) {
      skewMs = ms
    },
    liquidate(uid, instId) {
      venue.liquidate(uid, instId, now())
      deliver()
    },
    fillPart(uid, clOrdId, sz) {
      venue.fillPart(uid, clOrdId, sz, now())
      deliver()
    },
    resume(uid, clOrdId) {
      venue.resume(uid, clOrdId, now())
      deliver()
    },
    async restart() {
      await endConnections()
      // What a new process would read.
      venue = openVenue(JSON.parse(JSON.stringify(venue.save())))
      sockets.setSilent(false)
      await listen(server, port)
    },
  })

  let closing: Promise<void> | null = null
  const url = (path: string) => `ws://127.0.0.1:${port}/ws/v5/${path}`
  return {
    restUrl: `http://127.0.0.1:${port}`,
    wsPublic: url('public'),
    wsPrivate: url('private'),
    wsBusiness: url('business'),
    port,
    faults,
    close() {
      closing ??= (async () => {
        stop()
        await endConnections()
        file?.writeNow(toKeep())
      })()
      return closing
    },
  }
}

/** The venue as it was kept; a new one where none was. */
function openKept({ openVenue, stateFile }: ExchangeOptions, kept: Kept | null): Venue {
  if (kept === null) return openVenue(null)
  try {
    return openVenue(kept.venue)
  } catch (cause) {
    const error = new UserError('error-simulator-state', { path: stateFile ?? '', found: 'nothing', expected: '' })
    throw Object.assign(error, { cause })
  }
}
