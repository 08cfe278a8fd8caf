import type { APIEmbed, APIEmbedField, RawFile } from 'discord.js'
import type { DrawnReply, ProgressUpdate } from '../../commands/dispatch.js'
import type { ReplyField, ReplyTable } from '../../commands/reply.js'
import { phoneLines } from '../columns.js'
import { manyPages, shorten, stripControls } from '../cutText.js'
import { progressText } from '../progressMessage.js'
import { renderText } from '../renderText.js'
import { buttonRow, componentPages, type Row } from './components.js'
import { type Block, escapeMarkdown, packPages } from './markdown.js'

/** A message as Discord shall show it, whole: an edit leaves nothing of what stood there before. */
export interface Message {
  content: string
  embeds: APIEmbed[]
  components: Row[]
  files: RawFile[]
}

/** Discord's limits, in characters. An embed's title, description and fields may have 6000 between them. */
const contentLimit = 2000
const titleLimit = 256
const fieldsLimit = 25
const labelLimit = 256
const valueLimit = 1024
/** 256 + 3600 + 2000 stay below 6000. */
const pageRoom = 3600
const fieldsRoom = 2000

const warningColor = 0xf0a020
const plainColor = 0x5865f2

/** A reply as messages, in the order in which they are to be sent; none for a reply that says nothing. */
export function renderReply(reply: DrawnReply): Message[] {
  const messages = messagesOf(reply)
  const [firstRows, ...moreRows] = componentPages(reply.buttons ?? [], reply.t)
  if (firstRows) {
    const last = messages.at(-1)
    if (last) last.components = firstRows
    else moreRows.unshift(firstRows)
  }
  const choices = moreRows.map((components) => ({ ...empty(), content: reply.t('discord-choose'), components }))
  return [...messages, ...choices]
}

export function renderProgress(update: ProgressUpdate): Message {
  return { ...textMessage(progressText(update)), components: [buttonRow([update.cancel])] }
}

/** A few words of ours. */
export function textMessage(text: string): Message {
  return { ...empty(), content: shorten(escaped(text), contentLimit) }
}

function messagesOf(reply: DrawnReply): Message[] {
  const { picture, file, t } = reply
  const title = escaped(reply.title ?? '')
  const stamp = escaped(reply.stamp ?? '')
  const fields = fieldsOf(reply.fields ?? [])
  const pages = packPages(
    [
      ...(title.length > titleLimit ? [{ text: `**${title}**` }] : []),
      { text: escaped(reply.text ?? '') },
      { text: stripControls(reply.code ?? ''), isCode: true },
      ...(fields === null ? [linesOf(reply.fields ?? [])] : []),
      ...(reply.table ? [tableBlock(reply.table)] : []),
    ],
    pageRoom,
  )
  const isLong = pages.length > manyPages
  const shown = isLong ? [pages[0], t('reply-continued')] : pages
  const color = stamp === '' ? plainColor : warningColor
  const hasHead = stamp !== '' || title !== '' || reply.table || fields === null || fields.length > 0 || picture
  const [only = ''] = shown
  if (!hasHead && shown.length <= 1 && only.length <= contentLimit) {
    const files = filesOf(file)
    return only === '' && files.length === 0 ? [] : [{ ...empty(), content: only, files }]
  }
  const image = picture && { name: `${asciiName(picture.name)}.png`, data: Buffer.from(picture.png) }
  const embed: APIEmbed = {
    ...(title !== '' && title.length <= titleLimit && { title }),
    ...(shown.length > 0 && { description: shown[0] }),
    ...(fields !== null && fields.length > 0 && { fields }),
    ...(image && { image: { url: `attachment://${image.name}` } }),
  }
  const messages: Message[] = [
    {
      ...empty(),
      content: stamp === '' ? '' : `⚠️ **${shorten(stamp, contentLimit - 20)}** ⚠️`,
      embeds: Object.keys(embed).length > 0 ? [{ ...embed, color }] : [],
      files: image ? [image] : [],
    },
    ...shown.slice(1).map((description) => ({ ...empty(), embeds: [{ description, color }] })),
  ]
  const { buttons: _, ...words } = reply
  const whole = { name: 'answer.txt', content: isLong ? renderText(words, { color: false }) : '' }
  messages.at(-1)?.files.push(...(isLong ? filesOf(whole) : []), ...filesOf(file))
  return messages
}

/** Side by side where Discord takes them; null where it does not. */
function fieldsOf(fields: readonly ReplyField[]): APIEmbedField[] | null {
  const shown = fields.map(({ label, value }) => ({
    // Discord takes no empty ones.
    name: escaped(label) || '\u200b',
    value: escaped(value) || '\u200b',
    inline: true,
  }))
  const fits =
    shown.length <= fieldsLimit &&
    shown.every(({ name, value }) => name.length <= labelLimit && value.length <= valueLimit) &&
    shown.reduce((sum, { name, value }) => sum + name.length + value.length, 0) <= fieldsRoom
  return fits ? shown : null
}

function linesOf(fields: readonly ReplyField[]): Block {
  return { text: fields.map(({ label, value }) => `${escaped(label)}: ${bold(escaped(value))}`).join('\n') }
}

/** Columns where they fit on a phone; else a line a row, led by its first cell. */
function tableBlock(table: ReplyTable): Block {
  const aligned = phoneLines(table)
  if (aligned) return { text: aligned.map(stripControls).join('\n'), isCode: true }
  const head = table.columns.map(({ label }) => label)
  const lines = [head, ...table.rows].map(([first = '', ...others]) =>
    [bold(escaped(first)), ...others.map(escaped).filter((cell) => cell !== '')].join(' · '),
  )
  return { text: lines.join('\n') }
}

function bold(text: string): string {
  return text === '' ? '' : `**${text}**`
}

function escaped(text: string): string {
  return escapeMarkdown(stripControls(text).trim())
}

function filesOf(file: { name: string; content: string | Uint8Array } | undefined): RawFile[] {
  return file ? [{ name: file.name, data: Buffer.from(file.content) }] : []
}

/** An embed can only point to an attachment whose name Discord leaves as it is. */
function asciiName(name: string): string {
  const words = name.replace(/\.png$/, '').replace(/[^\w.-]+/g, '-')
  return words.replace(/^[-.]+|[-.]+$/g, '').slice(0, 80) || 'chart'
}

function empty(): Message {
  return { content: '', embeds: [], components: [], files: [] }
}
