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

/** Whether a phone shows text of fixed width without breaking its lines. */
export function fitsPhone(lines: readonly string[]): boolean {
  return lines.every((line) => displayWidth(line) <= 42)
}

/** `███████░░░ 70%`; empty where nobody knows. */
export function progressBar(fraction: number | null, t: { percent(x: number, options: { decimals: number }): string }) {
  if (fraction === null) return ''
  const share = Math.min(1, Math.max(0, fraction))
  const full = Math.round(share * 10)
  return `${'█'.repeat(full)}${'░'.repeat(10 - full)} ${t.percent(share * 100, { decimals: 0 })}`
}
