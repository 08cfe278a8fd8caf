import type { Logger } from 'pino'
import { Credentials } from '../okx/credentials.js'
import { createOkxAccount } from '../okx/okxAccount.js'
import { type CheckKey, createKeyCheck } from './keyCheck.js'

/** Checks keys with the real OKX, or with whatever speaks its protocol there. */
export function openKeyCheck({ okxBaseUrl, logger }: { okxBaseUrl: string; logger: Logger }): CheckKey {
  return createKeyCheck((key, mode, signal) => {
    const account = createOkxAccount({
      baseUrl: okxBaseUrl,
      demo: mode === 'demo',
      credentials: new Credentials(key),
      logger,
    })
    return account.config(signal)
  })
}
