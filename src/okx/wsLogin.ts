import { createHmac } from 'node:crypto'

export interface Credentials {
  apiKey: string
  secretKey: string
  passphrase: string
}

/** The one element of a login's `args`. */
export interface LoginArgs {
  apiKey: string
  passphrase: string
  timestamp: string
  sign: string
}

/** A login as of `now` by the exchange's clock (epoch ms): its timestamp is in whole seconds, other than that of REST. */
export function loginArgs({ apiKey, secretKey, passphrase }: Credentials, now: number): LoginArgs {
  const timestamp = String(Math.floor(now / 1000))
  const sign = createHmac('sha256', secretKey).update(`${timestamp}GET/users/self/verify`).digest('base64')
  return { apiKey, passphrase, timestamp, sign }
}
