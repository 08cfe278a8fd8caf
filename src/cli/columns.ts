import { once } from 'node:events'

const rowsAWrite = 5000

/** Prints columns of equal length as CSV on standard output; NaN is an empty field, as STRATEGY.md has it. */
export async function printColumns(columns: Readonly<Record<string, ArrayLike<number>>>): Promise<void> {
  const names = Object.keys(columns)
  const values = Object.values(columns)
  const length = values[0]?.length ?? 0
  let text = `${names.join(',')}\n`
  for (let i = 0; i < length; i++) {
    text += `${values.map((column) => (Number.isNaN(column[i]) ? '' : String(column[i]))).join(',')}\n`
    if (i % rowsAWrite === rowsAWrite - 1) {
      await write(text)
      text = ''
    }
  }
  await write(text)
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}
