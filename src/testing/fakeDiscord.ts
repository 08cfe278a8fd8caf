import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { GatewayIntentBits } from 'discord.js'
import { type Command, locales } from './discordCommandRules.js'
import { apiGuild, openGateway } from './fakeDiscordGateway.js'
import { makeUser, show } from './fakeDiscordPeople.js'
import { type RateLimit, serveRest } from './fakeDiscordRest.js'
import {
  type FakeChannel,
  type FakeDiscordMessage,
  type FakeFile,
  type FakeGuild,
  type Fault,
  makeChannel,
  makeGuild,
  type State,
  snowflakes,
} from './fakeDiscordState.js'

export type { FakeChannel, FakeDiscordMessage, FakeFile, FakeGuild } from './fakeDiscordState.js'

export type OptionValue = string | number | boolean | FakeFile

/** An interaction as its user sees it. */
export interface FakeInteraction {
  readonly id: string
  readonly acknowledged: boolean
  readonly ephemeral: boolean
  /** What it brought about (answers, follow-ups, the message it changed) in its current state, newest last; a deferred answer counts once it says something. */
  readonly messages: readonly FakeDiscordMessage[]
  /** The form that it opened. */
  readonly modal: { customId: string; title: string; inputs: readonly { customId: string; label: string }[] } | null
  /** Fills in the form that it opened: values by the custom id of the input. */
  submit(values: Record<string, string>): Promise<FakeInteraction>
}

/** Somebody with Discord's client. */
export interface FakeDiscordUser {
  readonly id: string
  /** The direct messages with the bot. */
  readonly dm: FakeChannel
  /** What this user sees in a channel, oldest first, own ephemeral messages included. */
  sees(channel: FakeChannel): readonly FakeDiscordMessage[]
  /**
   * Types a slash command (subcommands as `name sub`) as Discord's client does, in the DM by default. Resolves once it is acknowledged;
   * throws if the client would not let it be sent, and rejects after 3 s without acknowledgement.
   */
  command(name: string, options?: Record<string, OptionValue>, where?: FakeChannel): Promise<FakeInteraction>
  /** What is offered for the focused option. Rejects after 3 s. */
  autocomplete(
    name: string,
    focused: string,
    value: string,
    options?: Record<string, OptionValue>,
    where?: FakeChannel,
  ): Promise<readonly { name: string; value: string | number }[]>
  /** Presses the newest button with this label; resolves once the press is acknowledged. */
  press(label: string, where?: FakeChannel): Promise<FakeInteraction>
  /** Presses a custom id; also one that no message has, which Discord would not let through but the bot should stand. */
  pressId(customId: string, where?: FakeChannel): Promise<FakeInteraction>
  select(customIdPart: string, value: string, where?: FakeChannel): Promise<FakeInteraction>
  /** Writes in the DM or a channel; returns the id of the message. What lies in a guild comes to the bot without content unless it mentions the bot. */
  send(
    text: string,
    options?: { channel?: FakeChannel; mention?: boolean; files?: readonly FakeFile[]; replyTo?: FakeDiscordMessage },
  ): string
}

/** A strict Discord on loopback (REST and gateway), and the people who talk to its bot. */
export interface FakeDiscord {
  /** For `new Client({ rest: { api } })`. */
  readonly restApi: string
  readonly token: string
  readonly applicationId: string
  /** The application's global commands as last put. */
  readonly commands: readonly Command[]
  /** How often they were put. */
  readonly commandPuts: number
  /** Every REST call in order; the path is without /api/v10 and its query, and unescaped. */
  readonly calls: readonly { method: string; path: string; json: unknown; files: readonly FakeFile[] }[]
  readonly identifies: number
  readonly resumes: number
  user(profile: { id: string; locale?: string }): FakeDiscordUser
  /** A guild with one text channel; `bot: false` for one where the bot is only as an app of its users. */
  guild(id: string, options?: { bot?: boolean; locale?: string }): FakeGuild
  /** A conversation of users without the bot. */
  privateChannel(): FakeChannel
  /** The next matching REST call is refused, answered 502 after it was done, or left without an answer after it was done. */
  fail(method: string, pathPart: string, fault: Fault): void
  /** Cuts the gateway: so that the client can resume, so that it has to identify anew, or with a close code. */
  cutGateway(how: 'resumable' | 'invalid' | number): void
  /** Resolves as soon as `find` finds something: looked at after every change, without sleeping. */
  waitFor<T>(what: string, find: () => T | null | undefined | false): Promise<T>
  close(): Promise<void>
}

