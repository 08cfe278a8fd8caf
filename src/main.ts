import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { openRenderer } from './charts/openRenderer.js'
import { type Config, readConfig } from './config.js'
import { UserError } from './domain/userError.js'
import { serveHealth } from './health.js'
import { openHouse } from './house.js'
import { createTranslator } from './i18n.js'
import { openStore } from './store/openStore.js'
import { createSecretKeys } from './store/secretKeys.js'

/** A chat platform: `start` resolves at its end, and rejects with what no retry can mend. */
interface Platform {
  name: string
  start(): Promise<void>
  stop(): Promise<void>
  health(): { state: string }
}

/** Opens the house, serves chats until told to stop, and takes it all down in reverse. */
async function main(config: Config): Promise<void> {
  const { dataDir, telegram, discord } = config
  const isBot = telegram !== null || discord !== null
  // In the terminal chat, standard output is the conversation and the screen is shared: only what matters is logged.
  const level = isBot || config.logLevel !== 'info' ? config.logLevel : 'error'
  const logger = pino({ level }, pino.destination({ dest: 2, sync: true }))
  const t = createTranslator({ locale: config.locale, timeZone: config.timeZone, theme: 'dark' })
  makeFolder(dataDir)
  const charts = await openRenderer(config.quickChartUrl)
  const house = await openHouse({ config, allow, charts, clock: Date.now, logger })
  const { dispatch, registry } = house
  try {
    await (isBot ? servePlatforms() : serveTerminal())
  } finally {
    await house.close()
  }

  /** The terminal is whoever started the process; everybody else must be on their platform's list. */
  function allow(platform: string, platformUserId: string): boolean {
    if (platform === 'terminal') return !isBot
    const lists: Record<string, readonly string[] | undefined> = {
      telegram: telegram?.allowedIds,
      discord: discord?.allowedIds,
    }
    return lists[platform]?.includes(platformUserId) ?? false
  }

  /** A platform that cannot be served leaves the others be; when none is left, the first one's reason ends the process. */
  async function servePlatforms(): Promise<void> {
    const parts = { dispatch, registry, logger }
    const platforms: Platform[] = []
    // A surface that is not served is not loaded: their libraries take longer than everything else.
    if (telegram) {
      const { createTelegramSurface } = await import('./chat/telegram/telegramSurface.js')
      platforms.push({ name: 'telegram', ...createTelegramSurface({ ...telegram, ...parts }) })
    }
    if (discord) {
      const { createDiscordSurface } = await import('./chat/discord/discordSurface.js')
      platforms.push({ name: 'discord', ...createDiscordSurface({ ...discord, ...parts }) })
    }
    const stop = () => Promise.all(platforms.map((platform) => platform.stop()))
    const closeHealth =
      config.healthPort === null ? null : await serveHealth(config.healthPort, () => healthOf(platforms))
    onStopSignal(() => void stop())
    try {
      const ends = await Promise.allSettled(platforms.map(serve))
      const failed = ends.filter((end) => end.status === 'rejected')
      if (failed.length === ends.length) throw failed[0].reason
    } finally {
      await stop()
      await closeHealth?.()
    }
  }

  async function serve({ name, start }: Platform): Promise<void> {
    logger.info({ platform: name, mode: config.mode }, 'serving')
    await start().catch((error: unknown) => {
      const reason = error instanceof UserError ? { told: t(error.id, error.args) } : { err: error }
      logger.error({ platform: name, ...reason }, 'the platform cannot be served')
      throw error
    })
  }

  /** Sound while somebody can still be answered. */
  function healthOf(platforms: readonly Platform[]) {
    const chats = Object.fromEntries(platforms.map(({ name, health }) => [name, health()]))
    const isDown = ({ state }: { state: string }) => state === 'failed' || state === 'unreachable'
    return { ok: !Object.values(chats).every(isDown), mode: config.mode, chats }
  }

  async function serveTerminal(): Promise<void> {
    const { createTerminalSurface } = await import('./chat/terminal/terminalSurface.js')
    const terminal = createTerminalSurface({
      input: process.stdin,
      output: process.stdout,
      errorOutput: process.stderr,
      dispatch,
      registry,
      logger,
      t,
      outDir: join(dataDir, 'pictures'),
      historyFile: join(dataDir, 'history'),
      color: config.color,
      now: Date.now,
    })
    onStopSignal(() => void terminal.stop())
    await terminal.run()
  }
}

/** The settings with what was kept encrypted of them; where there is no key, nothing was. */
async function withKept(config: Config): Promise<Config> {
  const { databaseUrl, databaseAuthToken, telegram, discord } = config
  if (telegram && discord) return config
  const secretKeys = createSecretKeys(config)
  if ((await secretKeys.opening()).length === 0) return config
  const logger = pino({ level: config.logLevel }, pino.destination(2))
  const store = await openStore({ databaseUrl, authToken: databaseAuthToken, logger, secretKeys })
  try {
    return readConfig(undefined, undefined, await store.secrets.readAll())
  } finally {
    await store.close()
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true })
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? ''
    throw Object.assign(new UserError('error-folder', { path, reason }), { cause })
  }
}

function onStopSignal(stop: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
}

try {
  await main(await withKept(readConfig()))
} catch (error) {
  if (!(error instanceof UserError)) throw error
  const t = createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'light' })
  process.stderr.write(`${t(error.id, error.args)}\n`)
  process.exitCode = 1
}
