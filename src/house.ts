import type { Logger } from 'pino'
import type { ChartRenderer } from './charts/renderer.js'
import { allCommands } from './commands/allCommands.js'
import type { App } from './commands/app.js'
import { createDispatch, type Dispatch } from './commands/dispatch.js'
import { createRegistry, type Registry } from './commands/registry.js'
import { createRunning } from './commands/running.js'
import type { Config } from './config.js'
import { createAccounts } from './services/accounts.js'
import { createBacktests } from './services/backtests.js'
import { computeBacktest } from './services/computeBacktest.js'
import type { CheckKey } from './services/keyCheck.js'
import { openKeyCheck } from './services/openKeyCheck.js'
import { openMarket } from './services/openMarket.js'
import { createOptimizations } from './services/optimizations.js'
import { createStrategies } from './services/strategies.js'
import { createTuningPool, type TuningPoolOptions } from './services/tuning.js'
import { openStore } from './store/openStore.js'
import { createSecretKeys } from './store/secretKeys.js'

export interface HouseOptions {
  config: Pick<
    Config,
    | 'mode'
    | 'seed'
    | 'locale'
    | 'timeZone'
    | 'okxBaseUrl'
    | 'dataDir'
    | 'candleFile'
    | 'databaseUrl'
    | 'databaseAuthToken'
    | 'secret'
    | 'oldSecret'
  >
  /** Everybody not allowed here is turned away. */
  allow(platform: string, platformUserId: string): boolean
  charts: ChartRenderer
  clock: () => number
  logger: Logger
  tuning?: TuningPoolOptions
  /** What OKX says of a key; only tests ask somebody else. */
  checkKey?: CheckKey
}

/** All that stands between the chats and the outside world. */
export interface House {
  registry: Registry
  dispatch: Dispatch
  /** Ends what runs, then closes what was opened, last first. */
  close(): Promise<void>
}

/** What was taken in more than this ago is not delivered again by any platform. */
const staleAfterMs = 7 * 86_400_000
const purgeIntervalMs = 3_600_000

/** Opens the house: records (recovering from an earlier life), market, services, commands, and the door to them. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const { config, allow, charts, clock, logger, tuning: pool } = options
  const checkKey = options.checkKey ?? openKeyCheck({ okxBaseUrl: config.okxBaseUrl, logger })
  const { databaseUrl, databaseAuthToken, locale, timeZone } = config
  const store = await openStore({
    databaseUrl,
    authToken: databaseAuthToken,
    logger,
    secretKeys: createSecretKeys(config),
  })
  const market = await openMarket({ ...config, clock, logger }).catch(async (error: unknown) => {
    await store.close()
    throw error
  })
  await recover()
  const purging = setInterval(() => void purge().catch(logFailure('purge')), purgeIntervalMs).unref()

  const { marketData } = market
  // For completion, which must answer from memory.
  const closing = new AbortController()
  marketData.refreshListing(closing.signal).catch((error: unknown) => {
    if (!closing.signal.aborted) logFailure('listing')(error)
  })
  const strategies = createStrategies(store.strategies)
  const backtests = createBacktests({ store: store.backtests, marketData, compute: computeBacktest, clock })
  const tuning = createTuningPool(pool)
  const accounts = createAccounts({ store: store.exchangeAccounts, checkKey })
  const app: App = {
    mode: config.mode,
    running: createRunning(),
    users: store.users,
    marketData,
    strategies,
    backtests,
    optimizations: createOptimizations({
      store: store.optimizations,
      marketData,
      strategies,
      backtests,
      tuning,
      clock,
    }),
    accounts,
    suggestions: {
      strategies: strategies.names,
      instruments: async () => marketData.instIds(),
      accounts: async (userId) => (await accounts.list(userId)).map(({ name }) => name),
    },
  }
  const registry: Registry = createRegistry(allCommands(() => registry))
  const { deliveries, actionTokens } = store
  const defaults = { locale, timeZone }
  const dispatch = createDispatch({
    app,
    registry,
    allow,
    deliveries,
    actionTokens,
    charts,
    logger,
    now: clock,
    defaults,
  })
  return {
    registry,
    dispatch,
    async close() {
      clearInterval(purging)
      closing.abort()
      try {
        await dispatch.stop()
      } finally {
        await Promise.all([tuning.close(), market.close(), store.close()])
      }
    },
  }

  async function recover(): Promise<void> {
    const now = clock()
    const interrupted = await store.backtests.failInterrupted(now)
    if (interrupted > 0) logger.warn({ interrupted }, 'backtests of an earlier life were given up')
    const stopped = await store.optimizations.stopInterrupted()
    if (stopped > 0) logger.warn({ stopped }, 'searches of an earlier life stand still until they are resumed')
    await purge()
  }

  async function purge(): Promise<void> {
    await store.deliveries.purge(clock() - staleAfterMs)
    await store.actionTokens.purge(clock())
  }

  function logFailure(what: string): (error: unknown) => void {
    return (error) => logger.warn({ err: error }, `${what} failed`)
  }
}
