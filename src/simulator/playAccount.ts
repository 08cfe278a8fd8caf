import { playKey, type SimulatorKey } from './keys.js'
import type { VenueAccountTerms } from './venue/venue.js'

/** Fees of OKX's regular tier (okx-facts section 6). Futures mode and net mode, as most accounts that trade swaps are. */
const terms: VenueAccountTerms = {
  acctLv: '2',
  posMode: 'net_mode',
  cash: { USDT: '100000', BTC: '1' },
  fees: { SPOT: { maker: '0.0008', taker: '0.001' }, SWAP: { maker: '0.0002', taker: '0.0005' } },
}

/** A funded account to play with, and a key to it: the same for the same seed. */
export function playAccount(seed: string): {
  key: SimulatorKey
  accounts: Readonly<Record<string, VenueAccountTerms>>
} {
  const uid = '100000000000000001'
  return { key: playKey(seed, uid), accounts: { [uid]: terms } }
}
