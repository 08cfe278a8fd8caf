import { algoRow, configRow, orderRow, positionRow } from './okxAccountPayloadsFixture.js'

// Rows and requests of recordings, with the many fields that OKX documents and nobody here reads.

/** What OKX answers: the rows of `data`, a refusal with its HTTP status, or nothing: the connection ends. */
export type Reply = readonly object[] | { status: number; code: string; msg: string; data?: readonly object[] } | 'cut'
export const recordedNow = 1_740_997_230_500
export const recordedPx = '51858'
export const tag = 'c314b0aecb5bBCDE'
export const ts = String(recordedNow)
export const spotId = 'BTC-USDT'
export const swapId = 'BTC-USDT-SWAP'

export const accepted = (clOrdId: string, ordId: string) => ({
  clOrdId,
  ordId,
  tag,
  ts,
  sCode: '0',
  sMsg: '',
  subCode: '',
})
export const refused = (clOrdId: string, sCode: string, sMsg: string, subCode = '') => ({
  clOrdId,
  ordId: '',
  tag,
  ts,
  sCode,
  sMsg,
  subCode,
})
export const failed = (...data: object[]) => ({ status: 200, code: '1', msg: 'All operations failed', data })
export const refusal = (status: number, code: string, msg: string): Reply => ({ status, code, msg })
export const algoAccepted = (algoClOrdId: string) => ({
  algoId: '448965992920907776',
  algoClOrdId,
  clOrdId: '',
  tag,
  sCode: '0',
  sMsg: '',
})

/** Documented fields of an order that nobody here reads. */
const unread = {
  cancelSourceReason: '',
  isTpLimit: 'false',
  linkedAlgoOrd: { algoId: '' },
  pxType: '',
  pxUsd: '',
  pxVol: '',
  quickMgnType: '',
  slOrdPx: '',
  slTriggerPx: '',
  slTriggerPxType: '',
  source: '',
  stpId: '',
  stpMode: 'cancel_maker',
  tpOrdPx: '',
  tpTriggerPx: '',
  tpTriggerPxType: '',
  tradeQuoteCcy: 'USDT',
}
export const filledSpot = (clOrdId: string) => ({ ...orderRow, ...unread, clOrdId, attachAlgoOrds: [] })
export const restingSpot = (clOrdId: string, changes: object = {}) => ({
  ...filledSpot(clOrdId),
  ordId: '680800019749904385',
  ordType: 'limit',
  tgtCcy: '',
  state: 'live',
  px: '50820.8',
  sz: '0.01',
  accFillSz: '0',
  avgPx: '',
  fee: '0',
  feeCcy: 'BTC',
  fillPx: '',
  fillSz: '0',
  fillTime: '',
  tradeId: '',
  pnl: '0',
  ...changes,
})
export const position = (changes: object) => ({
  ...positionRow,
  instId: swapId,
  mgnMode: 'cross',
  posSide: 'net',
  pos: '-1',
  avgPx: '51857.9',
  markPx: '51860',
  liqPx: '',
  lever: '3',
  margin: '',
  imr: '172.86',
  fee: '-0.2592895',
  baseBal: '',
  bizRefId: '',
  deltaBS: '',
  idxPx: '51851.2',
  interest: '',
  optVal: '',
  quoteBal: '',
  usdPx: '1',
  vegaBS: '',
  ...changes,
})
export const swapOrder = (carried: object) => ({
  instId: swapId,
  tdMode: 'cross',
  ordType: 'market',
  sz: '1',
  tag,
  ...carried,
})
export const spotMarket = (clOrdId: string) => ({
  instId: spotId,
  tdMode: 'cash',
  side: 'buy',
  ordType: 'market',
  sz: '100',
  tgtCcy: 'quote_ccy',
  banAmend: true,
  tag,
  clOrdId,
})
export const spotLimit = (clOrdId: string, changes: object = {}) => ({
  instId: spotId,
  tdMode: 'cash',
  side: 'buy',
  ordType: 'limit',
  sz: '0.01',
  px: '50820.8',
  tag,
  clOrdId,
  ...changes,
})
export const algo = (changes: object) => ({
  ...algoRow,
  algoId: '448965992920907776',
  closeFraction: '',
  reduceOnly: 'false',
  sz: '1',
  slTriggerPx: '46672.2',
  slTriggerPxType: 'last',
  amendPxOnTriggerType: '0',
  ccy: '',
  chaseType: '',
  isTradeBorrowMode: '',
  last: '51858',
  lever: '3',
  linkedOrd: { ordId: '' },
  ordIdList: [],
  quickMgnType: '',
  tradeQuoteCcy: '',
  ...changes,
})

export const config = (posMode: string) => ({ ...configRow, posMode, perm: 'read_only,trade', ip: '' })
