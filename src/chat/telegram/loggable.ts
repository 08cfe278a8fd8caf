import { GrammyError, HttpError } from 'grammy'

/** An error as it may be logged: what lies beneath a failed request names its address, and the address holds the token. */
export function loggable(error: unknown): unknown {
  if (error instanceof HttpError) {
    const { code, name } = error.error as { code?: string; name?: string }
    return new Error(`${error.message} ${code ?? name ?? ''}`.trim())
  }
  // Its payload is what was said to somebody, pictures and all.
  if (error instanceof GrammyError) return new Error(error.message)
  return error
}
