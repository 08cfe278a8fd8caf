import { type AccountCalls, accountCalls } from './accountCalls.js'
import type { CallbackRatioName } from './algoBody.js'
import { type AlgoCalls, algoCalls } from './algoCalls.js'
import type { ExchangeClock } from './exchangeClock.js'
import { type OrderCalls, orderCalls } from './orderCalls.js'
import { type RecordCalls, recordCalls } from './recordCalls.js'
import { createSignedRest, type SignedOptions } from './rest.js'

export interface OkxAccountOptions extends SignedOptions {
  callbackRatioName?: CallbackRatioName
}

/** An account at the exchange: its private half, as `OkxPublic` is the public one. */
export interface OkxAccount extends AccountCalls, OrderCalls, RecordCalls, AlgoCalls {
  /** The exchange's time, which sockets log in by. */
  readonly clock: ExchangeClock
}

/** A client for an account at OKX, or at the simulator: live or demo, as its key is. */
export function createOkxAccount(options: OkxAccountOptions): OkxAccount {
  const rest = createSignedRest(options)
  return {
    ...accountCalls(rest),
    ...orderCalls(rest),
    ...recordCalls(rest),
    ...algoCalls(rest, options.callbackRatioName ?? 'callbackRatio'),
    clock: rest.clock,
  }
}
