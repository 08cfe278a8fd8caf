import type { Translator } from '../i18n.js'
import type { DrawnButton } from './draw.js'

/** Who sent something, as the platform says. */
export interface Contact {
  platform: string
  platformUserId: string
  /** Their private chat with us; left out where others read along. */
  chatId?: string | undefined
  /** BCP 47 tag of the sender's own settings, if the platform tells. */
  languageHint?: string | undefined
}

export type Input =
  /** What a person typed: a command with its words, or plain text. */
  | { kind: 'text'; text: string; attachment?: Attachment | undefined }
  | { kind: 'button'; token: string }
  /** A command with its arguments by name. */
  | { kind: 'call'; name: string; args: Readonly<Record<string, unknown>> }

/** A file that came along. `read` is called only for those let in; it throws UserError for a file it cannot take. */
export interface Attachment {
  name: string
  read(): Promise<string>
}

export interface Request {
  /** What the platform calls this delivery: the same key is acted on once, ever. Null where it cannot come twice. */
  deliveryKey: string | null
  contact: Contact
  input: Input
  /** For a message that others may come to see; left out where nobody can (a form, the terminal). */
  hide?: Hiding
}

/** What a platform can do about a message that holds a key. */
export interface Hiding {
  /** Takes the message away, for everybody; false where that cannot be done. Must not throw. */
  remove(): Promise<boolean>
  /** There is a form for keys: from a message they are not taken. */
  isFormBetter: boolean
}

/** What a surface with forms asks in one, before it calls the command with the answers beside the arguments given. */
export interface Form {
  title: string
  fields: readonly { name: string; label: string; maxLength: number }[]
}

/** How far the work is, in the reader's language. */
export interface ProgressUpdate {
  text: string
  /** 0..1, null where it is not known. */
  fraction: number | null
  cancel: DrawnButton
  t: Translator
}

export interface Sink {
  /** Called as often as the work reports; the surface thins it out. Must not throw. */
  progress(update: ProgressUpdate): void
}
