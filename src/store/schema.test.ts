import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, createClient, type InValue } from '@libsql/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Datamodel, datamodelOf } from '../testing/prismaDatamodel.js'
import { migrate } from './migrate.js'

const prisma = fileURLToPath(new URL('../../prisma', import.meta.url))
const { models, indexes } = datamodelOf(readFileSync(join(prisma, 'schema.prisma'), 'utf8'))
const dir = mkdtempSync(join(tmpdir(), 'schema-'))
let client: Client

beforeAll(async () => {
  client = createClient({ url: `file:${join(dir, 'fresh.db')}` })
  await migrate(client, join(prisma, 'migrations'))
})
afterAll(() => {
  client.close()
  rmSync(dir, { recursive: true })
})

const query = async (sql: string, ...args: InValue[]) => (await client.execute({ sql, args })).rows

/** Prisma's types on SQLite; an enum is text. */
const sqlTypes: Record<string, string> = {
  Int: 'INTEGER',
  BigInt: 'BIGINT',
  Float: 'REAL',
  String: 'TEXT',
  Bytes: 'BLOB',
}

type Model = Datamodel['models'][number]

function columnsOf({ fields, primaryKey }: Model) {
  return fields
    .filter(({ kind }) => kind !== 'object')
    .map((field) => ({
      name: field.name,
      type: field.kind === 'enum' ? 'TEXT' : sqlTypes[field.type],
      notnull: field.isRequired ? 1 : 0,
      default: defaultOf(field.default),
      pk: field.isId ? 1 : (primaryKey?.fields.indexOf(field.name) ?? -1) + 1,
    }))
}

function defaultOf(value: Model['fields'][number]['default']): string | null {
  if (value === undefined || typeof value === 'object') return null
  return typeof value === 'string' ? `'${value}'` : String(value)
}

function foreignKeysOf({ fields }: Model) {
  return fields
    .filter(({ relationFromFields }) => relationFromFields !== undefined && relationFromFields.length > 0)
    .map(({ type, isRequired, relationFromFields = [], relationToFields = [], relationOnDelete }) => ({
      table: type,
      from: relationFromFields.join(),
      to: relationToFields.join(),
      on_delete: relationOnDelete?.toUpperCase() ?? (isRequired ? 'RESTRICT' : 'SET NULL'),
      on_update: 'CASCADE',
    }))
}

const byJson = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

describe('schema.prisma and the migrations', () => {
  it('have the same tables', async () => {
    const rows = await query(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    expect(rows.map(({ name }) => name).sort()).toEqual(['_migration', ...models.map(({ name }) => name)].sort())
  })

  it.each(models.map((model) => [model.name, model] as const))('agree on the columns of %s', async (name, model) => {
    const rows = await query(
      'SELECT name, type, "notnull", dflt_value AS "default", pk FROM pragma_table_info(?) ORDER BY cid',
      name,
    )
    expect(rows).toEqual(columnsOf(model))
    const [{ sql }] = await query('SELECT sql FROM sqlite_master WHERE name = ?', name)
    const counts = model.fields.some(
      ({ default: value }) => typeof value === 'object' && value.name === 'autoincrement',
    )
    expect(String(sql).includes('AUTOINCREMENT')).toBe(counts)
  })

  it.each(models.map((model) => [model.name, model] as const))('agree on the relations of %s', async (name, model) => {
    const rows = await query('SELECT "table", "from", "to", on_delete, on_update FROM pragma_foreign_key_list(?)', name)
    expect(rows.map((row) => ({ ...row })).sort(byJson)).toEqual(foreignKeysOf(model).sort(byJson))
  })

  it('agree on indexes and unique keys, with the names that Prisma gives them', async () => {
    const rows = await query(`
      SELECT l.name, m.name AS model, l."unique", group_concat(i.name) AS fields
      FROM sqlite_master m, pragma_index_list(m.name) l, pragma_index_info(l.name) i
      WHERE m.type = 'table' AND m.name <> '_migration' AND l.origin <> 'pk' GROUP BY m.name, l.name`)
    const expected = indexes
      .filter(({ type }) => type !== 'id')
      .map(({ model, type, fields }) => {
        const names = fields.map(({ name }) => name)
        const name = `${model}_${names.join('_')}_${type === 'unique' ? 'key' : 'idx'}`
        return { name, model, unique: type === 'unique' ? 1 : 0, fields: names.join() }
      })
    expect(rows.map((row) => ({ ...row })).sort(byJson)).toEqual(expected.sort(byJson))
  })
})
