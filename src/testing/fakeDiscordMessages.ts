import { GatewayIntentBits } from 'discord.js'
import {
  checkComponents,
  checkContent,
  checkEmbeds,
  checkForm,
  cleanFileName,
  DiscordError,
  invalid,
  MessageBody,
} from './discordRules.js'
import { apiMember, apiMessage } from './fakeDiscordPayloads.js'
import {
  attachmentSizeLimit,
  type Channel,
  type FakeFile,
  Message,
  type State,
  type StoredFile,
  store,
  timeOf,
} from './fakeDiscordState.js'

/** A body as it arrived: its JSON ({} without one), and its files by the n of `files[n]`. */
export interface Form {
  json: unknown
  files: ReadonlyMap<string, FakeFile>
}

const suppressEmbeds = 4
export const ephemeral = 64
const suppressNotifications = 4096

/** Puts a form into a message, new, deferred or old; nothing of it if any of it is refused. */
export function write(state: State, message: Message, form: Form, { mayHide = false } = {}): void {
  const body = checkForm(MessageBody, form.json)
  const flags = suppressEmbeds | suppressNotifications | (mayHide ? ephemeral : 0)
  if (((body.flags ?? 0) & ~flags) !== 0) throw invalid('flags', `the fake takes no flags ${body.flags} here`)
  const content = body.content === undefined ? message.content : checkContent(body.content)
  const embeds = body.embeds ?? message.embeds
  checkEmbeds(embeds)
  const components = body.components === undefined ? message.components : checkComponents(body.components)
  const files = takeFiles(state, message, form, body)
  const wanted = { content, embeds, components, files }
  checkPictures(wanted)
  if (content === '' && [embeds, components, files].every((list) => list.length === 0)) {
    throw new DiscordError(400, 50006, 'Cannot send an empty message')
  }
  if (message.channel.all.includes(message) && !message.loading) {
    message.earlier.push(message.text)
    message.editedAt = state.now()
  }
  message.loading = false
  Object.assign(message, wanted)
}

/** The files that the message had and keeps, then the new ones. */
function takeFiles(state: State, message: Message, form: Form, { attachments }: MessageBody): StoredFile[] {
  const listed = attachments?.map(({ id }) => id)
  const unknown = listed?.find((id) => !form.files.has(id) && !message.files.some((file) => file.id === id))
  if (unknown !== undefined) throw invalid('attachments', `Attachment data not found: ${unknown}`)
  const kept = message.files.filter(({ id }) => listed?.includes(id) ?? true)
  const added = [...form.files].map(([n, { name, bytes }]) => {
    if (listed && !listed.includes(n)) throw invalid('attachments', `files[${n}] is not listed`)
    if (bytes.byteLength > attachmentSizeLimit) throw new DiscordError(413, 40005, 'Request entity too large')
    const description = attachments?.find(({ id }) => id === n)?.description ?? undefined
    return store(state, { name: cleanFileName(name), bytes }, description)
  })
  const files = [...kept, ...added]
  if (files.length > 10) throw invalid('attachments', 'Must be 10 or fewer in length.')
  return files
}

/** Every picture that an embed names must be there, and be one. */
function checkPictures({ embeds, files }: Pick<Message, 'embeds' | 'files'>): void {
  for (const [index, { image, thumbnail, author, footer }] of embeds.entries()) {
    for (const url of [image?.url, thumbnail?.url, author?.icon_url, footer?.icon_url]) {
      if (!url?.startsWith('attachment://')) continue
      const file = files.find(({ name }) => `attachment://${name}` === url)
      if (!file) throw invalid(`embeds.${index}`, `The referenced attachment ("${url}") was not found`)
      const isPng = Buffer.from(file.bytes).toString('latin1', 1, 4) === 'PNG'
      if (!isPng) throw invalid(`embeds.${index}`, `the fake shows only PNG, and ${file.name} is none`)
    }
  }
}

/** Puts a message into its channel and tells the bot. */
export function post(state: State, message: Message): void {
  message.channel.all.push(message)
  announce(state, 'MESSAGE_CREATE', message)
}

/** Tells the bot of a message that it is allowed to see. */
export function announce(state: State, event: string, message: Message): void {
  const { channel } = message
  const present = channel.kind === 'dm' || channel.guild?.bot
  if (!present || message.ephemeral) return
  const needed = channel.guild ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages
  state.dispatch(event, needed, (intents) => {
    const whole = apiMessage(state, message)
    const place = channel.guild ? { guild_id: channel.guild.id, channel_type: 0 } : { channel_type: 1 }
    if (event === 'MESSAGE_DELETE') return { id: message.id, channel_id: channel.id, ...place }
    const readable =
      channel.kind === 'dm' ||
      message.author === 'bot' ||
      (intents & GatewayIntentBits.MessageContent) !== 0 ||
      whole.mentions.some(({ id }) => id === state.applicationId)
    const member = channel.guild && message.author !== 'bot' && { member: apiMember() }
    return {
      ...whole,
      ...place,
      ...member,
      ...(!readable && { content: '', embeds: [], components: [], attachments: [] }),
    }
  })
}

const nonceLifeMs = 5 * 60_000

/** What the bot says in a channel by itself. The same nonce within minutes gives the message that was there. */
export function say(state: State, channel: Channel, form: Form): unknown {
  const { nonce = null, enforce_nonce, message_reference } = checkForm(MessageBody, form.json)
  const repliedTo = message_reference && channel.all.find(({ id }) => id === message_reference.message_id)
  if (message_reference && !repliedTo && message_reference.fail_if_not_exists !== false) {
    throw invalid('message_reference', 'Unknown message')
  }
  const message = new Message(state.nextId(), 'bot', channel, null, null, repliedTo?.id ?? null)
  const before = channel.all.find(({ id, nonce: used }) => used === nonce && state.now() - timeOf(id) < nonceLifeMs)
  if (enforce_nonce && nonce !== null && before) return apiMessage(state, before)
  write(state, message, form)
  message.nonce = nonce
  post(state, message)
  return apiMessage(state, message)
}

export function edit(state: State, message: Message, form: Form): unknown {
  write(state, message, form)
  announce(state, 'MESSAGE_UPDATE', message)
  return apiMessage(state, message)
}

export function remove(state: State, message: Message): void {
  const { all } = message.channel
  all.splice(all.indexOf(message), 1)
  announce(state, 'MESSAGE_DELETE', message)
}
