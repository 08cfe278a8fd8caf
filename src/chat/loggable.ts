/**
 * An error of a chat library as it may be logged: its words, its code and where it came from. What else hangs on it may
 * be an address that holds a token, or what was said to somebody.
 */
export function loggable(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { code, error: beneath } = error as Error & { code?: unknown; error?: { code?: string; name?: string } }
  const reason = code ?? beneath?.code ?? beneath?.name ?? ''
  const bare = new Error(`${error.message} ${reason}`.trim())
  bare.name = error.name
  bare.stack = error.stack ?? ''
  return bare
}
