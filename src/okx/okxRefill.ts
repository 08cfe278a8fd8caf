import { candleAt } from '../domain/candles.js'
import { algoOrdTypes } from '../domain/trading/exchangeOrder.js'
import { downloadCandles } from './downloadCandles.js'
import type { PageCandle } from './mappers.js'
import type { OkxAccount } from './okxAccount.js'
import type { OkxPublic } from './okxClient.js'
import type { Refill } from './streamTools.js'

/** The largest that there is. */
const pageLimit = 300

/** Fills streams by REST. Without an account there are only candles, as there are only public streams without credentials. */
export function createOkxRefill(
  okx: Pick<OkxPublic, 'time' | 'candles' | 'historyCandles'>,
  account: Pick<OkxAccount, 'balance' | 'positions' | 'pendingOrders' | 'pendingAlgos'> | null,
): Refill {
  function ofAccount() {
    if (!account) throw new Error('private streams are filled from an account')
    return account
  }

  return {
    balance: async (signal) => ofAccount().balance(signal),
    positions: async (signal) => ofAccount().positions({}, signal),
    pendingOrders: async (signal) => ofAccount().pendingOrders({}, signal),
    async pendingAlgoOrders(signal) {
      const { pendingAlgos } = ofAccount()
      const kinds = await Promise.all(algoOrdTypes.map((ordType) => pendingAlgos({ ordType }, signal)))
      return kinds.flat()
    },
    async candles({ instId, bar, fromTs }, signal) {
      const newest = (await okx.candles({ instId, bar, limit: pageLimit }, signal)).reverse()
      const [oldest] = newest
      if (fromTs === null || !oldest || oldest.ts <= fromTs) return newest.filter(({ ts }) => ts >= (fromTs ?? 0))
      const ranges = [{ fromTs, toTs: oldest.ts }]
      const pages: PageCandle[][] = [newest]
      for await (const { candles } of downloadCandles(okx, { instId, bar, ranges }, signal)) {
        pages.unshift(Array.from(candles.ts, (_ts, i) => ({ ...candleAt(candles, i), confirmed: true })))
      }
      return pages.flat()
    },
  }
}
