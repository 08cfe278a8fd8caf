import { mkdir, writeFile } from 'node:fs/promises'
import { join, parse } from 'node:path'

/** Writes a file into a folder without ever replacing one: `name.png`, `name-2.png`, … Returns its path. */
export async function saveFile(folder: string, name: string, content: string | Uint8Array): Promise<string> {
  await mkdir(folder, { recursive: true })
  const { name: stem, ext } = parse(name)
  for (let i = 1; ; i += 1) {
    const path = join(folder, i === 1 ? `${stem}${ext}` : `${stem}-${i}${ext}`)
    try {
      await writeFile(path, content, { flag: 'wx' })
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
