import { describe, expect, it } from 'vitest'
import { type OpenVenue, openVenue, type Row, spotMarket, swapMarket } from '../../testing/openVenue.js'

const instId = 'BTC-USDT-SWAP'
const inst = { instId }
const base = { instId, tdMode: 'cross', side: 'sell', sz: '10', reduceOnly: 'true', tag: 'T' }
const stop = { slTriggerPx: '95', slOrdPx: '-1' }
const target = { tpTriggerPx: '110', tpOrdPx: '-1' }
const pathOf = 'POST trade/order-algo'

/** A venue with a long of 10 contracts at 100. */
function withLong(setting = {}): OpenVenue {
  const house = openVenue(setting)
  house.order({ ...swapMarket, side: 'buy', sz: '10' })
  return house
}

const algo = (house: OpenVenue, algoId: string) => house.row('GET trade/order-algo', { algoId })
const positions = (house: OpenVenue) => house.rows('GET account/positions')

describe('a conditional order', () => {
  it('becomes an order of its own, with its tag, once its stop is reached', () => {
    const house = withLong()
    const { algoId, tag } = house.row(pathOf, { ...base, ordType: 'conditional', ...stop, algoClOrdId: 'a1' })
    expect(tag).toBe('T')
    expect(house.rows('GET trade/orders-algo-pending', { ordType: 'conditional,oco' })).toMatchObject([
      { algoId, state: 'live' },
    ])
    house.move(95.1)
    expect(algo(house, algoId).state).toBe('live')
    house.move(95)
    const fired = algo(house, algoId)
    expect(fired).toMatchObject({ state: 'effective', actualSide: 'sl', actualSz: '10' })
    expect(house.row('GET trade/order', { instId, ordId: fired.ordId })).toMatchObject({
      state: 'filled',
      algoId,
      algoClOrdId: 'a1',
      tag: 'T',
      avgPx: '95',
    })
    expect(positions(house)).toEqual([])
    expect(house.rows('GET trade/orders-algo-pending', { ordType: 'conditional' })).toEqual([])
    const history = { ordType: 'conditional', state: 'effective' }
    expect(house.rows('GET trade/orders-algo-history', history)).toMatchObject([{ algoId }])
  })

  it('keeps only the stop of two in net mode', () => {
    const house = withLong()
    const { algoId } = house.row(pathOf, { ...base, ordType: 'conditional', ...stop, ...target })
    expect(algo(house, algoId)).toMatchObject({ slTriggerPx: '95', tpTriggerPx: '' })
  })

  it('with a limit price becomes a limit order', () => {
    const house = withLong()
    const { algoId } = house.row(pathOf, { ...base, ordType: 'conditional', tpTriggerPx: '103', tpOrdPx: '104' })
    house.move(103)
    const { ordId } = algo(house, algoId)
    expect(house.row('GET trade/order', { instId, ordId })).toMatchObject({
      state: 'live',
      px: '104',
      ordType: 'limit',
    })
  })

  it('has failed, and says why, where its order is refused', () => {
    const house = openVenue()
    const { algoId } = house.row(pathOf, { ...base, ordType: 'conditional', ...stop })
    house.move(90)
    expect(algo(house, algoId)).toMatchObject({ state: 'order_failed', failCode: '51169', ordId: '' })
  })

  it('looks at the mark where told to', () => {
    const house = withLong()
    const { algoId } = house.row(pathOf, { ...base, ordType: 'conditional', ...stop, slTriggerPxType: 'mark' })
    house.quotes.markFactor = 1.05
    house.move(94)
    expect(algo(house, algoId).state).toBe('live')
    house.move(90)
    expect(algo(house, algoId).state).toBe('effective')
  })

  it('of a whole position closes what there is by then, and goes with it', () => {
    const house = withLong()
    const whole = { ...base, sz: '', closeFraction: '1', ordType: 'conditional', ...stop }
    const { algoId } = house.row(pathOf, whole)
    expect(house.refusal(pathOf, whole)).toBe('51088')
    house.order({ ...swapMarket, side: 'buy', sz: '5' })
    house.move(95)
    expect(algo(house, algoId)).toMatchObject({ state: 'effective', actualSz: '15' })
    house.order({ ...swapMarket, side: 'buy', sz: '5' })
    const next = house.row(pathOf, { ...whole, slTriggerPx: '90' })
    house.row('POST trade/close-position', { instId, mgnMode: 'cross' })
    expect(algo(house, next.algoId).state).toBe('canceled')
  })

  it('on spot sells', () => {
    const house = openVenue({ cash: { BTC: '2' } })
    const sale = { instId: 'BTC-USDT', tdMode: 'cash', side: 'sell', sz: '1', ordType: 'conditional', ...stop }
    house.row(pathOf, sale)
    house.move(94)
    expect([house.cash('BTC'), house.cash('USDT')]).toEqual(['1', '93.906'])
  })
})

