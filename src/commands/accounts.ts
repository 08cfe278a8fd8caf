import { UserError } from '../domain/userError.js'
import { keyModes } from '../services/keyCheck.js'
import { accountAddedReply, accountsReply } from './accountsView.js'
import { Arg } from './args.js'
import { defineCommand } from './defineCommand.js'

/** `/account`, `/account add NAME live|demo KEY SECRET PASSPHRASE`, `/account use NAME`, `/account remove NAME`. */
export const accountCommand = defineCommand({
  name: 'account',
  effect: 'write',
  secret: true,
  args: Arg.object({
    action: Arg.optional(Arg.choice(['list', 'add', 'use', 'remove'])),
    name: Arg.optional(Arg.account()),
    mode: Arg.optional(Arg.choice([...keyModes])),
    key: Arg.optional(Arg.secret({ maxLength: 200 })),
    secret: Arg.optional(Arg.secret({ maxLength: 200 })),
    passphrase: Arg.optional(Arg.secret({ maxLength: 200 })),
  }),
  asksSecrets: ({ action, name, mode }) => action === 'add' && name !== undefined && mode !== undefined,
  async run({ action = 'list', name, mode, key, secret, passphrase }, caller, { accounts }, { now, signal }) {
    const list = async (note?: { id: 'account-chosen' | 'account-removed'; name: string }) => ({
      list: await accounts.list(caller.id),
      note,
    })
    if (action === 'add') {
      if (
        name === undefined ||
        mode === undefined ||
        key === undefined ||
        secret === undefined ||
        passphrase === undefined
      )
        throw new UserError('error-account-incomplete')
      const parts = { apiKey: key, secretKey: secret, passphrase }
      return { added: await accounts.add(caller.id, { name, mode, ...parts }, now, { signal }) }
    }
    // Most likely somebody forgot the word `add`.
    if (key !== undefined) throw new UserError('error-account-incomplete')
    if (action === 'list') return list()
    if (name === undefined) throw new UserError('error-account-nameless', { action })
    if (action === 'use') {
      await accounts.choose(caller.id, name, now)
      return list({ id: 'account-chosen', name })
    }
    await accounts.remove(caller.id, name, now)
    return list({ id: 'account-removed', name })
  },
  view: (data, t) =>
    'added' in data
      ? accountAddedReply(data.added, t)
      : accountsReply(data.list, data.note && t(data.note.id, { name: data.note.name }), t),
})
