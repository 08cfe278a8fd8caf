import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type OpenVenue, openVenue, type Row, start } from '../../testing/openVenue.js'

/** What happens next: the price moves, or somebody asks for something. */
type Deed =
  | { kind: 'move'; afterMs: number; px: number; volume: number }
  | { kind: 'order'; body: Record<string, unknown> }
  | { kind: 'cancel'; nth: number }
  | { kind: 'close'; mgnMode: string }
  | { kind: 'call'; route: string; body: object }

const side = fc.constantFrom('buy', 'sell')
const px = fc.integer({ min: 960, max: 1040 }).map((ticks) => (ticks / 10).toFixed(1))
const tag = fc.constantFrom('', 'T')
const swap = { instId: 'BTC-USDT-SWAP' }
const attachAlgoOrds = fc.constantFrom<object[]>(
  [],
  [],
  [],
  [{ slTriggerPx: '94', slOrdPx: '-1' }],
  [{ tpTriggerPx: '105', tpOrdPx: '-1', slTriggerPx: '93', slOrdPx: '-1' }],
)
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      // Mostly seconds, sometimes long enough for whole minutes to be passed over.
      afterMs: fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 1, max: 4000 }) },
        { weight: 1, arbitrary: fc.integer({ min: 50_000, max: 150_000 }) },
      ),
      px: fc.integer({ min: 930, max: 1070 }).map((ticks) => ticks / 10),
      volume: fc.integer({ min: 0, max: 5000 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('order' as const),
      body: fc.record({
        instId: fc.constant('BTC-USDT-SWAP'),
        tdMode: fc.constantFrom('cross', 'isolated'),
        ordType: fc.constantFrom('market', 'limit', 'post_only', 'ioc', 'fok'),
        side,
        px,
        sz: fc.integer({ min: 1, max: 25_000 }).map((lots) => (lots / 10).toFixed(1)),
        reduceOnly: fc.constantFrom(false, false, true),
        tag,
        attachAlgoOrds,
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('order' as const),
      body: fc.record({
        instId: fc.constant('BTC-USDT'),
        tdMode: fc.constant('cash'),
        ordType: fc.constantFrom('market', 'limit'),
        side,
        px,
        sz: fc.integer({ min: 10, max: 500_000 }).map((lots) => (lots / 10_000).toFixed(4)),
        tgtCcy: fc.constantFrom('', 'base_ccy', 'quote_ccy'),
      }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), nth: fc.nat(5) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('close' as const), mgnMode: fc.constantFrom('cross', 'isolated') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('call' as const),
      route: fc.constant('POST trade/cancel-all-after'),
      body: fc.record({ timeOut: fc.constantFrom('0', '10', '37'), tag }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('call' as const),
      route: fc.constant('POST trade/order-algo'),
      body: fc.record({
        instId: fc.constant('BTC-USDT-SWAP'),
        tdMode: fc.constant('cross'),
        side,
        sz: fc.constantFrom('5', '50'),
        reduceOnly: fc.boolean(),
        ordType: fc.constantFrom('conditional', 'move_order_stop'),
        callbackRatio: fc.constantFrom('0.01', '0.05'),
        slTriggerPx: fc.constantFrom('94', '97', '103', '106'),
        slOrdPx: fc.constant('-1'),
        slTriggerPxType: fc.constantFrom('last', 'mark'),
      }),
    }),
  },
)
const anyStory = fc.array(anyDeed, { minLength: 12, maxLength: 40, size: 'max' })

const startCash = { USDT: '3000', BTC: '10' }
function openStory(): OpenVenue {
  const house = openVenue({ cash: startCash })
  house.quotes.depth = [
    [1, 300],
    [5, 700],
    [20, 2000],
  ]
  for (const mgnMode of ['cross', 'isolated']) house.row('POST account/set-leverage', { ...swap, mgnMode, lever: '50' })
  const [rate, markPx] = [new Decimal('0.0004'), new Decimal(100)]
  house.quotes.settlements = Array.from({ length: 60 }, (_, i) => ({
    ...swap,
    fundingTime: start + (i + 1) * 60_000,
    rate: rate.times(i % 2 ? -1 : 1),
    markPx,
  }))
  return house
}

/** Does it; refusals are part of life. `steps` are more moments at which the venue is advanced on the way. */
function live(house: OpenVenue, deed: Deed, steps: number): void {
  if (deed.kind === 'move') {
    const to = house.now + deed.afterMs
    house.quotes.move(to, deed.px, deed.volume)
    for (let i = 1; i < steps; i++) house.venue.advance(house.now + Math.floor((deed.afterMs * i) / steps))
    house.now = to
    if (steps > 0) house.venue.advance(to)
  } else if (deed.kind === 'order') house.answer('POST trade/order', deed.body)
  else if (deed.kind === 'call') house.answer(deed.route, deed.body)
  else if (deed.kind === 'close')
    house.refusal('POST trade/close-position', { ...swap, mgnMode: deed.mgnMode, autoCxl: true })
  else {
    const pending = house.rows('GET trade/orders-pending')
    const order = pending[deed.nth % Math.max(1, pending.length)]
    if (order) house.row('POST trade/cancel-order', { instId: order.instId, ordId: order.ordId })
  }
}

const sum = (values: readonly string[]) => values.reduce((total, value) => total.plus(value), new Decimal(0))

/** All of them, page by page. */
function fillsOf(house: OpenVenue): Row[] {
  const fills: Row[] = []
  for (;;) {
    const page = house.rows('GET trade/fills', { after: fills.at(-1)?.billId ?? '' })
    if (page.length === 0) return fills
    fills.push(...page)
  }
}

describe('whatever happens', () => {
  it('creates no money: cash is what fills, fees, funding and penalties make of the start', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const house = openStory()
        /** What positions said last: those that are held by id, and those that are over. */
        const held = new Map<string, Row>()
        const over: Row[] = []
        const hear = () => {
          for (const { channel, row } of house.events()) {
            if (channel !== 'positions') continue
            const told = row as unknown as Row
            if (told.pos === '0') over.push(told)
            held.delete(told.posId)
            if (told.pos !== '0') held.set(told.posId, told)
          }
        }
        for (const deed of story) {
          live(house, deed, 1)
          hear()
        }
        const fills = fillsOf(house)
        const positions = [...held.values(), ...over]
        const total = (field: string) => sum(positions.map((row) => row[field]))
        const swaps = fills.filter(({ instType }) => instType === 'SWAP')
        expect(total('pnl').toFixed()).toBe(sum(swaps.map(({ fillPnl }) => fillPnl)).toFixed())
        expect(total('fee').toFixed()).toBe(sum(swaps.map(({ fee }) => fee)).toFixed())
        const funds = total('fundingFee').plus(total('liqPenalty'))
        const usdt = sum(fills.filter(({ feeCcy }) => feeCcy === 'USDT').map(({ fee }) => fee))
          .plus(sum(fills.map(({ fillPnl }) => fillPnl)))
          .plus(sum(fills.filter(({ instType }) => instType === 'SPOT').map(spent)))
          .plus(startCash.USDT)
          .plus(funds)
        expect(house.cash('USDT')).toBe(usdt.toFixed())
        const btc = sum(fills.filter(({ feeCcy }) => feeCcy === 'BTC').map(({ fee }) => fee))
          .plus(sum(fills.filter(({ instType }) => instType === 'SPOT').map(received)))
          .plus(startCash.BTC)
        expect(house.cash('BTC')).toBe(btc.toFixed())
        expect(btc.gte(0)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('holds positions that are the sum of their fills', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const house = openStory()
        for (const deed of story) live(house, deed, 1)
        const modeOf = new Map<string, string>()
        for (const { channel, row } of house.events()) {
          if (channel === 'orders') modeOf.set(row.ordId, row.tdMode)
        }
        const fills = fillsOf(house)
        for (const mgnMode of ['cross', 'isolated']) {
          const filled = sum(
            fills
              .filter(({ instType, ordId }) => instType === 'SWAP' && modeOf.get(ordId) === mgnMode)
              .map((fill) => (fill.side === 'buy' ? fill.fillSz : `-${fill.fillSz}`)),
          )
          const held = house.rows('GET account/positions').find((row) => row.mgnMode === mgnMode)
          expect(held?.pos ?? '0').toBe(filled.toFixed())
        }
      }),
      { numRuns: 20 },
    )
  })

  it('comes to the same in one step as in many', () => {
    fc.assert(
      fc.property(
        anyStory,
        fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 40, maxLength: 40 }),
        (story, steps) => {
          const [once, often] = [openStory(), openStory()]
          for (const [i, deed] of story.entries()) {
            live(once, deed, 0)
            live(often, deed, steps[i])
          }
          once.venue.advance(once.now)
          often.venue.advance(often.now)
          expect(often.venue.save()).toEqual(once.venue.save())
          expect(often.events()).toEqual(once.events())
        },
      ),
      { numRuns: 40 },
    )
  })

  it('goes on after a restart as if there had been none', () => {
    fc.assert(
      fc.property(anyStory, anyStory, (before, after) => {
        const [whole, cut] = [openStory(), openStory()]
        for (const house of [whole, cut]) {
          for (const deed of before) live(house, deed, 1)
          house.events()
        }
        cut.reopen()
        for (const house of [whole, cut]) for (const deed of after) live(house, deed, 1)
        expect(cut.venue.save()).toEqual(whole.venue.save())
        expect(cut.events()).toEqual(whole.events())
      }),
      { numRuns: 20 },
    )
  })
})

const spent = ({ side, fillPx, fillSz }: Row) =>
  new Decimal(fillPx)
    .times(fillSz)
    .times(side === 'buy' ? -1 : 1)
    .toFixed()
const received = ({ side, fillSz }: Row) => (side === 'buy' ? fillSz : `-${fillSz}`)
