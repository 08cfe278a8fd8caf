import type { MessageEntity } from 'grammy/types'
import type { DrawnReply } from '../../commands/dispatch.js'
import type { ReplyTable } from '../../commands/reply.js'
import { phoneLines } from '../columns.js'
import { cutAt, stripControls } from '../cutText.js'

/** Telegram's limits, counted after entities are parsed. */
export const textLimit = 4096
export const captionLimit = 1024

/** Text with its formatting as entities: nothing to escape, and safe to cut. Offsets are UTF-16 units. */
export interface Formatted {
  text: string
  entities: MessageEntity[]
}

type Style = 'bold' | 'pre' | null

/** A reply's words; picture, file and buttons travel beside them. */
export function formatReply(
  reply: Pick<DrawnReply, 'stamp' | 'title' | 'text' | 'code' | 'fields' | 'table'>,
): Formatted {
  const { stamp, title, text, code, fields, table } = reply
  const heads: [string, Style][] = []
  if (stamp !== undefined) heads.push([`⚠️ ${stamp} ⚠️`, 'bold'])
  if (title !== undefined) heads.push([title, 'bold'])
  const bodies: [string, Style][][] = []
  if (heads.length > 0) bodies.push(lines(heads))
  if (text !== undefined) bodies.push([[text, null]])
  if (code !== undefined) bodies.push([[code, 'pre']])
  if (fields && fields.length > 0) {
    bodies.push(
      fields.flatMap(({ label, value }, i): [string, Style][] => {
        const ending = i < fields.length - 1 ? '\n' : ''
        return [
          [`${label}: `, null],
          [value, 'bold'],
          [ending, null],
        ]
      }),
    )
  }
  if (table) bodies.push(tablePieces(table))
  return build(bodies.flatMap((pieces, i): [string, Style][] => (i === 0 ? pieces : [['\n\n', null], ...pieces])))
}

/** Columns where they fit on a phone; else a line a row, led by its first cell. */
function tablePieces(table: ReplyTable): [string, Style][] {
  const aligned = phoneLines(table)
  if (aligned) return [[aligned.join('\n'), 'pre']]
  const head = table.columns.map(({ label }) => label)
  return [head, ...table.rows].flatMap(([first, ...others], i): [string, Style][] => [
    [i === 0 ? '' : '\n', null],
    [first, 'bold'],
    [['', ...others.filter((cell) => cell !== '')].join(' · '), null],
  ])
}

/** Pages within the limits, cut between paragraphs or lines where it can be. The first has a limit of its own. */
export function paginate(whole: Formatted, firstLimit: number, limit = textLimit): Formatted[] {
  const pages: Formatted[] = []
  let from = 0
  while (from < whole.text.length) {
    const room = pages.length === 0 ? firstLimit : limit
    const to = from + cutAt(whole.text.slice(from, from + room + 1), room)
    const page = slice(whole, from, to)
    if (page.text !== '') pages.push(page)
    from = to
  }
  return pages
}

/** Without the white space at its ends, which Telegram would take off and so shift the entities. */
function slice({ text, entities }: Formatted, from: number, to: number): Formatted {
  const raw = text.slice(from, to)
  const start = from + (raw.length - raw.trimStart().length)
  const end = Math.max(start, to - (raw.length - raw.trimEnd().length))
  const inside = entities.flatMap((entity) => {
    const first = Math.max(entity.offset, start)
    const last = Math.min(entity.offset + entity.length, end)
    return first < last ? [{ ...entity, offset: first - start, length: last - first }] : []
  })
  return { text: text.slice(start, end), entities: inside }
}

function lines(pieces: [string, Style][]): [string, Style][] {
  return pieces.flatMap((piece, i): [string, Style][] => (i === 0 ? [piece] : [['\n', null], piece]))
}

function build(pieces: readonly [string, Style][]): Formatted {
  let text = ''
  const entities: MessageEntity[] = []
  for (const [piece, style] of pieces) {
    const clean = stripControls(piece)
    if (style !== null && clean.trim() !== '') entities.push({ type: style, offset: text.length, length: clean.length })
    text += clean
  }
  return slice({ text, entities }, 0, text.length)
}
