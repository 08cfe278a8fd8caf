import { Decimal } from 'decimal.js'
import { describe, expect, test } from 'vitest'
import type { Instrument } from '../domain/instrument.js'
import type { LimitRequest, SpotMarketRequest, SwapMarketRequest } from '../domain/trading/orderRequest.js'
import type { PosMode } from '../domain/trading/tradeMode.js'
import { brokerTag } from '../okx/brokerTag.js'
import { algoClOrdIdOf, clOrdIdOf } from '../okx/clOrdId.js'
import type { OkxAccount } from '../okx/okxAccount.js'
import { allOf } from '../okx/pages.js'

/** An account in futures mode with 10,000 USDT and nothing else, at some exchange. */
export interface ContractHouse {
  account: OkxAccount
  /** BTC-USDT and BTC-USDT-SWAP. */
  spot: Instrument
  swap: Instrument
  /** The last price of both, about. */
  px: Decimal
  /** The exchange's time, epoch ms. */
  now: number
  /** The connection ends with the next order: before it was carried out, or after. */
  cutNextOrder(when: 'before' | 'after'): void
  /** The same account with a passphrase that is wrong. */
  stranger: OkxAccount
  /** Throws where the exchange has seen other calls than it should. */
  end(): Promise<void>
}

/** Each has an account of its own. */
export const facts = [
  'settings',
  'balance',
  'fees',
  'maxSizes',
  'leverage',
  'sidedLeverage',
  'posMode',
  'posModeRefused',
  'spotBuy',
  'netPosition',
  'sides',
  'resting',
  'batch',
  'refusals',
  'cutAfter',
  'cutBefore',
  'twice',
  'attached',
  'stop',
  'oco',
  'trailing',
  'deadMan',
  'stranger',
] as const
export type Fact = (typeof facts)[number]
export type OpenHouse = (fact: Fact, posMode: PosMode) => Promise<ContractHouse>

export const orderIdOf = (fact: Fact, nth = 0) => clOrdIdOf(['contract', fact, nth])
export const algoIdOf = (fact: Fact, nth = 0) => algoClOrdIdOf(['contract', fact, nth])

