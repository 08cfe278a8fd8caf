/** Values that a Fluent message may hold. */
export type ErrorArgs = Readonly<Record<string, string | number>>

/**
 * Something that the user can mend: bad input, a name that does not exist, data that is not there.
 * `id` is a Fluent id of locales/ (`error-…`), `args` its variables; words are made by whoever shows it.
 */
export class UserError extends Error {
  constructor(
    readonly id: string,
    readonly args: ErrorArgs = {},
  ) {
    super(`${id} ${JSON.stringify(args)}`)
    this.name = 'UserError'
  }
}
