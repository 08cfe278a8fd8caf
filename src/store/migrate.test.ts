import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@libsql/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { endOf, startChild } from '../testing/childProcess.js'
import { migrate } from './migrate.js'

let dir: string
let url: string
const clients: Client[] = []

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'migrate-'))
  url = `file:${join(dir, 'records.db')}`
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await rm(dir, { recursive: true })
})

function open(file = url): Client {
  const client = createClient({ url: file, timeout: 10_000 })
  clients.push(client)
  return client
}

async function migrations(folder: string, files: Record<string, string>): Promise<string> {
  for (const [name, sql] of Object.entries(files)) {
    await mkdir(join(dir, folder, name), { recursive: true })
    await writeFile(join(dir, folder, name, 'migration.sql'), sql)
  }
  return join(dir, folder)
}

/** All tables and rows, to compare what a database holds. */
async function contents(client: Client): Promise<string> {
  const { rows } = await client.execute(`SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name`)
  const tables = await Promise.all(
    rows.map(async ({ name, sql }) => [sql, (await client.execute(`SELECT * FROM "${name}"`)).rows]),
  )
  return JSON.stringify(tables)
}

async function stateOf(client: Client): Promise<{ applied: number; notes: number }> {
  const count = async (table: string) => {
    const { rows } = await client.execute({ sql: 'SELECT 1 FROM sqlite_master WHERE name = ?', args: [table] })
    return rows.length === 0 ? 0 : (await client.execute(`SELECT 1 FROM "${table}"`)).rows.length
  }
  return { applied: await count('_migration'), notes: await count('Note') }
}

const first = `CREATE TABLE "Note" ("text" TEXT NOT NULL); -- a semicolon; in a comment
  CREATE TRIGGER "twice" AFTER INSERT ON "Note" WHEN NEW."text" = 'a;b' BEGIN
    INSERT INTO "Note" VALUES ('again'); SELECT 1;
  END;`
const second = `INSERT INTO "Note" VALUES ('a;b');`

describe('migrate', () => {
  it('applies what is missing, in the order of names, once', async () => {
    const dir = await migrations('some', { '0002_second': second, '0001_first': first })
    expect(await migrate(open(), dir)).toEqual(['0001_first', '0002_second'])
    expect(await migrate(open(), dir)).toEqual([])
    await migrations('some', { '0003_third': `INSERT INTO "Note" VALUES ('third')` })
    expect(await migrate(open(), dir)).toEqual(['0003_third'])
    const { rows } = await open().execute('SELECT "text" FROM "Note"')
    expect(rows.map((row) => row.text)).toEqual(['a;b', 'again', 'third'])
  })

  it('leaves nothing of a migration that fails, and keeps those before it', async () => {
    const dir = await migrations('bad', {
      '0001_first': first,
      '0002_bad': `CREATE TABLE "Half" ("x" TEXT); INSERT INTO "Nowhere" VALUES (1)`,
    })
    await expect(migrate(open(), dir)).rejects.toThrow('no such table')
    const { rows } = await open().execute(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
    expect(rows.map((row) => row.name)).toEqual(['Note', '_migration'])
    await migrations('bad', { '0002_bad': 'CREATE TABLE "Half" ("x" TEXT)' })
    expect(await migrate(open(), dir)).toEqual(['0002_bad'])
  })

  it.each([
    [
      'a migration that was changed',
      { '0001_first': `${first} -- changed`, '0002_second': second },
      'error-store-changed',
      '0001_first',
    ],
    [
      'one that was slipped in before others',
      { '0001_first': first, '0001_x': '', '0002_second': second },
      'error-store-changed',
      '0001_x',
    ],
    ['a database newer than the program', { '0001_first': first }, 'error-store-newer', '0002_second'],
  ])('refuses %s and leaves the data untouched', async (_, files, id, migration) => {
    await migrate(open(), await migrations('old', { '0001_first': first, '0002_second': second }))
    const before = await contents(open())
    await expect(migrate(open(), await migrations('new', files))).rejects.toMatchObject({ id, args: { migration } })
    expect(await contents(open())).toBe(before)
  })

  it('takes a file whose line ends were changed for the same', async () => {
    await migrate(open(), await migrations('unix', { '0001_first': first }))
    const windows = await migrations('windows', { '0001_first': first.replaceAll('\n', '\r\n') })
    expect(await migrate(open(), windows)).toEqual([])
  })

  describe('when the process is killed', () => {
    const child = (dir: string, dieAt: number) => startChild('src/testing/migrateChild.ts', url, dir, dieAt)

    it('has applied each migration wholly or not at all, whatever it was about to do', async () => {
      const dir = await migrations('some', { '0001_first': first, '0002_second': second })
      const whole = await endOf(child(dir, 0))
      expect(whole).toMatchObject({ code: 0, stderr: '' })
      const calls = whole.stdout.trim().split('\n').slice(0, -1)
      const moments = calls.flatMap((call, i) => (['executeMultiple', 'commit', 'close'].includes(call) ? [i + 1] : []))
      const ofTheSecond = moments.slice(3, 6)
      const states = await Promise.all(
        ofTheSecond.map(async (dieAt) => {
          const file = `file:${join(dir, `killed-${dieAt}.db`)}`
          const killed = await endOf(startChild('src/testing/migrateChild.ts', file, dir, dieAt))
          expect(killed.signal).toBe('SIGKILL')
          const client = open(file)
          const state = await stateOf(client)
          await migrate(client, dir)
          expect(await stateOf(client)).toEqual({ applied: 2, notes: 2 })
          return state
        }),
      )
      expect(states).toEqual([
        { applied: 1, notes: 0 },
        { applied: 1, notes: 0 },
        { applied: 2, notes: 2 },
      ])
    })

    it('has applied nothing of a migration whose statements were running', async () => {
      const slow = `INSERT INTO "Note" SELECT 'slow' FROM (
        WITH RECURSIVE "n"("i") AS (SELECT 1 UNION ALL SELECT "i" + 1 FROM "n" WHERE "i" < 1000000000) SELECT "i" FROM "n")`
      const dir = await migrations('slow', { '0001_first': first, '0002_slow': slow })
      const process = child(dir, 0)
      let said = ''
      while (said.split('executeMultiple').length < 3) said += (await once(process.stdout, 'data'))[0]
      process.kill('SIGKILL')
      expect((await endOf(process)).signal).toBe('SIGKILL')
      await migrations('slow', { '0002_slow': second })
      expect(await migrate(open(), dir)).toEqual(['0002_slow'])
      expect((await open().execute('SELECT "text" FROM "Note"')).rows).toHaveLength(2)
    })
  })

  it('lets several processes start at once: one applies, the others find it done', async () => {
    const dir = await migrations('some', { '0001_first': first, '0002_second': second })
    const ends = await Promise.all([1, 2, 3].map(() => endOf(startChild('src/testing/migrateChild.ts', url, dir, 0))))
    expect(ends.map(({ stderr }) => stderr)).toEqual(['', '', ''])
    const applied = ends.flatMap(({ stdout }) => /applied (.*)/.exec(stdout)?.[1].split(' ').filter(Boolean) ?? [])
    expect(applied.sort()).toEqual(['0001_first', '0002_second'])
    expect((await open().execute('SELECT "text" FROM "Note"')).rows).toHaveLength(2)
  })
})
