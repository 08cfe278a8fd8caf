import { expect, it } from 'vitest'
import { loginArgs } from './wsLogin.js'

it('signs whole seconds, the method and the path with the secret', () => {
  const credentials = { apiKey: 'key', secretKey: 'the secret', passphrase: 'pass' }
  // printf '1538054050GET/users/self/verify' | openssl dgst -sha256 -hmac 'the secret' -binary | base64
  const sign = 'k4DiYWJpwKQ3K/jItfVYRjKB9+gYxYRHiTYxsQOhmh8='
  const expected = { apiKey: 'key', passphrase: 'pass', timestamp: '1538054050', sign }
  expect(loginArgs(credentials, 1_538_054_050_999)).toEqual(expected)
})
