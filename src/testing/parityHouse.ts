import { join } from 'node:path'
import { pino } from 'pino'
import { kindOf } from '../commands/args.js'
import type { Command } from '../commands/defineCommand.js'
import type { Dispatch, DrawnReply } from '../commands/dispatch.js'
import { argsOf, type Registry } from '../commands/registry.js'
import { isSecret, readWords } from '../commands/words.js'
import { UserError } from '../domain/userError.js'
import { type House, openHouse } from '../house.js'
import { createTranslator, type Locale } from '../i18n.js'
import { builtWorker, freshFolder } from './built.js'
import { onePixel } from './demoHouse.js'

/** One thing that a person asks: its words, and the same as a slash command where that can say it. */
export interface Ask {
  words: string
  slash: { name: string; options: Record<string, string | number | boolean> } | null
}

/** What came of it, without what must differ from one surface to another. */
export interface Said extends Omit<DrawnReply, 't' | 'picture' | 'buttons'> {
  picture?: string
  buttons?: string[][]
}

/** A whole house of its own at one fixed moment, with what its door answered and what it logged as an error. */
export interface ParityHouse extends House {
  said: Said[]
  errors: string[]
}

const now = Date.parse('2024-03-05T10:00:30Z')

export async function openParityHouse(locale: Locale): Promise<ParityHouse> {
  const dataDir = freshFolder()
  const said: Said[] = []
  const errors: string[] = []
  const logger = pino({ level: 'error' }, { write: (line: string) => void errors.push(line) })
  const house = await openHouse({
    config: {
      mode: 'simulated',
      seed: 'parity',
      locale,
      timeZone: 'UTC',
      okxBaseUrl: '',
      dataDir,
      secret: null,
      oldSecret: null,
      candleFile: join(dataDir, 'candles.db'),
      databaseUrl: `file:${join(dataDir, 'records.db')}`,
      databaseAuthToken: null,
    },
    allow: () => true,
    charts: { render: async () => onePixel },
    clock: () => now,
    logger,
    tuning: { workerFile: builtWorker },
  })
  const dispatch: Dispatch = {
    ...house.dispatch,
    async handle(request, sink) {
      const reply = await house.dispatch.handle(request, sink)
      if (reply) said.push(withoutTokens(reply))
      return reply
    },
  }
  return { ...house, dispatch, said, errors }
}

function withoutTokens({ t: _, picture, buttons, ...reply }: DrawnReply): Said {
  return {
    ...reply,
    ...(picture && { picture: picture.name }),
    ...(buttons && { buttons: buttons.map((row) => row.map(({ label }) => label)) }),
  }
}

/** By kind of argument: one that is right, and one that is not. */
const samples: Record<string, { good: string; bad: string }> = {
  strategy: { good: 'rsi-dip', bad: '?!' },
  instrument: { good: 'eth', bad: '$$$' },
  bar: { good: '4h', bad: '7m' },
  range: { good: '7d', bad: 'yesterday' },
  time: { good: '2024-03-05T08:00', bad: 'yesterday' },
  account: { good: 'main', bad: '?!' },
  rest: { good: 'help', bad: '' },
  boolean: { good: 'yes', bad: 'perhaps' },
  id: { good: 'abc', bad: '!!' },
}

/** For every command of the registry: its example, each argument right and wrong, too much, too little, and a slip of the pen. */
export function asksOf(registry: Registry, locale: Locale): Ask[] {
  const t = createTranslator({ locale, timeZone: 'UTC', theme: 'light' })
  return registry.commands.flatMap((command) => {
    const { name } = command
    const example = `command-${name}-example`
    // What surfaces do with secrets differs: accountJourney.test.ts.
    const infos = argsOf(command).filter((info) => !isSecret(info))
    const named = infos.filter(({ schema }) => kindOf(schema).name !== 'rest')
    const required = infos.filter((info) => info.required).map((info) => sampleOf(info.schema).good)
    const withNamed = (...named: string[]) => [`/${name}`, ...named, ...required].join(' ')
    const base = withNamed()
    const right = [t.has(example) ? t(example) : base, base]
    const each = named
      .filter((info) => !info.required)
      .map((info) => withNamed(`${info.name}=${sampleOf(info.schema).good}`))
    const wrong = [
      ...named.map((info) => withNamed(`${info.name}=${sampleOf(info.schema).bad}`)),
      ...(infos.some((info) => info.required) ? [`/${name}`] : []),
      ...(command.secret || infos.some(({ schema }) => kindOf(schema).name === 'rest')
        ? []
        : [`${base} one word too many nosuch=1`]),
      `/${name}x`,
    ]
    return [
      ...[...right, ...each].map((words) => ({ words, slash: slashOf(command, words) })),
      ...wrong.map((words) => ({ words, slash: null })),
    ]
  })
}

function sampleOf(schema: Parameters<typeof kindOf>[0]): { good: string; bad: string } {
  const { name } = kindOf(schema)
  const { enum: choices, minimum } = schema as { enum?: unknown[]; minimum?: number }
  if (name === 'choice') return { good: String(choices?.[0]), bad: 'nonsense' }
  if (minimum !== undefined) return { good: String(minimum), bad: 'many' }
  if (!Object.hasOwn(samples, name)) throw new Error(`the parity suite has no sample of the kind ${name}`)
  return samples[name]
}

/** The words as options of a slash command, typed as the registry types them; null for words that are no such thing. */
function slashOf(command: Command, words: string): Ask['slash'] {
  const rest = words.replace(/^\S+\s*/, '')
  try {
    const options = readWords(command, rest) as Record<string, string | number | boolean>
    const isWhole = argsOf(command).every(({ name, required }) => !required || name in options)
    return isWhole ? { name: command.name, options } : null
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}
