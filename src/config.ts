import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseEnv } from 'node:util'
import type { Mode } from './domain/instrument.js'
import { nearest } from './domain/nearest.js'
import { UserError } from './domain/userError.js'
import { type Locale, locales } from './i18n.js'
import { hosts, type Region, regions } from './okx/hosts.js'

/** What a value must be: one of some words, of a form, or to the liking of a test. */
type Taken = readonly string[] | RegExp | ((text: string) => boolean)

interface Variable {
  /** As it stands in .env.example; empty: not set. */
  default: string
  takes: Taken
  /** Never shown, not even in the message about its being wrong. */
  secret?: boolean
  /** May be kept encrypted in the database instead (`cli secret set`). */
  keepable?: boolean
}

const optional = (pattern: string) => new RegExp(`^(${pattern})?$`, 'u')
const url = (schemes: string) => optional(`(${schemes})://[^\\s]+`)

/** Every setting, once. What each takes is said in words by the Fluent id `error-config-bad`. */
export const variables = {
  CANDLECHAT_MODE: { default: 'simulated', takes: ['simulated', 'paper'] },
  CANDLECHAT_DATA_DIR: { default: './data', takes: /./ },
  CANDLECHAT_LOCALE: { default: 'en', takes: locales },
  CANDLECHAT_TIME_ZONE: { default: 'UTC', takes: isTimeZone },
  CANDLECHAT_SEED: { default: 'candlechat', takes: /^[\w-]{1,40}$/ },
  CANDLECHAT_LOG_LEVEL: { default: 'info', takes: ['trace', 'debug', 'info', 'warn', 'error', 'silent'] },
  CANDLECHAT_HEALTH_PORT: { default: '', takes: isPort },
  CANDLECHAT_SECRET: { default: '', takes: optional('.{16,}'), secret: true },
  CANDLECHAT_SECRET_OLD: { default: '', takes: optional('.{16,}'), secret: true },
  TELEGRAM_BOT_TOKEN: { default: '', takes: optional('\\d+:[\\w-]{20,}'), secret: true, keepable: true },
  TELEGRAM_ALLOWED_IDS: { default: '', takes: optional('-?\\d+(\\s*,\\s*-?\\d+)*') },
  TELEGRAM_API_ROOT: { default: 'https://api.telegram.org', takes: url('https?') },
  DISCORD_BOT_TOKEN: { default: '', takes: optional('[\\w.-]{20,}'), secret: true, keepable: true },
  DISCORD_ALLOWED_IDS: { default: '', takes: optional('\\d+(\\s*,\\s*\\d+)*') },
  DISCORD_REST_API: { default: 'https://discord.com/api', takes: url('https?') },
  // May hold a password or a token.
  DATABASE_URL: { default: '', takes: optional('file:.+|(libsql|https?|wss?)://[^\\s]+'), secret: true },
  DATABASE_AUTH_TOKEN: { default: '', takes: /^/, secret: true },
  OKX_REGION: { default: 'global', takes: regions },
  OKX_BASE_URL: { default: '', takes: url('https?') },
  QUICKCHART_URL: { default: '', takes: url('https?') },
} as const satisfies Record<string, Variable>

type Name = keyof typeof variables

/** The settings, read once at start. Paths are absolute. */
export interface Config {
  mode: Extract<Mode, 'simulated' | 'paper'>
  dataDir: string
  locale: Locale
  timeZone: string
  seed: string
  logLevel: string
  healthPort: number | null
  /** What everything secret is encrypted with, and was before; null: by a key file in the data folder. */
  secret: string | null
  oldSecret: string | null
  telegram: { token: string; allowedIds: string[]; apiRoot: string } | null
  discord: { token: string; allowedIds: string[]; restApi: string } | null
  /** A libSQL URL: `file:…` or a server's. */
  databaseUrl: string
  databaseAuthToken: string | null
  /** Candles stay in a file of their own, whatever the records live in. */
  candleFile: string
  /** OKX's REST host: the region's, unless another was named. */
  okxBaseUrl: string
  quickChartUrl: string | null
  /** False where NO_COLOR is set (no-color.org). */
  color: boolean
}

/** Secrets that were kept encrypted, by the name of their setting. */
export type Kept = Readonly<Record<string, string>>

