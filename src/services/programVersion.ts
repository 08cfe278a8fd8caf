import { readFileSync } from 'node:fs'

let known: string | null = null

/** The version of this program, which is kept with every result. */
export function programVersion(): string {
  known ??= readVersion()
  return known
}

function readVersion(): string {
  const { version }: { version: unknown } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  )
  if (typeof version !== 'string') throw new Error('package.json has no version')
  return version
}
