import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { allCommands } from '../commands/allCommands.js'
import { argsOf, createRegistry, type Registry } from '../commands/registry.js'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const registry: Registry = createRegistry(allCommands(() => registry))
/** Every command as the table shows it: its name and the words after it. */
const shown = [...readme.matchAll(/^\| (`\/.*`) \|/gm)].flatMap(([, cell]) =>
  [...cell.matchAll(/`\/([a-z_]+)([^`]*)`/g)].map(([, name, words]) => ({ name, words: words.trim().split(/\s+/) })),
)

it('the README lists every command, and none that there is not', () => {
  const names = new Set(shown.map(({ name }) => name))
  expect([...names].sort()).toEqual(registry.commands.map(({ name }) => name).sort())
})

it('the README names arguments that the commands have, in their order', () => {
  for (const { name, words } of shown) {
    const command = registry.find(name) ?? expect.fail(name)
    const wanted = words.filter((word) => word !== '').map((word) => word.replace(/[[\]]|=.*/g, '').toLowerCase())
    const names = argsOf(command).map((info) => info.name)
    expect({ name, args: wanted }).toEqual({ name, args: names.slice(0, wanted.length) })
  }
})
