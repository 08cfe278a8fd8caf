/** What a stream remembers, as plain data that JSON carries without loss. */
export type StreamState = number | null | readonly (number | null)[] | { readonly [field: string]: StreamState }

/** A copy of all that a stream (of lines, signals or rules) remembers. */
export function saveStream(stream: object): StreamState {
  return save(stream)
}

/**
 * Makes `stream` go on from where a saved one stood; both were made with the same parameters and price scale. Throws
 * RangeError for the state of a stream of another form.
 */
export function restoreStream(stream: object, state: StreamState): void {
  restore(stream, state, 'state')
}

/*
 * What a stream remembers are its enumerable fields: numbers, Float64Arrays, and objects of such fields. What it was made
 * with (periods, the tick grid) is #private, and so is no part of its state.
 */

const shortColumn = 64

/**
 * Something that makes `to` remember what `from` does, each time it is called: far cheaper than save and restore, for where
 * things are is looked up once. Both are of one class, made with the same arguments; only their numbers change, in place.
 */
export function streamCopier(from: object, to: object): () => void {
  const numbers: { from: Record<string, unknown>; to: Record<string, unknown>; name: string }[] = []
  const columns: { from: Float64Array; to: Float64Array }[] = []
  const find = (source: object, target: object) => {
    const fields = { from: source as Record<string, unknown>, to: target as Record<string, unknown> }
    for (const [name, value] of Object.entries(source)) {
      if (typeof value === 'number') numbers.push({ ...fields, name })
      else if (value instanceof Float64Array) columns.push({ from: value, to: fields.to[name] as Float64Array })
      else find(value, fields.to[name] as object)
    }
  }
  find(from, to)
  return () => {
    for (const { from, to, name } of numbers) to[name] = from[name]
    for (const { from, to } of columns) {
      // A call of `set` takes longer than a few numbers (measured).
      if (from.length > shortColumn) to.set(from)
      else for (let i = 0; i < from.length; i++) to[i] = from[i]
    }
  }
}

function save(value: unknown): StreamState {
  if (typeof value === 'number') return toPlain(value)
  if (value instanceof Float64Array) return Array.from(value, toPlain)
  if (typeof value !== 'object' || value === null) throw new Error(`a stream must not hold ${String(value)}`)
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, save(field)]))
}

function restore(target: object, state: StreamState | undefined, path: string): void {
  if (typeof state !== 'object' || state === null) throw new RangeError(`${path} is missing`)
  const saved = state as { readonly [field: string]: StreamState }
  const fields = target as Record<string, unknown>
  const names = Object.keys(target)
  if (names.length !== Object.keys(saved).length) throw new RangeError(`${path} is of another form`)
  for (const name of names) {
    const field = fields[name]
    const value = saved[name]
    if (typeof field === 'number') {
      if (typeof value !== 'number' && value !== null) throw new RangeError(`${path}.${name} is no number`)
      fields[name] = fromPlain(value)
    } else if (field instanceof Float64Array) {
      if (!Array.isArray(value) || value.length !== field.length)
        throw new RangeError(`${path}.${name} is of another size`)
      field.set(value.map(fromPlain))
    } else restore(field as object, value, `${path}.${name}`)
  }
}

/** JSON has no NaN. */
function toPlain(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

function fromPlain(value: number | null): number {
  return value ?? Number.NaN
}