/** What holds of an account client, whatever exchange is behind it. */
export function okxAccountContract(name: string, open: OpenHouse): void {
  const fact = (
    what: string,
    id: Fact,
    check: (house: ContractHouse) => Promise<void>,
    posMode: PosMode = 'net_mode',
  ) =>
    test(what, async () => {
      const house = await open(id, posMode)
      await check(house)
      await house.end()
    })

  const swapMarket = (id: Fact, changes: Partial<SwapMarketRequest> = {}): SwapMarketRequest => ({
    instType: 'SWAP',
    instId: 'BTC-USDT-SWAP',
    tdMode: 'cross',
    side: 'buy',
    ordType: 'market',
    sz: new Decimal(1),
    clOrdId: orderIdOf(id),
    ...changes,
  })
  const spotBuy = (id: Fact): SpotMarketRequest => ({
    instType: 'SPOT',
    instId: 'BTC-USDT',
    tdMode: 'cash',
    side: 'buy',
    ordType: 'market',
    tgtCcy: 'quote_ccy',
    sz: new Decimal(100),
    clOrdId: orderIdOf(id),
  })
  /** Waits two percent below the price. */
  const spotLimit = (id: Fact, { px }: ContractHouse, changes: Partial<LimitRequest> = {}): LimitRequest => ({
    instType: 'SPOT',
    instId: 'BTC-USDT',
    tdMode: 'cash',
    side: 'buy',
    ordType: 'limit',
    sz: new Decimal('0.01'),
    px: px.times('0.98').toDecimalPlaces(1),
    clOrdId: orderIdOf(id),
    ...changes,
  })
  const keyOf = ({ instId, clOrdId }: { instId: string; clOrdId: string }) => ({ instId, clOrdId })

  describe(`an account (${name})`, () => {
    fact('tells its modes and what its key may do', 'settings', async ({ account }) => {
      const config = await account.config()
      expect(config).toMatchObject({ acctLv: '2', posMode: 'net_mode' })
      expect(config.perm).toEqual(['read_only', 'trade'])
      expect(config.uid).toMatch(/^\d+$/)
      expect(config.level).toMatch(/^Lv\d/)
    })

    fact('tells its money, each currency once', 'balance', async ({ account }) => {
      const { details, totalEq, uTime } = await account.balance()
      expect(details.map(({ ccy }) => ccy)).toEqual(['USDT'])
      const [{ eq, cashBal, availBal, frozenBal, upl }] = details
      expect([eq, cashBal, availBal].map(String)).toEqual(Array(3).fill('10000'))
      expect([frozenBal, upl].map((amount) => amount?.toNumber())).toEqual([0, 0])
      expect(totalEq?.toNumber()).toBeCloseTo(10_000, -2)
      expect(uTime).toBeGreaterThan(0)
    })

    fact('tells its fees as what one pays', 'fees', async ({ account, spot, swap }) => {
      const [ofSpot, ofSwap] = [await account.feeRates(spot), await account.feeRates(swap)]
      expect([ofSpot.maker, ofSpot.taker].map(String)).toEqual(['0.0008', '0.001'])
      expect([ofSwap.maker, ofSwap.taker].map(String)).toEqual(['0.0002', '0.0005'])
    })

    fact('tells what can be ordered at most', 'maxSizes', async ({ account, spot, swap, px }) => {
      const ofSpot = await account.maxSize({ instId: spot.instId, tdMode: 'cash' })
      expect(ofSpot.maxBuy?.times(px).toNumber()).toBeCloseTo(10_000, -2)
      expect(ofSpot.maxSell?.toNumber()).toBe(0)
      const { maxBuy } = await account.maxSize({ instId: swap.instId, tdMode: 'cross' })
      const coins = maxBuy?.times(swap.ctVal ?? 0)
      // Three times as much as there is, less some reserve.
      expect(coins?.times(px).toNumber()).toBeGreaterThan(25_000)
      expect(coins?.times(px).toNumber()).toBeLessThan(30_000)
    })

    fact('takes a leverage', 'leverage', async ({ account, swap }) => {
      const [{ lever, mgnMode, instId }] = await account.setLeverage({
        instId: swap.instId,
        mgnMode: 'cross',
        lever: new Decimal(5),
      })
      expect([lever.toNumber(), mgnMode, instId]).toEqual([5, 'cross', 'BTC-USDT-SWAP'])
    })

    const isolated = { mgnMode: 'isolated', posSide: 'short' } as const
    fact(
      'takes a leverage for each side of isolated margin',
      'sidedLeverage',
      async ({ account, swap }) => {
        const told = await account.setLeverage({ instId: swap.instId, ...isolated, lever: new Decimal(7) })
        expect(told).toHaveLength(1)
        expect(told).toMatchObject([isolated])
        expect(told[0].lever.toNumber()).toBe(7)
      },
      'long_short_mode',
    )

    fact('takes another position mode', 'posMode', async ({ account }) => {
      await account.setPositionMode('long_short_mode')
      expect(await account.config()).toMatchObject({ posMode: 'long_short_mode' })
    })

    fact('keeps its position mode while something is held', 'posModeRefused', async ({ account }) => {
      expect(await account.place(swapMarket('posModeRefused'))).toMatchObject({ outcome: 'accepted' })
      const change = account.setPositionMode('long_short_mode')
      await expect(change).rejects.toMatchObject({ kind: 'refused', code: '59000', reasonId: 'okx-settings-blocked' })
    })

    fact('is closed to a key that is not its own, and says why', 'stranger', async ({ stranger }) => {
      const mend = { kind: 'config', code: '50105', reasonId: 'okx-passphrase' }
      expect(await stranger.place(swapMarket('stranger'))).toMatchObject({ outcome: 'refused', ...mend })
      await expect(stranger.balance()).rejects.toMatchObject(mend)
    })

    fact('has a dead-man switch', 'deadMan', async ({ account, now }) => {
      expect(await account.cancelAllAfter(60)).toBe(now + 60_000)
      expect(await account.cancelAllAfter(0)).toBeNull()
    })
  })

  describe(`an order (${name})`, () => {
    fact('of spot at market is filled, its fee taken from the coins', 'spotBuy', async ({ account, px }) => {
      const request = spotBuy('spotBuy')
      const outcome = await account.place(request)
      expect(outcome).toMatchObject({ outcome: 'accepted', clOrdId: request.clOrdId })
      if (outcome.outcome !== 'accepted') return
      const order = await account.order({ instId: request.instId, ordId: outcome.ordId })
      expect(await account.order(keyOf(request))).toEqual(order)
      expect(order).toMatchObject({ state: 'filled', tgtCcy: 'quote_ccy', tag: brokerTag, px: null, feeCcy: 'BTC' })
      expect(order?.avgPx?.div(px).toNumber()).toBeCloseTo(1, 2)
      expect(order?.accFillSz.times(order.avgPx ?? 0).toNumber()).toBeCloseTo(100, 0)
      expect(order?.fee.div(order.accFillSz).toNumber()).toBeCloseTo(-0.001, 6)
      const fills = await allOf(account.fills({ instType: 'SPOT', ordId: outcome.ordId, from: 'days' }))
      const sum = (field: 'fillSz' | 'fee') => Decimal.sum(...fills.map((fill) => fill[field])).toFixed()
      expect([sum('fillSz'), sum('fee')]).toEqual([order?.accFillSz.toFixed(), order?.fee.toFixed()])
      const ofIt = { clOrdId: request.clOrdId, tag: brokerTag, liquidity: 'taker', feeCcy: 'BTC' }
      for (const fill of fills) expect(fill).toMatchObject(ofIt)
    })

    fact('of a swap opens a position, which one call closes', 'netPosition', async ({ account, px }) => {
      await account.place(swapMarket('netPosition', { side: 'sell' }))
      const [position, ...others] = await account.positions({ instId: 'BTC-USDT-SWAP' })
      expect(others).toEqual([])
      expect(position).toMatchObject({ posSide: 'net', mgnMode: 'cross', instType: 'SWAP', margin: null })
      expect([position.pos.toNumber(), position.lever?.toNumber()]).toEqual([-1, 3])
      expect(position.avgPx?.div(px).toNumber()).toBeCloseTo(1, 2)
      expect(position.fee?.toNumber()).toBeLessThan(0)
      const close = { instId: 'BTC-USDT-SWAP', clOrdId: orderIdOf('netPosition', 1) }
      expect(await account.closePosition({ ...close, mgnMode: 'cross' })).toEqual({
        outcome: 'accepted',
        clOrdId: close.clOrdId,
      })
      const order = await account.order(close)
      expect(order).toMatchObject({ state: 'filled', side: 'buy', ordType: 'market', tag: brokerTag, feeCcy: 'USDT' })
      expect([order?.accFillSz.toNumber(), order?.pnl?.isZero()]).toEqual([1, false])
      expect(await account.positions()).toEqual([])
      const nothing = await account.closePosition({ ...close, clOrdId: orderIdOf('netPosition', 2), mgnMode: 'cross' })
      expect(nothing).toMatchObject({ outcome: 'refused', code: '51023', reasonId: 'okx-no-position' })
    })

    fact(
      'in long/short mode has a side of its own',
      'sides',
      async ({ account }) => {
        const short = { posSide: 'short' } as const
        await account.place(swapMarket('sides', { ...short, side: 'sell' }))
        const [position] = await account.positions({ instType: 'SWAP' })
        expect([position.posSide, position.pos.toNumber()]).toEqual(['short', -1])
        const close = swapMarket('sides', { ...short, clOrdId: orderIdOf('sides', 1) })
        expect(await account.place(close)).toMatchObject({ outcome: 'accepted' })
        expect(await account.positions()).toEqual([])
        const more = await account.place({ ...close, clOrdId: orderIdOf('sides', 2) })
        expect(more).toMatchObject({ outcome: 'refused', code: '51169', reasonId: 'okx-no-position' })
      },
      'long_short_mode',
    )

    fact('that waits can be amended and cancelled, once', 'resting', async (house) => {
      const { account } = house
      const request = spotLimit('resting', house)
      const key = keyOf(request)
      expect(await account.place(request)).toMatchObject({ outcome: 'accepted' })
      const [waiting, ...others] = await account.pendingOrders({ instType: 'SPOT' })
      expect(others).toEqual([])
      expect(waiting).toMatchObject({ ...key, state: 'live', avgPx: null, tag: brokerTag, ordType: 'limit' })
      expect([waiting.px, waiting.sz, waiting.accFillSz].map(String)).toEqual([String(request.px), '0.01', '0'])
      const newPx = request.px.minus(100)
      expect(await account.amend({ ...key, newPx, newSz: new Decimal('0.02') })).toMatchObject({ outcome: 'accepted' })
      const amended = await account.order(key)
      expect([amended?.px, amended?.sz, amended?.ordId].map(String)).toEqual([String(newPx), '0.02', waiting.ordId])
      expect(await account.cancel(key)).toEqual({ outcome: 'accepted', ordId: waiting.ordId, clOrdId: key.clOrdId })
      expect(await account.order(key)).toMatchObject({ state: 'canceled', cancelSource: '1' })
      expect(await account.pendingOrders()).toEqual([])
      const past = await allOf(account.orderHistory({ instType: 'SPOT', from: 'week' }))
      expect(past.map(({ ordId, state }) => [ordId, state])).toEqual([[waiting.ordId, 'canceled']])
      // Whether it was filled or cancelled, the answer does not tell.
      expect(await account.cancel(key)).toMatchObject({ outcome: 'unknown', code: '51400' })
      const late = { outcome: 'refused', code: '51509', reasonId: 'okx-order-over' }
      expect(await account.amend({ ...key, newPx })).toMatchObject(late)
    })

    fact('of a batch has an outcome of its own', 'batch', async (house) => {
      const { account } = house
      const requests = [
        spotLimit('batch', house),
        spotLimit('batch', house, { clOrdId: orderIdOf('batch', 1), sz: new Decimal(10) }),
        spotLimit('batch', house, { clOrdId: orderIdOf('batch', 2) }),
      ]
      const outcomes = await account.placeBatch(requests)
      expect(outcomes).toMatchObject([
        { outcome: 'accepted', clOrdId: requests[0].clOrdId },
        { outcome: 'refused', kind: 'refused', code: '51008', reasonId: 'okx-funds' },
        { outcome: 'accepted', clOrdId: requests[2].clOrdId },
      ])
      expect(await account.order(keyOf(requests[1]))).toBeNull()
      expect(await account.cancelBatch(requests.map(keyOf))).toMatchObject([
        { outcome: 'accepted', clOrdId: requests[0].clOrdId },
        { outcome: 'unknown', code: '51400' },
        { outcome: 'accepted', clOrdId: requests[2].clOrdId },
      ])
    })

    fact('that is refused says why', 'refusals', async (house) => {
      const { account } = house
      const asked = async (changes: Partial<LimitRequest>) => account.place(spotLimit('refusals', house, changes))
      const refused = (code: string, reasonId: string) => ({ outcome: 'refused', kind: 'refused', code, reasonId })
      expect(await asked({ sz: new Decimal(10) })).toMatchObject(refused('51008', 'okx-funds'))
      expect(await asked({ instId: 'NO-USDT' })).toMatchObject(refused('51001', 'okx-instrument'))
      expect(await asked({ sz: new Decimal('0.000001') })).toMatchObject(refused('51020', 'okx-too-small'))
      expect(await asked({ px: house.px.times(2).toDecimalPlaces(1) })).toMatchObject(
        refused('51006', 'okx-price-limit'),
      )
      expect(await account.order(keyOf(spotLimit('refusals', house)))).toBeNull()
    })

    fact('whose answer is lost is found by its id', 'cutAfter', async ({ account, cutNextOrder }) => {
      cutNextOrder('after')
      const request = spotBuy('cutAfter')
      expect(await account.place(request)).toMatchObject({ outcome: 'unknown', reasonId: 'okx-outcome-unknown' })
      expect(await account.order(keyOf(request))).toMatchObject({ clOrdId: request.clOrdId, state: 'filled' })
    })

    fact('that never arrived is not found', 'cutBefore', async ({ account, cutNextOrder }) => {
      cutNextOrder('before')
      const request = spotBuy('cutBefore')
      expect(await account.place(request)).toMatchObject({ outcome: 'unknown', reasonId: 'okx-outcome-unknown' })
      expect(await account.order(keyOf(request))).toBeNull()
    })

    fact('is not taken twice while it waits', 'twice', async (house) => {
      const { account } = house
      const request = spotLimit('twice', house)
      const first = await account.place(request)
      expect(first).toMatchObject({ outcome: 'accepted' })
      // The same id is the same intent: one of the two has arrived.
      expect(await account.place(request)).toMatchObject({ outcome: 'unknown', code: '51016' })
      const pending = await account.pendingOrders()
      expect(pending.map(({ ordId }) => ordId)).toEqual(first.outcome === 'accepted' ? [first.ordId] : [])
    })

    fact('carries a stop and a target', 'attached', async (house) => {
      const { account, px } = house
      const [tp, sl] = [px.times('1.1').toDecimalPlaces(1), px.times('0.9').toDecimalPlaces(1)]
      const attachAlgoClOrdId = algoIdOf('attached')
      const attached = [{ attachAlgoClOrdId, takeProfit: { triggerPx: tp }, stopLoss: { triggerPx: sl } }]
      const request = spotLimit('attached', house, { attached })
      expect(await account.place(request)).toMatchObject({ outcome: 'accepted' })
      const order = await account.order(keyOf(request))
      expect(order?.attached).toMatchObject([{ attachAlgoClOrdId, failCode: '' }])
      const [{ tpTriggerPx, tpOrdPx, slTriggerPx, slOrdPx }] = order?.attached ?? []
      expect([tpTriggerPx, tpOrdPx, slTriggerPx, slOrdPx].map(String)).toEqual([String(tp), '-1', String(sl), '-1'])
    })
  })

  describe(`an algo order (${name})`, () => {
    const instId = 'BTC-USDT-SWAP'
    const swapSale = { instType: 'SWAP', instId, tdMode: 'cross', side: 'sell' } as const
    const ofIt = <OrdType extends 'conditional' | 'oco' | 'move_order_stop'>(id: Fact, ordType: OrdType) =>
      ({ algoClOrdId: algoIdOf(id), instId, instType: 'SWAP', ordType }) as const

    fact('waits, is amended and is cancelled', 'stop', async ({ account, px }) => {
      const [low, lower] = ['0.9', '0.8'].map((part) => px.times(part).toDecimalPlaces(1))
      const key = ofIt('stop', 'conditional')
      const size = { sz: new Decimal(1) }
      const placed = await account.placeAlgo({ ...swapSale, ...key, size, stopLoss: { triggerPx: low } })
      expect(placed).toMatchObject({ outcome: 'accepted', algoClOrdId: key.algoClOrdId })
      const waiting = await account.findAlgo(key)
      expect(waiting).toMatchObject({ state: 'live', side: 'sell', tag: brokerTag, ordId: '', triggerTime: null })
      expect([waiting?.sz, waiting?.slTriggerPx, waiting?.slOrdPx, waiting?.tpTriggerPx].map(String)).toEqual([
        '1',
        String(low),
        '-1',
        'null',
      ])
      const algoId = waiting?.algoId ?? ''
      expect(await account.amendAlgo({ instId, algoId, stopLoss: { triggerPx: lower } })).toMatchObject({
        outcome: 'accepted',
      })
      const pending = await account.pendingAlgos({ ordType: 'conditional', instId })
      expect(pending.map((algo) => [algo.algoId, String(algo.slTriggerPx)])).toEqual([[algoId, String(lower)]])
      expect(await account.cancelAlgos([{ instId, algoId }])).toMatchObject([{ outcome: 'accepted', algoId }])
      expect(await account.pendingAlgos({ ordType: 'conditional' })).toEqual([])
      expect(await account.findAlgo(key)).toMatchObject({ algoId, state: 'canceled' })
    })

    fact('is a stop and a target in one', 'oco', async ({ account, px }) => {
      const [stop, target] = ['0.9', '1.1'].map((part) => px.times(part).toDecimalPlaces(1))
      const key = ofIt('oco', 'oco')
      const legs = { stopLoss: { triggerPx: stop }, takeProfit: { triggerPx: target, ordPx: target } }
      await account.placeAlgo({ ...swapSale, ...key, size: { sz: new Decimal(1) }, ...legs })
      const algo = await account.findAlgo(key)
      expect([algo?.slTriggerPx, algo?.slOrdPx, algo?.tpTriggerPx, algo?.tpOrdPx].map(String)).toEqual([
        String(stop),
        '-1',
        String(target),
        String(target),
      ])
      expect(await account.findAlgo({ ...key, algoClOrdId: algoIdOf('oco', 1) })).toBeNull()
    })

    fact('trails the price', 'trailing', async ({ account }) => {
      const key = ofIt('trailing', 'move_order_stop')
      const callback = { ratio: new Decimal('0.05') }
      await account.placeAlgo({ ...swapSale, ...key, size: { sz: new Decimal(1) }, callback })
      const algo = await account.findAlgo(key)
      expect(algo).toMatchObject({ state: 'live', ordType: 'move_order_stop', callbackSpread: null, activePx: null })
      expect(algo?.callbackRatio?.toNumber()).toBe(0.05)
    })
  })
}
