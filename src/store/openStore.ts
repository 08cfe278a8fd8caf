import { fileURLToPath } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import type { Logger } from 'pino'
import { type ActionTokens, actionTokensOf } from './actionTokens.js'
import { type Backtests, backtestsOf } from './backtests.js'
import { type Deliveries, deliveriesOf } from './deliveries.js'
import { PrismaClient } from './generated/client.js'
import { openLibsql, serializeTransactions } from './libsql.js'
import { migrate } from './migrate.js'
import { type Optimizations, optimizationsOf } from './optimizations.js'
import { type Strategies, strategiesOf } from './strategies.js'
import { type Users, usersOf } from './users.js'

/** The records: who people are, what they made, what came of it. Times are epoch ms UTC. */
export interface Store {
  users: Users
  strategies: Strategies
  backtests: Backtests
  optimizations: Optimizations
  deliveries: Deliveries
  actionTokens: ActionTokens
  close(): Promise<void>
}

export interface StoreOptions {
  /** `file:…`, or `libsql://…` of a server with its token. */
  databaseUrl: string
  authToken?: string | null
  logger: Logger
  /** Only tests keep them elsewhere. */
  migrationsDir?: string
}

const ownMigrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** Opens the records and brings them up to date. Throws UserError as openLibsql and migrate do. */
export async function openStore({
  databaseUrl,
  authToken = null,
  logger,
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
    deliveries: deliveriesOf(prisma),
    actionTokens: actionTokensOf(prisma),
    close: async () => {
      await prisma.$disconnect()
      client.close()
    },
  }
}
