import { ApplicationCommandOptionType, Locale } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { allCommands } from '../../commands/allCommands.js'
import { Arg } from '../../commands/args.js'
import { type Command, defineCommand } from '../../commands/defineCommand.js'
import { createRegistry, type Registry } from '../../commands/registry.js'
import { checkCommands } from '../../testing/discordCommandRules.js'
import { publishSlashCommands, slashCommands } from './slashCommands.js'

const registry: Registry = createRegistry(allCommands(() => registry))
const commands = slashCommands(registry)
const made = defineCommand({
  name: 'made',
  args: Arg.object({
    count: Arg.optional(Arg.integer({ minimum: 0, maximum: 9 })),
    flag: Arg.optional(Arg.boolean()),
    share: Arg.number({ minimum: 0.5, maximum: 2 }),
    id: Arg.optional(Arg.id()),
    many: Arg.optional(Arg.choice(Array.from({ length: 26 }, (_, i) => `choice${i}`))),
    text: Arg.rest({ maxLength: 65_536 }),
  }),
  effect: 'read',
  run: async () => null,
  view: () => ({}),
}) as Command

describe('the slash commands', () => {
  it('are what Discord takes', () => {
    expect(() => checkCommands(commands)).not.toThrow()
    expect(commands.map(({ name }) => name)).toEqual(registry.commands.map(({ name }) => name))
  })

  it('can be used in servers, direct messages and by those who installed the app for themselves', () => {
    for (const command of commands) {
      expect(command).toMatchObject({ contexts: [0, 1, 2], integration_types: [0, 1] })
    }
  })

  it('have every word in Chinese beside the English one, and names where there are some', () => {
    const backtest = commands.find(({ name }) => name === 'backtest')
    expect(backtest?.name_localizations).toEqual({ [Locale.ChineseCN]: '回测' })
    for (const { description, description_localizations, options = [] } of commands) {
      for (const words of [{ description, description_localizations }, ...options]) {
        expect(words.description).not.toMatch(/[一-鿿]/)
        expect(words.description_localizations?.[Locale.ChineseCN]).toMatch(/[\u4e00-\u9fff]/)
      }
    }
    expect(backtest?.options?.[0]).not.toHaveProperty('name_localizations')
  })

  it('complete strategies, instruments, timeframes and ranges, and offer choices', () => {
    const options = commands.find(({ name }) => name === 'backtest')?.options ?? []
    const completed = options.filter((option) => 'autocomplete' in option && option.autocomplete)
    expect(completed.map(({ name }) => name)).toEqual(['strategy', 'inst', 'bar', 'range', 'detail'])
    const fill = options.find(({ name }) => name === 'fill')
    expect(fill).toMatchObject({ choices: expect.arrayContaining([{ name: 'next_open', value: 'next_open' }]) })
    expect(options.find(({ name }) => name === 'fee')).toMatchObject({
      type: ApplicationCommandOptionType.Number,
      min_value: 0,
      max_value: 0.05,
    })
  })

  it('have the required options first, each with its type and limits', () => {
    const [{ options }] = slashCommands(createRegistry([made]))
    const { Integer, Boolean: Flag, Number: Share, String: Text } = ApplicationCommandOptionType
    expect(options?.map(({ name, type, required }) => [name, type, required])).toEqual([
      ['share', Share, true],
      ['text', Text, true],
      ['count', Integer, false],
      ['flag', Flag, false],
      ['id', Text, false],
      ['many', Text, false],
    ])
    expect(options?.[1]).toMatchObject({ min_length: 1, max_length: 6000 })
    expect(options?.[2]).toMatchObject({ min_value: 0, max_value: 9 })
    expect(options?.[5]).toMatchObject({ autocomplete: true })
  })
})

describe('publishing', () => {
  /** An application that has these commands already, as Discord gives them back. */
  async function putsOver(present: readonly object[]): Promise<number> {
    let puts = 0
    const rest = { get: async () => present, put: async () => (puts += 1) }
    await publishSlashCommands(rest as never, '1', registry)
    return puts
  }
  const given = commands.map((command) => ({
    ...command,
    id: '1',
    version: '2',
    nsfw: false,
    default_member_permissions: null,
    name_localizations: command.name_localizations ?? null,
    options:
      command.options?.length === 0
        ? undefined
        : command.options?.map((o) => ({ ...o, required: o.required || undefined })),
  }))

  it('sends nothing where all is there, in whatever order and form', async () => {
    expect(await putsOver([...given].reverse())).toBe(0)
  })

  it('sends all where anything differs', async () => {
    const [first, ...others] = given
    const [option, ...options] = first.options ?? []
    const changes = [
      others,
      [...given, { ...first, name: 'extra' }],
      [{ ...first, description: 'other' }, ...others],
      [{ ...first, description_localizations: {} }, ...others],
      [{ ...first, contexts: [0] }, ...others],
      [{ ...first, options: [...options, option] }, ...others],
      [{ ...first, options: [{ ...option, autocomplete: false }, ...options] }, ...others],
    ]
    for (const change of changes) expect(await putsOver(change)).toBe(1)
  })
})
