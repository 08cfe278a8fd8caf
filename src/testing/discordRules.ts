import { Ajv } from 'ajv'
import type { APIEmbed, EmbedType } from 'discord.js'
import { type Static, type TProperties, type TSchema, Type } from 'typebox'

/** What the API refuses: HTTP status, JSON code, and for a form the place of the first fault. */
export class DiscordError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly errors?: unknown,
  ) {
    super(message)
  }
}

/** @param path Place in the form, `embeds.0.title` */
export function invalid(path: string, message: string): DiscordError {
  const leaf: unknown = { _errors: [{ code: 'INVALID', message }] }
  const errors = path === '' ? leaf : path.split('.').reduceRight((inner, key) => ({ [key]: inner }), leaf)
  return new DiscordError(400, 50035, 'Invalid Form Body', errors)
}

const ajv = new Ajv()
const compiled = new Map<TSchema, ReturnType<Ajv['compile']>>()

/** The value if it fits, else an `Invalid Form Body`. Lengths count code points, as Discord does. */
export function checkForm<T extends TSchema>(schema: T, value: unknown, path = ''): Static<T> {
  const validate = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, validate)
  if (validate(value)) return value as Static<T>
  const [error] = validate.errors ?? []
  const place = [...path.split('.'), ...error.instancePath.split('/')].filter((part) => part !== '').join('.')
  const { additionalProperty, allowedValues, allowedValue } = error.params
  const extra = additionalProperty ?? JSON.stringify(allowedValues ?? allowedValue) ?? ''
  throw invalid(place, `${error.message} ${extra}`.trim())
}

/** An object that takes nothing else; `?` properties are optional. */
export const closed = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false })
export const text = (maxLength: number, minLength = 1) => Type.String({ minLength, maxLength })
const url = Type.String({ pattern: '^(https?|attachment)://.+', maxLength: 2048 })
const link = Type.String({ pattern: '^https?://.+', maxLength: 2048 })
const picture = closed({ url })

const Embed = closed({
  type: Type.Optional(Type.Unsafe<EmbedType>({ const: 'rich' })),
  title: Type.Optional(text(256)),
  description: Type.Optional(text(4096)),
  url: Type.Optional(link),
  timestamp: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d' })),
  color: Type.Optional(Type.Integer({ minimum: 0, maximum: 0xffffff })),
  footer: Type.Optional(closed({ text: text(2048), icon_url: Type.Optional(url) })),
  image: Type.Optional(picture),
  thumbnail: Type.Optional(picture),
  author: Type.Optional(closed({ name: text(256), url: Type.Optional(link), icon_url: Type.Optional(url) })),
  fields: Type.Optional(
    Type.Array(closed({ name: text(256), value: text(1024), inline: Type.Optional(Type.Boolean()) }), { maxItems: 25 }),
  ),
})

const snowflake = Type.String({ pattern: '^\\d{17,19}$' })

/** What a message can be made of; the fake has no stickers, polls, threads and second kind of components. */
export const MessageBody = closed({
  content: Type.Optional(Type.String()),
  tts: Type.Optional(Type.Literal(false)),
  nonce: Type.Optional(Type.Union([text(25), Type.Integer()])),
  enforce_nonce: Type.Optional(Type.Boolean()),
  embeds: Type.Optional(Type.Array(Embed, { maxItems: 10 })),
  components: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 5 })),
  allowed_mentions: Type.Optional(
    closed({
      parse: Type.Optional(Type.Array(Type.Enum(['users', 'roles', 'everyone']))),
      users: Type.Optional(Type.Array(snowflake, { maxItems: 100 })),
      roles: Type.Optional(Type.Array(snowflake, { maxItems: 100 })),
      replied_user: Type.Optional(Type.Boolean()),
    }),
  ),
  flags: Type.Optional(Type.Integer()),
  message_reference: Type.Optional(
    closed({
      message_id: snowflake,
      channel_id: Type.Optional(snowflake),
      fail_if_not_exists: Type.Optional(Type.Boolean()),
    }),
  ),
  attachments: Type.Optional(
    Type.Array(
      closed({
        id: Type.String({ pattern: '^\\d{1,19}$' }),
        description: Type.Optional(Type.Union([text(1024), Type.Null()])),
        title: Type.Optional(Type.Union([text(1024), Type.Null()])),
        waveform: Type.Optional(Type.Null()),
        duration_secs: Type.Optional(Type.Null()),
      }),
      { maxItems: 10 },
    ),
  ),
})
export type MessageBody = Static<typeof MessageBody>

const emoji = Type.Optional(
  closed({
    id: Type.Optional(Type.Union([snowflake, Type.Null()])),
    name: Type.Optional(Type.String()),
    animated: Type.Optional(Type.Boolean()),
  }),
)
const common = { id: Type.Optional(Type.Integer()), disabled: Type.Optional(Type.Boolean()) }

