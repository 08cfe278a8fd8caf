import { randomBytes } from 'node:crypto'
import { UserError } from '../domain/userError.js'
import { createTranslator, type Locale, localeOf, type Translator } from '../i18n.js'
import type { Progress } from '../services/work.js'
import type { ActionTokens } from '../store/actionTokens.js'
import type { Deliveries } from '../store/deliveries.js'
import type { App } from './app.js'
import { jsonSchema, kindOf } from './args.js'
import { checkArgs, readNamed } from './checkArgs.js'
import { isConfidential } from './confidential.js'
import type { Caller, Command } from './defineCommand.js'
import { createDraw, type DrawnButton, type DrawnReply, type DrawOptions } from './draw.js'
import { argsOf, describe, type Registry, restOf } from './registry.js'
import type { Reply } from './reply.js'
import type { Attachment, Contact, Form, Hiding, Input, Request, Sink } from './request.js'
import { Cancelled } from './running.js'
import { isSecret, readCommandLine, readWords } from './words.js'

export type { DrawnButton, DrawnReply } from './draw.js'
export type { Attachment, Contact, Form, Input, ProgressUpdate, Request, Sink } from './request.js'

export interface DispatchOptions extends DrawOptions {
  app: App
  registry: Registry
  /** Everybody not allowed here is turned away. */
  allow(platform: string, platformUserId: string): boolean
  deliveries: Pick<Deliveries, 'claim'>
  actionTokens: Pick<ActionTokens, 'create' | 'take'>
  /** What somebody gets whose platform tells no language. */
  defaults: { locale: Locale; timeZone: string }
}

/** The one door: every surface, and later the model, comes in here. */
export interface Dispatch {
  /** Never rejects. Null: nothing is to be said (seen before, turned away before, or shutting down). */
  handle(request: Request, sink: Sink): Promise<DrawnReply | null>
  /** Values to offer for an argument that begins with `prefix`, best first, at most 25; none for those not let in. */
  suggest(contact: Contact, ask: { command: string; arg: string; prefix: string }): Promise<readonly string[]>
  /** The form that comes before a call; null where the call can be made at once, or is somebody's who is not let in. */
  form(contact: Contact, call: { name: string; args: Readonly<Record<string, unknown>> }): Form | null
  /** Takes nothing more in, aborts what runs, and resolves when it is over. */
  stop(): Promise<void>
}

