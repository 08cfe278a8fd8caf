import { EmbedBuilder, Events, type Message } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { anna, codeOf, guildId, login, png, start } from './bareDiscordBot.js'
import type { FakeDiscordOptions } from './fakeDiscord.js'

describe('messages on the fake Discord', () => {
  async function inDm(options: FakeDiscordOptions = {}) {
    const discord = await start(options)
    const client = await login(discord)
    const user = discord.user(anna)
    const dm = await client.users.createDM(user.id)
    return { discord, client, user, dm }
  }

  it('reach the bot whole in a DM, and in a guild only with a mention or as an answer to it', async () => {
    const { discord, client, user, dm } = await inDm()
    const heard: Message[] = []
    const all = new Promise<void>((resolve) => {
      client.on(Events.MessageCreate, (message) => {
        if (!message.author.bot && heard.push(message) === 4) resolve()
      })
    })
    const { channel } = discord.guild(guildId)
    user.send('in the dm', { files: [{ name: 'a b.txt', bytes: Buffer.from('x') }] })
    user.send('unseen', { channel })
    user.send('hello', { channel, mention: true })
    await dm.send('mine')
    user.send('to you', { replyTo: user.dm.messages[1] })
    await all
    expect(heard.map(({ content }) => content)).toEqual([
      'in the dm',
      '',
      `<@${discord.applicationId}> hello`,
      'to you',
    ])
    const [file] = heard[0].attachments.values()
    expect(file.name).toBe('a b.txt')
    expect(await (await fetch(file.url)).text()).toBe('x')
    expect((await fetch(file.url.replace(/\?.*/, ''))).status).toBe(404)
    expect(heard[3].reference?.messageId).toBe(user.dm.messages[1].id)
  })

  it('are said once when their nonce comes again', async () => {
    const { discord, user, dm } = await inDm()
    discord.fail('POST', '/messages', '502-after')
    await dm.send({ content: 'order', nonce: '7', enforceNonce: true })
    expect(user.dm.messages.map(({ content }) => content)).toEqual(['order'])
    discord.fail('POST', '/messages', '502-after')
    await dm.send('twice')
    expect(user.dm.messages.map(({ content }) => content)).toEqual(['order', 'twice', 'twice'])
  })

  it('are edited and deleted, files kept, replaced or dropped', async () => {
    const { user, dm } = await inDm()
    const message = await dm.send({ content: 'one', files: [{ attachment: Buffer.from('1'), name: 'one.txt' }] })
    await message.edit('two')
    expect(user.dm.messages).toMatchObject([{ content: 'two', earlier: ['one'], files: [{ name: 'one.txt' }] }])
    await message.edit({ files: [{ attachment: Buffer.from('2'), name: 'two.txt' }] })
    expect(user.dm.messages[0].files.map(({ name }) => name)).toEqual(['two.txt'])
    await message.edit({ attachments: [] })
    expect(user.dm.messages[0].files).toEqual([])
    await message.delete()
    expect(user.dm.messages).toEqual([])
    expect(await codeOf(message.edit('three'))).toBe(10008)
    const theirs = user.send('mine')
    expect(await codeOf(dm.messages.edit(theirs, 'yours'))).toBe(50005)
  })

  it('wait for a scripted 429, fail with a scripted refusal, and break off when hung up', async () => {
    const { discord, user, dm } = await inDm()
    discord.fail('POST', '/messages', { status: 429, retryAfter: 0.01 })
    await dm.send('patient')
    expect(discord.calls.filter(({ path }) => path.endsWith('/messages'))).toHaveLength(2)
    discord.fail('POST', '/messages', { status: 403, code: 50007 })
    expect(await codeOf(dm.send('closed'))).toBe(50007)
    discord.fail('POST', '/messages', 'hang-up')
    await expect(dm.send('lost')).rejects.toThrow()
    expect(user.dm.messages.map(({ content }) => content)).toEqual(['patient', 'lost'])
  })

  it('are counted: the headers tell of the limit, and what goes beyond is refused', async () => {
    const { restApi, token } = await start({ rateLimit: { limit: 2, windowMs: 60_000 } })
    const get = (path: string, authorization = `Bot ${token}`) =>
      fetch(`${restApi}/v10${path}`, { headers: { authorization } })
    const answers = [await get('/users/@me'), await get('/users/@me'), await get('/users/@me')]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
    expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual(['1', '0', '0'])
    const { retry_after } = (await answers[2].json()) as { retry_after: number }
    expect([retry_after > 0 && retry_after <= 60, answers[2].headers.get('retry-after')]).toEqual([
      true,
      `${retry_after}`,
    ])
    expect((await get('/gateway/bot')).status).toBe(200)
    expect((await get('/gateway/bot', 'Bot wrong')).status).toBe(401)
    expect((await get('/elsewhere')).status).toBe(404)
  })

  it('are refused beyond every limit, and nothing of them is kept', async () => {
    const { client, user, dm } = await inDm()
    const send = (body: object) => codeOf(client.rest.post(`/channels/${dm.id}/messages`, { body }))
    const buttons = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ type: 2, style: 1, label: `${n}`, custom_id: `${n}` }))
    const rowOf = (...components: object[]) => ({ content: 'x', components: [{ type: 1, components }] })
    const options = (count: number) => Array.from({ length: count }, (_, n) => ({ label: `${n}`, value: `${n}` }))
    const embeds = (...list: object[]) => ({ embeds: list })
    for (const body of [
      { content: 'x'.repeat(2001) },
      { content: 'x', unknown: 1 },
      { content: 'x', flags: 64 },
      { content: 'x', nonce: 'n'.repeat(26) },
      { content: 'x', message_reference: { message_id: '400000000000000001' } },
      { content: 'x', attachments: [{ id: '0' }] },
      embeds({ title: 't'.repeat(257) }),
      embeds({ description: 'd'.repeat(4097) }),
      embeds({ fields: Array.from({ length: 26 }, () => ({ name: 'n', value: 'v' })) }),
      embeds({ fields: [{ name: 'n', value: 'v'.repeat(1025) }] }),
      embeds({ fields: [{ name: 'n', value: ' ' }] }),
      embeds({ footer: { text: 'f'.repeat(2049) } }),
      embeds({ description: 'd'.repeat(3001) }, { description: 'd'.repeat(3000) }),
      embeds({ color: 1 }),
      embeds({ title: 't', image: { url: 'attachment://missing.png' } }),
      embeds(...Array.from({ length: 11 }, () => ({ title: 't' }))),
      rowOf(...buttons(6)),
      rowOf(),
      {
        content: 'x',
        components: Array.from({ length: 6 }, (_, n) => ({
          type: 1,
          components: [{ type: 2, style: 1, label: 'l', custom_id: `${n}` }],
        })),
      },
      rowOf({ type: 2, style: 1, label: 'l'.repeat(81), custom_id: 'c' }),
      rowOf({ type: 2, style: 1, label: 'l', custom_id: 'c'.repeat(101) }),
      rowOf({ type: 2, style: 1, custom_id: 'c' }),
      rowOf({ type: 2, style: 5, label: 'l', custom_id: 'c' }),
      rowOf(buttons(1)[0], buttons(1)[0]),
      rowOf({ type: 3, custom_id: 's', options: options(26) }),
      rowOf({ type: 3, custom_id: 's', options: [...options(1), ...options(1)] }),
      rowOf({ type: 3, custom_id: 's', options: options(2) }, buttons(1)[0]),
    ]) {
      expect([body, await send(body)]).toEqual([body, 50035])
    }
    expect(await send({ content: ' \n' })).toBe(50006)
    expect(user.dm.messages).toEqual([])
    expect(await send({ ...rowOf(...buttons(5)), content: '😀'.repeat(2000) })).toMatchObject({
      id: expect.any(String),
    })
  })

  it('hold at most ten files of 10 MiB, and pictures that are pictures', async () => {
    const { user, dm } = await inDm()
    const file = (size: number, name = 'a.txt') => ({ attachment: Buffer.alloc(size, 'x'), name })
    expect(await codeOf(dm.send({ files: Array.from({ length: 11 }, () => file(1)) }))).toBe(50035)
    expect(await codeOf(dm.send({ files: [file(10 * 1024 * 1024 + 1)] }))).toBe(40005)
    const embed = new EmbedBuilder().setImage('attachment://a.png')
    expect(await codeOf(dm.send({ embeds: [embed], files: [file(9, 'a.png')] }))).toBe(50035)
    const spaced = { image: { url: 'attachment://a b.png' } }
    expect(await codeOf(dm.send({ embeds: [spaced], files: [{ attachment: png, name: 'a b.png' }] }))).toBe(50035)
    expect(user.dm.messages).toEqual([])
    await dm.send({ files: [file(10 * 1024 * 1024, '图 表.txt')] })
    expect(user.dm.messages[0].files[0].name).toBe('txt')
  })
})
