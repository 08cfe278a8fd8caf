import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { openRenderer } from './charts/openRenderer.js'
import { createTelegramSurface, type TelegramSurface } from './chat/telegram/telegramSurface.js'
import { createTerminalSurface } from './chat/terminal/terminalSurface.js'
import { allCommands } from './commands/allCommands.js'
import type { App } from './commands/app.js'
import { createDispatch } from './commands/dispatch.js'
import { createRegistry, type Registry } from './commands/registry.js'
import { createRunning } from './commands/running.js'
import { type Config, readConfig } from './config.js'
import { UserError } from './domain/userError.js'
import { serveHealth } from './health.js'
import { createTranslator } from './i18n.js'
import { createBacktests } from './services/backtests.js'
import { computeBacktest } from './services/computeBacktest.js'
import { openMarket } from './services/openMarket.js'
import { createStrategies } from './services/strategies.js'
import { openStore } from './store/openStore.js'

const clock = Date.now
const staleAfterMs = 7 * 86_400_000

/** Builds the house, serves chats until told to stop, and takes it down in reverse. */
async function main(config: Config): Promise<void> {
  // In the terminal chat, standard output is the conversation and the screen is shared: only what matters is logged.
  const level = config.telegram || config.logLevel !== 'info' ? config.logLevel : 'error'
  const logger = pino({ level }, pino.destination({ dest: 2, sync: true }))
  const t = createTranslator({ locale: config.locale, timeZone: config.timeZone, theme: 'dark' })
  const undo: (() => unknown)[] = []
  mkdirSync(config.dataDir, { recursive: true })
  try {
    const store = await openStore({ databaseUrl: config.databaseUrl, authToken: config.databaseAuthToken, logger })
    undo.push(() => store.close())
    await recover()
    const market = await openMarket({ ...config, clock, logger })
    undo.push(() => market.close())

    const { marketData } = market
    const strategies = createStrategies(store.strategies)
    const app: App = {
      mode: config.mode,
      running: createRunning(),
      users: {
        ...store.users,
        findOrCreate: (contact) => store.users.findOrCreate({ timeZone: config.timeZone, ...contact }),
      },
      marketData,
      strategies,
      backtests: createBacktests({ store: store.backtests, marketData, compute: computeBacktest, clock }),
      suggestions: { strategies: strategies.names, instruments: marketData.instIds },
    }
    const registry: Registry = createRegistry(allCommands(() => registry))
    const dispatch = createDispatch({
      app,
      registry,
      allow,
      deliveries: store.deliveries,
      actionTokens: store.actionTokens,
      charts: await openRenderer(config.quickChartUrl),
      logger,
      now: clock,
      defaults: { locale: config.locale, timeZone: config.timeZone },
    })
    const telegram = config.telegram && createTelegramSurface({ ...config.telegram, dispatch, registry, logger })
    if (config.healthPort !== null) undo.push(await serveHealth(config.healthPort, () => healthOf(telegram)))
    undo.push(() => dispatch.stop())
    if (telegram) await serveTelegram(telegram)
    else await serveTerminal()

    async function recover(): Promise<void> {
      const now = clock()
      const interrupted = await store.backtests.failInterrupted(now)
      if (interrupted > 0) logger.warn({ interrupted }, 'backtests of an earlier life were given up')
      await store.deliveries.purge(now - staleAfterMs)
      await store.actionTokens.purge(now)
    }

    async function serveTelegram(surface: TelegramSurface): Promise<void> {
      undo.push(() => surface.stop())
      onStopSignal(() => void surface.stop())
      logger.info({ mode: config.mode }, 'serving Telegram')
      await surface.start()
    }

    async function serveTerminal(): Promise<void> {
      const terminal = createTerminalSurface({
        input: process.stdin,
        output: process.stdout,
        errorOutput: process.stderr,
        dispatch,
        registry,
        logger,
        t,
        outDir: join(config.dataDir, 'pictures'),
        historyFile: join(config.dataDir, 'history'),
        color: config.color,
        now: clock,
      })
      onStopSignal(() => void terminal.stop())
      await terminal.run()
    }
  } finally {
    for (const step of undo.reverse()) await step()
  }

  /** The terminal is whoever started the process; everybody else must be on the list. */
  function allow(platform: string, platformUserId: string): boolean {
    if (platform === 'terminal') return config.telegram === null
    return config.telegram?.allowedIds.includes(platformUserId) ?? false
  }

  function healthOf(telegram: TelegramSurface | null) {
    const health = telegram?.health() ?? null
    return { ok: health === null || health.state !== 'failed', mode: config.mode, telegram: health }
  }
}

function onStopSignal(stop: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
}

try {
  await main(readConfig())
} catch (error) {
  if (!(error instanceof UserError)) throw error
  const t = createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'light' })
  process.stderr.write(`${t(error.id, error.args)}\n`)
  process.exitCode = 1
}
