import { UserError } from '../domain/userError.js'

const limitBytes = 256 * 1024

/**
 * The text of a file that somebody sent, fetched with `open`. Throws UserError error-file-too-large, error-file-not-text or
 * error-file-lost.
 */
export async function fetchTextFile(
  { name, size }: { name: string; size: number | undefined },
  open: () => Promise<Response>,
): Promise<string> {
  const tooLarge = () => new UserError('error-file-too-large', { name, limit: limitBytes / 1024 })
  const lost = () => new UserError('error-file-lost', { name })
  if ((size ?? 0) > limitBytes) throw tooLarge()
  // Addresses may hold a token: nothing about what failed may reach a log.
  const response = await open().catch(() => null)
  if (!response?.ok || !response.body) throw lost()
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of response.body) {
      bytes += chunk.byteLength
      if (bytes > limitBytes) throw tooLarge()
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof UserError ? error : lost()
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new UserError('error-file-not-text', { name })
  }
}
