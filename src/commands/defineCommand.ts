import type { Static, TObject } from 'typebox'
import type { Translator } from '../i18n.js'
import type { Work } from '../services/work.js'
import type { User } from '../store/users.js'
import type { App } from './app.js'
import type { Reply } from './reply.js'

/**
 * What a command does: `read` changes nothing; `write` changes our own records; `trade` can open or grow a position and
 * always stops at the confirmation gate; `reduce` only ever lowers risk.
 */
export type Effect = 'read' | 'write' | 'trade' | 'reduce'

/** Who asks, after the allow-list let them in. */
export interface Caller extends User {
  platform: string
  platformUserId: string
  /** Their private chat with us, where they are asking from one. */
  chatId?: string
  /** `platform:platformUserId`: owns this person's buttons and running work. */
  ownerKey: string
}

/** What `run` is given beside its arguments: Work (progress and signal), the time, and the id of this very run. */
export interface RunContext extends Work {
  /** Epoch ms at which the command came in. */
  now: number
  jobId: string
}

export interface CommandSpec<Args extends TObject, Data> {
  /** `^[a-z][a-z0-9_]{0,31}$`. Its words are the Fluent ids `command-NAME`, `command-NAME-ARG` and `command-NAME-example`. */
  name: string
  /** A flat object made with `args.ts`; its order is the order of words in a chat. */
  args: Args
  effect: Effect
  /** Arguments hold secrets: they are never logged or repeated, it is for private chats only, and no model is offered it. */
  secret?: boolean
  /** Whether its arguments of the kind `secret` are wanted beside these: surfaces with forms ask for them in one. */
  asksSecrets?(args: Static<Args>): boolean
  /** A button that runs it works a single time. */
  once?: boolean
  /** Nobody types it: it stands in no list, and only buttons run it. Needs no words. */
  buttonsOnly?: boolean
  /** The text of an attached file is its `rest` argument, and a file sent without words is for it. */
  takesFile?: boolean
  run(args: Static<Args>, caller: Caller, app: App, context: RunContext): Promise<Data>
  /** Pure: all it needs is in `data` and `t`. */
  view(data: Data, t: Translator): Reply
}

/** A command as the registry holds it: arguments are checked by dispatch before `run` sees them. */
export type Command = CommandSpec<TObject, unknown>

/** Declares a command once; every surface derives its own form from it. */
export function defineCommand<Args extends TObject, Data>(spec: CommandSpec<Args, Data>): Command {
  return spec as unknown as Command
}
