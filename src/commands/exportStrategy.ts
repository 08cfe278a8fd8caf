import type { Translator } from '../i18n.js'
import type { NamedStrategy } from '../services/strategies.js'
import { Arg } from './args.js'
import { defineCommand } from './defineCommand.js'
import type { Reply } from './reply.js'
import { strategyTitle } from './strategyView.js'

export const exportCommand = defineCommand({
  name: 'export',
  effect: 'read',
  args: Arg.object({ name: Arg.strategy(), version: Arg.optional(Arg.version()) }),
  run: ({ name, version }, caller, app) => app.strategies.find(caller.id, name, version),
  view: exportReply,
})

/** As long as a chat shows in one message. */
const mostShown = 3000

/** The strategy as a file that /new takes back, and beside it where it is short. */
function exportReply(named: NamedStrategy, t: Translator): Reply {
  const { name } = named.strategy
  const json = JSON.stringify(named.strategy, null, 2)
  return {
    title: strategyTitle(named, t),
    text: t(named.versionId === null ? 'export-ready-made' : 'export-hint', { name }),
    ...(json.length <= mostShown && { code: json }),
    file: { name: `${name}.json`, mimeType: 'application/json', content: `${json}\n` },
  }
}
