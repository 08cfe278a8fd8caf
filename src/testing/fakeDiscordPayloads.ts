import {
  type APIAttachment,
  type APIChannel,
  type APIEmbed,
  type APIMessage,
  type APIUser,
  ChannelType,
  MessageFlags,
  MessageType,
  PermissionFlagsBits,
} from 'discord.js'
import {
  attachmentSizeLimit,
  type Channel,
  type Interaction,
  type Message,
  type Profile,
  type State,
  type StoredFile,
  timeOf,
} from './fakeDiscordState.js'

export function apiUser(id: string): APIUser {
  return { id, username: `user${id}`, discriminator: '0', global_name: `User ${id}`, avatar: null }
}

export function botUser(state: State): APIUser {
  return { ...apiUser(state.applicationId), username: 'CandleTestBot', bot: true }
}

export function apiMember() {
  return {
    nick: null,
    avatar: null,
    roles: [],
    joined_at: '2025-01-01T00:00:00.000Z',
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  }
}

export function apiChannel(channel: Channel): Partial<APIChannel> & { id: string } {
  const last_message_id = channel.all.at(-1)?.id ?? null
  if (channel.guild) {
    return {
      id: channel.id,
      type: ChannelType.GuildText,
      guild_id: channel.guild.id,
      name: 'general',
      position: 0,
      permission_overwrites: [],
      nsfw: false,
      parent_id: null,
      last_message_id,
    }
  }
  return {
    id: channel.id,
    type: ChannelType.DM,
    last_message_id,
    recipients: channel.owner ? [apiUser(channel.owner.id)] : [],
  }
}

/** Where the app is installed: for the guild (0), and for the user (1). */
function integrationOwners({ kind, guild }: Channel, user: Profile): Record<string, string> {
  if (kind === 'dm') return { 0: '0', 1: user.id }
  return guild?.bot ? { 0: guild.id, 1: user.id } : { 1: user.id }
}

export function apiAttachment(file: StoredFile): APIAttachment {
  const extension = /\.(\w+)$/.exec(file.name)?.[1] ?? ''
  return {
    id: file.id,
    filename: file.name,
    size: file.bytes.byteLength,
    url: file.url,
    proxy_url: file.url,
    ...(contentTypes[extension] && { content_type: contentTypes[extension] }),
    ...(file.description !== undefined && { description: file.description }),
  }
}

const contentTypes: Record<string, string> = {
  png: 'image/png',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
}

/** A message as the API describes it. */
export function apiMessage(state: State, message: Message): APIMessage {
  const { channel, interaction } = message
  const repliedTo = channel.all.find(({ id }) => id === message.replyTo)
  const mentioned = [...message.content.matchAll(/<@!?(\d{17,19})>/g)].map(([, id]) => id)
  if (repliedTo) mentioned.push(repliedTo.author === 'bot' ? state.applicationId : repliedTo.author)
  return {
    id: message.id,
    channel_id: channel.id,
    author: message.author === 'bot' ? botUser(state) : apiUser(message.author),
    content: message.content,
    timestamp: new Date(timeOf(message.id)).toISOString(),
    edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    tts: false,
    mention_everyone: false,
    mentions: [...new Set(mentioned)].map((id) => (id === state.applicationId ? botUser(state) : apiUser(id))),
    mention_roles: [],
    attachments: message.files.map(apiAttachment),
    embeds: message.embeds.map((embed) => resolvePictures(message, embed)),
    components: message.components as unknown as NonNullable<APIMessage['components']>,
    pinned: false,
    type: interaction?.type === 2 ? MessageType.ChatInputCommand : repliedTo ? MessageType.Reply : MessageType.Default,
    flags: ((message.ephemeral ? MessageFlags.Ephemeral : 0) |
      (message.loading ? MessageFlags.Loading : 0)) as MessageFlags,
    ...(message.nonce !== null && { nonce: message.nonce }),
    ...(repliedTo && {
      message_reference: { message_id: repliedTo.id, channel_id: channel.id },
      referenced_message: apiMessage(state, repliedTo),
    }),
    ...(interaction && {
      application_id: state.applicationId,
      webhook_id: state.applicationId,
      interaction_metadata: {
        id: interaction.id,
        type: interaction.type as 2,
        user: apiUser(interaction.user.id),
        authorizing_integration_owners: integrationOwners(channel, interaction.user),
      },
    }),
  }
}

/** An embed with the addresses of its pictures in place of their names. */
function resolvePictures({ files }: Message, embed: APIEmbed): APIEmbed {
  const resolve = (picture: { url: string }) => {
    const file = files.find(({ name }) => `attachment://${name}` === picture.url)
    return file ? { ...picture, url: file.url } : picture
  }
  return {
    type: 'rich' as APIEmbed['type'],
    ...embed,
    ...(embed.image && { image: resolve(embed.image) }),
    ...(embed.thumbnail && { thumbnail: resolve(embed.thumbnail) }),
  } as APIEmbed
}

/** What everybody in a guild may do, and the bot too. */
export const memberPermissions =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseApplicationCommands

/** Kinds of places as commands name them. */
export const contextOf = { guild: 0, dm: 1, private: 2 } as const

/** An interaction as the gateway describes it. */
export function apiInteraction(state: State, interaction: Interaction, data: unknown): Record<string, unknown> {
  const { id, type, token, channel, source, user: profile } = interaction
  const { guild, kind } = channel
  const user = apiUser(profile.id)
  const person = guild
    ? {
        guild_id: guild.id,
        guild: { id: guild.id, locale: guild.locale, features: [] },
        guild_locale: guild.locale,
        member: { ...apiMember(), user, permissions: String(memberPermissions) },
      }
    : { user }
  return {
    id,
    application_id: state.applicationId,
    type,
    token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: apiChannel(channel),
    ...person,
    ...(source && { message: apiMessage(state, source) }),
    locale: profile.locale,
    app_permissions: String(memberPermissions),
    entitlements: [],
    authorizing_integration_owners: integrationOwners(channel, profile),
    context: contextOf[kind],
    attachment_size_limit: attachmentSizeLimit,
  }
}
