import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import type { SwapMarketRequest } from '../domain/trading/orderRequest.js'
import { accountOver, envelope } from '../testing/okxAccountFixture.js'

const order = (clOrdId: string): SwapMarketRequest => ({
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  tdMode: 'cross',
  side: 'buy',
  ordType: 'market',
  sz: new Decimal(1),
  clOrdId,
})
const row = (changes: object = {}) => ({
  ordId: '77',
  clOrdId: 'a',
  tag: '',
  ts: '1700000000000',
  sCode: '0',
  sMsg: '',
  subCode: '',
  ...changes,
})
const refusedRow = (clOrdId: string, sCode: string) => row({ ordId: '', clOrdId, sCode, sMsg: 'no' })
const accepted = (clOrdId = 'a', ordId = '77') => ({ outcome: 'accepted', ordId, clOrdId })
const refused = (code: string, kind = 'refused') => ({ outcome: 'refused', code, kind })
const unknown = (code: string) => ({ outcome: 'unknown', code })

describe('what became of an order', () => {
  it.each<[string, object, object]>([
    ['accepted', envelope('0', [row()]), accepted()],
    ['refused with a code of 1', envelope('1', [refusedRow('a', '51008')], 'All operations failed'), refused('51008')],
    ['refused with a code of 0 all the same', envelope('0', [refusedRow('a', '51008')]), refused('51008')],
    ['refused with a sub-code', envelope('1', [refusedRow('a', '51008_1000')]), refused('51008')],
    ['refused in passing', envelope('1', [refusedRow('a', '50011')]), refused('50011', 'retry')],
    ['left open by its own code', envelope('1', [refusedRow('a', '51149')]), unknown('51149')],
    ['there already', envelope('1', [refusedRow('a', '51016')]), unknown('51016')],
    ['refused without saying which', envelope('1', [refusedRow('', '51008')]), refused('51008')],
    ['refused as a whole', envelope('50011', []), refused('50011', 'retry')],
    ['not told', envelope('0', []), unknown('unreadable')],
    ['not told, with a failure', envelope('1', [], 'Operation failed'), unknown('unreadable')],
    ['told of another order', envelope('0', [row({ clOrdId: 'b' })]), unknown('unreadable')],
    ['accepted without an id', envelope('0', [row({ ordId: '' })]), unknown('unreadable')],
    ['accepted and yet failed', envelope('1', [row()]), unknown('1')],
    ['accepted and yet refused', envelope('50011', [row()]), unknown('50011')],
    ['told in a shape nobody knows', envelope('0', [{ ordId: 77 }]), unknown('unreadable')],
    ['told in no rows at all', { code: '0', msg: '', data: {} }, unknown('unreadable')],
    [
      'accepted with a status of 500',
      new Response(JSON.stringify(envelope('0', [row()])), { status: 500 }),
      unknown('http-500'),
    ],
  ])('%s', async (_name, answer, expected) => {
    const { account } = accountOver(() => answer)
    expect(await account.place(order('a'))).toMatchObject(expected)
  })

  it('of a batch is told one by one, whatever their order and the code above', async () => {
    const answer = envelope('2', [row({ clOrdId: 'c', ordId: '3' }), refusedRow('b', '51008'), row({ ordId: '1' })])
    const { account, bodies } = accountOver(() => answer)
    const outcomes = await account.placeBatch(['a', 'b', 'c', 'd'].map(order))
    expect(outcomes).toMatchObject([accepted('a', '1'), refused('51008'), accepted('c', '3'), unknown('unreadable')])
    expect(bodies()[0]).toHaveLength(4)
  })

  it('of a batch whose refusals name nobody is told by place', async () => {
    const answer = envelope('2', [row(), refusedRow('', '51008'), refusedRow('', '50011')])
    const { account } = accountOver(() => answer)
    expect(await account.placeBatch(['a', 'b', 'c'].map(order))).toMatchObject([
      accepted(),
      refused('51008'),
      refused('50011', 'retry'),
    ])
  })

  it('of a batch refused as a whole is the same for all', async () => {
    const { account } = accountOver(() => envelope('50113', []))
    expect(await account.placeBatch(['a', 'b'].map(order))).toMatchObject([
      refused('50113', 'config'),
      refused('50113', 'config'),
    ])
  })

  it('of no batch is nothing, and more than 20 or one id twice is our own fault', async () => {
    const { account, requests } = accountOver(() => [])
    expect(await account.placeBatch([])).toEqual([])
    expect(await account.cancelBatch([])).toEqual([])
    expect(await account.cancelAlgos([])).toEqual([])
    const many = Array.from({ length: 21 }, (_, i) => order(`a${i}`))
    await expect(account.placeBatch(many)).rejects.toThrow(RangeError)
    await expect(account.cancelBatch(many)).rejects.toThrow(RangeError)
    await expect(account.placeBatch([order('a'), order('a')])).rejects.toThrow(RangeError)
    await expect(account.cancelAlgos(many.slice(0, 11).map(() => ({ instId: 'I', algoId: '1' })))).rejects.toThrow(
      RangeError,
    )
    expect(requests).toHaveLength(0)
  })
})

