import { DiscordAPIError, HTTPError } from 'discord.js'
import { GrammyError, HttpError } from 'grammy'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { loggable } from './loggable.js'

function logged(error: unknown): string {
  const lines: string[] = []
  pino({}, { write: (line: string) => void lines.push(line) }).error({ err: loggable(error) }, 'failed')
  return lines.join('')
}

it('keeps what tells errors apart, and drops what holds tokens or what was said', () => {
  const url = 'https://discord.com/api/v10/webhooks/1/SECRET/messages/@original'
  const body = { files: undefined, body: { content: 'SECRET' } }
  const refused = logged(
    new DiscordAPIError({ code: 10062, message: 'Unknown interaction' }, 10062, 404, 'PATCH', url, body),
  )
  expect(refused).toContain('Unknown interaction 10062')
  const beneath = Object.assign(new Error('request to https://api.telegram.org/botSECRET/x failed'), {
    code: 'ECONNRESET',
  })
  const lost = logged(new HttpError('Network request failed!', beneath))
  expect(lost).toContain('Network request failed! ECONNRESET')
  const others = [
    new HTTPError(502, 'Bad Gateway', 'POST', url, body),
    new GrammyError('failed', { ok: false, error_code: 400, description: 'no' }, 'sendMessage', { text: 'SECRET' }),
    new Error('ours'),
  ].map(logged)
  expect(others[2]).toContain('loggable.test')
  expect([refused, lost, ...others].filter((line) => line.includes('SECRET'))).toEqual([])
})
