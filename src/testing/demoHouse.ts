import { pino } from 'pino'
import type { ChartSpec } from '../charts/spec.js'
import type { App } from '../commands/app.js'
import { Arg } from '../commands/args.js'
import { type Command, defineCommand } from '../commands/defineCommand.js'
import { createDispatch, type Dispatch, type DispatchOptions } from '../commands/dispatch.js'
import { frameCommands } from '../commands/frame.js'
import { createRegistry, type Registry } from '../commands/registry.js'
import type { Reply } from '../commands/reply.js'
import { createRunning } from '../commands/running.js'
import { UserError } from '../domain/userError.js'
import type { Locale } from '../i18n.js'
import type { TakenAction } from '../store/actionTokens.js'

/** The smallest picture that is one: 1 x 1. */
export const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

/** The frame with commands made for tests, all in memory: what surfaces and dispatch are tried on. */
export interface DemoHouse {
  registry: Registry
  dispatch: Dispatch
  options: DispatchOptions
  /** How often each command ran. */
  runs: Map<string, number>
  /** Lines of the log, as objects. */
  log: Record<string, unknown>[]
  /** `/long` reports one more step. */
  step(fraction: number): void
  /** `/long` ends well. */
  release(): void
  /** Resolves once a command of that name has begun to run. */
  started(name: string): Promise<void>
  /** Same memory, as after a restart. */
  restart(): Dispatch
}

export function createDemoHouse({
  allowed = ['1', '2', 'local'],
  render = async () => onePixel,
  locale = 'en',
}: {
  allowed?: string[]
  render?: (spec: ChartSpec) => Promise<Uint8Array>
  locale?: Locale
} = {}): DemoHouse {
  const runs = new Map<string, number>()
  const log: Record<string, unknown>[] = []
  const waiting = new Map<string, () => void>()
  let step: (fraction: number) => void = () => {}
  let release: () => void = () => {}

  const counted = (command: Command): Command => ({
    ...command,
    run: (...given) => {
      runs.set(command.name, (runs.get(command.name) ?? 0) + 1)
      const result = command.run(...given)
      waiting.get(command.name)?.()
      return result
    },
  })

  const long = defineCommand({
    name: 'long',
    args: Arg.object({}),
    effect: 'read',
    run: (_args, _caller, _app, { progress, signal }) =>
      new Promise<string>((resolve, reject) => {
        step = (fraction) => progress({ key: 'reply-start-try', args: { command: 'step' }, fraction })
        release = () => resolve('released')
        signal.addEventListener('abort', () => reject(signal.reason))
      }),
    view: (text, t) => ({
      title: text,
      chart: chart(t.theme),
      buttons: [[button('again', 'echo', { text: 'again' })]],
    }),
  })

  const registry: Registry = createRegistry([...frameCommands(() => registry), ...demoCommands, long].map(counted))
  const options = memory(registry, { allowed, render, log, locale })
  const dispatch = createDispatch(options)
  return {
    registry,
    dispatch,
    options,
    runs,
    log,
    step: (fraction) => step(fraction),
    release: () => release(),
    started: (name) => new Promise((resolve) => (runs.has(name) ? resolve() : waiting.set(name, resolve))),
    restart: () => createDispatch({ ...options, app: { ...options.app, running: createRunning() } }),
  }
}

const button = (label: string, command: string, args: Record<string, unknown>) => ({ label, command, args })

/** A guided flow of numbered steps. */
const stepReply = (number: number): Reply => ({
  text: `step ${number}`,
  replaces: true,
  buttons: [
    [
      button('Next', 'step', { number: number + 1 }),
      button('Same', 'step', { number }),
      button('Refuse', 'refuse', {}),
      button('Picture', 'draw', {}),
    ],
  ],
})

