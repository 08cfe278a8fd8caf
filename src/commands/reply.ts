import type { ChartSpec } from '../charts/spec.js'

/** An answer as plain data, in the reader's language; each surface renders it in its own way. */
export interface Reply {
  /** A warning that must not be missed, such as SIMULATED DATA: every surface shows it first, and loudly. */
  stamp?: string
  title?: string
  text?: string
  /** To be read or copied as it stands, such as the text form of a strategy: in fixed width where the surface can. */
  code?: string
  /** Short facts, shown side by side where the surface can. */
  fields?: readonly ReplyField[]
  table?: ReplyTable
  chart?: ChartSpec
  file?: ReplyFile
  /** Rows of buttons. A press re-enters dispatch. */
  buttons?: readonly (readonly ReplyButton[])[]
  /** The next step of the message whose button was pressed: it takes that message's place where the surface can. */
  replaces?: boolean
  /** Nothing to keep: a surface may show it in passing, such as the toast that answers a button. */
  passing?: boolean
}

export interface ReplyField {
  label: string
  value: string
}

export interface ReplyTable {
  columns: readonly { label: string; align: 'left' | 'right' }[]
  rows: readonly (readonly string[])[]
  /** The columns after the first are of one kind: on a narrow screen some may stand below the others, beside the first again. */
  wraps?: boolean
}

export interface ReplyFile {
  name: string
  mimeType: string
  content: string | Uint8Array
}

/** A button runs a command with these arguments, as if its owner had sent them. */
export interface ReplyButton {
  label: string
  command: string
  args: Readonly<Record<string, unknown>>
}
