import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { readSecrets } from './readSecrets.js'

function sit({ isTTY }: { isTTY: boolean }) {
  const input = Object.assign(new PassThrough(), { isTTY })
  const output = new PassThrough()
  const abort = new AbortController()
  let seen = ''
  output.on('data', (text) => {
    seen += text
  })
  const answers = readSecrets(['Key', 'Secret'], { input, output, signal: abort.signal })
  return { input, abort, answers, seen: () => seen }
}

describe('in front of a screen', () => {
  it('asks one after the other, and shows nothing of what is typed, pasted or mended', async () => {
    const { input, answers, seen } = sit({ isTTY: true })
    input.write('my-kex\u007fy\r')
    // Pasted with the next line in one go.
    input.write('my-secret\r')
    expect(await answers).toEqual(['my-key', 'my-secret'])
    expect(seen()).toBe('Key: \nSecret: \n')
  })

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('ends by %s', async (_name, typed) => {
    const { input, answers, seen } = sit({ isTTY: true })
    input.write('my-key\r')
    input.write(typed)
    await expect(answers).rejects.toMatchObject({ id: 'error-cli-interrupted' })
    expect(seen()).not.toContain('my-key')
  })

  it('ends when the program is told to', async () => {
    const { abort, answers } = sit({ isTTY: true })
    abort.abort()
    await expect(answers).rejects.toMatchObject({ id: 'error-cli-interrupted' })
  })
})

describe('from a pipe', () => {
  it('takes lines in order, and asks nothing', async () => {
    const { input, answers, seen } = sit({ isTTY: false })
    input.end('my-key\r\n my-secret \n')
    expect(await answers).toEqual(['my-key', 'my-secret'])
    expect(seen()).toBe('')
  })

  it('says what is missing', async () => {
    const { input, answers } = sit({ isTTY: false })
    input.end('my-key')
    await expect(answers).rejects.toMatchObject({ id: 'error-cli-lines', args: { missing: 'Secret' } })
  })
})
