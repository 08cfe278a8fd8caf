import type { Api } from 'grammy'
import { fetchTextFile } from '../fetchTextFile.js'
import type { SentFile } from './incoming.js'

/** The text of a file that somebody sent; refused as `fetchTextFile` says. */
export function fetchSentFile(
  api: Api,
  { token, apiRoot, file, signal }: { token: string; apiRoot: string; file: SentFile; signal: AbortSignal },
): Promise<string> {
  return fetchTextFile(file, async () => {
    const { file_path: path } = await api.getFile(file.fileId, signal as Parameters<Api['getFile']>[1])
    if (path === undefined) throw new Error('Telegram names no path')
    const limits = AbortSignal.any([signal, AbortSignal.timeout(30_000)])
    return fetch(`${apiRoot}/file/bot${token}/${path}`, { signal: limits })
  })
}
