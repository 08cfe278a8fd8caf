import { fileURLToPath } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import type { Logger } from 'pino'
import { type ActionTokens, actionTokensOf } from './actionTokens.js'
import { type Backtests, backtestsOf } from './backtests.js'
import { type Deliveries, deliveriesOf } from './deliveries.js'
import { type ExchangeAccounts, exchangeAccountsOf } from './exchangeAccounts.js'
import { PrismaClient } from './generated/client.js'
import { openLibsql, serializeTransactions } from './libsql.js'
import { migrate } from './migrate.js'
import { type Optimizations, optimizationsOf } from './optimizations.js'
import { type Rotated, rotateSecrets } from './rotateSecrets.js'
import type { SecretKeys } from './secretKeys.js'
import { type Secrets, secretsOf } from './secrets.js'
import { type Strategies, strategiesOf } from './strategies.js'
import { type Users, usersOf } from './users.js'

/** The records: who people are, what they made, what came of it. Times are epoch ms UTC. */
export interface Store {
  users: Users
  strategies: Strategies
  backtests: Backtests
  optimizations: Optimizations
  exchangeAccounts: ExchangeAccounts
  secrets: Secrets
  /** Seals all that is secret under a new key; see rotateSecrets. */
  rotateSecrets(): Promise<Rotated>
  deliveries: Deliveries
  actionTokens: ActionTokens
  close(): Promise<void>
}

export interface StoreOptions {
  /** `file:…`, or `libsql://…` of a server with its token. */
  databaseUrl: string
  authToken?: string | null
  logger: Logger
  /** Left out, nothing secret can be stored or read. */
  secretKeys?: SecretKeys
  /** Only tests keep them elsewhere. */
  migrationsDir?: string
}

const ownMigrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** Opens the records and brings them up to date. Throws UserError as openLibsql and migrate do. */
export async function openStore({
  databaseUrl,
  authToken = null,
  logger,
  secretKeys = noKeys,
  migrationsDir = ownMigrations,
}: StoreOptions): Promise<Store> {
  const client = await openLibsql({ url: databaseUrl, authToken })
  try {
    const applied = await migrate(client, migrationsDir)
    if (applied.length > 0) logger.info({ applied }, 'migrations applied')
  } catch (error) {
    client.close()
    throw error
  }

  class Adapter extends PrismaLibSql {
    override createClient() {
      return serializeTransactions(client)
    }
  }
  const prisma = new PrismaClient({
    adapter: new Adapter({ url: databaseUrl }),
    transactionOptions: { maxWait: 30_000, timeout: 60_000 },
  })
  return {
    users: usersOf(prisma),
    strategies: strategiesOf(prisma),
    backtests: backtestsOf(prisma),
    optimizations: optimizationsOf(prisma),
    exchangeAccounts: exchangeAccountsOf(prisma, secretKeys),
    secrets: secretsOf(prisma, secretKeys),
    rotateSecrets: () => rotateSecrets(prisma, secretKeys),
    deliveries: deliveriesOf(prisma),
    actionTokens: actionTokensOf(prisma),
    close: async () => {
      await prisma.$disconnect()
      client.close()
    },
  }
}

const withoutKeys = () => Promise.reject(new Error('the store was opened without keys'))
const noKeys: SecretKeys = {
  sealing: withoutKeys,
  opening: withoutKeys,
  beginRotation: withoutKeys,
  endRotation: withoutKeys,
}
