import { cutAt } from '../cutText.js'

/** Text as it stands, where Discord would read some of its characters as formatting, a mention or a link. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\*_~`|]|\](?=\()|<(?=[@#:/]|a:|t:|id:|https?:)/g, '\\$&')
    .replace(/^(\s*)(>|[-+](?=[\s#])|#(?=#{0,2}\s))/gm, '$1\\$2')
    .replace(/^(\s*\d+)\.(?=\s)/gm, '$1\\.')
}

/** Part of a page. */
export interface Block {
  /** Markdown; of code, plain text. */
  text: string
  isCode?: boolean
}

const fence = '```'

/** Blocks as pages of Markdown, none longer than `room`; cut inside a block only where it does not fit on a page. */
export function packPages(blocks: readonly Block[], room: number): string[] {
  const pages: string[] = []
  let page = ''
  for (const piece of blocks.flatMap((block) => piecesOf(block, room))) {
    const joined = page === '' ? piece : `${page}\n\n${piece}`
    if (joined.length > room) {
      pages.push(page)
      page = piece
    } else {
      page = joined
    }
  }
  return page === '' ? pages : [...pages, page]
}

function piecesOf({ text, isCode }: Block, room: number): string[] {
  if (!isCode) {
    return cut(text, room)
      .map((piece) => piece.trim())
      .filter((piece) => piece !== '')
  }
  // Three backticks would end the code: something unseen goes between them.
  const harmless = text.replace(/`(?=`)/g, '`\u200b')
  return cut(harmless, room - 2 * (fence.length + 1))
    .map((piece) => piece.trimEnd())
    .filter((piece) => piece !== '')
    .map((piece) => `${fence}\n${piece}\n${fence}`)
}

function cut(text: string, room: number): string[] {
  const pieces: string[] = []
  let rest = text
  while (rest.length > room) {
    const at = keepEscapes(rest, cutAt(rest, room))
    pieces.push(rest.slice(0, at))
    rest = rest.slice(at)
  }
  return [...pieces, rest]
}

/** Never between a backslash and what it escapes. */
function keepEscapes(text: string, at: number): number {
  const slashes = /\\*$/.exec(text.slice(0, at))?.[0].length ?? 0
  return slashes % 2 === 1 && at > 1 ? at - 1 : at
}
