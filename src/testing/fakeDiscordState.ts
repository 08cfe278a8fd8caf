import { randomBytes } from 'node:crypto'
import type { APIEmbed } from 'discord.js'
import type { Command } from './discordCommandRules.js'
import type { Component, Row } from './discordRules.js'

export interface FakeFile {
  name: string
  bytes: Uint8Array
}

/** A message as somebody who looks at the channel sees it. */
export interface FakeDiscordMessage {
  readonly id: string
  /** The id of a user, or `bot`. */
  readonly author: string
  readonly content: string
  readonly embeds: readonly APIEmbed[]
  /** As sent. */
  readonly components: readonly Row[]
  readonly buttons: readonly { label: string; customId: string; disabled: boolean }[]
  readonly selects: readonly {
    customId: string
    disabled: boolean
    options: readonly { label: string; value: string }[]
  }[]
  readonly files: readonly FakeFile[]
  readonly ephemeral: boolean
  /** Its content and the words of its embeds, line by line. */
  readonly text: string
  /** The texts that it showed before, oldest first. */
  readonly earlier: readonly string[]
  readonly replyTo: string | null
}

export interface FakeChannel {
  readonly id: string
  /** `private`: a conversation of users, where the bot is only as the app of one of them. */
  readonly kind: 'dm' | 'guild' | 'private'
  /** What everybody in it sees, oldest first; in a DM that includes ephemeral messages. */
  readonly messages: readonly FakeDiscordMessage[]
}

export interface FakeGuild {
  readonly id: string
  readonly channel: FakeChannel
}

export interface Profile {
  id: string
  locale: string
}

export interface Guild extends FakeGuild {
  readonly channel: Channel
  readonly locale: string
  /** Whether the bot is a member. */
  readonly bot: boolean
}

export interface StoredFile extends FakeFile {
  readonly id: string
  /** Signed as Discord's addresses are, which end some day. */
  readonly url: string
  readonly description: string | undefined
}

/** An interaction between its user's click and the end of its token. */
export interface Interaction {
  readonly id: string
  readonly token: string
  /** 2 command, 3 component, 4 autocomplete, 5 modal */
  readonly type: 2 | 3 | 4 | 5
  /** Type of the focused option, for autocomplete. */
  readonly optionType: number | null
  readonly user: Profile
  readonly channel: Channel
  /** The message with the component, or the one whose component opened the form. */
  readonly source: Message | null
  readonly createdAt: number
  state: 'open' | 'acknowledged' | 'failed'
  ephemeral: boolean
  /** What `@original` means. */
  original: Message | null
  readonly touched: Set<Message>
  followUps: number
  modal: Modal | null
  choices: readonly { name: string; value: string | number }[]
  /** Ends the user's wait. */
  settle(): void
}

export interface Modal {
  customId: string
  title: string
  inputs: readonly { customId: string; label: string; required: boolean; minLength: number; maxLength: number }[]
}

export interface Channel extends FakeChannel {
  readonly guild: Guild | null
  /** Whose DM, or who talks there in private. */
  readonly owner: Profile | null
  readonly all: Message[]
}

export class Message implements FakeDiscordMessage {
  content = ''
  embeds: readonly APIEmbed[] = []
  components: readonly Row[] = []
  files: readonly StoredFile[] = []
  readonly earlier: string[] = []
  /** Deferred, and nothing said yet. */
  loading = false
  editedAt: number | null = null
  nonce: string | number | null = null

  constructor(
    readonly id: string,
    readonly author: string,
    readonly channel: Channel,
    /** Whose eyes only. */
    readonly onlyFor: string | null = null,
    readonly interaction: Interaction | null = null,
    readonly replyTo: string | null = null,
  ) {}

  get ephemeral(): boolean {
    return this.onlyFor !== null
  }

  get text(): string {
    const inEmbeds = this.embeds.flatMap(({ author, title, description, fields = [], footer }) => [
      author?.name,
      title,
      description,
      ...fields.flatMap(({ name, value }) => [name, value]),
      footer?.text,
    ])
    return [this.content, ...inEmbeds].filter((words) => words !== undefined && words !== '').join('\n')
  }

  private get parts(): Component[] {
    return this.components.flatMap((row) => row.components)
  }

  get buttons() {
    return this.parts.flatMap((part) =>
      part.type === 2 && part.style !== 5
        ? [{ label: part.label ?? part.emoji?.name ?? '', customId: part.custom_id, disabled: part.disabled ?? false }]
        : [],
    )
  }

  get selects() {
    return this.parts.flatMap((part) =>
      part.type === 3 ? [{ customId: part.custom_id, disabled: part.disabled ?? false, options: part.options }] : [],
    )
  }
}

export type Fault = { status: number; code?: number; retryAfter?: number } | 'hang-up' | '502-after'

/** Everything that the servers of the fake Discord remember. */
export interface State {
  readonly token: string
  readonly applicationId: string
  /** http://127.0.0.1:PORT */
  origin: string
  readonly users: Map<string, Profile>
  readonly channels: Map<string, Channel>
  readonly guilds: Map<string, Guild>
  readonly interactions: Map<string, Interaction>
  /** Uploads by address. */
  readonly files: Map<string, Uint8Array>
  commands: (Command & { id: string })[]
  commandPuts: number
  identifies: number
  resumes: number
  readonly calls: { method: string; path: string; json: unknown; files: readonly FakeFile[] }[]
  readonly faults: { method: string; pathPart: string; fault: Fault }[]
  readonly acknowledgeWithinMs: number
  now(): number
  nextId(): string
  /** Something happened that a test may wait for. */
  changed(): void
  /** Tells the bot, if it has one of the intents; 0 asks for none. */
  dispatch(event: string, intents: number, data: (intents: number) => unknown): void
}

/** 10 MiB. */
export const attachmentSizeLimit = 10 * 1024 * 1024

const discordEpochMs = 1_420_070_400_000

/** Ids that hold their time as Discord's do, in order. */
export function snowflakes(now: () => number): () => string {
  let count = 0n
  return () => {
    count += 1n
    return String((BigInt(now() - discordEpochMs) << 22n) | (count & 0x3fffffn))
  }
}

/** When an id was given, epoch ms. */
export const timeOf = (id: string) => Number(BigInt(id) >> 22n) + discordEpochMs

export function store(state: State, { name, bytes }: FakeFile, description?: string): StoredFile {
  const id = state.nextId()
  const url = `${state.origin}/attachments/${id}/${encodeURIComponent(name)}?ex=1&is=1&hm=${newToken()}`
  state.files.set(url, bytes)
  return { id, name, bytes, url, description }
}

export const newToken = () => randomBytes(24).toString('base64url')

export function makeChannel(
  state: State,
  kind: FakeChannel['kind'],
  { guild = null, owner = null }: { guild?: Guild | null; owner?: Profile | null },
): Channel {
  const all: Message[] = []
  const channel: Channel = {
    id: state.nextId(),
    kind,
    guild,
    owner,
    all,
    get messages() {
      return all.filter((message) => !message.loading && (!message.ephemeral || kind === 'dm'))
    },
  }
  state.channels.set(channel.id, channel)
  return channel
}

export function makeGuild(state: State, { id, bot, locale }: Omit<Guild, 'channel'>): Guild {
  const guild: Guild = {
    id,
    bot,
    locale,
    get channel() {
      return channel
    },
  }
  const channel = makeChannel(state, 'guild', { guild })
  state.guilds.set(id, guild)
  return guild
}
