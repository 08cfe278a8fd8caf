import { UserError } from '../domain/userError.js'
import { argsOf, type Registry } from './registry.js'
import { isSecret, readCommandLine, readWords } from './words.js'

/** An API key or secret of OKX (a UUID, 32 hex digits), or the token of a Telegram bot, wherever it stands. */
const keyShapes = [
  /(?<![\w-])[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])/i,
  /(?<![\w-])[0-9a-f]{32}(?![\w-])/i,
  /(?<![\w-])\d{6,}:[\w-]{30,}(?![\w-])/,
]

const shortestKey = 16

/**
 * Whether a text holds what nobody else may see: secrets of a command, also of one whose name was mistyped; something long
 * behind such a command, where its words cannot be read; or a key by its looks.
 */
export function isConfidential(registry: Registry, text: string): boolean {
  if (keyShapes.some((shape) => shape.test(text))) return true
  const line = readCommandLine(text)
  if (!line) return false
  const command = registry.find(registry.nearest(line.name) ?? '')
  if (!command?.secret) return false
  try {
    const values = readWords(command, line.words)
    return argsOf(command).some((info) => isSecret(info) && info.name in values)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return line.words.split(/[\s=]+/).some((word) => word.length >= shortestKey)
  }
}
