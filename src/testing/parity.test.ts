import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { pino } from 'pino'
import { beforeAll, describe, expect, it } from 'vitest'
import { createDiscordSurface } from '../chat/discord/discordSurface.js'
import { createTelegramSurface } from '../chat/telegram/telegramSurface.js'
import { createTerminalSurface } from '../chat/terminal/terminalSurface.js'
import { createTranslator, type Locale } from '../i18n.js'
import { freshFolder } from './built.js'
import { type FakeDiscordMessage, startFakeDiscord } from './fakeDiscord.js'
import { startFakeTelegram } from './fakeTelegram.js'
import { type Ask, asksOf, openParityHouse, type ParityHouse, type Said } from './parityHouse.js'

/** Puts every ask to the house through one surface; gives back what a person saw of it. */
type Drive = (house: ParityHouse, asks: readonly Ask[], locale: Locale) => Promise<string>

const logger = pino({ level: 'silent' })

const throughTerminal: Drive = async ({ dispatch, registry }, asks, locale) => {
  const input = new PassThrough()
  const output = new PassThrough()
  let seen = ''
  output.on('data', (text) => (seen += text))
  const terminal = createTerminalSurface({
    input,
    output,
    errorOutput: new PassThrough().resume(),
    dispatch,
    registry,
    logger,
    t: createTranslator({ locale, timeZone: 'UTC', theme: 'dark' }),
    outDir: freshFolder(),
    historyFile: join(freshFolder(), 'history'),
    color: false,
    now: Date.now,
  })
  input.end(asks.map(({ words }) => `${words.replaceAll('\n', '\\\n')}\n`).join(''))
  await terminal.run()
  return seen
}

const throughTelegram: Drive = async ({ dispatch, registry, said }, asks, locale) => {
  const telegram = await startFakeTelegram()
  const { token, apiRoot } = telegram
  const surface = createTelegramSurface({ token, apiRoot, dispatch, registry, logger })
  const polling = surface.start()
  const user = telegram.user({ id: 42, languageCode: locale })
  for (const { words } of asks) {
    const [answers, shown] = [said.length, user.chat.messages.length]
    user.send(words)
    await telegram.waitFor(`an answer to ${words}`, () => {
      const last = user.chat.messages.at(-1)
      return said.length > answers && user.chat.messages.length > shown + 1 && last?.from === 'bot' && isDone(last.text)
    })
  }
  await surface.stop()
  await polling
  await telegram.close()
  return user.chat.messages
    .map(({ text, buttons, document }) =>
      [
        text,
        ...buttons.flat().map((button) => button.text),
        document?.name,
        document && Buffer.from(document.bytes).toString(),
      ].join('\n'),
    )
    .join('\n')
}

/** Progress has a bar; an answer has none. */
function isDone(text: string): boolean {
  return !/[█░]/.test(text)
}

/** As slash commands where those can say it, else as words in the direct messages. */
const throughDiscord: Drive = async ({ dispatch, registry, said }, asks, locale) => {
  const discord = await startFakeDiscord()
  const { token, restApi } = discord
  const surface = createDiscordSurface({ token, restApi, dispatch, registry, logger })
  const listening = surface.start()
  const user = discord.user({ id: '420000000000000042', locale: locale === 'zh' ? 'zh-CN' : 'en-US' })
  await discord.waitFor('the commands', () => discord.commandPuts > 0)
  for (const { words, slash } of asks) {
    const [answers, shown] = [said.length, user.sees(user.dm).length]
    if (slash) await user.command(slash.name, slash.options)
    else user.send(words)
    await discord.waitFor(`an answer to ${words}`, () => {
      const seen = user.sees(user.dm)
      const last = seen.at(-1)
      const isAnswer = last?.author === 'bot' && (last.content !== '' || last.embeds.length > 0)
      return (
        said.length > answers && seen.length > shown && isAnswer && isDone(JSON.stringify(last.embeds) + last.content)
      )
    })
  }
  await surface.stop()
  await listening
  const seen = user.sees(user.dm).map(shownByDiscord).join('\n')
  await discord.close()
  return seen
}

/** As a person reads it: Discord's client takes the escaping away. */
function shownByDiscord(message: FakeDiscordMessage): string {
  return sentToDiscord(message).replace(/\\([^\p{L}\p{N}\s])/gu, '$1')
}

function sentToDiscord({ content, embeds, buttons, selects, files }: FakeDiscordMessage): string {
  return [
    content,
    ...embeds.flatMap(({ author, title, description, fields = [], footer }) => [
      author?.name,
      title,
      description,
      ...fields.flatMap(({ name, value }) => [name, value]),
      footer?.text,
    ]),
    ...buttons.map(({ label }) => label),
    ...selects.flatMap(({ options }) => options.map(({ label }) => label)),
    ...files.flatMap(({ name, bytes }) => [name, Buffer.from(bytes).toString()]),
  ].join('\n')
}

const surfaces: Record<string, Drive> = {
  terminal: throughTerminal,
  telegram: throughTelegram,
  discord: throughDiscord,
}

describe.each(['en', 'zh'] as const)('in %s', (locale) => {
  const runs = new Map<string, { house: ParityHouse; seen: string }>()
  let asks: Ask[]

  beforeAll(async () => {
    for (const [name, drive] of Object.entries(surfaces)) {
      const house = await openParityHouse(locale)
      asks = asksOf(house.registry, locale)
      const seen = await drive(house, asks, locale)
      runs.set(name, { house, seen })
      await house.close()
    }
  }, 120_000)

  it('every command answers every ask on every surface, and nothing goes wrong inside', () => {
    for (const { house } of runs.values()) {
      expect(house.errors).toEqual([])
      expect(house.said).toHaveLength(asks.length)
    }
  })

  it('gives the same data on all of them', () => {
    const [[, first], ...others] = [...runs]
    for (const [, other] of others) {
      asks.forEach((ask, i) => {
        expect({ ask: ask.words, said: other.house.said[i] }).toEqual({ ask: ask.words, said: first.house.said[i] })
      })
    }
  })

  it('shows all of it to the person', () => {
    for (const [surface, { house, seen }] of runs) {
      const squeezed = squeeze(seen)
      for (const said of house.said) {
        const missing = figuresOf(said).filter((figure) => !squeezed.includes(squeeze(figure)))
        expect({ surface, missing }).toEqual({ surface, missing: [] })
      }
    }
  })

  it('speaks the language of the reader', () => {
    // The first ask is answered before any asks for another language.
    for (const { house } of runs.values()) {
      expect(/[\u4e00-\u9fff]/.test(JSON.stringify(house.said[0]))).toBe(locale === 'zh')
    }
  })
})

/** Everything that a reply says, piece by piece: surfaces may lay it out differently. */
function figuresOf({ stamp, title, text, code, fields, table, file, buttons }: Said): string[] {
  return [
    stamp ?? '',
    title ?? '',
    ...(text ?? '').split('\n'),
    ...(code ?? '').split('\n'),
    file?.name ?? '',
    ...(fields ?? []).flatMap(({ label, value }) => [label, value]),
    ...(table?.rows.flat() ?? []),
    ...(buttons?.flat() ?? []),
  ]
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '')
}