export interface FakeDiscordOptions {
  heartbeatIntervalMs?: number
  /** Real time that a user waits for an acknowledgement. */
  acknowledgeWithinMs?: number
  /** The clock of ids and of interaction tokens, epoch ms. */
  now?: () => number
  /** The privileged intents that the application was granted in the portal. */
  messageContent?: boolean
  rateLimit?: RateLimit
}

const patienceMs = 10_000

export async function startFakeDiscord({
  heartbeatIntervalMs = 41_250,
  acknowledgeWithinMs = 3000,
  now = Date.now,
  messageContent = false,
  rateLimit = { limit: 50, windowMs: 1000 },
}: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const waiters = new Set<() => void>()
  const deadlines = new Set<NodeJS.Timeout>()
  const applicationId = '1300000000000000001'
  const state: State = {
    token: `${Buffer.from(applicationId).toString('base64url')}.Fake00.token-of-the-tests-0000000000000`,
    applicationId,
    origin: '',
    users: new Map(),
    channels: new Map(),
    guilds: new Map(),
    interactions: new Map(),
    files: new Map(),
    commands: [],
    commandPuts: 0,
    identifies: 0,
    resumes: 0,
    calls: [],
    faults: [],
    acknowledgeWithinMs,
    now,
    nextId: snowflakes(now),
    changed: () => {
      for (const look of [...waiters]) look()
    },
    dispatch: (event, intents, data) => gateway.dispatch(event, intents, data),
  }

  const serve = serveRest(state, rateLimit)
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.writeHead(500).end(JSON.stringify({ message: String(error), code: 0 }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  state.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const granted = messageContent ? GatewayIntentBits.MessageContent : 0
  const gateway = openGateway(server, state, { heartbeatIntervalMs, granted })
  const people = new Map<string, FakeDiscordUser>()

  return {
    restApi: `${state.origin}/api`,
    token: state.token,
    applicationId,
    get commands() {
      return state.commands
    },
    get commandPuts() {
      return state.commandPuts
    },
    calls: state.calls,
    get identifies() {
      return state.identifies
    },
    get resumes() {
      return state.resumes
    },
    user({ id, locale = 'en-US' }) {
      const known = people.get(id)
      if (known) return known
      if (!locales.includes(locale)) throw new Error(`Discord has no locale ${locale}`)
      const profile = { id: checkId(id), locale }
      const user = makeUser(state, profile, { listening: gateway.listening, deadlines })
      state.users.set(id, profile)
      people.set(id, user)
      return user
    },
    guild(id, { bot = true, locale = 'en-US' } = {}) {
      const known = state.guilds.get(checkId(id))
      if (known) return known
      const made = makeGuild(state, { id, bot, locale })
      if (bot) gateway.dispatch('GUILD_CREATE', GatewayIntentBits.Guilds, () => apiGuild(state, made))
      return made
    },
    privateChannel: () => makeChannel(state, 'private', {}),
    fail: (method, pathPart, fault) => {
      state.faults.push({ method, pathPart, fault })
    },
    cutGateway: gateway.cut,
    waitFor<T>(what: string, find: () => T | null | undefined | false) {
      return new Promise<T>((resolve, reject) => {
        const look = () => {
          const found = find()
          if (found === null || found === undefined || found === false) return
          waiters.delete(look)
          clearTimeout(timer)
          resolve(found)
        }
        const timer = setTimeout(() => {
          waiters.delete(look)
          const all = [...state.channels.values()].map((channel) => `channel ${channel.id}:\n${show(channel.all)}`)
          reject(new Error(`waited in vain for ${what}\n${all.join('\n')}`))
        }, patienceMs)
        waiters.add(look)
        look()
      })
    },
    async close() {
      for (const timer of deadlines) clearTimeout(timer)
      gateway.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** discord.js finds ids in paths by their length. */
function checkId(id: string): string {
  if (!/^\d{17,19}$/.test(id)) throw new Error(`an id of Discord has 17 to 19 digits: ${id}`)
  return id
}
