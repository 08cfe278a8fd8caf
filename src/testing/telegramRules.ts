/** What the Bot API refuses; `description` as the real one words it. */
export class ApiError extends Error {
  constructor(
    readonly code: number,
    readonly description: string,
    readonly parameters?: { retry_after?: number },
  ) {
    super(description)
  }
}

export interface Entity {
  type: string
  offset: number
  length: number
}

export interface Button {
  text: string
  callback_data: string
}

const entityTypes = new Set(
  'mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler blockquote expandable_blockquote code pre text_link text_mention custom_emoji'.split(
    ' ',
  ),
)
const htmlTags = new Set('b strong i em u ins s strike del a code pre blockquote tg-spoiler span tg-emoji'.split(' '))

export function bad(description: string): ApiError {
  return new ApiError(400, `Bad Request: ${description}`)
}

/** The words of a message after its formatting was read, within `limit` characters. */
export function readWords(
  value: unknown,
  { parseMode, entities, limit, tooLong }: { parseMode: unknown; entities: unknown; limit: number; tooLong: string },
): { text: string; entities: Entity[] } {
  if (value !== undefined && typeof value !== 'string') throw bad('strings must be encoded in UTF-8')
  if (parseMode !== undefined && parseMode !== 'HTML') throw bad(`unsupported parse_mode: ${parseMode}`)
  if (parseMode !== undefined && entities !== undefined) throw bad('parse_mode and entities exclude each other')
  const raw = value ?? ''
  const parsed =
    parseMode === 'HTML' ? { text: parseHtml(raw), entities: [] } : { text: raw, entities: readEntities(entities, raw) }
  if (parsed.text.length > limit) throw bad(tooLong)
  const text = parsed.text.trim()
  if (text !== parsed.text && parsed.entities.length > 0)
    throw bad('the fake wants formatted text without white space at its ends')
  return { text, entities: parsed.entities }
}

function readEntities(value: unknown, text: string): Entity[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw bad("can't parse entities: expected an array")
  return value.map((entity: Entity) => {
    if (!entityTypes.has(entity.type)) throw bad(`can't parse entities: unknown type ${entity.type}`)
    const fits = Number.isInteger(entity.offset) && entity.offset >= 0 && entity.length > 0
    if (!fits || entity.offset + entity.length > text.length) throw bad("can't parse entities: out of the text")
    if (/[\udc00-\udfff]/.test(text.charAt(entity.offset))) throw bad("can't parse entities: inside a character")
    return entity
  })
}

/** The text of an HTML message. Refuses unknown, crossed and unclosed tags, and bare `<` and `&`. */
export function parseHtml(html: string): string {
  const open: string[] = []
  let text = ''
  let rest = html
  while (rest !== '') {
    const tag = /^<(\/?)([a-z][a-z0-9-]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>/i.exec(rest)
    const entity = /^&(lt|gt|amp|quot|#\d+|#x[0-9a-f]+);/i.exec(rest)
    if (tag) {
      const name = tag[2].toLowerCase()
      if (!htmlTags.has(name)) throw bad(`can't parse entities: Unsupported start tag "${name}"`)
      if (tag[1] === '') open.push(name)
      else if (open.pop() !== name) throw bad(`can't parse entities: Unexpected end tag "${name}"`)
      rest = rest.slice(tag[0].length)
    } else if (entity) {
      text += '?'
      rest = rest.slice(entity[0].length)
    } else {
      if (rest.startsWith('<')) throw bad("can't parse entities: Unsupported start tag")
      text += rest.charAt(0)
      rest = rest.slice(1)
    }
  }
  if (open.length > 0) throw bad(`can't parse entities: Can't find end tag corresponding to start tag "${open.at(-1)}"`)
  return text
}

export function readKeyboard(markup: unknown): Button[][] {
  if (markup === undefined) return []
  const keyboard = (markup as { inline_keyboard?: unknown }).inline_keyboard
  if (!Array.isArray(keyboard)) throw bad("can't parse reply keyboard markup JSON object")
  for (const button of keyboard.flat() as Button[]) {
    if (typeof button.text !== 'string' || button.text.trim() === '') throw bad('inline keyboard button text is empty')
    const bytes = Buffer.byteLength(button.callback_data ?? '')
    if (bytes < 1 || bytes > 64) throw bad('BUTTON_DATA_INVALID')
    const unknown = Object.keys(button).filter((key) => !['text', 'callback_data', 'style'].includes(key))
    if (unknown.length > 0) throw bad(`the fake knows no button with ${unknown}`)
  }
  if (keyboard.some((row) => !Array.isArray(row) || row.length > 8)) throw bad('a row has more than 8 buttons')
  if (keyboard.flat().length > 100) throw bad('reply markup is too long')
  return keyboard
}

/** The size of a PNG, as Telegram would take it for a photo. */
export function checkPhoto(bytes: Uint8Array): { width: number; height: number } {
  if (bytes.byteLength > 10 * 1024 * 1024) throw new ApiError(413, 'Request Entity Too Large')
  const buffer = Buffer.from(bytes)
  if (buffer.length < 33 || buffer.readUInt32BE(0) !== 0x89504e47) throw bad('IMAGE_PROCESS_FAILED')
  const width = buffer.readUInt32BE(16)
  const height = buffer.readUInt32BE(20)
  const ratio = Math.max(width, height) / Math.max(1, Math.min(width, height))
  if (width + height > 10_000 || ratio > 20) throw bad('PHOTO_INVALID_DIMENSIONS')
  return { width, height }
}

export interface BotCommand {
  command: string
  description: string
}

export function checkCommands(value: unknown): BotCommand[] {
  if (!Array.isArray(value)) throw bad("can't parse commands: expected an array")
  if (value.length > 100) throw bad('too many commands')
  for (const { command, description } of value as BotCommand[]) {
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw bad('BOT_COMMAND_INVALID')
    if (description.length < 1 || description.length > 256) throw bad('BOT_COMMAND_DESCRIPTION_INVALID')
  }
  return value
}

export function checkLanguage(value: unknown): string {
  if (value === undefined || value === '') return 'default'
  if (typeof value !== 'string' || !/^[a-z]{2}$/.test(value)) throw bad('LANG_CODE_INVALID')
  return value
}
