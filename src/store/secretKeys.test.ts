import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createSecretKeys } from './secretKeys.js'

let dataDir: string
let file: string
beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'keys-')), 'made here')
  file = join(dataDir, 'secret.key')
})

const ids = async (keys: ReturnType<typeof createSecretKeys>) => (await keys.opening()).map(({ id }) => id)

describe('the key file', () => {
  it('is made when something is to be sealed, not before, and only for its owner', async () => {
    const keys = createSecretKeys({ dataDir })
    expect(await keys.opening()).toEqual([])
    expect(existsSync(dataDir)).toBe(false)
    const { id } = await keys.sealing()
    expect(readdirSync(dataDir)).toEqual(['secret.key'])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file)).toHaveLength(32)
    expect((await createSecretKeys({ dataDir }).sealing()).id).toBe(id)
  })

  it('is one, however many make it at once', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => createSecretKeys({ dataDir }).sealing()))
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    expect(readdirSync(dataDir)).toEqual(['secret.key'])
  })

  it('that others may read is refused', async () => {
    await createSecretKeys({ dataDir }).sealing()
    for (const mode of [0o640, 0o604, 0o620]) {
      chmodSync(file, mode)
      await expect(createSecretKeys({ dataDir }).opening()).rejects.toMatchObject({
        id: 'error-secret-mode',
        args: { path: file },
      })
    }
  })

  it.each([31, 33, 0])('of %d bytes is refused', async (size) => {
    await createSecretKeys({ dataDir }).sealing()
    writeFileSync(file, new Uint8Array(size))
    await expect(createSecretKeys({ dataDir }).sealing()).rejects.toMatchObject({ id: 'error-secret-file' })
  })
})

describe('CANDLECHAT_SECRET', () => {
  it('seals in place of a file, which still opens', async () => {
    const { id: fromFile } = await createSecretKeys({ dataDir }).sealing()
    const keys = createSecretKeys({ dataDir, secret: 'the new words here', oldSecret: 'the old words here' })
    const { id } = await keys.sealing()
    expect(id).not.toBe(fromFile)
    const { id: old } = await createSecretKeys({ dataDir: '/nowhere', secret: 'the old words here' }).sealing()
    expect(await ids(keys)).toEqual([id, old, fromFile])
    expect(await keys.beginRotation()).toBe(false)
  })
})

describe('a rotation', () => {
  it('seals by the prepared key while the one before still opens, and keeps it at the end', async () => {
    const keys = createSecretKeys({ dataDir })
    const { id: before } = await keys.sealing()
    await keys.beginRotation()
    const { id: after } = await keys.sealing()
    expect(await ids(keys)).toEqual([after, before])
    // Taken up again, not begun anew.
    await createSecretKeys({ dataDir }).beginRotation()
    expect((await keys.sealing()).id).toBe(after)
    await keys.endRotation()
    expect(await ids(keys)).toEqual([after, before])
    expect((await keys.sealing()).id).toBe(after)
    await keys.endRotation()
    expect(readdirSync(dataDir).sort()).toEqual(['secret.key', 'secret.key.old'])
    expect(await ids(keys)).toEqual([after, before])
  })
})
