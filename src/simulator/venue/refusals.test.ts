import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { openVenue, spotMarket, swapMarket, type VenueSetting } from '../../testing/openVenue.js'

const spot = { ...spotMarket, side: 'buy', ordType: 'limit', sz: '1', px: '90' }
const swap = { ...swapMarket, side: 'buy', ordType: 'limit', sz: '1', px: '98' }
const stop = { attachAlgoOrds: [{ slTriggerPx: '99', slOrdPx: '-1' }] }

/** Without these fields. */
function without(body: Record<string, unknown>, ...names: string[]) {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)))
}

describe('trade/order refuses', () => {
  it.each<[string, object, string, VenueSetting?]>([
    ['no instrument', without(spot, 'instId'), '50014'],
    ['an instrument that is not there', { ...spot, instId: 'XYZ-USDT' }, '51001'],
    ['no side', without(spot, 'side'), '50014'],
    ['a side that is none', { ...spot, side: 'long' }, '51000'],
    ['no size', without(spot, 'sz'), '50014'],
    ['a size of 0', { ...spot, sz: '0' }, '51000'],
    ['a size that is no number', { ...spot, sz: '1e3' }, '51000'],
    ['a size below 0', { ...spot, sz: '-1' }, '51000'],
    ['a size below the least', { ...spot, sz: '0.0009' }, '51020'],
    ['a size off the lots', { ...spot, sz: '0.00105' }, '51121'],
    ['quote currency worth less than the least size', { ...spotMarket, side: 'buy', sz: '0.05' }, '51020'],
    ['no price', without(spot, 'px'), '50014'],
    ['a price off the ticks', { ...spot, px: '90.05' }, '51000'],
    ['a kind of order that is none', { ...spot, ordType: 'stop' }, '51000'],
    ['a purchase far over the market', { ...spot, px: '105.1' }, '51006'],
    ['a sale far under it', { ...spot, side: 'sell', px: '94.9' }, '51006', { cash: { BTC: '5' } }],
    ['a client id with a dash', { ...spot, clOrdId: 'a-b' }, '51000'],
    ['a client id of 33 characters', { ...spot, clOrdId: 'a'.repeat(33) }, '51000'],
    ['a tag of 17 characters', { ...spot, tag: 'a'.repeat(17) }, '51000'],
    ['more than the balance', { ...spot, sz: '112' }, '51008'],
    ['coins that are not there', { ...spot, side: 'sell', px: '100' }, '51008'],
    ['spot on margin', { ...spot, tdMode: 'cross' }, '51010'],
    ['spot without margin in multi-currency mode', spot, '51010', { acctLv: '3' }],
    ['spot with a position side', { ...spot, posSide: 'long' }, '51000'],
    ['a swap in spot mode', swap, '51010', { acctLv: '1' }],
    ['a swap for cash', { ...swap, tdMode: 'cash' }, '51000'],
    ['a swap with a side in net mode', { ...swap, posSide: 'long' }, '51000'],
    ['a swap of a size off the lots', { ...swap, sz: '1.05' }, '51121'],
    ['more than the tier of its leverage', { ...swap, sz: '20000.1' }, '51004', { cash: { USDT: '10000000' } }],
    ['more margin than there is', { ...swap, sz: '400' }, '51008', { cash: { USDT: '100' } }],
    ['to reduce nothing', { ...swap, reduceOnly: 'true' }, '51169'],
    ['a stop over its purchase', { ...swap, px: '98', ...stop }, '51047'],
    [
      'a stop over the offer',
      { ...swap, ordType: 'market', attachAlgoOrds: [{ slTriggerPx: '100.1', slOrdPx: '-1' }] },
      '51051',
    ],
    ['a target under its purchase', { ...swap, attachAlgoOrds: [{ tpTriggerPx: '97', tpOrdPx: '-1' }] }, '51046'],
    ['a stop without its order price', { ...swap, attachAlgoOrds: [{ slTriggerPx: '90' }] }, '50014'],
    ['a stop on what only reduces', { ...swap, reduceOnly: true, ...stop }, '51100'],
    ['something that is no order', [1], '51000'],
  ])('%s', (_name, body, code, setting) => {
    const house = openVenue(setting)
    expect(house.refusal('POST trade/order', body)).toBe(code)
    expect(house.rows('GET trade/orders-pending')).toEqual([])
  })

  it.each<[string, object, string]>([
    ['swaps at market', { ...swapMarket, side: 'buy', sz: '10.1' }, '51202'],
    ['swaps at a limit', { ...swap, sz: '20.1' }, '51203'],
    ['spot for quote currency', { ...spotMarket, side: 'buy', sz: '10.01' }, '51202'],
    ['spot at a limit', { ...spot, sz: '20.001' }, '51203'],
  ])('more than the largest order: %s', (_name, body, code) => {
    const house = openVenue()
    const [maxMktSz, maxLmtSz] = [new Decimal(10), new Decimal(20)]
    house.quotes.instruments = house.quotes.instruments.map((one) => ({ ...one, maxMktSz, maxLmtSz }))
    expect(house.refusal('POST trade/order', body)).toBe(code)
    const largest = code === '51202' ? '10' : '20'
    const { ordId } = house.order({ ...body, sz: largest })
    const amendment = { instId: 'BTC-USDT-SWAP', ordId, newSz: '20.1' }
    if (code === '51203' && 'tdMode' in body && body.tdMode === 'cross')
      expect(house.refusal('POST trade/amend-order', amendment)).toBe('51203')
  })

  it('a client id that a live order has, and takes it again once that is done', () => {
    const house = openVenue()
    const order = { ...spot, clOrdId: 'one' }
    const first = house.order(order)
    expect(house.refusal('POST trade/order', order)).toBe('51016')
    house.row('POST trade/cancel-order', { instId: 'BTC-USDT', clOrdId: 'one' })
    const second = house.order(order)
    expect(house.row('GET trade/order', { instId: 'BTC-USDT', clOrdId: 'one' }).ordId).toBe(second.ordId)
    expect(second.ordId).not.toBe(first.ordId)
  })

  it('to reduce in the direction of the position', () => {
    const house = openVenue()
    house.order({ ...swapMarket, side: 'buy', sz: '1' })
    expect(house.refusal('POST trade/order', { ...swap, reduceOnly: true })).toBe('51170')
  })

  it('says so in the row, with what was sent', () => {
    const { code, data } = openVenue().answer('POST trade/order', { ...spot, sz: '0', clOrdId: 'x', tag: 'T' })
    expect(code).toBe('1')
    expect(data).toMatchObject([{ ordId: '', clOrdId: 'x', tag: 'T', sCode: '51000', sMsg: 'Parameter sz error' }])
  })
})

