import { Api } from 'grammy'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type FakeTelegram, startFakeTelegram } from '../../testing/fakeTelegram.js'
import { fetchSentFile } from './fetchSentFile.js'

let telegram: FakeTelegram
beforeEach(async () => {
  telegram = await startFakeTelegram()
})
afterEach(() => telegram.close())

/** Fetches a file whose size Telegram did not tell. */
function fetchSent(content: string | Uint8Array): Promise<string> {
  const user = telegram.user({ id: 1 })
  user.sendDocument('a.txt', content)
  const { token, apiRoot } = telegram
  const file = { fileId: `document-${user.chat.messages.at(-1)?.id}`, name: 'a.txt', size: undefined }
  return fetchSentFile(new Api(token, { apiRoot }), { token, apiRoot, file, signal: new AbortController().signal })
}

it('gives the text of a file', async () => {
  expect(await fetchSent('buy: RSI 超卖\n')).toBe('buy: RSI 超卖\n')
})

it('stops reading a file that turns out too large', async () => {
  await expect(fetchSent('x'.repeat(300_000))).rejects.toMatchObject({ id: 'error-file-too-large' })
})

it('refuses what is not UTF-8', async () => {
  await expect(fetchSent(Buffer.from([0xc3, 0x28]))).rejects.toMatchObject({ id: 'error-file-not-text' })
})

it('says so when the file cannot be had', async () => {
  const { token, apiRoot } = telegram
  const api = new Api(token, { apiRoot })
  api.config.use(async () => ({ ok: true, result: { file_id: 'x', file_path: 'documents/gone' } }) as never)
  const file = { fileId: 'x', name: 'a.txt', size: 3 }
  await expect(
    fetchSentFile(api, { token, apiRoot, file, signal: new AbortController().signal }),
  ).rejects.toMatchObject({ id: 'error-file-lost' })
})
