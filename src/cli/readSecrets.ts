import { createInterface } from 'node:readline'
import { type Readable, Writable } from 'node:stream'
import { UserError } from '../domain/userError.js'

export interface SecretInput {
  input: Readable & { isTTY?: boolean }
  /** Where the questions go, when somebody sits in front of a screen. */
  output: Writable
  signal: AbortSignal
}

/**
 * Asks for secrets one after the other; what is typed is shown nowhere. Where the input is no screen, its lines are the
 * answers, in this order, and nothing is asked. Throws UserError where it ends too early, or is interrupted.
 */
export async function readSecrets(
  questions: readonly string[],
  { input, output, signal }: SecretInput,
): Promise<string[]> {
  const hasScreen = input.isTTY === true
  // Readline echoes what is typed to its output.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const readline = createInterface({ input, output: nowhere, terminal: hasScreen, historySize: 0 })
  const close = () => readline.close()
  readline.once('SIGINT', close)
  signal.addEventListener('abort', close, { once: true })
  const lines = readline[Symbol.asyncIterator]()
  const answers: string[] = []
  try {
    for (const question of questions) {
      if (hasScreen) output.write(`${question}: `)
      const { value, done } = await lines.next()
      if (hasScreen) output.write('\n')
      if (done)
        throw hasScreen
          ? new UserError('error-cli-interrupted')
          : new UserError('error-cli-lines', { missing: question })
      answers.push(value.trim())
    }
    return answers
  } finally {
    signal.removeEventListener('abort', close)
    close()
  }
}
