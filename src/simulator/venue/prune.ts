import { type Account, isLive } from './account.js'

export const monthsMs = 92 * 86_400_000
/** After that a cancelled order that nothing was filled of is forgotten. */
export const unfilledKeptMs = 2 * 3_600_000
/** How many orders come between two looks at what is old. */
const every = 1000

/** Forgets, now and then, what no call would show any more. */
export function prune(account: Account, now: number): void {
  if (account.orders.length % every !== every - 1) return
  account.orders = account.orders.filter((order) => {
    const isKept = isLive(order) || now - order.uTime <= (order.accFillSz.isZero() ? unfilledKeptMs : monthsMs)
    if (!isKept) {
      account.byOrdId.delete(order.ordId)
      if (account.byClOrdId.get(order.clOrdId) === order) account.byClOrdId.delete(order.clOrdId)
    }
    return isKept
  })
  account.fills = account.fills.filter(({ ts }) => now - ts <= monthsMs)
  account.algos = account.algos.filter((algo) => {
    const isKept = algo.state === 'live' || now - algo.uTime <= monthsMs
    if (!isKept) {
      account.byAlgoId.delete(algo.algoId)
      if (account.byAlgoClOrdId.get(algo.algoClOrdId) === algo) account.byAlgoClOrdId.delete(algo.algoClOrdId)
    }
    return isKept
  })
}
