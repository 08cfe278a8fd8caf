import { Decimal } from 'decimal.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Instrument } from '../domain/instrument.js'
import { orderSizeOf, roundToTick } from '../domain/trading/contracts.js'
import { type ExchangeOrder, type Fill, receivedOf } from '../domain/trading/exchangeOrder.js'
import type { LimitRequest, SpotMarketRequest, SwapMarketRequest } from '../domain/trading/orderRequest.js'
import { brokerTag } from '../okx/brokerTag.js'
import { algoClOrdIdOf, clOrdIdOf } from '../okx/clOrdId.js'
import type { OkxAccount } from '../okx/okxAccount.js'
import type { OkxPublic } from '../okx/okxClient.js'

/** An account of its own in futures and net mode, with at least 10,000 USDT and nothing else, and the market that it trades on. */
export interface ContractExchange {
  account: OkxAccount
  okx: OkxPublic
  /** Tells the ids of this run from those of others, where the exchange remembers. */
  run: string
  /** Lets what was asked for come about, where time does not pass by itself. */
  settle(): Promise<void>
  close(): Promise<void>
}

const spotId = 'BTC-USDT'
const swapId = 'BTC-USDT-SWAP'

/** What holds of an account over any server that speaks OKX's protocol: OKX's demo trading, or the simulator. */
export function okxAccountContract(name: string, open: () => Promise<ContractExchange>): void {
  describe(`an account over ${name}`, () => {
    let exchange: ContractExchange
    let account: OkxAccount
    let spot: Instrument
    let swap: Instrument
    const instrumentOf = async (instType: 'SPOT' | 'SWAP', instId: string) => {
      const found = (await exchange.okx.instruments(instType)).find((instrument) => instrument.instId === instId)
      if (!found) throw new Error(`${instId} is not listed`)
      return found
    }
    const idOf = (intent: string) => clOrdIdOf([exchange.run, intent])
    const algoIdOf = (intent: string) => algoClOrdIdOf([exchange.run, intent])

    beforeAll(async () => {
      exchange = await open()
      account = exchange.account
      spot = await instrumentOf('SPOT', spotId)
      swap = await instrumentOf('SWAP', swapId)
    })
    afterAll(() => exchange.close())

    const spotBuy = (intent: string, quote: string): SpotMarketRequest => ({
      instType: 'SPOT',
      instId: spotId,
      tdMode: 'cash',
      side: 'buy',
      ordType: 'market',
      tgtCcy: 'quote_ccy',
      sz: new Decimal(quote),
      clOrdId: idOf(intent),
    })
    const swapMarket = (intent: string, side: 'buy' | 'sell'): SwapMarketRequest => {
      const size = orderSizeOf(swap, { coins: new Decimal('0.01'), ordType: 'market' })
      if (size.kind === 'refusal') throw new Error(size.reason)
      const order = { instType: 'SWAP', instId: swapId, tdMode: 'cross', side, ordType: 'market' } as const
      return { ...order, sz: size.sz, clOrdId: idOf(intent) }
    }
    /** A buy far under the market, which rests. */
    const resting = async (intent: string): Promise<LimitRequest> => {
      const { last } = await exchange.okx.ticker(spotId)
      return {
        instType: 'SPOT',
        instId: spotId,
        tdMode: 'cash',
        side: 'buy',
        ordType: 'post_only',
        px: roundToTick(last.mul('0.9'), spot, 'down'),
        sz: spot.minSz.mul(10),
        clOrdId: idOf(intent),
      }
    }
    const read = async (intent: string, instId = spotId): Promise<ExchangeOrder> => {
      const order = await account.order({ instId, clOrdId: idOf(intent) })
      if (!order) throw new Error(`there is no order for ${intent}`)
      return order
    }
    const cash = async (ccy: string) =>
      (await account.balance()).details.find((detail) => detail.ccy === ccy)?.cashBal ?? new Decimal(0)

    it('tells its modes, its money and its fees', async () => {
      expect(await account.config()).toMatchObject({ acctLv: '2', posMode: 'net_mode' })
      expect((await cash('USDT')).gte(10_000)).toBe(true)
      for (const instrument of [spot, swap]) {
        const { maker, taker } = await account.feeRates(instrument)
        expect(taker.gte(maker) && taker.gt(0) && taker.lt('0.01')).toBe(true)
      }
      expect((await account.maxSize({ instId: swapId, tdMode: 'cross' })).maxBuy?.gt(0)).toBe(true)
    })

    it('buys spot for so much money, and gets less than it filled: the fee is taken in coin', async () => {
      const [before, money] = [await cash('BTC'), await cash('USDT')]
      const outcome = await account.place(spotBuy('spot', '1000'))
      expect(outcome).toMatchObject({ outcome: 'accepted', clOrdId: idOf('spot') })
      await exchange.settle()
      const order = await read('spot')
      expect(order).toMatchObject({ state: 'filled', feeCcy: 'BTC', tag: brokerTag, tgtCcy: 'quote_ccy' })
      expect(order.fee.lt(0)).toBe(true)
      const fills: Fill[] = []
      for await (const page of account.fills({ instType: 'SPOT', ordId: order.ordId, from: 'days' }))
        fills.push(...page)
      const sum = (of: (fill: Fill) => Decimal) => Decimal.sum(0, ...fills.map(of))
      expect(sum(({ fillSz }) => fillSz).eq(order.accFillSz)).toBe(true)
      const received = sum((fill) => receivedOf({ ...fill, sz: fill.fillSz, px: fill.fillPx, ...spot }).amount)
      expect((await cash('BTC')).minus(before).toFixed()).toBe(received.toFixed())
      const spent = sum(({ fillSz, fillPx }) => fillSz.mul(fillPx))
      expect(money.minus(await cash('USDT')).toFixed()).toBe(spent.toFixed())
      expect(spent.lte(1000) && spent.gt(990)).toBe(true)
    })

    it('opens a swap and closes all of it', async () => {
      await account.setLeverage({ instId: swapId, mgnMode: 'cross', lever: new Decimal(5) })
      expect(await account.place(swapMarket('open', 'sell'))).toMatchObject({ outcome: 'accepted' })
      await exchange.settle()
      const [position] = await account.positions({ instId: swapId })
      expect(position).toMatchObject({ posSide: 'net', mgnMode: 'cross' })
      expect(position.pos.toFixed()).toBe(swapMarket('open', 'sell').sz.neg().toFixed())
      const close = { instId: swapId, mgnMode: 'cross', clOrdId: idOf('close') } as const
      expect(await account.closePosition(close)).toEqual({ outcome: 'accepted', clOrdId: idOf('close') })
      await exchange.settle()
      expect(await account.positions({ instId: swapId })).toEqual([])
      expect(await account.closePosition({ ...close, clOrdId: idOf('close again') })).toMatchObject({
        outcome: 'refused',
        reasonId: 'okx-no-position',
      })
    })

    it('amends what rests, cancels it, and is told to look when it cancels once more', async () => {
      const order = await resting('rest')
      const key = { instId: spotId, clOrdId: order.clOrdId }
      expect(await account.place(order)).toMatchObject({ outcome: 'accepted' })
      expect((await account.pendingOrders({ instType: 'SPOT' })).map(({ clOrdId }) => clOrdId)).toContain(order.clOrdId)
      const newSz = order.sz.mul(2)
      expect(await account.amend({ ...key, newSz })).toMatchObject({ outcome: 'accepted' })
      await exchange.settle()
      expect((await read('rest')).sz.toFixed()).toBe(newSz.toFixed())
      expect(await account.cancel(key)).toMatchObject({ outcome: 'accepted' })
      await exchange.settle()
      expect(await read('rest')).toMatchObject({ state: 'canceled' })
      expect(await account.cancel(key)).toMatchObject({ outcome: 'unknown' })
      expect(await account.pendingOrders({ instType: 'SPOT' })).toEqual([])
    })

    it('says that an id which is live already may be an earlier send of the same', async () => {
      const order = await resting('twice')
      expect(await account.place(order)).toMatchObject({ outcome: 'accepted' })
      expect(await account.place(order)).toMatchObject({ outcome: 'unknown', code: '51016' })
      expect(await account.cancel({ instId: spotId, clOrdId: order.clOrdId })).toMatchObject({ outcome: 'accepted' })
    })

    it('tells of a batch one by one', async () => {
      const orders = [
        await resting('batch 1'),
        { ...(await resting('batch 2')), sz: new Decimal(1e6) },
        await resting('batch 3'),
      ]
      const outcomes = await account.placeBatch(orders)
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused', 'accepted'])
      const keys = orders.map(({ clOrdId }) => ({ instId: spotId, clOrdId }))
      const cancelled = await account.cancelBatch(keys)
      expect(cancelled.map(({ outcome }) => outcome)).toEqual(['accepted', 'unknown', 'accepted'])
    })

    it('refuses with a reason what it cannot do', async () => {
      expect(await account.place(spotBuy('too much', '900000'))).toMatchObject({
        outcome: 'refused',
        reasonId: 'okx-funds',
      })
      const crumb = { ...(await resting('too small')), sz: spot.lotSz }
      expect(await account.place(crumb)).toMatchObject({ outcome: 'refused', kind: 'refused' })
      const nothing = { ...spotBuy('no such', '10'), instId: 'NO-USDT' }
      expect(await account.place(nothing)).toMatchObject({ outcome: 'refused', reasonId: 'okx-instrument' })
    })

    it('knows no order of an id that was never sent', async () => {
      expect(await account.order({ instId: spotId, clOrdId: idOf('never') })).toBeNull()
      const query = { instId: swapId, instType: 'SWAP', ordType: 'conditional' } as const
      expect(await account.findAlgo({ ...query, algoClOrdId: algoIdOf('never') })).toBeNull()
    })

    it('holds a stop until it is called off, and finds it by our id all the while', async () => {
      expect(await account.place(swapMarket('stopped', 'buy'))).toMatchObject({ outcome: 'accepted' })
      await exchange.settle()
      const { last } = await exchange.okx.ticker(swapId)
      const key = { instId: swapId, instType: 'SWAP', ordType: 'conditional', algoClOrdId: algoIdOf('stop') } as const
      const outcome = await account.placeAlgo({
        ...key,
        tdMode: 'cross',
        side: 'sell',
        reduceOnly: true,
        size: { closeFraction: 'all' },
        stopLoss: { triggerPx: roundToTick(last.mul('0.8'), swap, 'down'), triggerPxType: 'mark' },
      })
      if (outcome.outcome !== 'accepted') throw new Error(`${outcome.code} ${outcome.message}`)
      expect(await account.findAlgo(key)).toMatchObject({ state: 'live', algoId: outcome.algoId, tag: brokerTag })
      const cancelled = await account.cancelAlgos([{ instId: swapId, algoId: outcome.algoId }])
      expect(cancelled).toMatchObject([{ outcome: 'accepted' }])
      await exchange.settle()
      expect(await account.findAlgo(key)).toMatchObject({ state: 'canceled' })
      await account.closePosition({ instId: swapId, mgnMode: 'cross', clOrdId: idOf('close stopped') })
    })

    it.each(['move_order_stop', 'oco'] as const)('takes a stop of the kind %s', async (ordType) => {
      expect(await account.place(swapMarket(`of ${ordType}`, 'buy'))).toMatchObject({ outcome: 'accepted' })
      await exchange.settle()
      const { last } = await exchange.okx.ticker(swapId)
      const at = (factor: string) => ({ triggerPx: roundToTick(last.mul(factor), swap, 'down') })
      const { sz } = swapMarket('', 'buy')
      const terms = { instType: 'SWAP', instId: swapId, tdMode: 'cross', side: 'sell', reduceOnly: true } as const
      const request = { ...terms, size: { sz }, algoClOrdId: algoIdOf(ordType) }
      const outcome =
        ordType === 'oco'
          ? await account.placeAlgo({ ...request, ordType, stopLoss: at('0.8'), takeProfit: at('1.2') })
          : await account.placeAlgo({ ...request, ordType, callback: { ratio: new Decimal('0.05') } })
      if (outcome.outcome !== 'accepted') throw new Error(`${outcome.code} ${outcome.message}`)
      const pending = await account.pendingAlgos({ ordType, instType: 'SWAP' })
      expect(pending.map(({ algoClOrdId }) => algoClOrdId)).toContain(algoIdOf(ordType))
      await account.cancelAlgos([{ instId: swapId, algoId: outcome.algoId }])
      await account.closePosition({ instId: swapId, mgnMode: 'cross', clOrdId: idOf(`close ${ordType}`) })
    })

    // Of swaps, the documents have triggers refused in net mode.
    it('takes a trigger of spot', async () => {
      const { last } = await exchange.okx.ticker(spotId)
      const key = { instId: spotId, instType: 'SPOT', ordType: 'trigger', algoClOrdId: algoIdOf('trigger') } as const
      const outcome = await account.placeAlgo({
        ...key,
        tdMode: 'cash',
        side: 'buy',
        size: { sz: spot.minSz.mul(10) },
        trigger: { triggerPx: roundToTick(last.mul('0.8'), spot, 'down') },
      })
      if (outcome.outcome !== 'accepted') throw new Error(`${outcome.code} ${outcome.message}`)
      expect(await account.findAlgo(key)).toMatchObject({ state: 'live', tag: brokerTag })
      const newSz = spot.minSz.mul(20)
      expect(await account.amendAlgo({ instId: spotId, algoId: outcome.algoId, newSz })).toMatchObject({
        outcome: 'accepted',
      })
      expect((await account.findAlgo(key))?.sz?.toFixed()).toBe(newSz.toFixed())
      await account.cancelAlgos([{ instId: spotId, algoId: outcome.algoId }])
    })

    it('has it all on record, newest first', async () => {
      await exchange.settle()
      const history: ExchangeOrder[] = []
      for await (const page of account.orderHistory({ instType: 'SPOT', from: 'week' })) history.push(...page)
      const intents = history.map(({ clOrdId }) => clOrdId)
      expect(intents).toEqual(expect.arrayContaining([idOf('spot'), idOf('rest')]))
      const times = history.map(({ cTime }) => cTime)
      expect(times).toEqual(times.toSorted((a, b) => b - a))
    })

    it('arms a dead-man switch and disarms it', async () => {
      expect(await account.cancelAllAfter(60)).toBeGreaterThan(0)
      expect(await account.cancelAllAfter(0)).toBeNull()
    })
  })
}
