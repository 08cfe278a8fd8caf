import type { Logger } from 'pino'
import { type Mode, sourceOf } from '../domain/instrument.js'
import { createOkxClient } from '../okx/okxClient.js'
import { marketKeyOf } from '../simulator/market.js'
import { startSimulator } from '../simulator/server.js'
import { type CandleStore, openCandleStore } from '../store/candleStore.js'
import { createMarketData, type MarketData } from './marketData.js'

export interface MarketOptions {
  mode: Mode
  /** Of the simulated market. */
  seed: string
  okxBaseUrl: string
  candleFile: string
  clock: () => number
  logger: Logger
}

/** Prices and the candles' store of one mode, and how to close both. */
export interface Market {
  marketData: MarketData
  candleStore: CandleStore
  close(): Promise<void>
}

/**
 * Opens the market that a mode reads. A simulated one is an exchange of our own on loopback, spoken to by the same client;
 * only the rate limits are lifted, for nobody else shares it.
 */
export async function openMarket({
  mode,
  seed,
  okxBaseUrl,
  candleFile,
  clock,
  logger,
}: MarketOptions): Promise<Market> {
  const candleStore = await openCandleStore({ file: candleFile, simulatedMarket: marketKeyOf(seed), logger })
  const simulator = mode === 'simulated' ? await startSimulator({ seed, clock, limits: 'off', logger }) : null
  const okx = createOkxClient({
    baseUrl: simulator?.restUrl ?? okxBaseUrl,
    demo: mode === 'demo',
    limitsScale: simulator ? Number.POSITIVE_INFINITY : 1,
    logger,
  })
  return {
    marketData: createMarketData({ okx, store: candleStore, source: sourceOf[mode], clock }),
    candleStore,
    async close() {
      await simulator?.close()
      candleStore.close()
    },
  }
}
