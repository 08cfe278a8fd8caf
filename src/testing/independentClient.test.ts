import type { RestClient } from 'okx-api'
import { describe, expect, it } from 'vitest'
import { playKey } from '../simulator/keys.js'
import { refusal, startIndependent, startTs } from './independentClient.js'

const spot = { instId: 'BTC-USDT', tdMode: 'cash' } as const
const swap = { instId: 'BTC-USDT-SWAP', tdMode: 'cross' } as const
const hourMs = 3_600_000

/** A price in whole USDT, so many parts of the last one. */
async function priceAt(rest: RestClient, instId: string, part: number): Promise<string> {
  const [{ last }] = await rest.getTicker({ instId })
  return (Number(last) * part).toFixed(0)
}

describe('another client than ours reads', () => {
  it('time, instruments, prices and funding', async () => {
    const { rest } = await startIndependent()
    expect(await rest.getServerTime()).toBe(startTs)
    const [instrument] = await rest.getInstruments({ instType: 'SWAP', instId: 'BTC-USDT-SWAP' })
    expect(instrument).toMatchObject({ ctVal: '0.01', ctValCcy: 'BTC', lotSz: '0.01', tickSz: '0.1', state: 'live' })
    expect(await rest.getInstruments({ instType: 'SPOT' })).toHaveLength(4)
    expect(await rest.getAccountInstruments({ instType: 'SWAP', instId: 'BTC-USDT-SWAP' })).toEqual([instrument])
    const [ticker] = await rest.getTicker({ instId: 'BTC-USDT-SWAP' })
    const [book] = await rest.getOrderBook({ instId: 'BTC-USDT-SWAP', sz: '5' })
    expect([book.bids[0][0], book.asks[0][0]].map(Number)).toEqual([ticker.bidPx, ticker.askPx].map(Number))
    const [funding] = await rest.getFundingRate({ instId: 'BTC-USDT-SWAP' })
    expect(Number(funding.fundingTime) % (8 * hourMs)).toBe(0)
  })

  it('candles, newest first, the first one forming, and older pages', async () => {
    const { rest } = await startIndependent()
    const ask = { instId: 'BTC-USDT', bar: '1H', limit: '3' }
    const candles = await rest.getCandles(ask)
    const hours = [10, 9, 8].map((hour) => String(Date.UTC(2025, 2, 3, hour)))
    expect(candles.map(([ts]) => ts)).toEqual(hours)
    expect(candles.map((candle) => candle[8])).toEqual(['0', '1', '1'])
    expect(await rest.getHistoricCandles({ ...ask, after: hours[0], limit: '2' })).toEqual(candles.slice(1))
    const [ticker] = await rest.getTicker({ instId: 'BTC-USDT' })
    expect(ticker.last).toBe(candles[0][4])
  })

  it('the account: configuration, balance, fees, leverage, sizes', async () => {
    const { rest } = await startIndependent()
    const [config] = await rest.getAccountConfiguration()
    expect(config).toMatchObject({ uid: '1', acctLv: '2', posMode: 'net_mode', perm: 'read_only,trade' })
    const [{ details }] = await rest.getBalance({ ccy: 'BTC,USDT' })
    expect(details.map(({ ccy, availBal }) => [ccy, availBal])).toEqual([
      ['USDT', '100000'],
      ['BTC', '1'],
    ])
    const [fees] = await rest.getFeeRates({ instType: 'SWAP', instFamily: 'BTC-USDT' })
    expect(fees.feeGroup).toMatchObject([{ maker: '-0.0002', taker: '-0.0005' }])
    expect(await rest.getPositions()).toEqual([])

    const most = async () => (await rest.getMaxBuySellAmount(swap))[0]
    await rest.setLeverage({ instId: swap.instId, mgnMode: 'cross', lever: '2' })
    const { maxBuy } = await most()
    await rest.setLeverage({ instId: swap.instId, mgnMode: 'cross', lever: '4' })
    expect(Number((await most()).maxBuy) / Number(maxBuy)).toBeCloseTo(2, 2)
    expect(await rest.getLeverage({ instId: swap.instId, mgnMode: 'cross' })).toMatchObject([{ lever: '4' }])
  })
})

