import { once } from 'node:events'
import { Client, Events, GatewayIntentBits } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { anna, atEnd, guildId, login, onCommand, start } from './bareDiscordBot.js'

describe('the gateway of the fake Discord', () => {
  it('resumes after a cut with what was missed, in order', async () => {
    const { discord } = await onCommand((command) => command.reply('ok'))
    const user = discord.user(anna)
    discord.cutGateway('resumable')
    const asked = await Promise.all([
      user.command('backtest', { strategy: 'one' }),
      user.command('backtest', { strategy: 'two' }),
    ])
    expect(asked.map(({ acknowledged }) => acknowledged)).toEqual([true, true])
    expect(asked.map(({ messages }) => messages[0].id)).toEqual(user.dm.messages.map(({ id }) => id))
    expect([discord.identifies, discord.resumes]).toEqual([1, 1])
  })

  it('wants a new login after an invalid session, and loses what came meanwhile', async () => {
    const { discord } = await onCommand((command) => command.reply('ok'))
    const user = discord.user(anna)
    discord.cutGateway('invalid')
    await expect(user.command('backtest', { strategy: 'one' })).rejects.toThrow('no bot is logged in')
    await discord.waitFor('a second login', () => discord.identifies === 2)
    await user.command('backtest', { strategy: 'two' })
    expect(user.dm.messages).toHaveLength(1)
    expect(discord.resumes).toBe(0)
  })

  it('demands heartbeats and acknowledges them', async () => {
    const discord = await start({ heartbeatIntervalMs: 20 })
    const client = await login(discord)
    const acknowledged = (debug: string) => debug.includes('Heartbeat acknowledged')
    for (let beats = 0; beats < 4; ) if (acknowledged((await once(client, Events.Debug))[0])) beats += 1
    expect([discord.identifies, discord.resumes]).toEqual([1, 0])
  })

  it('closes on silence and on what makes no sense, each with its code', async () => {
    const discord = await start({ heartbeatIntervalMs: 1000 })
    const identify = JSON.stringify({
      op: 2,
      d: { token: discord.token, intents: 0, properties: { os: '', browser: '', device: '' } },
    })
    const gateway = (query: string, api = discord.restApi) =>
      `${api.replace('http', 'ws').replace('/api', '/gateway')}?${query}`
    const code = async (...said: string[]) => {
      const socket = new WebSocket(gateway('v=10&encoding=json'))
      socket.on('open', () => {
        for (const line of said) socket.send(line)
      })
      return (await once(socket, 'close'))[0]
    }
    expect(await code('nonsense')).toBe(4002)
    expect(await code('{"op":3,"d":null}')).toBe(4003)
    expect(await code(identify, identify)).toBe(4005)
    expect(await code(identify, '{"op":99,"d":null}')).toBe(4001)
    expect(await code(identify.replace('"intents":0', '"intents":1073741824'))).toBe(4013)
    expect(await code(identify.replace(discord.token, 'wrong'))).toBe(4004)
    expect(await code('{"op":6,"d":{"token":"wrong","session_id":"s","seq":0}}')).toBe(4004)
    expect((await once(new WebSocket(gateway('v=9')), 'close'))[0]).toBe(4012)
    expect((await once(new WebSocket(gateway('v=10&compress=zlib-stream')), 'error'))[0].message).toContain('400')
    const hasty = await start({ heartbeatIntervalMs: 5 })
    expect((await once(new WebSocket(gateway('v=10', hasty.restApi)), 'close'))[0]).toBe(4009)
  })

  it('tells of guilds at the login and later', async () => {
    const discord = await start()
    discord.guild(guildId)
    const client = await login(discord)
    expect(client.guilds.cache.get(guildId)?.channels.cache.size).toBe(1)
    const joined = once(client, Events.GuildCreate)
    discord.guild('300000000000000002', { locale: 'de' })
    expect((await joined)[0]).toMatchObject({ id: '300000000000000002', preferredLocale: 'de' })
  })

  it('closes on a wrong token and on an intent that was not granted, and REST answers 401', async () => {
    const discord = await start()
    const wrong = new Client({ intents: [], rest: { api: discord.restApi } })
    atEnd.push(() => wrong.destroy())
    await expect(wrong.login('wrong')).rejects.toThrow('invalid token')

    const greedy = (intents: number[]) => {
      const client = new Client({ intents, rest: { api: discord.restApi } })
      atEnd.push(() => client.destroy())
      const errors = new Promise((resolve) => client.on(Events.ShardError, resolve))
      const closed = new Promise<number>((resolve) => client.on(Events.ShardDisconnect, ({ code }) => resolve(code)))
      client.login(discord.token).catch(() => {})
      return Promise.all([closed, errors])
    }
    expect((await greedy([GatewayIntentBits.MessageContent]))[0]).toBe(4014)
    const allowed = await start({ messageContent: true })
    await login(allowed, { intents: [GatewayIntentBits.MessageContent] })

    const client = await login(discord)
    const disconnected = new Promise<number>((resolve) =>
      client.on(Events.ShardDisconnect, ({ code }) => resolve(code)),
    )
    client.on(Events.ShardError, () => {})
    discord.cutGateway(4004)
    expect(await disconnected).toBe(4004)
  })
})
