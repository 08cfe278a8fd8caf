import type { Api } from 'grammy'
import { UserError } from '../../domain/userError.js'
import type { SentFile } from './incoming.js'

const limitBytes = 256 * 1024

/**
 * The text of a file that somebody sent. Throws UserError error-file-too-large, error-file-not-text or error-file-lost.
 */
export async function fetchTextFile(
  api: Api,
  { token, apiRoot, file, signal }: { token: string; apiRoot: string; file: SentFile; signal: AbortSignal },
): Promise<string> {
  const tooLarge = () => new UserError('error-file-too-large', { name: file.name, limit: limitBytes / 1024 })
  if ((file.size ?? 0) > limitBytes) throw tooLarge()
  const lost = () => new UserError('error-file-lost', { name: file.name })
  // Addresses hold the token: nothing about what failed may reach a log.
  const { file_path: path } = await api.getFile(file.fileId).catch(() => {
    throw lost()
  })
  if (path === undefined) throw lost()
  const response = await fetch(`${apiRoot}/file/bot${token}/${path}`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
  }).catch(() => null)
  if (!response?.ok || !response.body) throw lost()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body) {
    size += chunk.byteLength
    if (size > limitBytes) throw tooLarge()
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new UserError('error-file-not-text', { name: file.name })
  }
}
