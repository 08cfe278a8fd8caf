/** How far a piece of work is: words are the Fluent id `key`; `fraction` 0..1 where it is known. */
export interface Progress {
  key: string
  args?: Readonly<Record<string, string | number>>
  fraction?: number
}

/** What long work is given: somewhere to tell how far it is, and a way to be stopped. */
export interface Work {
  progress(progress: Progress): void
  signal: AbortSignal
}
