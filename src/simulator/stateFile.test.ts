import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFakeVenue } from '../testing/fakeVenue.js'
import { key, startPlay } from '../testing/playExchange.js'

let folder: string
let stateFile: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-'))
  stateFile = join(folder, 'state.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const kept = () => JSON.parse(readFileSync(stateFile, 'utf8')).venue.orders

describe('the state of an exchange', () => {
  it('survives it, and opens no account twice', async () => {
    const first = await startPlay({ stateFile })
    await first.order('a')
    await first.simulator.close()
    const second = await startPlay({ stateFile })
    expect(second.venue.orders).toEqual(['a'])
    expect(second.venue.accounts).toEqual(['1'])
  })

  it('is written within a second of a change, and not more often', async () => {
    const { order, pass } = await startPlay({ stateFile })
    await order('a')
    pass(100)
    expect(kept()).toEqual(['a'])
    await order('b')
    pass(900)
    expect(kept()).toEqual(['a'])
    pass(100)
    expect(kept()).toEqual(['a', 'b'])
    rmSync(stateFile)
    pass(5000)
    expect(readdirSync(folder)).toEqual([])
  })

  it('holds no key, and nobody else may read it', async () => {
    const { simulator } = await startPlay({ stateFile })
    await simulator.close()
    const text = readFileSync(stateFile, 'utf8')
    for (const secret of [key.apiKey, key.secretKey, key.passphrase]) expect(text).not.toContain(secret)
    expect(statSync(stateFile).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['state.json'])
  })

  it('is refused by an exchange of another market', async () => {
    writeFileSync(stateFile, JSON.stringify({ version: 1, market: 'v1:other', uids: [], venue: {} }))
    await expect(startPlay({ stateFile })).rejects.toMatchObject({
      id: 'error-simulator-state',
      args: { path: stateFile, found: 'v1:other, form 1', expected: 'v1:play, form 1' },
    })
    writeFileSync(stateFile, JSON.stringify({ version: 99, market: 'v1:play', uids: [], venue: {} }))
    await expect(startPlay({ stateFile })).rejects.toMatchObject({ args: { found: 'v1:play, form 99' } })
  })

  it.each(['', '{"version":', '[]', '{"version":1}'])('is refused where %j is no state', async (text) => {
    writeFileSync(stateFile, text)
    const error = { id: 'error-simulator-state', args: { path: stateFile, found: 'nothing' } }
    await expect(startPlay({ stateFile })).rejects.toMatchObject(error)
    expect(readFileSync(stateFile, 'utf8')).toBe(text)
  })

  it('is refused where the venue cannot make anything of it', async () => {
    const first = await startPlay({ stateFile })
    await first.simulator.close()
    const openVenue = (saved: unknown) => {
      if (saved !== null) throw new Error('not a saved venue')
      return createFakeVenue(saved)
    }
    await expect(startPlay({ stateFile, openVenue })).rejects.toMatchObject({ id: 'error-simulator-state' })
  })

  it('that cannot be written is told once, and stops nobody', async () => {
    const play = await startPlay({ stateFile: join(folder, 'no', 'such', 'folder.json') })
    for (const clOrdId of ['a', 'b', 'c']) {
      expect((await play.order(clOrdId)).code).toBe('0')
      play.pass(1000)
    }
    expect(play.logged.match(/cannot be written/g)).toHaveLength(1)
  })
})
