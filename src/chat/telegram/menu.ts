import { isDeepStrictEqual } from 'node:util'
import type { Api } from 'grammy'
import type { LanguageCode } from 'grammy/types'
import { describe, type Registry } from '../../commands/registry.js'
import { createTranslator, type Locale, locales } from '../../i18n.js'

/** Publishes the command menu: English for everybody, and each language to those who set it. Sends only what changed. */
export async function publishMenu(api: Api, registry: Registry): Promise<void> {
  await publish('en', undefined)
  for (const locale of locales) await publish(locale, locale)

  async function publish(locale: Locale, language: LanguageCode | undefined): Promise<void> {
    const t = createTranslator({ locale, timeZone: 'UTC', theme: 'light' })
    const wanted = registry.commands.map((command) => ({
      command: command.name,
      description: describe(t, command).slice(0, 256),
    }))
    const scope = language === undefined ? {} : { language_code: language }
    if (!isDeepStrictEqual(await api.getMyCommands(scope), wanted)) await api.setMyCommands(wanted, scope)
  }
}
