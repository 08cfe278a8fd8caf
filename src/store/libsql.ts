import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Client, InArgs, InStatement, Transaction } from '@libsql/client'
import { createClient, LibsqlError } from '@libsql/client/sqlite3'
import PQueue from 'p-queue'
import { UserError } from '../domain/userError.js'

/** How long a statement waits for another process that is writing to the same file: first blocking the thread, then not. */
const busyTimeoutMs = 50
const patienceMs = 30_000
const pauseMs = 10

export interface Database {
  /** `file:…` (its folder is made where missing), or a libSQL server's. */
  url: string
  authToken?: string | null
}

/**
 * A client of a local file (in WAL mode, its folder made where missing) or of a libSQL server. Throws UserError where
 * the file cannot be opened or the server not be reached.
 */
export async function openLibsql({ url, authToken }: Database): Promise<Client> {
  if (!url.startsWith('file:')) return openServer(url, authToken)
  try {
    const path = filePath(url)
    if (path !== ':memory:') await mkdir(dirname(path), { recursive: true })
    const client = createClient({ url, timeout: busyTimeoutMs })
    await whenFree(client, () => client.execute('PRAGMA journal_mode = WAL'))
    return client
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw new UserError('error-store-open', { file: filePath(url), reason: error.message })
  }
}

/** Throws UserError where the server does not answer or lets us not in; the address may hold secrets and is not told. */
async function openServer(url: string, authToken?: string | null): Promise<Client> {
  // What speaks to servers takes longer to load than a file takes to open.
  const { createClient } = await import('@libsql/client')
  let client: Client | null = null
  try {
    client = createClient(authToken ? { url, authToken } : { url })
    await client.execute('SELECT 1')
    return client
  } catch (error) {
    client?.close()
    const reason = error instanceof LibsqlError ? error.code : 'network'
    throw new UserError('error-store-server', { host: URL.canParse(url) ? new URL(url).hostname : '?', reason })
  }
}

function filePath(url: string): string {
  const [path] = url.slice('file:'.length).split(/[?#]/)
  return decodeURIComponent(path.replace(/^\/\/(localhost)?(?=\/)/, ''))
}

/**
 * Does the work once no other process is in its way, for half a minute at most. SQLite's own waiting would hold up the
 * whole process, and changing the journal mode does not wait at all. Not for work inside a transaction.
 */
export async function whenFree<T>(client: Client, work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      const busy = error instanceof LibsqlError && error.code === 'SQLITE_BUSY'
      if (!busy || performance.now() > giveUpAt) throw error
      // The refused statement stays half executed until it is garbage, and its connection cannot commit before.
      if (client.protocol === 'file') client.reconnect()
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}

/**
 * The client with every transaction taking the write lock as it begins, so that what it has read cannot change before it
 * writes; never await the client itself from inside one. A local file is used through one connection, and statements
 * wait in line while a transaction is open: libSQL's own way gives each transaction another connection, which keeps two
 * file descriptors until the garbage collector comes by, and blocks the thread when two of them want to write.
 */
export function serializeTransactions(client: Client): Client {
  const queue = new PQueue({ concurrency: 1 })
  const inTurn = <T>(work: () => Promise<T>) => queue.add(() => whenFree(client, work))
  const isFile = client.protocol === 'file'

  const transaction = (): Promise<Transaction> =>
    new Promise((resolve, reject) => {
      const turn = queue.add(async () => {
        await whenFree(client, () => client.execute('BEGIN IMMEDIATE'))
        await new Promise<void>((done) => resolve(transactionOn(client, done)))
      })
      turn.catch(reject)
    })

  return {
    protocol: client.protocol,
    get closed() {
      return client.closed
    },
    execute: (statement: InStatement, args?: InArgs) =>
      inTurn(() => (typeof statement === 'string' ? client.execute(statement, args) : client.execute(statement))),
    batch: (statements, mode = 'write') => inTurn(() => client.batch(statements, mode)),
    transaction: isFile ? transaction : () => whenFree(client, () => client.transaction('write')),
    migrate: (statements) => inTurn(() => client.migrate(statements)),
    executeMultiple: (sql) => inTurn(() => client.executeMultiple(sql)),
    sync: () => inTurn(() => client.sync()),
    reconnect: () => client.reconnect(),
    close: () => client.close(),
  }
}

function transactionOn(client: Client, done: () => void): Transaction {
  let closed = false
  const end = async (sql: 'COMMIT' | 'ROLLBACK') => {
    if (closed) return
    closed = true
    try {
      await client.execute(sql)
    } catch (error) {
      // SQLite may have rolled back by itself, and then says that there is nothing to roll back.
      if (sql === 'COMMIT') await client.execute('ROLLBACK').catch(() => undefined)
      throw error
    } finally {
      done()
    }
  }
  return {
    get closed() {
      return closed
    },
    execute: (statement) => client.execute(statement),
    batch: async (statements) => {
      const results = []
      for (const statement of statements) results.push(await client.execute(statement))
      return results
    },
    executeMultiple: () => Promise.reject(new Error('libSQL ends an open transaction to run a script')),
    commit: () => end('COMMIT'),
    rollback: () => end('ROLLBACK'),
    close: () => void end('ROLLBACK').catch(() => undefined),
  }
}
