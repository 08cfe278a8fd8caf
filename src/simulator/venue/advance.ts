import type { Account } from './account.js'
import type { Desk } from './desk.js'
import { cancelOrder, cancelSources } from './fillOrder.js'
import { settleFunding } from './funding.js'
import { liquidateAccount } from './liquidation.js'
import { createMoment, type Moment } from './moment.js'
import { isQuiet, passQuietly } from './quiet.js'
import { fillResting } from './resting.js'
import { tellTouched } from './tell.js'
import { fireTriggers } from './triggers.js'

const secondMs = 1000
const minuteMs = 60_000
/** Longer slices that are tried first; each begins at a multiple of its length. */
const slicesMs = [86_400_000, 3_600_000, minuteMs]
/** Busy seconds that are walked one by one; after that it goes minute by minute. */
const mostSeconds = 100_000

/**
 * Lets the market act up to `now`, second by second: at each whole second (UTC) deadlines, funding, orders in the book, triggers
 * and liquidations have their turn, in this order. Seconds are counted by the clock and not from the last call, so that it comes
 * to the same whether a venue is advanced in one step or in many. Days, hours and minutes in which nothing can have happened
 * (`isQuiet`) are passed over as one; where there are more than 100,000 busy seconds between two calls, the rest goes in
 * minutes, and there alone the number of steps can make a difference.
 */
export function advance(desk: Desk, now: number): void {
  const end = Math.floor(now / secondMs) * secondMs
  let seconds = 0
  while (desk.ts < end) {
    const busy = [...desk.accounts.values()].filter(hasSomethingAtStake)
    if (busy.length === 0) {
      desk.ts = end
      break
    }
    const from = desk.ts
    const quiet = slicesMs.find(
      (slice) =>
        from % slice === 0 && from + slice <= end && isQuiet(desk, busy, createMoment(desk, from, from + slice)),
    )
    if (quiet !== undefined) {
      desk.ts = from + quiet
      passQuietly(busy, createMoment(desk, from, desk.ts))
      continue
    }
    const isLong = seconds++ >= mostSeconds
    desk.ts = isLong ? Math.min(end, (Math.floor(from / minuteMs) + 1) * minuteMs) : from + secondMs
    strikeDeadlines(desk, desk.ts)
    const moment = createMoment(desk, from, desk.ts)
    for (const account of busy) act(desk, account, moment)
    tellTouched(desk, desk.ts)
  }
  strikeDeadlines(desk, now)
}

/** Cancels what cancel-all-after was asked to, each at its own time. */
function strikeDeadlines(desk: Desk, now: number): void {
  const due = [...desk.accounts.values()].flatMap((account) =>
    [...account.deadlines].filter(([, ts]) => ts <= now).map(([tag, ts]) => ({ account, tag, ts })),
  )
  for (const { account, tag, ts } of due.sort((a, b) => a.ts - b.ts)) {
    account.deadlines.delete(tag)
    for (const order of [...account.live.values()]) {
      if (tag === '' || order.tag === tag) cancelOrder(desk, account, order, cancelSources.deadline, ts)
    }
    tellTouched(desk, ts)
  }
}

function hasSomethingAtStake({ live, liveAlgos, positions, deadlines }: Account): boolean {
  return live.size > 0 || liveAlgos.size > 0 || positions.size > 0 || deadlines.size > 0
}

function act(desk: Desk, account: Account, moment: Moment): void {
  settleFunding(desk, account, moment.to)
  fillResting(desk, account, moment)
  fireTriggers(desk, account, moment)
  for (const position of account.positions.values()) {
    position.markPx = moment.quote(position.instId)?.markPx ?? position.markPx
  }
  if (account.positions.size > 0) liquidateAccount(desk, account, moment.to)
}
