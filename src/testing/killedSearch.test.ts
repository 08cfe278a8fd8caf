import { once } from 'node:events'
import { existsSync, readFileSync, watch } from 'node:fs'
import { join } from 'node:path'
import { type Client, createClient } from '@libsql/client'
import { expect, it, onTestFinished } from 'vitest'
import { chatInTerminal, freshFolder, startBuilt } from './built.js'
import { endOf } from './childProcess.js'

/** Enough points for several batches and, after the kill, for two more stages. */
const search = '/optimize ma-cross BTC-USDT 15m 2023-01-01..2023-02-28 search=tpe trials=96 walk=2'
const planned = 3 * 96
const databaseName = 'candlechat.db'

function recordsIn(dataDir: string): Client {
  const client = createClient({ url: `file:${join(dataDir, databaseName)}`, timeout: 10_000 })
  onTestFinished(() => client.close())
  return client
}

/** The trials in the order in which they were stored. */
async function trialsOf(records: Client) {
  const { rows } = await records.execute('SELECT * FROM "OptimizationTrial" ORDER BY rowid')
  return rows.map((row) => ({ ...row }))
}

const inOrder = (trials: Awaited<ReturnType<typeof trialsOf>>) =>
  trials.map((trial) => JSON.stringify(trial)).sort((a, b) => a.localeCompare(b))

/** Without the numbers of buttons that only one of two answers has. */
const wordsOf = (stdout: string) => stdout.split('\n\n[#')[0]

const pictureOf = (stdout: string) => readFileSync(/Picture: (\S+\.png)/.exec(stdout)?.[1] ?? expect.fail('no picture'))

/** Starts a search and kills the process when it has stored some trials but not all of one stage. */
async function killAfterSome(dataDir: string) {
  const folder = watch(dataDir)
  const child = startBuilt('main', [], { dataDir })
  const ended = endOf(child)
  child.stdin.write(`${search}\n`)
  let isEnded = false
  void ended.then(() => {
    isEnded = true
    folder.emit('change')
  })
  let records: Client | null = null
  for (let stored = 0; stored < 16; ) {
    await once(folder, 'change')
    if (isEnded) break
    if (!existsSync(join(dataDir, databaseName))) continue
    records ??= recordsIn(dataDir)
    const { rows } = await records.execute(`SELECT 1 FROM sqlite_master WHERE name = 'OptimizationTrial'`)
    if (rows.length > 0) stored = (await trialsOf(records)).length
  }
  child.kill('SIGKILL')
  folder.close()
  expect((await ended).signal).toBe('SIGKILL')
  return records ?? expect.fail('nothing was recorded')
}

it('a search goes on after its process was killed, with the trials that are stored, to the end that it would have come to', async () => {
  const [whole, dataDir] = [freshFolder(), freshFolder()]
  const [uninterrupted, records] = await Promise.all([chatInTerminal([search], whole), killAfterSome(dataDir)])
  const before = await trialsOf(records)
  expect(before.length).toBeGreaterThanOrEqual(16)
  expect(before.length).toBeLessThan(96)

  const resumed = await chatInTerminal(['/optimizations', '#2'], dataDir)
  expect(resumed.stdout).toMatch(/Resume 1\b/)
  // It begins with what is there, and stores nothing of that a second time: each trial has one row, as it was put in.
  expect(resumed.stderr).toMatch(new RegExp(`^Tried ${before.length} of ${planned} points`, 'm'))
  const after = await trialsOf(records)
  expect(after.slice(0, before.length)).toEqual(before)
  expect(inOrder(after)).toEqual(inOrder(await trialsOf(recordsIn(whole))))

  const [, ...answer] = resumed.stdout.split('*** SIMULATED DATA ***')
  expect(wordsOf(answer.at(-1) ?? '')).toBe(wordsOf(uninterrupted.stdout.split('*** SIMULATED DATA ***')[1]))
  expect(wordsOf(uninterrupted.stdout)).toContain('Walk-forward, 2 windows')
  expect(pictureOf(resumed.stdout)).toEqual(pictureOf(uninterrupted.stdout))
}, 60_000)
