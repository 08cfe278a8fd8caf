import { openStore, type Store } from '../store/openStore.js'
import { createSecretKeys } from '../store/secretKeys.js'
import type { CliContext } from './given.js'

/** The records of the house, with the keys to what is secret in them. */
export function openRecords({ config, logger }: Pick<CliContext, 'config' | 'logger'>): Promise<Store> {
  const { databaseUrl, databaseAuthToken } = config
  return openStore({ databaseUrl, authToken: databaseAuthToken, logger, secretKeys: createSecretKeys(config) })
}
