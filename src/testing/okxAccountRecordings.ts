import { algoIdOf, type Fact, orderIdOf } from './okxAccountContract.js'
import { balanceRow, fillRow, orderRow, tradeFeeRow } from './okxAccountPayloadsFixture.js'
import {
  accepted,
  algo,
  algoAccepted,
  config,
  failed,
  filledSpot,
  position,
  type Reply,
  recordedNow,
  refusal,
  refused,
  restingSpot,
  spotId,
  spotLimit,
  spotMarket,
  swapId,
  swapOrder,
  tag,
  ts,
} from './okxRecordedRows.js'

/** A call under /api/v5, what it must carry (a query, a body, or each element of a batch), and its answer. */
export type Step = readonly [route: string, carried: object | readonly object[], reply: Reply]

const nothing: readonly object[] = []
const [usdt] = balanceRow.details
const order = 'POST trade/order'
const byId = (clOrdId: string, instId = spotId) => ({ instId, clOrdId })
const noOrder = refusal(200, '51603', 'Order does not exist')

const id = orderIdOf
const stop = { algoClOrdId: algoIdOf('stop') }
const oco = { algoClOrdId: algoIdOf('oco') }
const bothLegs = algo({ ...oco, ordType: 'oco', tpTriggerPx: '57043.8', tpTriggerPxType: 'last', tpOrdPx: '57043.8' })
const trailing = { algoClOrdId: algoIdOf('trailing') }
const pastStops = 'GET trade/orders-algo-history'
const pendingAlgos = 'GET trade/orders-algo-pending'
const conditional = { ordType: 'conditional' }
const spotReply = (clOrdId: string) => [accepted(clOrdId, '680800019749904384')]
const restingReply = (clOrdId: string) => [accepted(clOrdId, '680800019749904385')]

