import type { Contact, Dispatch } from '../../commands/dispatch.js'
import type { Registry } from '../../commands/registry.js'
import { openArgs, readCommandLine, readWords } from '../../commands/words.js'
import { UserError } from '../../domain/userError.js'

/** What Tab offers: whole words that may stand in place of the last one, and that last one. */
export type Completion = [candidates: string[], word: string]

export function createCompleter(registry: Registry, dispatch: Pick<Dispatch, 'suggest'>, contact: Contact) {
  return async (line: string): Promise<Completion> => {
    const word = /\S*$/.exec(line)?.[0] ?? ''
    const before = line.slice(0, line.length - word.length)
    if (before.trim() === '') return [commandNames(word), word]
    const typed = readCommandLine(before.trim().startsWith('/') ? before : `/${before.trimStart()}`)
    const command = typed && registry.find(typed.name)
    if (!command) return [[], word]
    const [, key, prefix] = /^([a-z][a-z0-9_]*=)?(.*)$/i.exec(word) ?? []
    const open = openNames(command, typed.words)
    const asked = key === undefined ? open : open.filter((name) => `${name}=` === key)
    const offers = await Promise.all(
      asked.map((arg) => dispatch.suggest(contact, { command: command.name, arg, prefix: prefix ?? '' })),
    )
    return [offers.flat().map((offer) => `${key ?? ''}${quoted(offer)} `), word]
  }

  function commandNames(word: string): string[] {
    const slash = word.startsWith('/') ? '/' : ''
    const wanted = word.slice(slash.length).toLowerCase()
    return registry.commands.filter(({ name }) => name.startsWith(wanted)).map(({ name }) => `${slash}${name} `)
  }

  function openNames(command: Parameters<typeof openArgs>[0], words: string): string[] {
    try {
      return openArgs(command, readWords(command, words)).map(({ name }) => name)
    } catch (error) {
      // Nothing fits behind words that are wrong already.
      if (error instanceof UserError) return []
      throw error
    }
  }
}

function quoted(text: string): string {
  return /\s/.test(text) ? `"${text}"` : text
}
