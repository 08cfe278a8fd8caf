import { readFile, writeFile } from 'node:fs/promises'
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Logger } from 'pino'
import { isConfidential } from '../../commands/confidential.js'
import type { Contact, Dispatch, DrawnButton, DrawnReply, Input } from '../../commands/dispatch.js'
import type { Registry } from '../../commands/registry.js'
import { readCommandLine } from '../../commands/words.js'
import type { Translator } from '../../i18n.js'
import { renderText } from '../renderText.js'
import { createCompleter } from './complete.js'
import { createPlainProgress, createScreenProgress } from './progressLine.js'
import { saveFile } from './saveFile.js'

export interface TerminalOptions {
  input: Readable & { isTTY?: boolean }
  output: Writable & { isTTY?: boolean; columns?: number }
  /** Where progress goes when nobody watches a screen. */
  errorOutput: Writable
  dispatch: Dispatch
  registry: Registry
  logger: Logger
  /** For words said before the first answer. */
  t: Translator
  /** Pictures and files are saved here. */
  outDir: string
  historyFile: string
  color: boolean
  now(): number
}

export interface TerminalSurface {
  /** Resolves when the person leaves or the input ends, and every answer is out. */
  run(): Promise<void>
  /** Stops dispatch, and takes nothing more in. */
  stop(): Promise<void>
}

const contact: Contact = { platform: 'terminal', platformUserId: 'local', chatId: 'local' }
const historySize = 1000

/** A chat on standard input and output: with a screen it prompts and completes, piped it only answers. */
export function createTerminalSurface(options: TerminalOptions): TerminalSurface {
  const { input, output, errorOutput, dispatch, registry, logger, outDir, historyFile, now } = options
  const hasScreen = input.isTTY === true && output.isTTY === true
  const color = hasScreen && options.color
  const progress = hasScreen ? createScreenProgress(output) : createPlainProgress(errorOutput, now)
  let { t } = options
  let buttons: readonly DrawnButton[] = []
  let unfinished = ''
  let busy = 0
  let queue: Promise<void> = Promise.resolve()
  let readline: Interface | null = null
  /** One after the other, so that an older history never takes the place of a newer one. */
  let saving: Promise<void> = Promise.resolve()

  return {
    async run() {
      readline = createInterface({ input, output, terminal: hasScreen, ...(hasScreen && (await screenOptions())) })
      if (hasScreen) openScreen(readline)
      readline.on('line', (line) => takeLine(line))
      await new Promise<void>((resolve) => readline?.once('close', resolve))
      if (unfinished !== '') enqueue(unfinished)
      await queue
      await saving
    },
    async stop() {
      readline?.close()
      await dispatch.stop()
    },
  }

  function takeLine(line: string): void {
    if (line.endsWith('\\')) {
      unfinished += `${line.slice(0, -1)}\n`
      readline?.setPrompt('… ')
      prompt()
      return
    }
    const message = unfinished + line
    unfinished = ''
    readline?.setPrompt('> ')
    // While something runs, the one thing that must not wait its turn is stopping it.
    if (hasScreen && busy > 0 && readCommandLine(asCommand(message))?.name === 'cancel') void answer(message)
    else enqueue(message)
  }

  function enqueue(message: string): void {
    queue = queue.then(() => answer(message)).catch((error: unknown) => logger.error({ err: error }, 'terminal'))
  }

  async function answer(message: string): Promise<void> {
    if (message.trim() === '') return prompt()
    const press = /^#(\d{1,3})$/.exec(message.trim())
    if (!press) return send({ kind: 'text', text: asCommand(message) })
    const button = buttons[Number(press[1]) - 1]
    if (button) return send({ kind: 'button', token: button.token })
    output.write(`${t('terminal-button-unknown', { number: press[1] })}\n`)
    prompt()
  }

  async function send(what: Input): Promise<void> {
    busy += 1
    try {
      const reply = await dispatch.handle({ deliveryKey: null, contact, input: what }, progress)
      progress.clear()
      if (reply) await show(reply)
    } finally {
      busy -= 1
      prompt()
    }
  }

  async function show(reply: DrawnReply): Promise<void> {
    t = reply.t
    const { picture, file } = reply
    const lines = [
      renderText(reply, { color }),
      picture ? await saved('terminal-picture', picture.name, picture.png) : '',
      file ? await saved('terminal-file', file.name, file.content) : '',
    ]
    if (reply.buttons) buttons = reply.buttons.flat()
    output.write(`${lines.filter((line) => line !== '').join('\n')}\n${hasScreen ? '' : '\n'}`)
  }

  /** Where it was saved; what cannot be saved must not take the words along. */
  async function saved(id: string, name: string, content: string | Uint8Array): Promise<string> {
    try {
      return t(id, { path: await saveFile(outDir, name, content) })
    } catch (error) {
      logger.error({ err: error, outDir }, 'a file could not be saved')
      return t('terminal-not-saved', { name, path: outDir })
    }
  }

  /** The slash may be left out before the name of a command. */
  function asCommand(message: string): string {
    const first = /^\s*(\S+)/.exec(message)?.[1] ?? ''
    return registry.find(first.toLowerCase()) ? `/${message.trimStart()}` : message
  }

  function prompt(): void {
    if (hasScreen && busy === 0) readline?.prompt()
  }

  async function screenOptions() {
    const complete = createCompleter(registry, dispatch, contact)
    return {
      history: await readHistory(historyFile),
      historySize,
      removeHistoryDuplicates: true,
      prompt: '> ',
      completer: (line: string, done: (error: Error | null, result?: [string[], string]) => void) => {
        complete(line).then(
          (result) => done(null, result),
          (error: unknown) => {
            logger.warn({ err: error }, 'no completion')
            done(null, [[], line])
          },
        )
      },
    }
  }

  function openScreen(screen: Interface): void {
    output.write(`${t('terminal-welcome')}\n`)
    screen.on('history', (history: string[]) => {
      // Secrets must not be written down.
      const secret = (line: string) =>
        registry.find(readCommandLine(asCommand(line))?.name ?? '')?.secret === true || isConfidential(registry, line)
      history.splice(0, history.length, ...history.filter((line) => !secret(line)))
      const text = `${[...history].reverse().join('\n')}\n`
      saving = saving
        .then(() => writeFile(historyFile, text, { mode: 0o600 }))
        .catch((error: unknown) => logger.warn({ err: error }, 'the history could not be saved'))
    })
    screen.on('SIGINT', () => {
      if (busy === 0) return screen.close()
      output.write(`\n${t('terminal-cancelling')}\n`)
      void dispatch.handle({ deliveryKey: null, contact, input: { kind: 'call', name: 'cancel', args: {} } }, progress)
    })
    screen.prompt()
  }
}

/** Newest first, as readline wants it. */
async function readHistory(path: string): Promise<string[]> {
  try {
    const lines = (await readFile(path, 'utf8')).split('\n')
    return lines
      .filter((line) => line !== '')
      .reverse()
      .slice(0, historySize)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