describe('an oco order', () => {
  it.each([
    [110, 'tp'],
    [95, 'sl'],
  ])('at %d is over by its %s', (px, actualSide) => {
    const house = withLong()
    const { algoId } = house.row(pathOf, { ...base, ordType: 'oco', ...stop, ...target })
    house.move(px)
    expect(algo(house, algoId)).toMatchObject({ state: 'effective', actualSide })
  })

  it('counts the stop where both are reached in the same second', () => {
    const house = withLong()
    const { algoId } = house.row(pathOf, { ...base, ordType: 'oco', ...stop, ...target })
    house.quotes.move(house.now + 300, 111)
    house.quotes.move(house.now + 600, 94)
    house.move(100)
    expect(algo(house, algoId).actualSide).toBe('sl')
  })
})

describe('a trailing stop', () => {
  const trail = { ...base, ordType: 'move_order_stop', callbackRatio: '0.05' }
  it('follows the market and goes off when it comes back', () => {
    const house = withLong()
    const { algoId } = house.row(pathOf, trail)
    expect(algo(house, algoId).moveTriggerPx).toBe('95')
    house.move(120)
    expect(algo(house, algoId)).toMatchObject({ moveTriggerPx: '114', state: 'live' })
    house.move(114.1)
    expect(algo(house, algoId).state).toBe('live')
    house.move(114)
    expect(algo(house, algoId).state).toBe('effective')
  })

  it('is told of on a channel of its own, by the time of the push', () => {
    const house = withLong()
    house.events()
    const { algoId } = house.row(pathOf, trail)
    house.row(pathOf, { ...base, ordType: 'conditional', ...stop })
    house.row('POST trade/cancel-algos', [{ instId, algoId }])
    const told = house.events().map(({ channel, row }) => [channel, { ...row }])
    expect(told).toMatchObject([
      ['algo-advance', { algoId, state: 'live', pTime: String(house.now) }],
      ['orders-algo', { state: 'live', uTime: String(house.now) }],
      ['algo-advance', { algoId, state: 'canceled' }],
    ])
    expect(told[0][1]).not.toHaveProperty('uTime')
  })

  it('of a short follows it down, by a spread', () => {
    const house = openVenue()
    house.order({ ...swapMarket, side: 'sell', sz: '10' })
    const { algoId } = house.row(pathOf, { ...trail, side: 'buy', callbackRatio: '', callbackSpread: '5' })
    house.move(80)
    expect(algo(house, algoId).moveTriggerPx).toBe('85')
    house.move(85)
    expect(algo(house, algoId).state).toBe('effective')
  })

  it('waits for its activation', () => {
    const house = withLong()
    const { algoId } = house.row(pathOf, { ...trail, activePx: '110' })
    house.move(90)
    expect(algo(house, algoId)).toMatchObject({ state: 'live', moveTriggerPx: '' })
    house.move(112)
    expect(algo(house, algoId).moveTriggerPx).toBe('106.4')
  })

  it('is spelled as documented, or as the other source says', () => {
    const other = { ...trail, callbackRatio: '', callBackRatio: '0.05' }
    expect(withLong().refusal(pathOf, other)).toBe('50015')
    expect(withLong({ options: { callbackRatioField: 'callBackRatio' } }).refusal(pathOf, other)).toBe('0')
  })
})

describe('a trigger order', () => {
  const trigger = { ...base, ordType: 'trigger', side: 'buy', reduceOnly: '', triggerPx: '105', orderPx: '-1' }
  it('in net mode is refused as documented, and taken where that is allowed', () => {
    expect(openVenue().refusal(pathOf, trigger)).toBe('51298')
    const house = openVenue({ options: { triggerInNetMode: 'allowed' } })
    house.row(pathOf, trigger)
    house.move(106)
    expect(positions(house)).toMatchObject([{ pos: '10', avgPx: '106' }])
  })

  it('goes off from either side, and its order carries what is attached', () => {
    const house = openVenue({ posMode: 'long_short_mode' })
    const body = {
      ...trigger,
      posSide: 'long',
      triggerPx: '95',
      attachAlgoOrds: [{ slTriggerPx: '90', slOrdPx: '-1' }],
    }
    house.row(pathOf, body)
    house.move(95)
    expect(positions(house)).toMatchObject([{ posSide: 'long', pos: '10' }])
    expect(house.rows('GET trade/orders-algo-pending', { ordType: 'conditional' })).toMatchObject([
      { slTriggerPx: '90', side: 'sell', posSide: 'long', sz: '10' },
    ])
    house.move(90)
    expect(positions(house)).toEqual([])
  })
})

