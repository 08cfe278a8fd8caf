import {
  type APIInteraction,
  type APIMessage,
  ApplicationCommandType,
  ComponentType,
  type GatewayMessageCreateDispatchData,
  InteractionContextType,
  InteractionType,
  MessageType,
} from 'discord.js'
import type { Attachment, Contact, Input, Request } from '../../commands/dispatch.js'
import { readModal } from './forms.js'

/** An interaction that asks for an answer. */
export interface Ask {
  request: Request
  place: InteractionPlace
}

/** Where an interaction's answers go. */
export interface InteractionPlace {
  id: string
  token: string
  applicationId: string
  userId: string
  channelId: string | null
  /** Others read along there. */
  isShared: boolean
  /** The button or menu entry that was used, and the message that it stands in. */
  press: { token: string; message: APIMessage } | null
}

/** What is typed into an argument, and wants to be completed. */
export interface Completion {
  id: string
  token: string
  contact: Contact
  ask: { command: string; arg: string; prefix: string }
}

/** A message for us, and where its answer goes. */
export interface Letter {
  request: Request
  place: { messageId: string; channelId: string; isShared: boolean }
}

/** A file of a message, not yet fetched. */
export interface SentFile {
  url: string
  name: string
  /** Bytes. */
  size: number
}

/** What an interaction asks of us; null where it asks nothing that we know. */
export function readInteraction(raw: APIInteraction): { ask: Ask } | { completion: Completion } | null {
  const user = raw.member?.user ?? raw.user
  if (!user) return null
  const isShared = raw.context === undefined ? raw.guild_id !== undefined : raw.context !== InteractionContextType.BotDM
  const channelId = raw.channel?.id ?? null
  const contact: Contact = {
    platform: 'discord',
    platformUserId: user.id,
    chatId: isShared ? undefined : (channelId ?? undefined),
    languageHint: 'locale' in raw ? raw.locale : undefined,
  }
  const asking = (input: Input, press: InteractionPlace['press'] = null): { ask: Ask } => ({
    ask: {
      request: { deliveryKey: `discord:interaction:${raw.id}`, contact, input },
      place: {
        id: raw.id,
        token: raw.token,
        applicationId: raw.application_id,
        userId: user.id,
        channelId,
        isShared,
        press,
      },
    },
  })

  if (raw.type === InteractionType.ApplicationCommand) {
    if (raw.data.type !== ApplicationCommandType.ChatInput) return null
    return asking({ kind: 'call', name: raw.data.name, args: Object.fromEntries(optionsOf(raw.data)) })
  }
  if (raw.type === InteractionType.MessageComponent) {
    const { data, message } = raw
    const token = data.component_type === ComponentType.Button ? data.custom_id : choiceOf(data)
    return token === undefined ? null : asking({ kind: 'button', token }, { token, message })
  }
  if (raw.type === InteractionType.ModalSubmit) {
    const call = readModal(raw.data)
    return call && asking({ kind: 'call', ...call })
  }
  if (raw.type === InteractionType.ApplicationCommandAutocomplete) {
    const focused = (raw.data.options ?? []).find((option) => 'focused' in option && option.focused)
    if (!focused || !('value' in focused)) return null
    const ask = { command: raw.data.name, arg: focused.name, prefix: String(focused.value) }
    return { completion: { id: raw.id, token: raw.token, contact, ask } }
  }
  return null
}

/**
 * What a message asks of us; null where it asks nothing. In a guild only what mentions the bot counts: of others not even
 * the text would come here.
 */
export function readMessage(
  raw: GatewayMessageCreateDispatchData,
  myId: string,
  attach: (file: SentFile) => Attachment,
): Letter | null {
  if (raw.author.bot || raw.webhook_id !== undefined) return null
  if (raw.type !== MessageType.Default && raw.type !== MessageType.Reply) return null
  const isShared = raw.guild_id !== undefined
  if (isShared && !raw.mentions.some(({ id }) => id === myId)) return null
  const text = raw.content.replace(new RegExp(`<@!?${myId}>`, 'g'), ' ').trim()
  const [file] = raw.attachments
  if (text === '' && !file && !isShared) return null
  return {
    request: {
      deliveryKey: `discord:message:${raw.id}`,
      contact: {
        platform: 'discord',
        platformUserId: raw.author.id,
        chatId: isShared ? undefined : raw.channel_id,
      },
      input: {
        kind: 'text',
        text,
        attachment: file && attach({ url: file.url, name: file.filename, size: file.size }),
      },
    },
    place: { messageId: raw.id, channelId: raw.channel_id, isShared },
  }
}

function optionsOf({ options = [] }: { options?: readonly { name: string }[] }): [string, unknown][] {
  return options.flatMap((option): [string, unknown][] => ('value' in option ? [[option.name, option.value]] : []))
}

function choiceOf(data: { component_type: ComponentType; values?: readonly string[] }): string | undefined {
  return data.component_type === ComponentType.StringSelect ? data.values?.[0] : undefined
}
