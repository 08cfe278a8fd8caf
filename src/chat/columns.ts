import type { ReplyTable } from '../commands/reply.js'

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u
const unseen = /\p{M}|[\u200b-\u200f]/u

/** Columns of a fixed-width screen that a text takes: Chinese characters and most emoji take two. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += unseen.test(character) ? 0 : wide.test(character) ? 2 : 1
  return width
}

export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return align === 'left' ? text + space : space + text
}

/** A table as lines of equal columns: the head, a rule, the rows. */
export function tableLines({ columns, rows }: ReplyTable): string[] {
  const head = columns.map(({ label }) => label)
  const widths = columns.map((_, i) => Math.max(...[head, ...rows].map((row) => displayWidth(row[i] ?? ''))))
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, i) => pad(cells[i] ?? '', widths[i], align))
      .join('  ')
      .trimEnd()
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)]
}

/** A table as lines that a phone does not break, in as many blocks as that takes where it wraps; null where it cannot be had. */
export function phoneLines(table: ReplyTable): string[] | null {
  const others = table.columns.length - 1
  for (let blocks = 1; blocks <= (table.wraps ? others : 1); blocks++) {
    const width = Math.ceil(others / blocks)
    const parts = Array.from({ length: Math.ceil(others / width) }, (_, k) => {
      const from = 1 + k * width
      return tableLines(columnsOf(table, from, from + width))
    })
    if (parts.flat().every(fitsPhone)) return parts.flatMap((lines, k) => (k === 0 ? lines : ['', ...lines]))
  }
  return null
}

/** The first column and those from index `from` to `to` (exclusive). */
function columnsOf({ columns, rows }: ReplyTable, from: number, to: number): ReplyTable {
  const pick = <T>(cells: readonly T[]) => [...cells.slice(0, 1), ...cells.slice(from, to)]
  return { columns: pick(columns), rows: rows.map(pick) }
}

/** Whether a phone shows a line of fixed width without breaking it. */
function fitsPhone(line: string): boolean {
  return displayWidth(line) <= 42
}

/** `███████░░░ 70%`; empty where nobody knows. */
export function progressBar(fraction: number | null, t: { percent(x: number, options: { decimals: number }): string }) {
  if (fraction === null) return ''
  const share = Math.min(1, Math.max(0, fraction))
  const full = Math.round(share * 10)
  return `${'█'.repeat(full)}${'░'.repeat(10 - full)} ${t.percent(share * 100, { decimals: 0 })}`
}