describe('another client than ours trades', () => {
  it('at market: spot by what it pays, swaps by contracts', async () => {
    const { rest } = await startIndependent()
    await rest.submitOrder({ ...spot, side: 'buy', ordType: 'market', sz: '1000', clOrdId: 'spot1' })
    const [bought] = await rest.getOrderDetails({ instId: spot.instId, clOrdId: 'spot1' })
    expect(bought).toMatchObject({ state: 'filled', sz: '1000', tgtCcy: 'quote_ccy', feeCcy: 'BTC' })
    expect(Number(bought.fee)).toBeCloseTo(-0.001 * Number(bought.accFillSz), 12)
    expect(Number(bought.accFillSz) * Number(bought.avgPx)).toBeCloseTo(1000, 0)

    const [{ ordId, tag }] = await rest.submitOrder({ ...swap, side: 'sell', ordType: 'market', sz: '10' })
    const [sold] = await rest.getOrderDetails({ instId: swap.instId, ordId })
    expect(sold).toMatchObject({ state: 'filled', accFillSz: '10', feeCcy: 'USDT', tag })
    const [position] = await rest.getPositions({ instType: 'SWAP' })
    expect(position).toMatchObject({
      instId: swap.instId,
      pos: '-10',
      avgPx: sold.avgPx,
      mgnMode: 'cross',
      posSide: 'net',
    })
    const [{ details }] = await rest.getBalance({ ccy: 'USDT' })
    expect(Number(details[0].cashBal)).toBeCloseTo(
      100_000 - Number(bought.accFillSz) * Number(bought.avgPx) + Number(sold.fee),
      6,
    )
  })

  it('with a limit that waits, is changed, filled in part and cancelled', async () => {
    const { rest, simulator } = await startIndependent()
    const px = await priceAt(rest, swap.instId, 0.99)
    await rest.submitOrder({ ...swap, side: 'buy', ordType: 'post_only', sz: '5', px, clOrdId: 'rest1' })
    expect(await rest.getOrderList({ instType: 'SWAP', ordType: 'post_only' })).toMatchObject([
      { clOrdId: 'rest1', state: 'live', px },
    ])
    const newPx = String(Number(px) + 1)
    expect(
      await rest.amendOrder({ instId: swap.instId, clOrdId: 'rest1', newPx, newSz: '6', reqId: 'r1' }),
    ).toMatchObject([{ reqId: 'r1', sCode: '0' }])
    simulator.faults.fillPart('1', 'rest1', '2')
    const read = async () => (await rest.getOrderDetails({ instId: swap.instId, clOrdId: 'rest1' }))[0]
    expect(await read()).toMatchObject({ state: 'partially_filled', px: newPx, sz: '6', accFillSz: '2', avgPx: newPx })
    expect(await rest.cancelOrder({ instId: swap.instId, clOrdId: 'rest1' })).toMatchObject([{ sCode: '0' }])
    expect(await read()).toMatchObject({ state: 'canceled', accFillSz: '2' })
    expect(await refusal(rest.cancelOrder({ instId: swap.instId, clOrdId: 'rest1' }))).toMatchObject({
      code: '1',
      data: [{ sCode: '51400' }],
    })
    expect(await rest.getOrderList()).toEqual([])
  })

  it('as a maker, once the price has come there', async () => {
    const { rest, pass } = await startIndependent()
    const [{ bidPx }] = await rest.getTicker({ instId: spot.instId })
    await rest.submitOrder({ ...spot, side: 'buy', ordType: 'limit', sz: '0.01', px: bidPx, clOrdId: 'maker1' })
    pass(hourMs)
    const [order] = await rest.getOrderDetails({ instId: spot.instId, clOrdId: 'maker1' })
    expect(order).toMatchObject({ state: 'filled', avgPx: bidPx, fee: '-0.000008' })
    expect(await rest.getFills({ ordId: order.ordId })).toMatchObject([{ execType: 'M', fillPx: bidPx }])
  })

  it('in batches, each order for itself', async () => {
    const { rest } = await startIndependent()
    const px = await priceAt(rest, spot.instId, 0.95)
    const order = { ...spot, side: 'buy', ordType: 'limit', sz: '0.01', px } as const
    const placed = await rest.submitMultipleOrders([
      { ...order, clOrdId: 'b1' },
      { ...order, clOrdId: 'b2' },
    ])
    expect(placed.map(({ clOrdId, sCode }) => [clOrdId, sCode])).toEqual([
      ['b1', '0'],
      ['b2', '0'],
    ])
    expect(
      await refusal(
        rest.submitMultipleOrders([
          { ...order, clOrdId: 'b3' },
          { ...order, px: '1.23' },
        ]),
      ),
    ).toMatchObject({ code: '2', data: [{ clOrdId: 'b3', sCode: '0' }, { sCode: '51000' }] })
    const amends = ['b1', 'b2'].map((clOrdId) => ({ instId: spot.instId, clOrdId, newSz: '0.02' }))
    expect(await rest.amendMultipleOrders(amends)).toMatchObject([{ sCode: '0' }, { sCode: '0' }])
    const cancels = ['b1', 'b2', 'b3'].map((clOrdId) => ({ instId: spot.instId, clOrdId }))
    expect(await rest.cancelMultipleOrders(cancels)).toMatchObject(Array(3).fill({ sCode: '0' }))
    expect(await rest.getOrderHistory({ instType: 'SPOT', state: 'canceled' })).toMatchObject([
      { clOrdId: 'b3', sz: '0.01' },
      { clOrdId: 'b2', sz: '0.02' },
      { clOrdId: 'b1', sz: '0.02' },
    ])
  })

  it('in long/short mode, and closes what it holds', async () => {
    const { rest } = await startIndependent()
    expect(await rest.setPositionMode({ posMode: 'long_short_mode' })).toEqual([{ posMode: 'long_short_mode' }])
    const market = { instId: swap.instId, ordType: 'market', sz: '3' } as const
    await rest.setLeverage({ instId: swap.instId, mgnMode: 'isolated', posSide: 'short', lever: '5' })
    await rest.submitOrder({ ...market, tdMode: 'cross', side: 'buy', posSide: 'long' })
    await rest.submitOrder({ ...market, tdMode: 'isolated', side: 'sell', posSide: 'short' })
    const positions = await rest.getPositions({ instId: swap.instId })
    expect(positions.map(({ mgnMode, posSide, pos }) => [mgnMode, posSide, pos])).toEqual([
      ['cross', 'long', '3'],
      ['isolated', 'short', '3'],
    ])
    expect((await refusal(rest.setPositionMode({ posMode: 'net_mode' }))).code).toBe('59000')
    for (const { mgnMode, posSide } of positions) {
      expect(await rest.closePositions({ instId: swap.instId, mgnMode, posSide })).toMatchObject([{ posSide }])
    }
    expect(await rest.getPositions()).toEqual([])
  })

  it('and pages through its history and fills', async () => {
    const { rest, pass } = await startIndependent()
    for (const clOrdId of ['h1', 'h2', 'h3']) {
      await rest.submitOrder({ ...swap, side: 'buy', ordType: 'market', sz: '1', clOrdId })
      pass(1000)
    }
    const first = await rest.getOrderHistory({ instType: 'SWAP', limit: '2' })
    expect(first.map(({ clOrdId }) => clOrdId)).toEqual(['h3', 'h2'])
    const second = await rest.getOrderHistoryArchive({ instType: 'SWAP', limit: '2', after: first[1].ordId })
    expect(second.map(({ clOrdId }) => clOrdId)).toEqual(['h1'])
    const [newest, ...older] = await rest.getFills({ instType: 'SWAP' })
    expect(newest).toMatchObject({ clOrdId: 'h3', execType: 'T', feeCcy: 'USDT', ts: String(startTs + 2000) })
    expect(await rest.getFillsHistory({ instType: 'SWAP', after: newest.billId })).toEqual(older)
  })

  it('and is told why not', async () => {
    const { rest } = await startIndependent()
    const order = { ...swap, side: 'buy', ordType: 'market', sz: '1' } as const
    const sCode = async (change: object) => {
      const { code, data } = await refusal(rest.submitOrder({ ...order, ...change }))
      expect(code).toBe('1')
      return data
    }
    expect(await sCode({ sz: '0.001' })).toMatchObject([{ sCode: '51020' }])
    expect(await sCode({ sz: '0.015' })).toMatchObject([{ sCode: '51121' }])
    expect(await sCode({ sz: '2000' })).toMatchObject([{ sCode: '51008' }])
    expect(await sCode({ instId: 'NO-USDT-SWAP' })).toMatchObject([{ sCode: '51001' }])
    expect(await sCode({ clOrdId: 'a-b' })).toMatchObject([{ sCode: '51000' }])
    expect((await refusal(rest.getOrderDetails({ instId: swap.instId, clOrdId: 'nobody' }))).code).toBe('51603')
  })

  it('and has its orders cancelled once it is no more heard of', async () => {
    const { rest, pass } = await startIndependent()
    const px = await priceAt(rest, spot.instId, 0.95)
    await rest.submitOrder({ ...spot, side: 'buy', ordType: 'limit', sz: '0.01', px })
    const [{ triggerTime }] = await rest.cancelAllAfter({ timeOut: '10' })
    expect(triggerTime).toBe(String(startTs + 10_000))
    pass(9999)
    expect(await rest.getOrderList()).toHaveLength(1)
    pass(1)
    expect(await rest.getOrderList()).toEqual([])
  })
})

