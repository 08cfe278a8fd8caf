import { UserError } from '../domain/userError.js'
import { type CheckKey, createKeyCheck } from './keyCheck.js'

/** Checks keys with the real OKX. Until the signed client is here every key is refused: none is kept unchecked. */
export function openKeyCheck(): CheckKey {
  return createKeyCheck(async () => {
    throw new UserError('error-key-unchecked')
  })
}
