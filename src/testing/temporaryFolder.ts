import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** All tests make their files in one folder, which goes with the last of them. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'candlechat-tests-'))
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