/**
 * Settings from the environment and a `.env` file (the environment wins); where neither sets one, what was kept encrypted
 * of those that may be. Throws UserError that names the variable, what
 * it got (unless secret) and what it takes; also for a variable that does not exist.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env, envFile = '.env', kept: Kept = {}): Config {
  const fromFile = readEnvFile(envFile)
  const ours = Object.keys(environment).filter((name) => name.startsWith('CANDLECHAT_'))
  for (const name of [...Object.keys(fromFile), ...ours]) refuseUnknown(name)
  const values = new Map<Name, string>()
  for (const name of Object.keys(variables) as Name[]) {
    const text = (environment[name] ?? fromFile[name] ?? '').trim() || keptValue(name, kept) || variables[name].default
    if (!isTaken(variables[name], text)) throw badValue(name, text)
    values.set(name, text)
  }
  const value = (name: Name) => values.get(name) ?? ''
  const address = (name: Name) => value(name).replace(/\/+$/, '')
  const dataDir = resolve(value('CANDLECHAT_DATA_DIR'))
  const telegramToken = value('TELEGRAM_BOT_TOKEN')
  const discordToken = value('DISCORD_BOT_TOKEN')
  const healthPort = value('CANDLECHAT_HEALTH_PORT')
  return {
    mode: value('CANDLECHAT_MODE') as Config['mode'],
    dataDir,
    locale: value('CANDLECHAT_LOCALE') as Config['locale'],
    timeZone: value('CANDLECHAT_TIME_ZONE'),
    seed: value('CANDLECHAT_SEED'),
    logLevel: value('CANDLECHAT_LOG_LEVEL'),
    healthPort: healthPort === '' ? null : Number(healthPort),
    secret: value('CANDLECHAT_SECRET') || null,
    oldSecret: value('CANDLECHAT_SECRET_OLD') || null,
    telegram: telegramToken
      ? { token: telegramToken, allowedIds: list(value('TELEGRAM_ALLOWED_IDS')), apiRoot: address('TELEGRAM_API_ROOT') }
      : null,
    discord: discordToken
      ? { token: discordToken, allowedIds: list(value('DISCORD_ALLOWED_IDS')), restApi: address('DISCORD_REST_API') }
      : null,
    databaseUrl: value('DATABASE_URL') || pathToFileURL(join(dataDir, 'candlechat.db')).href,
    databaseAuthToken: value('DATABASE_AUTH_TOKEN') || null,
    candleFile: join(dataDir, 'candles.db'),
    okxBaseUrl: address('OKX_BASE_URL') || hosts[value('OKX_REGION') as Region].rest,
    quickChartUrl: value('QUICKCHART_URL') || null,
    color: !environment.NO_COLOR,
  }
}

/** The settings that may be kept encrypted. */
const keepableNames = (Object.keys(variables) as Name[]).filter((name) => variableOf(name).keepable)

/** Refuses to keep what is no such setting, with the nearest that is, and a value that the setting does not take. */
export function checkKeepable(name: string, text?: string): void {
  const known = keepableNames.find((candidate) => candidate === name)
  if (known === undefined) {
    const suggestion = nearest(name, keepableNames) ?? ''
    throw new UserError('error-secret-name', { suggestion, allowed: keepableNames.join(', ') })
  }
  if (text !== undefined && (text === '' || !isTaken(variables[known], text))) throw badValue(known, text)
}

function keptValue(name: Name, kept: Kept): string {
  return variableOf(name).keepable && Object.hasOwn(kept, name) ? kept[name] : ''
}

function variableOf(name: Name): Variable {
  return variables[name]
}

function readEnvFile(path: string): Record<string, string | undefined> {
  if (!existsSync(path)) return {}
  try {
    return parseEnv(readFileSync(path, 'utf8'))
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? ''
    throw Object.assign(new UserError('error-file-unreadable', { path, reason }), { cause })
  }
}

function refuseUnknown(name: string): void {
  if (Object.hasOwn(variables, name)) return
  throw new UserError('error-config-unknown', { name, suggestion: nearest(name, Object.keys(variables)) ?? '' })
}

function badValue(name: Name, got: string): UserError {
  const { secret } = variableOf(name)
  return new UserError('error-config-bad', { name, got: secret ? '…' : got })
}

function isTaken({ takes }: Variable, text: string): boolean {
  if (takes instanceof RegExp) return takes.test(text)
  return typeof takes === 'function' ? takes(text) : takes.includes(text)
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}

function isPort(text: string): boolean {
  return text === '' || (/^\d{1,5}$/.test(text) && Number(text) <= 65_535)
}