export function createDispatch(options: DispatchOptions): Dispatch {
  const { app, registry, allow, deliveries, actionTokens, charts, logger, now, defaults } = options
  const { running } = app
  const draw = createDraw({ actionTokens, charts, logger, now })
  const turnedAway = new Set<string>()
  const underWay = new Set<Promise<unknown>>()
  let stopping = false

  return {
    async handle(request, sink) {
      if (stopping) return null
      const handled = handle(request, sink)
      underWay.add(handled)
      return handled.finally(() => underWay.delete(handled))
    },

    async suggest(contact, { command: name, arg, prefix }) {
      if (!allow(contact.platform, contact.platformUserId)) return []
      const command = registry.find(name)
      const info = command && argsOf(command).find((candidate) => candidate.name === arg)
      const kind = info && kindOf(info.schema)
      if (!kind?.suggest) return []
      const values = await kind.suggest(app, await identify(contact, localeOfStranger(contact)))
      const wanted = prefix.toLowerCase()
      return values.filter((value) => value.toLowerCase().startsWith(wanted)).slice(0, 25)
    },

    form(contact, { name, args }) {
      const command = registry.find(name)
      if (!command?.asksSecrets || !allow(contact.platform, contact.platformUserId)) return null
      const values = readNamed(command, args)
      if (!registry.validator(command)(values) || !command.asksSecrets(values)) return null
      const t = strangersWords(contact)
      const fields = argsOf(command).filter((info) => isSecret(info) && !(info.name in values))
      if (fields.length === 0) return null
      return {
        title: `/${name}`,
        fields: fields.map((info) => ({
          name: info.name,
          label: describe(t, command, info.name),
          maxLength: jsonSchema(info.schema).maxLength ?? 1,
        })),
      }
    },

    async stop() {
      stopping = true
      await running.stop()
      // What has run is still to be drawn, and given its buttons.
      await Promise.all(underWay)
    },
  }

  async function handle(request: Request, sink: Sink): Promise<DrawnReply | null> {
    const { contact, deliveryKey } = request
    const stranger = strangersWords(contact)
    // Before the delivery is claimed, so that strangers never reach the database.
    if (!allow(contact.platform, contact.platformUserId)) return turnAway(contact, stranger)
    let t = stranger
    const { input, hide } = request
    const isHeld = input.kind === 'text' && isConfidential(registry, input.text)
    // Before anything else that takes time.
    const isRemoved = isHeld && hide !== undefined && (await hide.remove())
    const withNote = (reply: DrawnReply): DrawnReply => {
      if (!isHeld || !hide) return reply
      const note = t(isRemoved ? 'secret-removed' : 'secret-still-there')
      return { ...reply, text: [note, reply.text].filter(Boolean).join('\n\n') }
    }
    try {
      if (deliveryKey !== null && !(await deliveries.claim(deliveryKey, now()))) return null
      const caller = await identify(contact, stranger.locale)
      t = createTranslator(caller)
      if (isHeld) refuseExposed(input.text, contact, hide)
      return withNote(await answer(request, caller, t, sink))
    } catch (error) {
      const said = explain(error, t, { platform: contact.platform, input: input.kind })
      return withNote({ ...said, ...(error instanceof UserError && spentErrors.has(error.id) && { spent: true }), t })
    }
  }

  /** A key that others have read, or that stays where it was sent although there is a form, is not used. */
  function refuseExposed(text: string, { chatId }: Contact, hide: Hiding | undefined): void {
    if (chatId === undefined) throw new UserError('error-key-shared')
    if (hide?.isFormBetter) throw new UserError('error-key-form-better')
    if (!registry.find(readCommandLine(text)?.name ?? '')?.secret) throw new UserError('error-key-loose')
  }

  function turnAway({ platform, platformUserId }: Contact, t: Translator): DrawnReply | null {
    const key = `${platform}:${platformUserId}`
    if (turnedAway.has(key)) return null
    // Strangers must not be able to fill the memory.
    if (turnedAway.size >= 10_000) turnedAway.clear()
    turnedAway.add(key)
    logger.warn({ platform, platformUserId }, 'turned away: not on the allow-list')
    return { text: t('reply-not-allowed', { id: platformUserId }), t }
  }

  function strangersWords(contact: Contact): Translator {
    return createTranslator({ locale: localeOfStranger(contact), timeZone: defaults.timeZone, theme: 'light' })
  }

  function localeOfStranger({ languageHint }: Contact): Locale {
    return languageHint === undefined ? defaults.locale : localeOf(languageHint)
  }

  async function identify(contact: Contact, locale: Locale): Promise<Caller> {
    const { platform, platformUserId, chatId } = contact
    const { timeZone } = defaults
    const address = { platform, platformUserId, ...(chatId !== undefined && { chatId }) }
    const user = await app.users.findOrCreate({ ...address, locale, timeZone })
    return { ...user, ...address, ownerKey: `${platform}:${platformUserId}` }
  }

  async function answer({ input, contact }: Request, caller: Caller, t: Translator, sink: Sink): Promise<DrawnReply> {
    const resolved = await resolve(input, caller, t)
    if ('reply' in resolved) return draw.reply(resolved.reply, caller, t)
    const { command, values } = resolved
    // What is called by name is answered for its user alone.
    if (command.secret && input.kind === 'text' && contact.chatId === undefined)
      throw new UserError('error-secret-shared', { command: command.name })
    checkArgs(registry, command, values)
    // Until there is a gate that shows the exact order and waits for a press, nothing may trade.
    if (command.effect === 'trade') throw new UserError('error-trade-not-yet', { command: command.name })
    const drawn = await draw.reply(await run(command, values, caller, t, sink), caller, t)
    return input.kind === 'button' && isOnce(command) ? { ...drawn, spent: true } : drawn
  }

  async function resolve(
    input: Input,
    caller: Caller,
    t: Translator,
  ): Promise<{ command: Command; values: Record<string, unknown> } | { reply: Reply }> {
    if (input.kind === 'call') {
      const command = find(input.name)
      return { command, values: readNamed(command, input.args) }
    }
    if (input.kind === 'button') {
      const action = await actionTokens.take(input.token, caller.ownerKey, now())
      if (!action.ok) throw new UserError(`error-button-${action.reason}`)
      const command = registry.findForButton(action.command)
      // From before an update that took the command away.
      if (!command) throw new UserError('error-button-unknown')
      if (isOnce(command) && !action.first) throw new UserError('error-button-used')
      return { command, values: { ...action.args } }
    }
    return resolveText(input.text, input.attachment, t)
  }

  async function resolveText(text: string, attachment: Attachment | undefined, t: Translator) {
    const line = readCommandLine(text)
    if (!attachment) {
      if (!line) return { reply: hint(text, t) }
      const command = find(line.name)
      return { command, values: readWords(command, line.words) }
    }
    const command = line ? find(line.name) : registry.takesFile
    if (!command?.takesFile) throw new UserError('error-file-unexpected', { name: attachment.name })
    const values = readWords(command, line ? line.words : text)
    const body = await attachment.read()
    const rest = restOf(command)
    if (rest !== null) values[rest] = values[rest] === undefined ? body : `${values[rest]}\n${body}`
    return { command, values }
  }

  function find(name: string): Command {
    const command = registry.find(name)
    if (command) return command
    throw new UserError('error-command-unknown', { name, suggestion: registry.nearest(name) ?? '' })
  }

  function hint(text: string, t: Translator): Reply {
    const [first = '', ...others] = text.trim().split(/\s+/)
    // A sentence that begins like a command is none; a command without its slash, or a single word, may be meant as one.
    const meant = others.length === 0 ? registry.nearest(first) : registry.find(first.toLowerCase())?.name
    return { text: t('reply-plain-text', { suggestion: meant ?? '' }) }
  }

  async function run(command: Command, values: Record<string, unknown>, caller: Caller, t: Translator, sink: Sink) {
    const job = running.begin(caller.ownerKey)
    const startedAt = now()
    let isOver = false
    const whileRunning: Sink = { progress: (update) => isOver || sink.progress(update) }
    try {
      const progress = reporter(job.id, caller, t, whileRunning)
      const data = await command.run(values, caller, app, {
        progress,
        signal: job.signal,
        now: startedAt,
        jobId: job.id,
      })
      logger.info({ command: command.name, platform: caller.platform, ms: now() - startedAt }, 'command')
      return command.view(data, t)
    } catch (error) {
      if (job.signal.aborted && !(error instanceof UserError)) return cancelled(job.signal, command, t)
      const context = { command: command.name, platform: caller.platform, userId: caller.id }
      return explain(error, t, command.secret ? context : { ...context, args: values })
    } finally {
      isOver = true
      job.finish()
    }
  }

  function cancelled({ reason }: AbortSignal, command: Command, t: Translator): Reply {
    const byShutdown = reason instanceof Cancelled && reason.by === 'shutdown'
    return { text: t(byShutdown ? 'reply-shut-down' : 'reply-cancelled', { command: command.name }) }
  }

  /** Reports reach the sink only with a Cancel button; those that come while it is made wait, and only the last counts. */
  function reporter(jobId: string, caller: Caller, t: Translator, sink: Sink): (progress: Progress) => void {
    let cancel: DrawnButton | 'asked' | null = null
    let latest: Progress | null = null
    const send = (button: DrawnButton, { key, args, fraction }: Progress) =>
      sink.progress({ text: t(key, args), fraction: fraction ?? null, cancel: button, t })
    return (progress) => {
      latest = progress
      if (cancel === 'asked') return
      if (cancel) return send(cancel, progress)
      cancel = 'asked'
      draw.button({ label: t('button-cancel'), command: 'cancel', args: { job: jobId } }, caller).then(
        (button) => {
          cancel = button
          if (latest) send(button, latest)
        },
        (error: unknown) => logger.error({ err: error }, 'no cancel button: progress stays untold'),
      )
    }
  }

  function explain(error: unknown, t: Translator, context: Record<string, unknown>): { text: string } {
    if (error instanceof UserError) {
      try {
        return { text: t(error.id, error.args) }
      } catch (wordless) {
        return explain(wordless, t, context)
      }
    }
    const reference = randomBytes(4).toString('hex')
    logger.error({ err: error, reference, ...context }, 'a command failed')
    return { text: t('reply-failed', { reference }) }
  }
}

/** What a press can meet that no further press of the same button will mend. */
const spentErrors: ReadonlySet<string> = new Set(['error-button-unknown', 'error-button-used', 'error-button-expired'])

function isOnce({ once, effect }: Command): boolean {
  return once === true || effect === 'trade'
}
