import type { Logger } from 'pino'
import type { Bar } from '../domain/bars.js'
import type { Balance, Position } from '../domain/trading/account.js'
import type { AlgoOrder, ExchangeOrder } from '../domain/trading/exchangeOrder.js'
import type { ExchangeClock } from './exchangeClock.js'
import type { PageCandle } from './mappers.js'
import type { OkxSocket } from './okxSocket.js'
import type { PushProblems } from './pushReader.js'
import type { Timing } from './timing.js'

/**
 * What REST says of what the streams may have missed; each gives everything there is. They are asked after a gap and may
 * throw: then they are asked again.
 */
export interface Refill {
  balance(signal: AbortSignal): Promise<Balance>
  positions(signal: AbortSignal): Promise<Position[]>
  pendingOrders(signal: AbortSignal): Promise<ExchangeOrder[]>
  pendingAlgoOrders(signal: AbortSignal): Promise<AlgoOrder[]>
  /** Candles from the open time `fromTs` (null: as many as a start needs) up to the forming one, oldest first. */
  candles(query: { instId: string; bar: Bar; fromTs: number | null }, signal: AbortSignal): Promise<PageCandle[]>
}

/** What all streams are made with. */
export interface StreamTools {
  publicSocket(): OkxSocket
  /** These two throw where there are no credentials, but for the channels that need none. */
  privateSocket(): OkxSocket
  businessSocket(needs: 'login' | 'nothing'): OkxSocket
  refill: Refill
  clock: ExchangeClock
  problems: PushProblems
  timing: Timing
  logger: Logger
}