const Row = closed({
  type: Type.Literal(1),
  id: common.id,
  components: Type.Array(Type.Unknown(), { minItems: 1, maxItems: 5 }),
})
const Button = closed({
  ...common,
  type: Type.Literal(2),
  style: Type.Enum([1, 2, 3, 4]),
  label: Type.Optional(text(80)),
  emoji,
  custom_id: text(100),
})
const LinkButton = closed({
  ...common,
  type: Type.Literal(2),
  style: Type.Literal(5),
  label: Type.Optional(text(80)),
  emoji,
  url: Type.String({ pattern: '^(https?|discord)://.+', maxLength: 512 }),
})
const Select = closed({
  ...common,
  type: Type.Literal(3),
  custom_id: text(100),
  placeholder: Type.Optional(text(150)),
  min_values: Type.Optional(Type.Integer({ minimum: 0, maximum: 25 })),
  max_values: Type.Optional(Type.Integer({ minimum: 1, maximum: 25 })),
  options: Type.Array(
    closed({
      label: text(100),
      value: text(100),
      description: Type.Optional(text(100)),
      emoji,
      default: Type.Optional(Type.Boolean()),
    }),
    { minItems: 1, maxItems: 25 },
  ),
})
export type Component = Static<typeof Button> | Static<typeof LinkButton> | Static<typeof Select>
export type Row = Omit<Static<typeof Row>, 'components'> & { components: Component[] }

/** Rows of buttons or of one select menu, at most five, with ids that occur once. */
export function checkComponents(rows: readonly unknown[]): Row[] {
  const seen = new Set<string>()
  return rows.map((value, rowIndex) => {
    const path = `components.${rowIndex}`
    const row = checkForm(Row, value, path)
    const components = row.components.map((item, index) => {
      const component = checkComponent(item, `${path}.components.${index}`)
      if (component.type === 3 && row.components.length > 1) throw invalid(path, 'a select menu fills its row')
      const id = 'custom_id' in component ? component.custom_id : null
      if (id !== null && seen.has(id))
        throw invalid(`${path}.components.${index}.custom_id`, 'Component custom id cannot be duplicated')
      if (id !== null) seen.add(id)
      return component
    })
    return { ...row, components }
  })
}

function checkComponent(value: unknown, path: string): Component {
  const { type, style } = (value ?? {}) as { type?: unknown; style?: unknown }
  if (type === 2) {
    const button = style === 5 ? checkForm(LinkButton, value, path) : checkForm(Button, value, path)
    if (button.label === undefined && button.emoji === undefined)
      throw invalid(path, 'A button needs a label or an emoji')
    return button
  }
  if (type !== 3) throw invalid(path, `the fake knows no component of type ${type}`)
  const select = checkForm(Select, value, path)
  const { options, min_values = 1, max_values = 1 } = select
  if (new Set(options.map((option) => option.value)).size < options.length)
    throw invalid(`${path}.options`, 'The specified option value is already used')
  if (min_values > max_values || max_values > options.length)
    throw invalid(`${path}.max_values`, 'more values than options')
  if (options.filter((option) => option.default).length > max_values)
    throw invalid(`${path}.options`, 'more defaults than values')
  return select
}

const length = (words: string | undefined) => [...(words ?? '')].length

/** Embeds together at most 6000 characters, none of them empty. */
export function checkEmbeds(embeds: readonly APIEmbed[]): void {
  for (const [index, embed] of embeds.entries()) {
    const words = [embed.title, embed.description, embed.footer?.text, embed.author?.name]
    for (const { name, value } of embed.fields ?? []) words.push(name, value)
    if (words.some((word) => word?.trim() === '')) throw invalid(`embeds.${index}`, 'This field is required')
    if (words.every((word) => word === undefined) && !embed.image && !embed.thumbnail)
      throw invalid(`embeds.${index}`, 'an empty embed')
  }
  const total = embeds.reduce(
    (sum, { title, description, footer, author, fields = [] }) =>
      fields.reduce(
        (inFields, { name, value }) => inFields + length(name) + length(value),
        sum + length(title) + length(description) + length(footer?.text) + length(author?.name),
      ),
    0,
  )
  if (total > 6000) throw invalid('embeds', `Embed size exceeds maximum size of 6000: ${total}`)
}

/** Trimmed content of at most 2000 characters. */
export function checkContent(content: string): string {
  const trimmed = content.trim()
  if (length(trimmed) > 2000) throw invalid('content', 'Must be 2000 or fewer in length.')
  return trimmed
}

/** The name that a file gets: ASCII letters, digits, and `_ . -` inside. */
export function cleanFileName(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/\s+/g, '_')
    .replace(/[^A-Za-z0-9_.-]/g, '')
  return ascii.replace(/^[._]+|[._]+$/g, '') || 'unknown'
}
