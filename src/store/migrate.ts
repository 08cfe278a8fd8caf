import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from '@libsql/client'
import { UserError } from '../domain/userError.js'
import { whenFree } from './libsql.js'

interface Migration {
  name: string
  sql: string
  checksum: string
}

/** Prisma's own tables are not used: its migrate cannot speak to a libSQL server. */
const createRecord = `CREATE TABLE IF NOT EXISTS "_migration" (
  "name" TEXT NOT NULL PRIMARY KEY,
  "checksum" TEXT NOT NULL,
  "appliedAt" BIGINT NOT NULL
)`

/**
 * Brings a database up to date: applies those `<migrationsDir>/<name>/migration.sql` that it does not have, by name, each
 * in one transaction with the record of it. Returns the names applied. Safe to be killed at any moment, and to run in two
 * processes at once. A migration must not begin or commit; to rebuild a table it says `PRAGMA defer_foreign_keys = ON`.
 *
 * Throws UserError, with the data untouched, where the database has a migration that is unknown here (it is newer than
 * the program) or was applied with another content.
 */
export async function migrate(client: Client, migrationsDir: string): Promise<string[]> {
  const migrations = await readMigrations(migrationsDir)
  const applied: string[] = []
  for (;;) {
    const name = await applyNext(client, migrations)
    if (name === null) return applied
    applied.push(name)
  }
}

async function readMigrations(dir: string): Promise<Migration[]> {
  const entries = await readdir(dir, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = (await readFile(join(dir, name, 'migration.sql'), 'utf8')).replaceAll('\r\n', '\n')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** Applies the first migration that is missing; null if there is none. Looks and writes under one lock. */
async function applyNext(client: Client, migrations: readonly Migration[]): Promise<string | null> {
  const transaction = await whenFree(client, () => client.transaction('write'))
  try {
    await transaction.execute(createRecord)
    const { rows } = await transaction.execute('SELECT "name", "checksum" FROM "_migration" ORDER BY "name"')
    rows.forEach((row, i) => {
      refuseMismatch(migrations[i], { name: String(row.name), checksum: String(row.checksum) }, migrations)
    })
    const next = migrations[rows.length]
    if (next === undefined) return null
    await transaction.executeMultiple(next.sql)
    await transaction.execute({
      sql: 'INSERT INTO "_migration" ("name", "checksum", "appliedAt") VALUES (?, ?, ?)',
      args: [next.name, next.checksum, Date.now()],
    })
    await transaction.commit()
    return next.name
  } finally {
    transaction.close()
  }
}

function refuseMismatch(
  ours: Migration | undefined,
  theirs: Omit<Migration, 'sql'>,
  migrations: readonly Migration[],
): void {
  if (!migrations.some(({ name }) => name === theirs.name)) {
    throw new UserError('error-store-newer', { migration: theirs.name })
  }
  if (ours?.name !== theirs.name || ours.checksum !== theirs.checksum) {
    throw new UserError('error-store-changed', { migration: ours?.name ?? theirs.name })
  }
}
