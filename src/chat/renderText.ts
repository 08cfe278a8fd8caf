import { styleText } from 'node:util'
import type { DrawnReply } from '../commands/dispatch.js'
import { displayWidth, pad, tableLines } from './columns.js'

export interface TextOptions {
  color: boolean
}

/** A reply as plain text for a fixed-width screen; buttons are numbered from 1. No line break at the end. */
export function renderText(reply: Omit<DrawnReply, 't'>, { color }: TextOptions): string {
  const { stamp, title, text, code, fields, table, buttons } = reply
  const bold = (words: string) => (color ? styleText('bold', words) : words)
  const heads: string[] = []
  if (stamp !== undefined) heads.push(color ? styleText(['bold', 'inverse'], ` ${stamp} `) : `*** ${stamp} ***`)
  if (title !== undefined) heads.push(bold(title))
  const blocks = [heads.join('\n'), text ?? '', code ?? '']
  if (fields) {
    const width = Math.max(0, ...fields.map(({ label }) => displayWidth(label)))
    blocks.push(fields.map(({ label, value }) => `${pad(label, width)}  ${bold(value)}`).join('\n'))
  }
  if (table) blocks.push(tableLines(table).join('\n'))
  if (buttons) {
    let number = 0
    const rows = buttons.map((row) =>
      row
        .map(({ label }) => {
          number += 1
          return `[#${number} ${label}]`
        })
        .join('  '),
    )
    blocks.push(rows.join('\n'))
  }
  return withoutControls(blocks.filter((block) => block !== '').join('\n\n'), color)
}

/** What a server or a person wrote must not steer the terminal: only our own colours pass. */
function withoutControls(text: string, color: boolean): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const controls = color ? /(?!\u001b\[\d+m)[\u0000-\u0008\u000b-\u001f\u007f]/g : /[\u0000-\u0008\u000b-\u001f\u007f]/g
  return text.replace(controls, '')
}