describe('other calls refuse', () => {
  const inst = { instId: 'BTC-USDT-SWAP' }
  it.each<[string, string, object, string]>([
    ['to cancel what is not there', 'POST trade/cancel-order', { ...inst, ordId: '1' }, '51400'],
    ['to cancel nothing', 'POST trade/cancel-order', inst, '50015'],
    ['to amend what is not there', 'POST trade/amend-order', { ...inst, ordId: '1', newSz: '1' }, '51503'],
    ['to close no position', 'POST trade/close-position', { ...inst, mgnMode: 'cross' }, '51023'],
    ['to show what is not there', 'GET trade/order', { ...inst, clOrdId: 'no' }, '51603'],
    ['history of no kind', 'GET trade/orders-history', {}, '50014'],
    ['algo orders of no kind', 'GET trade/orders-algo-pending', {}, '50014'],
    [
      'algo orders of kinds that do not go together',
      'GET trade/orders-algo-pending',
      { ordType: 'oco,trigger' },
      '51000',
    ],
    ['algo history of no state', 'GET trade/orders-algo-history', { ordType: 'oco' }, '50014'],
    ['leverage over the largest', 'POST account/set-leverage', { ...inst, lever: '101', mgnMode: 'cross' }, '59102'],
    ['leverage of spot', 'POST account/set-leverage', { instId: 'BTC-USDT', lever: '2', mgnMode: 'cross' }, '51000'],
    ['a deadline too near', 'POST trade/cancel-all-after', { timeOut: '9' }, '51000'],
    ['an empty batch', 'POST trade/batch-orders', [], '50014'],
    ['a batch of 21', 'POST trade/batch-orders', Array.from({ length: 21 }, () => swap), '51000'],
  ])('%s', (_name, route, body, code) => {
    expect(openVenue().refusal(route, body)).toBe(code)
  })

  it('a change of position mode or leverage that orders or positions stand against', () => {
    const house = openVenue()
    const mode = { posMode: 'long_short_mode' }
    const { ordId } = house.order(swap)
    expect(house.refusal('POST account/set-position-mode', mode)).toBe('59000')
    expect(house.refusal('POST account/set-leverage', { ...inst, lever: '2', mgnMode: 'cross' })).toBe('59107')
    house.row('POST trade/cancel-order', { ...inst, ordId })
    house.order({ ...swapMarket, side: 'buy', sz: '2000' })
    expect(house.refusal('POST account/set-position-mode', mode)).toBe('59000')
    expect(house.refusal('POST account/set-leverage', { ...inst, lever: '75', mgnMode: 'cross' })).toBe('59102')
    house.row('POST trade/close-position', { ...inst, mgnMode: 'cross' })
    expect(house.row('POST account/set-position-mode', mode)).toEqual(mode)
  })
})
