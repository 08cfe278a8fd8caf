import { Events } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { anna, backtest, codeOf, guildId, login, start } from './bareDiscordBot.js'

describe('commands on the fake Discord', () => {
  it('are kept as put, with ids of their own that last', async () => {
    const discord = await start()
    const client = await login(discord)
    const [first] = (await client.application.commands.set([backtest])).keys()
    const [again] = (await client.application.commands.set([backtest])).keys()
    expect(again).toBe(first)
    expect(discord.commandPuts).toBe(2)
    expect(discord.commands).toMatchObject([backtest])
    expect((await client.application.commands.fetch({ withLocalizations: true })).map(({ name }) => name)).toEqual([
      'backtest',
    ])
  })

  it('are refused when Discord would refuse them', async () => {
    const discord = await start()
    const client = await login(discord)
    const put = (...body: object[]) =>
      codeOf(client.rest.put(`/applications/${discord.applicationId}/commands`, { body }))
    const plain = { name: 'a', description: 'b' }
    const option = { type: 3, ...plain }
    const withOptions = (...options: object[]) => ({ ...plain, options })
    for (const commands of [
      [{ ...plain, name: 'Upper' }],
      [{ ...plain, name: 'two words' }],
      [{ ...plain, name: 'x'.repeat(33) }],
      [{ ...plain, name_localizations: { 'zh-CN': '回 测' } }],
      [{ ...plain, name_localizations: { zh: '回测' } }],
      [{ ...plain, description: '' }],
      [{ ...plain, description: 'd'.repeat(101) }],
      [{ ...plain, description_localizations: { 'zh-CN': '述'.repeat(101) } }],
      [{ ...plain, contexts: [3] }],
      [{ ...plain, unknown: 1 }],
      [plain, plain],
      Array.from({ length: 101 }, (_, n) => ({ ...plain, name: `c${n}` })),
      [withOptions(...Array.from({ length: 26 }, (_, n) => ({ ...option, name: `o${n}` })))],
      [withOptions(option, { ...option, name: 'c', required: true })],
      [withOptions(option, option)],
      [withOptions({ ...option, choices: [{ name: 'x', value: 'x' }], autocomplete: true })],
      [withOptions({ ...option, choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })) })],
      [withOptions({ ...option, choices: [{ name: 'x', value: 1 }] })],
      [withOptions({ ...option, min_value: 1 })],
      [withOptions({ ...option, type: 4, min_value: 2, max_value: 1 })],
      [withOptions({ ...option, type: 1 }, { ...option, name: 'c' })],
      [
        withOptions(
          ...Array.from({ length: 25 }, (_, n) => ({
            ...option,
            name: `o${n}`,
            choices: Array.from({ length: 25 }, (_, m) => ({ name: `choice-${m}`, value: 'v'.repeat(10) + m })),
          })),
        ),
      ],
    ]) {
      expect([commands, await put(...commands)]).toEqual([commands, 50035])
    }
    expect(discord.commandPuts).toBe(0)
    expect(discord.commands).toEqual([])
  })

  it('are typed with their sub-commands, and only where they are offered', async () => {
    const discord = await start()
    const client = await login(discord)
    const sub = { type: 1, name: 'list', description: 'd', options: [{ type: 5, name: 'all', description: 'd' }] }
    await client.application.commands.set([
      {
        name: 'strategy',
        description: 'd',
        options: [{ type: 2, name: 'my', description: 'd', options: [sub] }],
        contexts: [0],
        integrationTypes: [0],
      },
    ])
    client.on(Events.InteractionCreate, (interaction) => {
      if (!interaction.isChatInputCommand()) return
      const { options } = interaction
      void interaction.reply(`${options.getSubcommandGroup()} ${options.getSubcommand()} ${options.getBoolean('all')}`)
    })
    const user = discord.user(anna)
    const { channel } = discord.guild(guildId)
    const asked = await user.command('strategy my list', { all: true }, channel)
    expect(asked.messages[0].content).toBe('my list true')
    await expect(user.command('strategy', {}, channel)).rejects.toThrow('wants a sub-command')
    await expect(user.command('strategy my list')).rejects.toThrow('not offered in a dm')
    const guest = discord.guild('300000000000000002', { bot: false })
    await expect(user.command('strategy my list', {}, guest.channel)).rejects.toThrow('not installed')
  })
})
