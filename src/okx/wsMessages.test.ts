import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMessage } from './wsMessages.js'

describe('a message', () => {
  it('is a pong, which is no JSON, a push or an event', () => {
    expect(readMessage('pong')).toEqual({ kind: 'pong' })
    expect(readMessage('{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":[{}]}')).toMatchObject({ kind: 'push' })
    expect(readMessage('{"event":"login","code":"0","msg":""}')).toMatchObject({ kind: 'event' })
  })

  it.each([
    ['oops', 'frame'],
    ['', 'frame'],
    ['null', 'frame'],
    ['17', 'frame'],
    ['{}', 'frame'],
    ['{"arg":{"channel":"tickers"},"data":{}}', '/data'],
    ['{"arg":{"channel":""},"data":[]}', '/arg/channel'],
    ['{"arg":{"channel":"positions"},"data":[],"curPage":"1"}', '/curPage'],
    ['{"event":"error","code":60012}', '/code'],
  ])('%s is malformed, with its field', (text, field) => {
    expect(readMessage(text)).toMatchObject({ kind: 'malformed', field })
  })

  it('of any kind is read without throwing, and none of it is quoted', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.constant('{"event":"error","msg":"the secret"}')), (text) => {
        const message = readMessage(text)
        if (message.kind === 'event') expect(Object.keys(message.event)).toContain('event')
        if (message.kind === 'malformed' && text.length > 40) expect(message.detail).not.toContain(text)
      }),
    )
  })
})
