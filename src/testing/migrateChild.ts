import { writeSync } from 'node:fs'
import type { Client, Transaction } from '@libsql/client'
import { openLibsql } from '../store/libsql.js'
import { migrate } from '../store/migrate.js'

/**
 * Migrates the file, saying on standard output what it does with the database before it does it, a line each; dies by
 * SIGKILL in place of call number `dieAt` (from 1; 0: never).
 */
export async function run(url: string, migrationsDir: string, dieAt: number): Promise<void> {
  let calls = 0
  const count = (name: string) => {
    writeSync(1, `${name}\n`)
    if (++calls === dieAt) process.kill(process.pid, 'SIGKILL')
  }
  const client = await openLibsql({ url })
  const applied = await migrate(watched(client, count), migrationsDir)
  writeSync(1, `applied ${applied.join(' ')}\n`)
  client.close()
}

function watched(client: Client, count: (name: string) => void): Client {
  const watch = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (object, property) => {
        const member = Reflect.get(object, property)
        if (typeof member !== 'function') return member
        return async (...args: unknown[]) => {
          count(String(property))
          const result: unknown = await member.apply(object, args)
          return property === 'transaction' ? watch(result as Transaction) : result
        }
      },
    })
  return watch(client)
}