describe('attached stops and targets', () => {
  const attachAlgoOrds = [{ ...stop, ...target, attachAlgoClOrdId: 'x1' }]
  it('come alive once the order is filled completely', () => {
    const house = openVenue()
    const limit = {
      ...swapMarket,
      ordType: 'limit',
      side: 'buy',
      sz: '10',
      px: '99',
      clOrdId: 'p',
      tag: 'T',
      attachAlgoOrds,
    }
    const order = house.order(limit) as unknown as { attachAlgoOrds: Row[] }
    expect(order.attachAlgoOrds).toMatchObject([{ slTriggerPx: '95', attachAlgoClOrdId: 'x1' }])
    house.venue.fillPart('u1', 'p', '4', house.now)
    const pending = () => house.rows('GET trade/orders-algo-pending', { ordType: 'conditional,oco' })
    expect(pending()).toEqual([])
    house.venue.resume('u1', 'p', house.now)
    house.move(98)
    expect(pending()).toMatchObject([{ ordType: 'oco', sz: '10', algoClOrdId: 'x1', side: 'sell', tag: 'T' }])
    house.move(111)
    expect(positions(house)).toEqual([])
  })

  it('of a spot purchase sell what was received', () => {
    const house = openVenue()
    house.order({ ...spotMarket, side: 'buy', sz: '1000', attachAlgoOrds: [stop] })
    house.move(90)
    expect(house.cash('BTC')).toBe('0')
    expect(house.cash('USDT')).toBe('9898.2009')
  })

  it('carry no tag where that is how it is', () => {
    const house = openVenue({ options: { attachedKeepTag: false } })
    house.order({ ...swapMarket, side: 'buy', sz: '10', tag: 'T', attachAlgoOrds: [stop] })
    expect(house.row('GET trade/orders-algo-pending', { ordType: 'conditional' }).tag).toBe('')
  })
})

describe('algo orders', () => {
  it('are cancelled and amended, each by its own row', () => {
    const house = withLong()
    const { algoId } = house.row(pathOf, { ...base, ordType: 'conditional', ...stop })
    house.row('POST trade/amend-algos', { ...inst, algoId, newSlTriggerPx: '97', newSz: '5' })
    expect(algo(house, algoId)).toMatchObject({ slTriggerPx: '97', sz: '5' })
    expect(
      house.answer('POST trade/cancel-algos', [
        { ...inst, algoId },
        { ...inst, algoId: '1' },
      ]),
    ).toMatchObject({
      code: '2',
      data: [{ algoId, sCode: '0' }, { sCode: '51400' }],
    })
    expect(house.refusal('POST trade/amend-algos', { ...inst, algoId, newSz: '6' })).toBe('51509')
    const channels = house.events().filter(({ channel }) => channel === 'orders-algo')
    expect(channels.map(({ row }) => (row as unknown as Row).state)).toEqual(['live', 'live', 'canceled'])
  })

  it.each<[string, object, string]>([
    ['a stop of a sale over the market', { slTriggerPx: '101', slOrdPx: '-1' }, '51280'],
    ['a target of a sale under it', { tpTriggerPx: '99', tpOrdPx: '-1' }, '51279'],
    ['a stop of a purchase under it', { side: 'buy', slTriggerPx: '99', slOrdPx: '-1' }, '51278'],
    ['a target of a purchase over it', { side: 'buy', tpTriggerPx: '101', tpOrdPx: '-1' }, '51277'],
    ['neither stop nor target', {}, '50015'],
    ['an oco with only a stop', { ordType: 'oco', ...stop }, '50014'],
    ['no size', { sz: '', ...stop }, '50015'],
    ['half of a position', { sz: '', closeFraction: '0.5', ...stop }, '51000'],
    ['a trailing stop of no callback', { ordType: 'move_order_stop' }, '50015'],
    ['a callback out of range', { ordType: 'move_order_stop', callbackRatio: '0.0009' }, '51311'],
    ['a kind that is none', { ordType: 'iceberg' }, '51000'],
    ['an id with an underscore', { algoClOrdId: 'a_b', ...stop }, '51000'],
  ])('are refused with %s', (_name, changes, code) => {
    expect(withLong().refusal(pathOf, { ...base, ordType: 'conditional', ...changes })).toBe(code)
  })

  it('of spot trigger by last alone, and without tgtCcy', () => {
    const house = openVenue({ cash: { BTC: '2' } })
    const sale = { instId: 'BTC-USDT', tdMode: 'cash', side: 'sell', sz: '1' }
    const marked = { ...sale, ordType: 'conditional', ...stop, slTriggerPxType: 'mark' }
    expect(house.refusal(pathOf, marked)).toBe('51000')
    const trigger = { ...sale, ordType: 'trigger', triggerPx: '90', orderPx: '-1', tgtCcy: 'base_ccy' }
    expect(house.refusal(pathOf, trigger)).toBe('51281')
  })

  it('do not share a client id while they live', () => {
    const house = withLong()
    house.row(pathOf, { ...base, ordType: 'conditional', ...stop, algoClOrdId: 'a1' })
    expect(house.refusal(pathOf, { ...base, ordType: 'conditional', ...stop, algoClOrdId: 'a1' })).toBe('51065')
  })
})
