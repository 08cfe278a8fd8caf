import {
  ActionRowBuilder,
  AttachmentBuilder,
  type ChatInputCommandInteraction,
  EmbedBuilder,
  Events,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js'
import { describe, expect, it } from 'vitest'
import { anna, bert, bot, button, codeOf, guildId, onCommand, png, row } from './bareDiscordBot.js'

describe('an interaction on the fake Discord', () => {
  it('goes from a deferred command over a picture in an embed to a button that is disabled', async () => {
    const { discord, done } = await bot(async (interaction) => {
      if (interaction.isChatInputCommand()) {
        await interaction.deferReply()
        await interaction.editReply('working')
        await interaction.editReply({
          content: '',
          embeds: [new EmbedBuilder().setTitle('Result').setImage('attachment://chart.png')],
          files: [new AttachmentBuilder(png, { name: 'chart.png' })],
          components: [row(button('Again', 'again'))],
        })
      } else if (interaction.isButton()) {
        await interaction.update({ components: [row(button('Again', 'again', true))] })
      }
    })
    const user = discord.user(anna)
    const asked = await user.command('backtest', { strategy: 'rsi', days: 30 })
    expect(asked.acknowledged).toBe(true)
    const answer = await discord.waitFor('the picture', () => asked.messages.find(({ files }) => files.length > 0))
    await done()
    expect(answer.files).toMatchObject([{ name: 'chart.png' }])
    expect(Buffer.from(answer.files[0].bytes).equals(png)).toBe(true)
    expect(answer).toMatchObject({ text: 'Result', earlier: ['working'], author: 'bot', ephemeral: false })
    expect(user.dm.messages).toEqual([answer])

    const pressed = await user.press('Again')
    expect(pressed.messages).toEqual([answer])
    expect(answer.buttons).toEqual([{ label: 'Again', customId: 'again', disabled: true }])
    expect(answer.files).toHaveLength(1)
    await expect(user.press('Again')).rejects.toThrow('disabled')
  })

  it('carries what was typed, the languages, the place and a file', async () => {
    const seen: unknown[] = []
    const { discord } = await onCommand(async (command) => {
      const { locale, guildLocale, guildId, context, attachmentSizeLimit, user, options, channel } = command
      const file = options.getAttachment('file')
      const content = file && (await (await fetch(file.url)).text())
      seen.push({ locale, guildLocale, guildId, context, attachmentSizeLimit, user: user.id, channel: channel?.id })
      seen.push({ strategy: options.getString('strategy'), days: options.getInteger('days'), content })
      await command.reply({ content: 'ok', files: [{ attachment: png, name: 'chart.png' }] })
    })
    const guild = discord.guild(guildId, { locale: 'de' })
    const file = { name: 's.json', bytes: Buffer.from('{"a":1}') }
    const asked = await discord.user(anna).command('backtest', { strategy: 'rsi', days: 3, file }, guild.channel)
    expect(asked.messages).toMatchObject([{ content: 'ok', files: [{ name: 'chart.png' }] }])
    expect(seen).toEqual([
      {
        locale: 'zh-CN',
        guildLocale: 'de',
        guildId,
        context: 0,
        attachmentSizeLimit: 10 * 1024 * 1024,
        user: anna.id,
        channel: guild.channel.id,
      },
      { strategy: 'rsi', days: 3, content: '{"a":1}' },
    ])
  })

  it('shows ephemeral answers to their owner alone', async () => {
    const { discord, client } = await onCommand((command) =>
      command.reply({ content: 'secret', flags: MessageFlags.Ephemeral, components: [row(button('Open', 'open'))] }),
    )
    const { channel } = discord.guild(guildId)
    const heard: string[] = []
    const last = new Promise<void>((resolve) => {
      client.on(Events.MessageCreate, ({ content }) => {
        if (heard.push(content) && content === `<@${discord.applicationId}> last`) resolve()
      })
    })
    const [owner, other] = [discord.user(anna), discord.user(bert)]
    const asked = await owner.command('backtest', { strategy: 'rsi' }, channel)
    expect(asked).toMatchObject({ ephemeral: true, messages: [{ content: 'secret', ephemeral: true }] })
    expect(owner.sees(channel)).toHaveLength(1)
    expect(other.sees(channel)).toEqual([])
    expect(channel.messages).toEqual([])
    other.send('last', { channel, mention: true })
    await last
    expect(heard).toHaveLength(1)
    await expect(other.press('Open', channel)).rejects.toThrow('no button "Open"')
    const place = await client.channels.fetch(channel.id)
    if (!place?.isTextBased()) throw new Error('no text channel')
    expect(await codeOf(place.messages.edit(asked.messages[0].id, 'changed'))).toBe(10008)
  })

  it('is acknowledged once: the second time is refused', async () => {
    const codes: unknown[] = []
    const { discord, client, done } = await onCommand(async (command) => {
      await command.deferReply()
      const second = { body: { type: 4, data: { content: 'again' } }, auth: false }
      codes.push(await codeOf(client.rest.post(`/interactions/${command.id}/${command.token}/callback`, second)))
      codes.push(await codeOf(client.rest.post(`/interactions/${command.id}/wrong/callback`, second)))
      await command.editReply('once')
    })
    const asked = await discord.user(anna).command('backtest', { strategy: 'rsi' })
    await done()
    expect(asked.messages).toMatchObject([{ content: 'once' }])
    expect(codes).toEqual([40060, 10062])
  })

  it('fails for its user when nobody acknowledges it, and cannot be answered any more', async () => {
    const asked: ChatInputCommandInteraction[] = []
    const { discord } = await onCommand(async (command) => asked.push(command), {
      acknowledgeWithinMs: 30,
      now: () => Date.UTC(2026, 10, 22),
    })
    await expect(discord.user(anna).command('backtest', { strategy: 'rsi' })).rejects.toThrow('did not respond')
    expect(await codeOf(asked[0].reply('late'))).toBe(10062)
  })

  it('cannot be acknowledged after 3 s nor edited after 15 min of its clock', async () => {
    let nowMs = Date.UTC(2026, 10, 22)
    const codes: unknown[] = []
    const { discord, done } = await onCommand(
      async (command) => {
        const isLate = command.options.getInteger('days') === 1
        nowMs += isLate ? 501 : 500
        codes.push(await codeOf(command.deferReply()))
        nowMs += 15 * 60_000
        if (!isLate) codes.push(await codeOf(command.editReply('late')))
      },
      { now: () => nowMs, acknowledgeWithinMs: 500 },
    )
    const user = discord.user(anna)
    await user.command('backtest', { strategy: 'rsi', days: 2 })
    await done()
    expect(codes[1]).toBe(50027)
    await expect(user.command('backtest', { strategy: 'rsi', days: 1 })).rejects.toThrow('did not respond')
    expect(codes[2]).toBe(10062)
  })

  it('makes the first follow-up the deferred answer, as ephemeral as it was deferred', async () => {
    const { discord, done } = await onCommand(async (command) => {
      await command.deferReply({ flags: MessageFlags.Ephemeral })
      await command.followUp('first')
      await command.followUp('second')
    })
    const asked = await discord.user(anna).command('backtest', { strategy: 'rsi' })
    await done()
    expect(asked.messages.map(({ content, ephemeral }) => [content, ephemeral])).toEqual([
      ['first', true],
      ['second', false],
    ])
  })

  it('reaches a private channel, where the bot can follow up five times and not write by itself', async () => {
    const codes: unknown[] = []
    const { discord, client, done } = await onCommand(async (command) => {
      await command.reply('hello')
      for (const n of [1, 2, 3, 4, 5]) await command.followUp(`${n}`)
      codes.push(await codeOf(command.followUp('6')))
      const body = { content: 'by myself' }
      codes.push(await codeOf(client.rest.post(`/channels/${command.channelId}/messages`, { body })))
    })
    const place = discord.privateChannel()
    const asked = await discord.user(anna).command('backtest', { strategy: 'rsi' }, place)
    await done()
    expect(codes).toEqual([40094, 50001])
    expect(asked.messages).toHaveLength(6)
  })

  it('offers what autocomplete answers, in the language of the user', async () => {
    const { discord } = await bot(async (interaction) => {
      if (!interaction.isAutocomplete()) return
      const { name, value } = interaction.options.getFocused(true)
      await interaction.respond([
        { name: 'RSI', nameLocalizations: { 'zh-CN': '相对强弱' }, value: `${name}:${value}` },
      ])
    })
    const typed = (user: { id: string; locale?: string }) =>
      discord.user(user).autocomplete('backtest', 'strategy', 'rs', { days: 5 })
    expect(await typed(anna)).toEqual([{ name: '相对强弱', value: 'strategy:rs' }])
    expect(await typed(bert)).toEqual([{ name: 'RSI', value: 'strategy:rs' }])
    await expect(discord.user(anna).autocomplete('backtest', 'days', '1')).rejects.toThrow('offers nothing')
  })

  it('refuses too many and too long choices of autocomplete', async () => {
    const codes: unknown[] = []
    const { discord } = await bot(async (interaction) => {
      if (!interaction.isAutocomplete()) return
      const choice = { name: 'x', value: 'x' }
      codes.push(await codeOf(interaction.respond(Array.from({ length: 26 }, () => choice))))
      codes.push(await codeOf(interaction.respond([{ name: 'n'.repeat(101), value: 'x' }])))
      await interaction.respond([choice])
    })
    await discord.user(anna).autocomplete('backtest', 'strategy', '')
    expect(codes).toEqual([50035, 50035])
  })

  it('takes a choice from a menu and the words of a form', async () => {
    const menu = new StringSelectMenuBuilder().setCustomId('pick').addOptions({ label: 'One', value: '1' })
    const { discord } = await bot(async (interaction) => {
      if (interaction.isChatInputCommand()) {
        await interaction.reply({
          content: 'choose',
          components: [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu)],
        })
      } else if (interaction.isStringSelectMenu()) {
        const name = new TextInputBuilder().setCustomId('name').setStyle(TextInputStyle.Short).setMaxLength(5)
        const label = new LabelBuilder().setLabel('Name').setTextInputComponent(name)
        await interaction.showModal(
          new ModalBuilder().setCustomId(`form:${interaction.values}`).setTitle('A form').addLabelComponents(label),
        )
      } else if (interaction.isModalSubmit() && interaction.isFromMessage()) {
        await interaction.update(`${interaction.customId} ${interaction.fields.getTextInputValue('name')}`)
      }
    })
    const user = discord.user(anna)
    await user.command('backtest', { strategy: 'rsi' })
    await expect(user.select('pick', '2')).rejects.toThrow('has no 2')
    const chosen = await user.select('pi', '1')
    expect(chosen.modal).toMatchObject({ customId: 'form:1', title: 'A form', inputs: [{ label: 'Name' }] })
    await expect(chosen.submit({ name: 'too long' })).rejects.toThrow('does not fit')
    const sent = await chosen.submit({ name: 'Bo' })
    expect(sent.messages.map(({ content }) => content)).toEqual(['form:1 Bo'])
  })

  it("lets only pass what Discord's client lets pass", async () => {
    const { discord } = await onCommand((command) => command.reply('ok'))
    const user = discord.user(anna)
    for (const [options, reason] of [
      [{}, 'wants the option strategy'],
      [{ strategy: '' }, 'does not take'],
      [{ strategy: 'x'.repeat(21) }, 'does not take'],
      [{ strategy: 'rsi', days: 366 }, 'does not take'],
      [{ strategy: 'rsi', days: 1.5 }, 'does not take'],
      [{ strategy: 'rsi', days: '1' }, 'does not take'],
      [{ strategy: 'rsi', bar: '2H' }, 'has no choice'],
      [{ strategy: 'rsi', other: 1 }, 'no option other'],
    ] as const) {
      await expect(user.command('backtest', options)).rejects.toThrow(reason)
    }
    await expect(user.command('other')).rejects.toThrow('no command /other')
    expect(discord.calls.filter(({ path }) => path.startsWith('/interactions'))).toEqual([])
  })
})
