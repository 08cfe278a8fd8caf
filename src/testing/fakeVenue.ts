import type { PositionPayload } from '../okx/accountPayloads.js'
import type { Venue, VenueAnswer, VenueEvent, VenueRoute } from '../simulator/venue/venue.js'

/** A venue that takes every order and does nothing with it: for what lies between it and its clients. */
export interface FakeVenue extends Venue {
  /** Every order taken, by clOrdId, in order. */
  readonly orders: string[]
  readonly accounts: string[]
  /** Moments at which the market was let act. */
  readonly advanced: number[]
  /** What faults asked for. */
  readonly forced: string[]
  positions: PositionPayload[]
  happen(event: VenueEvent): void
}

const done = (data: readonly unknown[]): VenueAnswer => ({ code: '0', msg: '', data })

export function createFakeVenue(saved: unknown): FakeVenue {
  const { orders, accounts } = readSaved(saved)
  let events: VenueEvent[] = []
  const advanced: number[] = []
  const forced: string[] = []

  const take = (body: unknown) =>
    (Array.isArray(body) ? body : [body]).map(({ clOrdId = '' }) => {
      orders.push(clOrdId)
      return { ordId: String(orders.length), clOrdId, tag: '', sCode: '0', sMsg: '' }
    })
  const read = (row: object): Omit<VenueRoute, 'requestsPer2s'> => ({
    scope: 'user',
    needs: 'read_only',
    answer: () => done([row]),
  })
  const routes: Record<string, VenueRoute> = {
    'GET /api/v5/account/config': { requestsPer2s: 5, ...read({ uid: '1', perm: '', ip: '' }) },
    'GET /api/v5/account/balance': { requestsPer2s: 10, ...read({ totalEq: '1' }) },
    'GET /api/v5/trade/order': {
      requestsPer2s: 60,
      scope: 'userInst',
      needs: 'read_only',
      answer: (_uid, query) => done(orders.filter((clOrdId) => clOrdId === query.get('clOrdId')).slice(0, 1)),
    },
    'POST /api/v5/trade/order': {
      requestsPer2s: 60,
      scope: 'userInst',
      needs: 'trade',
      answer: (_uid, _query, body) => done(take(body)),
    },
    'POST /api/v5/trade/batch-orders': {
      requestsPer2s: 300,
      scope: 'userInst',
      weight: (body) => (Array.isArray(body) ? body.length : 1),
      needs: 'trade',
      answer: (_uid, _query, body) => done(take(body)),
    },
    'POST /api/v5/trade/cancel-order': { ...read({ sCode: '0' }), requestsPer2s: 60, needs: 'trade' },
  }
  const venue: FakeVenue = {
    orders,
    accounts,
    advanced,
    forced,
    positions: [],
    happen: (event) => void events.push(event),
    openAccount: (uid) => void accounts.push(uid),
    routes,
    advance: (now) => void advanced.push(now),
    takeEvents() {
      const taken = events
      events = []
      return taken
    },
    snapshot: (_uid, channel) => (channel === 'positions' ? venue.positions : [balance]),
    save: () => ({ orders, accounts }),
    liquidate: (uid, instId) => void forced.push(`liquidate ${uid} ${instId}`),
    fillPart: (uid, clOrdId, sz) => void forced.push(`fillPart ${uid} ${clOrdId} ${sz}`),
    resume: (uid, clOrdId) => void forced.push(`resume ${uid} ${clOrdId}`),
  }
  return venue
}

const balance = { uTime: '1', totalEq: '100', details: [{ ccy: 'USDT' }, { ccy: 'BTC' }] }

function readSaved(saved: unknown): { orders: string[]; accounts: string[] } {
  if (saved === null) return { orders: [], accounts: [] }
  const texts = (name: string) =>
    typeof saved === 'object' && saved !== null
      ? Object.entries(saved).flatMap(([key, value]) => (key === name && Array.isArray(value) ? value.map(String) : []))
      : []
  return { orders: texts('orders'), accounts: texts('accounts') }
}

/** A position of one contract, that differs from others by its instrument. */
export function fakePosition(instId: string): PositionPayload {
  const empty = { liqPx: '', margin: '', imr: '', mmr: '', mgnRatio: '', adl: '', bePx: '', ccy: 'USDT' }
  const sums = { upl: '0', uplRatio: '0', notionalUsd: '1', pnl: '0', fee: '0', fundingFee: '0' }
  const rest = { liqPenalty: '0', realizedPnl: '0', cTime: '1', uTime: '1', ...empty, ...sums }
  const head = { posId: instId, instId, instType: 'SWAP', mgnMode: 'cross', posSide: 'net' } as const
  return { ...head, pos: '1', avgPx: '1', markPx: '1', lever: '1', ...rest }
}
