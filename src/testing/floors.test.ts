import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const src = fileURLToPath(new URL('..', import.meta.url))

/** The floors of the house, lowest first. Rooms of one floor do not know each other; leaves know only what lies below `commands`. */
const floors = [
  ['domain'],
  ['i18n'],
  ['okx', 'simulator', 'store', 'charts'],
  ['services'],
  ['commands'],
  ['assistant'],
  ['chat', 'jobs'],
  ['config', 'health'],
  ['house'],
  ['main', 'cli'],
]
/** The one way across a floor: the simulator speaks in the client's payload types. */
const allowedAcross = [
  ['simulator', 'okx/payloads'],
  ['simulator', 'okx/accountPayloads'],
]

const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room))
const roomOf = (file: string) => file.split('/')[0].replace(/\.ts$/, '')

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .filter((file) => !file.startsWith('testing/') && !file.startsWith('store/generated/'))

const imports = sources.flatMap((file) =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path]) => ({
    file,
    target: normalize(join(dirname(file), path)).replace(/\.js$/, '.ts'),
  })),
)

describe('the floors', () => {
  it('has a floor for every room', () => {
    expect([...new Set(sources.map(roomOf))].filter((room) => floorOf(room) < 0)).toEqual([])
  })

  it('never imports upward, nor across a floor', () => {
    const wrong = imports.filter(({ file, target }) => {
      const [from, to] = [roomOf(file), roomOf(target)]
      if (from === to) return false
      if (allowedAcross.some(([room, path]) => room === from && target.startsWith(path))) return false
      return floorOf(to) >= floorOf(from)
    })
    expect(wrong.map(({ file, target }) => `${file} -> ${target}`)).toEqual([])
  })

  it('has no circles', () => {
    const edges = groupImports()
    const done = new Set<string>()
    const circles: string[] = []
    const visit = (file: string, path: string[]) => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
      else if (!done.has(file)) {
        for (const next of edges.get(file) ?? []) visit(next, [...path, file])
        done.add(file)
      }
    }
    for (const file of sources) visit(file, [])
    expect(circles).toEqual([])
  })

  it('keeps domain pure: no node modules, no clock, no unseeded randomness', () => {
    const impure = sources
      .filter((file) => roomOf(file) === 'domain')
      .filter((file) =>
        /from 'node:|Date\.now|new Date\(\)|Math\.random|\bawait\b|\basync\b|process\./.test(
          readFileSync(join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''),
        ),
      )
    expect(impure).toEqual([])
  })

  it('reads the environment in config.ts alone', () => {
    const readers = sources.filter((file) => readFileSync(join(src, file), 'utf8').includes('process.env'))
    expect(readers).toEqual(['config.ts'])
  })
})

function groupImports(): Map<string, string[]> {
  const edges = new Map<string, string[]>()
  for (const { file, target } of imports) edges.set(file, [...(edges.get(file) ?? []), target])
  return edges
}