const demoCommands: Command[] = [
  defineCommand({
    name: 'walk',
    args: Arg.object({}),
    effect: 'read',
    run: async () => 1,
    view: stepReply,
  }),
  defineCommand({
    name: 'step',
    args: Arg.object({ number: Arg.integer({ minimum: 1, maximum: 100 }) }),
    effect: 'read',
    buttonsOnly: true,
    run: async ({ number }) => number,
    view: stepReply,
  }),
  defineCommand({
    name: 'echo',
    args: Arg.object({ text: Arg.optional(Arg.rest({ maxLength: 20_000 })) }),
    effect: 'write',
    takesFile: true,
    run: async ({ text = 'nothing' }) => text,
    view: (text) => ({ text }),
  }),
  defineCommand({
    name: 'quote',
    args: Arg.object({ inst: Arg.instrument(), bar: Arg.optional(Arg.bar()), strategy: Arg.optional(Arg.strategy()) }),
    effect: 'read',
    run: async (args) => args,
    view: ({ inst, bar = '15m' }, t) => ({
      stamp: t('mode-simulated'),
      title: inst,
      fields: [
        { label: t('column-argument'), value: bar },
        { label: 'x', value: t.price(45_000.5) },
      ],
      table: {
        columns: [
          { label: '名称', align: 'left' },
          { label: 'n', align: 'right' },
        ],
        rows: [
          ['a', '1'],
          ['中文', '1,000'],
        ],
      },
      buttons: [[button('Echo', 'echo', { text: 'pressed' }), button('Once', 'once', {})]],
    }),
  }),
  defineCommand({
    name: 'draw',
    args: Arg.object({ text: Arg.optional(Arg.rest({ maxLength: 20_000 })) }),
    effect: 'read',
    run: async ({ text = 'numbers' }) => text,
    view: (text, t) => ({
      title: 'Drawn',
      text,
      chart: chart(t.theme),
      buttons: [[button('Again', 'draw', {}), button('Walk', 'step', { number: 1 })]],
    }),
  }),
  defineCommand({
    name: 'once',
    args: Arg.object({}),
    effect: 'write',
    once: true,
    run: async () => 'once',
    view: (text) => ({ text }),
  }),
  defineCommand({
    name: 'many',
    args: Arg.object({}),
    effect: 'read',
    run: async () => Array.from({ length: 7 }, (_, i) => String(i)),
    view: (labels) => ({
      text: 'Choose',
      buttons: [labels.map((label) => button(label, 'echo', { text: `chose ${label}` }))],
    }),
  }),
  defineCommand({
    name: 'refuse',
    args: Arg.object({}),
    effect: 'read',
    run: async () => {
      throw new UserError('error-range-reversed', { value: 'that' })
    },
    view: () => ({}),
  }),
  defineCommand({
    name: 'crash',
    args: Arg.object({ key: Arg.rest({ maxLength: 40 }) }),
    effect: 'read',
    secret: true,
    run: async () => {
      throw new Error('a wheel came off')
    },
    view: () => ({}),
  }),
  defineCommand({
    name: 'buy',
    args: Arg.object({}),
    effect: 'trade',
    run: async () => 'bought',
    view: (text) => ({ text }),
  }),
]

function chart(theme: 'light' | 'dark'): ChartSpec {
  return {
    kind: 'timeline',
    title: 'Demo · BTC-USDT 15m',
    subtitle: '',
    stamp: null,
    badge: null,
    headline: [],
    panels: [],
    timeZone: 'UTC',
    locale: 'en-US',
    theme,
  }
}

function memory(
  registry: Registry,
  {
    allowed,
    render,
    log,
    locale: defaultLocale,
  }: {
    allowed: string[]
    render: (spec: ChartSpec) => Promise<Uint8Array>
    log: Record<string, unknown>[]
    locale: Locale
  },
): DispatchOptions {
  const users = new Map<string, { id: number; locale: Locale; timeZone: string; theme: 'light' | 'dark' }>()
  const tokens = new Map<
    string,
    { ownerKey: string; command: string; args: object; expiresAt: number; used: boolean }
  >()
  const seen = new Set<string>()
  const app: App = {
    mode: 'simulated',
    running: createRunning(),
    users: {
      async findOrCreate({
        platform,
        platformUserId,
        locale,
      }: {
        platform: string
        platformUserId: string
        locale: Locale
      }) {
        const key = `${platform}:${platformUserId}`
        const user = users.get(key) ?? { id: users.size + 1, locale, timeZone: 'UTC', theme: 'dark' as const }
        users.set(key, user)
        return { ...user }
      },
      async setLocale(userId: number, locale: Locale) {
        for (const user of users.values()) if (user.id === userId) user.locale = locale
      },
    },
    suggestions: {
      strategies: async () => ['rsi-dip', 'ma-cross'],
      instruments: async () => ['BTC-USDT', 'BTC-USDT-SWAP', 'ETH-USDT'],
    },
    // Demo commands use nothing else.
  } as unknown as App
  return {
    app,
    registry,
    allow: (_platform, id) => allowed.includes(id),
    deliveries: { claim: async (key) => seen.size < seen.add(key).size },
    actionTokens: {
      async create(actions, { expiresAt }) {
        return actions.map((action) => {
          const token = `token-${tokens.size + 1}`
          tokens.set(token, { ...action, expiresAt, used: false })
          return token
        })
      },
      async take(token, ownerKey, now): Promise<TakenAction> {
        const action = tokens.get(token)
        if (!action) return { ok: false, reason: 'unknown' }
        if (action.ownerKey !== ownerKey) return { ok: false, reason: 'not-owner' }
        if (action.expiresAt <= now) return { ok: false, reason: 'expired' }
        const first = !action.used
        action.used = true
        return { ok: true, command: action.command, args: { ...action.args }, first }
      },
    },
    charts: { render },
    logger: pino({ level: 'debug' }, { write: (line: string) => void log.push(JSON.parse(line)) }),
    now: () => Date.UTC(2024, 0, 1),
    defaults: { locale: defaultLocale, timeZone: 'UTC' },
  }
}
