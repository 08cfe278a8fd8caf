import { UserError } from '../domain/userError.js'
import { type Locale, locales, type Translator } from '../i18n.js'
import { Arg } from './args.js'
import { type Command, defineCommand } from './defineCommand.js'
import { argsOf, describe, type Registry, usageOf } from './registry.js'
import type { Reply, ReplyButton } from './reply.js'

/** The commands of the frame itself. The registry is asked when they run: it holds them too. */
export function frameCommands(registry: () => Registry): Command[] {
  return [start, helpCommand(registry), language, theme, cancel]
}

const firstTry = '/backtest rsi-dip BTC-USDT 15m 90d'

const start = defineCommand({
  name: 'start',
  // Links to a bot (t.me/bot?start=...) bring a word along.
  args: Arg.object({ payload: Arg.optional(Arg.rest({ maxLength: 200 })) }),
  effect: 'read',
  run: async (_args, _caller, app) => ({ mode: app.mode }),
  view: ({ mode }, t) => ({
    ...(mode === 'simulated'
      ? { stamp: t('mode-simulated'), title: 'Candlechat' }
      : { title: `Candlechat · ${t(`mode-${mode}`)}` }),
    text: [t('reply-start'), t('reply-start-try', { command: firstTry }), t('reply-help-more')].join('\n'),
    buttons: [
      [
        { label: t('button-new'), command: 'new', args: {} },
        { label: t('button-help'), command: 'help', args: {} },
      ],
      languageButtons(t),
    ],
  }),
})

function helpCommand(registry: () => Registry): Command {
  return defineCommand({
    name: 'help',
    args: Arg.object({ command: Arg.optional(Arg.rest({ maxLength: 64 })) }),
    effect: 'read',
    run: async ({ command: asked }) => {
      if (asked === undefined) return { all: registry().commands }
      const name = asked.replace(/^[/／]/, '').toLowerCase()
      const one = registry().find(name)
      if (one) return { one }
      throw new UserError('error-command-unknown', { name, suggestion: registry().nearest(name) ?? '' })
    },
    view: (data, t) => ('one' in data ? explainOne(data.one, t) : listAll(data.all, t)),
  })
}

function listAll(commands: readonly Command[], t: Translator): Reply {
  return {
    title: 'Candlechat',
    text: [
      commands.map((command) => `/${command.name} · ${describe(t, command)}`).join('\n'),
      t('reply-help-more'),
    ].join('\n\n'),
  }
}

function explainOne(command: Command, t: Translator): Reply {
  const args = argsOf(command)
  const example = `command-${command.name}-example`
  return {
    title: `/${command.name}`,
    text: describe(t, command),
    fields: [
      { label: t('reply-help-usage'), value: usageOf(command) },
      ...(t.has(example) ? [{ label: t('reply-help-example'), value: t(example) }] : []),
      ...args.map(({ name, required }) => ({
        label: required ? `<${name}>` : `[${name}]`,
        value: describe(t, command, name),
      })),
    ],
  }
}

const language = defineCommand({
  name: 'language',
  args: Arg.object({ locale: Arg.optional(Arg.choice(locales)) }),
  effect: 'write',
  run: async ({ locale }, caller, app) => {
    if (locale !== undefined) await app.users.setLocale(caller.id, locale)
    return { chosen: locale ?? null }
  },
  view: ({ chosen }, t) =>
    chosen === null
      ? { text: t('reply-language-ask'), buttons: [languageButtons(t)] }
      : { text: t.in(chosen)('reply-language-set') },
})

function languageButtons(t: Translator): ReplyButton[] {
  return locales.map((locale: Locale) => ({
    label: t.in(locale)('language-name'),
    command: 'language',
    args: { locale },
  }))
}

const themes = ['light', 'dark'] as const

const theme = defineCommand({
  name: 'theme',
  args: Arg.object({ theme: Arg.optional(Arg.choice(themes)) }),
  effect: 'write',
  run: async ({ theme }, caller, app) => {
    if (theme !== undefined) await app.users.setTheme(caller.id, theme)
    return { chosen: theme ?? null }
  },
  view: ({ chosen }, t) => ({
    text: chosen === null ? t('reply-theme-ask') : t(`reply-theme-${chosen}`),
    ...(chosen === null && {
      buttons: [themes.map((name) => ({ label: t(`theme-${name}`), command: 'theme', args: { theme: name } }))],
    }),
  }),
})

const cancel = defineCommand({
  name: 'cancel',
  args: Arg.object({ job: Arg.optional(Arg.id()) }),
  effect: 'read',
  run: async ({ job }, caller, app, { jobId }) => {
    if (job === undefined) return { count: app.running.cancelAll(caller.ownerKey, jobId) }
    return { outcome: app.running.cancel(job, caller.ownerKey) }
  },
  view: (data, t) => {
    if ('count' in data) return { text: t('reply-cancel-all', { count: data.count }) }
    const words = { cancelled: 'reply-cancel-one', unknown: 'reply-cancel-over', 'not-owner': 'error-button-not-owner' }
    return { text: t(words[data.outcome]), passing: true }
  },
})
