import { describe, expect, it } from 'vitest'
import { UserError } from '../domain/userError.js'
import { allCommands } from './allCommands.js'
import { isConfidential } from './confidential.js'
import { createRegistry, type Registry } from './registry.js'
import { readWords } from './words.js'

const registry: Registry = createRegistry(allCommands(() => registry))
const account = registry.find('account') ?? expect.fail()
const [key, secret, passphrase] = [
  '0a1b2c3d-1111-2222-3333-444455556666',
  '0123456789ABCDEF0123456789ABCDEF',
  'Sesame=1',
]

describe('a message is confidential', () => {
  it.each([
    `/account add main demo ${key} ${secret} ${passphrase}`,
    '/account add main demo oddkey oddsecret oddpass',
    '/account@CandleBot add main live oddkey',
    '/acount add main demo oddkey oddsecret oddpass',
    '/account add main demo key=oddkey',
    '/account a b c d e f g-rather-long-thing-that-fits-nowhere',
    `my key is ${key}`,
    `${secret.toLowerCase()}`,
    `/echo ${secret}`,
    'the token: 123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr',
  ])('that may hold a key: %s', (text) => {
    expect(isConfidential(registry, text)).toBe(true)
  })

  it.each([
    '/account',
    '/account list',
    '/account use main',
    '/account add main demo',
    '/account nonsense',
    '/backtest rsi-dip BTC-USDT 15m 90d',
    'my account is empty',
    'account for everything that happened yesterday',
    '/price 1000SATS',
    '',
  ])('and not for nothing: %s', (text) => {
    expect(isConfidential(registry, text)).toBe(false)
  })
})

describe('secret words', () => {
  it('are taken as they stand: quotes, equals signs and all', () => {
    for (const odd of ['a=b', '"open', '“x', "it's", 'passphrase']) {
      expect(readWords(account, `add main demo ${key} ${secret} ${odd}`)).toEqual({
        action: 'add',
        name: 'main',
        mode: 'demo',
        key,
        secret,
        passphrase: odd,
      })
    }
  })

  it('may be named, and stand on lines of their own', () => {
    expect(readWords(account, `add main live\nsecret=${secret}\npassphrase=a="b\nkey=${key}`)).toEqual({
      action: 'add',
      name: 'main',
      mode: 'live',
      key,
      secret,
      passphrase: 'a="b',
    })
  })

  it.each([
    `add main demo ${key} ${secret} ${passphrase} ${passphrase}`,
    `${passphrase} add main demo ${key} ${secret}`,
    `add "${secret}`,
    `add main demo key=${key} key=${secret}`,
    `add name=${secret} demo`,
    `mode=${secret} add`,
  ])('are not repeated by what refuses them: %s', (words) => {
    let said = ''
    try {
      readWords(account, words)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      said = error.message
    }
    for (const part of [key, secret, 'esame']) expect(said).not.toContain(part)
  })
})