describe('what became of a cancel', () => {
  const key = { instId: 'I', ordId: '77' }
  it.each(['51400', '51401', '51402', '51410', '51603'])('with %s is to be read from the order', async (code) => {
    const { account } = accountOver(() => envelope('1', [refusedRow('', code)]))
    expect(await account.cancel(key)).toMatchObject(unknown(code))
  })

  it('is accepted by the id it was asked with', async () => {
    const { account, bodies } = accountOver(() => [row({ clOrdId: '' })])
    expect(await account.cancel(key)).toMatchObject(accepted('', '77'))
    expect(bodies()).toEqual([{ instId: 'I', ordId: '77' }])
  })

  it('of a batch is told one by one', async () => {
    const answer = envelope('2', [row({ clOrdId: 'b', ordId: '2' }), row({ sCode: '51400', sMsg: 'gone' })])
    const { account } = accountOver(() => answer)
    const outcomes = await account.cancelBatch([key, { instId: 'I', clOrdId: 'b' }])
    expect(outcomes).toMatchObject([unknown('51400'), accepted('b', '2')])
  })

  it('and of an amendment that comes too late differ: that one was not made', async () => {
    const { account } = accountOver(() => envelope('1', [refusedRow('', '51503')]))
    expect(await account.amend({ ...key, newSz: new Decimal(2) })).toMatchObject({
      ...refused('51503'),
      reasonId: 'okx-order-over',
    })
  })

  it('and of an amendment that was to cancel where it cannot be made: the order is to be read', async () => {
    const { account } = accountOver(() => envelope('1', [refusedRow('', '51008')]))
    const asked = { ...key, newSz: new Decimal(2), cxlOnFail: true }
    expect(await account.amend(asked)).toMatchObject({ ...unknown('51008'), reasonId: 'okx-funds' })
    expect(await account.amend({ ...asked, cxlOnFail: false })).toMatchObject(refused('51008'))
  })
})

describe('what became of closing a position', () => {
  const request = { instId: 'I', mgnMode: 'isolated', posSide: 'short', clOrdId: 'close1' } as const

  it('is told without an order id', async () => {
    const { account, bodies } = accountOver(() => [{ clOrdId: 'close1', instId: 'I', posSide: 'short', tag: '' }])
    expect(await account.closePosition(request)).toEqual({ outcome: 'accepted', clOrdId: 'close1' })
    expect(bodies()).toEqual([{ ...request, autoCxl: true, tag: 'c314b0aecb5bBCDE' }])
  })

  it.each([
    [envelope('51023', []), refused('51023')],
    [envelope('0', []), unknown('unreadable')],
    [envelope('0', [{ clOrdId: '', instId: 'J', posSide: '' }]), unknown('unreadable')],
  ])('%#', async (answer, expected) => {
    const { account } = accountOver(() => answer)
    expect(await account.closePosition(request)).toMatchObject(expected)
  })
})

describe('what became of an algo order', () => {
  const request = { ...order('x'), algoClOrdId: 's', size: { sz: new Decimal(1) }, ordType: 'conditional' } as const
  const place = { ...request, stopLoss: { triggerPx: new Decimal(9) } }
  const algoRow = (changes: object = {}) => ({
    algoId: '5',
    algoClOrdId: 's',
    sCode: '0',
    sMsg: '',
    tag: '',
    ...changes,
  })

  it.each<[object, object]>([
    [envelope('0', [algoRow()]), { outcome: 'accepted', algoId: '5', algoClOrdId: 's' }],
    [envelope('0', [algoRow({ algoId: '', sCode: '51279' })]), { ...refused('51279'), reasonId: 'okx-stop-side' }],
    [envelope('1', [algoRow({ algoId: '', algoClOrdId: '', sCode: '51000' })]), refused('51000')],
    [envelope('1', [algoRow({ sCode: '51065' })]), unknown('51065')],
  ])('%#', async (answer, expected) => {
    const { account } = accountOver(() => answer)
    expect(await account.placeAlgo(place)).toMatchObject(expected)
  })

  it('is told of cancels and amendments too', async () => {
    const { account, requests } = accountOver(() => [algoRow()])
    const key = { instId: 'I', algoId: '5' }
    expect(await account.cancelAlgos([key])).toMatchObject([{ outcome: 'accepted', algoId: '5' }])
    expect(await account.amendAlgo({ ...key, newSz: new Decimal(2) })).toMatchObject({ outcome: 'accepted' })
    expect(requests.map(({ path, body }) => [path, body])).toEqual([
      ['/api/v5/trade/cancel-algos', '[{"instId":"I","algoId":"5"}]'],
      ['/api/v5/trade/amend-algos', '{"instId":"I","algoId":"5","newSz":"2"}'],
    ])
  })
})