describe('another client than ours is refused', () => {
  it.each([
    ['a secret that is not the key’s', { secretKey: 'X'.repeat(32) }, '50113'],
    ['another passphrase', { passphrase: 'guess' }, '50105'],
    ['a key of nobody', { apiKey: playKey('other', '1').apiKey }, '50119'],
  ])('with %s', async (_what, departures, code) => {
    const { restWith } = await startIndependent()
    expect((await refusal(restWith(departures).getBalance())).code).toBe(code)
    expect((await refusal(restWith(departures).getAccountInstruments({ instType: 'SPOT' }))).code).toBe(code)
    expect((await refusal(restWith(departures).cancelAllAfter({ timeOut: '0' }))).code).toBe(code)
  })

  it('with a key that may only read, when it trades', async () => {
    const { restWith } = await startIndependent()
    const reader = restWith(playKey('independent', 'reader'))
    expect(await reader.getBalance()).toHaveLength(1)
    const order = { ...spot, side: 'buy', ordType: 'market', sz: '10' } as const
    expect((await refusal(reader.submitOrder(order))).code).toBe('50120')
  })

  it('with a clock that is 31 s behind', async () => {
    const { rest, simulator } = await startIndependent()
    simulator.faults.skewClock(31_000)
    expect((await refusal(rest.getBalance())).code).toBe('50102')
    // What it would have to go by.
    expect(await rest.getServerTime()).toBe(startTs + 31_000)
  })
})