/** By fact, the calls that the contract makes, one after the other, with answers as OKX documents them (okx-facts sections 2, 3, 5 and 6). */
export const recordings: Readonly<Record<Fact, readonly Step[]>> = {
  settings: [['GET account/config', {}, [config('net_mode')]]],
  balance: [
    [
      'GET account/balance',
      {},
      [
        {
          ...balanceRow,
          totalEq: '10001.2',
          details: [
            { ...usdt, eq: '10000', cashBal: '10000', availBal: '10000', availEq: '10000', frozenBal: '0', upl: '0' },
          ],
        },
      ],
    ],
  ],
  fees: [
    ['GET account/trade-fee', { instType: 'SPOT', instId: spotId }, [tradeFeeRow]],
    [
      'GET account/trade-fee',
      { instType: 'SWAP', instFamily: 'BTC-USDT' },
      [{ ...tradeFeeRow, instType: 'SWAP', feeGroup: [{ groupId: '1', maker: '-0.0002', taker: '-0.0005' }] }],
    ],
  ],
  maxSizes: [
    [
      'GET account/max-size',
      { instId: spotId, tdMode: 'cash' },
      [{ instId: spotId, ccy: '', maxBuy: '0.19283427', maxSell: '0' }],
    ],
    [
      'GET account/max-size',
      { instId: swapId, tdMode: 'cross' },
      [{ instId: swapId, ccy: 'USDT', maxBuy: '55.1', maxSell: '55.1' }],
    ],
  ],
  leverage: [
    [
      'POST account/set-leverage',
      { instId: swapId, mgnMode: 'cross', lever: '5' },
      [{ instId: swapId, mgnMode: 'cross', lever: '5', posSide: '' }],
    ],
  ],
  sidedLeverage: [
    [
      'POST account/set-leverage',
      { instId: swapId, mgnMode: 'isolated', lever: '7', posSide: 'short' },
      [{ instId: swapId, mgnMode: 'isolated', lever: '7', posSide: 'short' }],
    ],
  ],
  posMode: [
    ['POST account/set-position-mode', { posMode: 'long_short_mode' }, [{ posMode: 'long_short_mode' }]],
    ['GET account/config', {}, [config('long_short_mode')]],
  ],
  posModeRefused: [
    [order, swapOrder({ side: 'buy' }), spotReply(id('posModeRefused'))],
    [
      'POST account/set-position-mode',
      { posMode: 'long_short_mode' },
      refusal(200, '59000', 'Settings failed. Close any open positions or orders before modifying settings.'),
    ],
  ],
  spotBuy: [
    [order, spotMarket(id('spotBuy')), spotReply(id('spotBuy'))],
    ['GET trade/order', { instId: spotId, ordId: '680800019749904384' }, [filledSpot(id('spotBuy'))]],
    ['GET trade/order', byId(id('spotBuy')), [filledSpot(id('spotBuy'))]],
    [
      'GET trade/fills',
      { instType: 'SPOT', ordId: '680800019749904384', limit: '100' },
      [{ ...fillRow, clOrdId: id('spotBuy'), fillIdxPx: '51850.1', fillMarkPx: '', fillFwdPx: '', feeRate: '-0.001' }],
    ],
    ['GET trade/fills', { after: '680800019754098688' }, nothing],
  ],
  netPosition: [
    [order, swapOrder({ side: 'sell', clOrdId: id('netPosition') }), spotReply(id('netPosition'))],
    ['GET account/positions', { instId: swapId }, [position({})]],
    [
      'POST trade/close-position',
      { instId: swapId, mgnMode: 'cross', autoCxl: true, clOrdId: id('netPosition', 1), tag },
      [{ instId: swapId, posSide: '', clOrdId: id('netPosition', 1), tag }],
    ],
    [
      'GET trade/order',
      byId(id('netPosition', 1), swapId),
      [
        {
          ...filledSpot(id('netPosition', 1)),
          instType: 'SWAP',
          instId: swapId,
          tdMode: 'cross',
          tgtCcy: '',
          reduceOnly: 'true',
          sz: '1',
          accFillSz: '1',
          feeCcy: 'USDT',
          fee: '-0.2592905',
          pnl: '-0.002',
        },
      ],
    ],
    // A position that was closed may still be told of, with nothing left of it.
    ['GET account/positions', {}, [position({ pos: '0', avgPx: '', upl: '', imr: '', mgnRatio: '' })]],
    ['POST trade/close-position', { clOrdId: id('netPosition', 2) }, refusal(200, '51023', "Position doesn't exist.")],
  ],
  sides: [
    [order, swapOrder({ side: 'sell', posSide: 'short' }), spotReply(id('sides'))],
    ['GET account/positions', { instType: 'SWAP' }, [position({ posSide: 'short', pos: '1' })]],
    [order, swapOrder({ side: 'buy', posSide: 'short' }), spotReply(id('sides', 1))],
    ['GET account/positions', {}, nothing],
    [
      order,
      swapOrder({ side: 'buy', posSide: 'short' }),
      failed(refused(id('sides', 2), '51169', "Order failed because you don't have any positions in this direction.")),
    ],
  ],
  resting: [
    [order, spotLimit(id('resting')), restingReply(id('resting'))],
    ['GET trade/orders-pending', { instType: 'SPOT', limit: '100' }, [restingSpot(id('resting'))]],
    ['GET trade/orders-pending', { after: '680800019749904385' }, nothing],
    [
      'POST trade/amend-order',
      { instId: spotId, clOrdId: id('resting'), newPx: '50720.8', newSz: '0.02' },
      [{ ...restingReply(id('resting'))[0], reqId: '' }],
    ],
    ['GET trade/order', byId(id('resting')), [restingSpot(id('resting'), { px: '50720.8', sz: '0.02' })]],
    ['POST trade/cancel-order', byId(id('resting')), restingReply(id('resting'))],
    ['GET trade/order', byId(id('resting')), [restingSpot(id('resting'), { state: 'canceled', cancelSource: '1' })]],
    ['GET trade/orders-pending', { limit: '100' }, nothing],
    [
      'GET trade/orders-history',
      { instType: 'SPOT' },
      [
        restingSpot(id('resting'), {
          state: 'canceled',
          cancelSource: '1',
          cancelSourceReason: 'Order canceled by you',
        }),
      ],
    ],
    ['GET trade/orders-history', { after: '680800019749904385' }, nothing],
    [
      'POST trade/cancel-order',
      byId(id('resting')),
      failed(
        refused(
          id('resting'),
          '51400',
          'Cancellation failed as the order has been filled, canceled or does not exist.',
        ),
      ),
    ],
    [
      'POST trade/amend-order',
      { newPx: '50720.8' },
      failed(refused(id('resting'), '51509', 'Modification failed as the order has been canceled.')),
    ],
  ],
  batch: [
    [
      'POST trade/batch-orders',
      [spotLimit(id('batch')), spotLimit(id('batch', 1), { sz: '10' }), spotLimit(id('batch', 2))],
      {
        status: 200,
        code: '2',
        msg: 'Bulk operation partially succeeded.',
        data: [
          accepted(id('batch'), '680800019749904385'),
          refused(id('batch', 1), '51008', 'Order failed. Insufficient USDT balance in account', '1000'),
          accepted(id('batch', 2), '680800019749904387'),
        ],
      },
    ],
    ['GET trade/order', byId(id('batch', 1)), noOrder],
    [
      'POST trade/cancel-batch-orders',
      [byId(id('batch')), byId(id('batch', 1)), byId(id('batch', 2))],
      {
        status: 200,
        code: '2',
        msg: 'Bulk operation partially succeeded.',
        data: [
          accepted(id('batch'), '680800019749904385'),
          refused(id('batch', 1), '51400', 'Cancellation failed as the order does not exist.'),
          accepted(id('batch', 2), '680800019749904387'),
        ],
      },
    ],
  ],
  refusals: [
    [
      order,
      spotLimit(id('refusals'), { sz: '10' }),
      failed(refused(id('refusals'), '51008_1000', 'Order failed. Insufficient USDT balance in account')),
    ],
    [order, { instId: 'NO-USDT' }, failed(refused(id('refusals'), '51001', "Instrument ID doesn't exist."))],
    // Refusals have been seen under a code that says yes.
    [order, { sz: '0.000001' }, [refused(id('refusals'), '51020', 'Your order should meet the minimum order amount.')]],
    [order, { px: '103716' }, failed(refused(id('refusals'), '51006', 'Order price is not within the price limit'))],
    ['GET trade/order', byId(id('refusals')), noOrder],
  ],
  cutAfter: [
    [order, spotMarket(id('cutAfter')), 'cut'],
    ['GET trade/order', byId(id('cutAfter')), [filledSpot(id('cutAfter'))]],
  ],
  cutBefore: [
    [order, spotMarket(id('cutBefore')), 'cut'],
    ['GET trade/order', byId(id('cutBefore')), noOrder],
  ],
  twice: [
    [order, spotLimit(id('twice')), restingReply(id('twice'))],
    [order, spotLimit(id('twice')), failed(refused(id('twice'), '51016', 'Client order ID already exists.'))],
    ['GET trade/orders-pending', {}, [restingSpot(id('twice'))]],
    ['GET trade/orders-pending', { after: '680800019749904385' }, nothing],
  ],
  attached: [
    [
      order,
      spotLimit(id('attached'), {
        attachAlgoOrds: [
          {
            attachAlgoClOrdId: algoIdOf('attached'),
            tpTriggerPx: '57043.8',
            tpTriggerPxType: 'last',
            tpOrdPx: '-1',
            slTriggerPx: '46672.2',
            slTriggerPxType: 'last',
            slOrdPx: '-1',
          },
        ],
      }),
      restingReply(id('attached')),
    ],
    [
      'GET trade/order',
      byId(id('attached')),
      [
        restingSpot(id('attached'), {
          attachAlgoOrds: [
            {
              ...orderRow.attachAlgoOrds[0],
              attachAlgoClOrdId: algoIdOf('attached'),
              tpTriggerPx: '57043.8',
              tpTriggerPxType: 'last',
              tpOrdPx: '-1',
              tpOrdKind: 'condition',
              slTriggerPx: '46672.2',
              amendPxOnTriggerType: '0',
              callbackRatio: '',
              callbackSpread: '',
              activePx: '',
            },
          ],
        }),
      ],
    ],
  ],
  stop: [
    [
      'POST trade/order-algo',
      { instId: swapId, side: 'sell', sz: '1', ...conditional, ...stop, slTriggerPx: '46672.2', slOrdPx: '-1', tag },
      [algoAccepted(stop.algoClOrdId)],
    ],
    [pendingAlgos, { ...conditional, instId: swapId }, [algo(stop)]],
    [pendingAlgos, { ...conditional, after: '448965992920907776' }, nothing],
    [
      'POST trade/amend-algos',
      { algoId: '448965992920907776', newSlTriggerPx: '41486.4', newSlOrdPx: '-1' },
      [{ ...algoAccepted(''), reqId: '' }],
    ],
    [pendingAlgos, conditional, [algo({ ...stop, slTriggerPx: '41486.4' })]],
    [pendingAlgos, { after: '448965992920907776' }, nothing],
    ['POST trade/cancel-algos', [{ instId: swapId, algoId: '448965992920907776' }], [algoAccepted('')]],
    [pendingAlgos, conditional, nothing],
    [pendingAlgos, conditional, nothing],
    [pastStops, { ...conditional, state: 'effective' }, nothing],
    [pastStops, { ...conditional, state: 'canceled' }, [algo({ ...stop, state: 'canceled' })]],
  ],
  oco: [
    [
      'POST trade/order-algo',
      {
        ...oco,
        ordType: 'oco',
        slTriggerPx: '46672.2',
        slOrdPx: '-1',
        tpTriggerPx: '57043.8',
        tpOrdPx: '57043.8',
        tag,
      },
      [algoAccepted(oco.algoClOrdId)],
    ],
    [pendingAlgos, { ordType: 'oco' }, [bothLegs]],
    [pendingAlgos, { after: bothLegs.algoId }, nothing],
    [pendingAlgos, { ordType: 'oco' }, [bothLegs]],
    [pendingAlgos, { after: bothLegs.algoId }, nothing],
    [pastStops, { ordType: 'oco', state: 'effective' }, nothing],
    [pastStops, { ordType: 'oco', state: 'canceled' }, nothing],
    [pastStops, { ordType: 'oco', state: 'order_failed' }, nothing],
  ],
  trailing: [
    [
      'POST trade/order-algo',
      { ...trailing, ordType: 'move_order_stop', callbackRatio: '0.05', tag },
      [algoAccepted(trailing.algoClOrdId)],
    ],
    [
      pendingAlgos,
      { ordType: 'move_order_stop' },
      [
        algo({
          ...trailing,
          ordType: 'move_order_stop',
          callbackRatio: '0.05',
          slTriggerPx: '',
          slTriggerPxType: '',
          slOrdPx: '',
          moveTriggerPx: '49265.1',
        }),
      ],
    ],
    [pendingAlgos, { after: '448965992920907776' }, nothing],
  ],
  deadMan: [
    ['POST trade/cancel-all-after', { timeOut: '60', tag }, [{ triggerTime: String(recordedNow + 60_000), tag, ts }]],
    ['POST trade/cancel-all-after', { timeOut: '0', tag }, [{ triggerTime: '0', tag, ts }]],
  ],
  stranger: [
    [order, {}, refusal(401, '50105', 'Request header "OK-ACCESS-PASSPHRASE" incorrect.')],
    ['GET account/balance', {}, refusal(401, '50105', 'Request header "OK-ACCESS-PASSPHRASE" incorrect.')],
  ],
}
