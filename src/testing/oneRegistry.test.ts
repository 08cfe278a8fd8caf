import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { createDiscordSurface } from '../chat/discord/discordSurface.js'
import { createTelegramSurface } from '../chat/telegram/telegramSurface.js'
import { createTerminalSurface } from '../chat/terminal/terminalSurface.js'
import { Arg } from '../commands/args.js'
import { defineCommand } from '../commands/defineCommand.js'
import { createDispatch } from '../commands/dispatch.js'
import { frameCommands } from '../commands/frame.js'
import { createRegistry, type Registry } from '../commands/registry.js'
import { createTranslator } from '../i18n.js'
import { freshFolder } from './built.js'
import { createDemoHouse } from './demoHouse.js'
import { startFakeDiscord } from './fakeDiscord.js'
import { startFakeTelegram } from './fakeTelegram.js'

/** All that it takes to add a command. */
const doubleCommand = defineCommand({
  name: 'double',
  effect: 'read',
  args: Arg.object({ number: Arg.integer({ minimum: 1, maximum: 100 }) }),
  run: async ({ number }) => 2 * number,
  view: (twice, t) => ({
    title: t.number(twice),
    buttons: [[{ label: 'Halve', command: 'halve', args: { number: twice } }]],
  }),
})

/** And one that nobody types. */
const halveCommand = defineCommand({
  name: 'halve',
  effect: 'read',
  buttonsOnly: true,
  args: Arg.object({ number: Arg.integer({ minimum: 1, maximum: 200 }) }),
  run: async ({ number }) => number / 2,
  view: (half, t) => ({ title: `half is ${t.number(half)}` }),
})

it('a command that is declared once is on all three surfaces: in their menus and answering, or only behind a button', async () => {
  const discordId = '420000000000000042'
  const { options } = createDemoHouse({ allowed: ['42', discordId, 'local'] })
  const registry: Registry = createRegistry([...frameCommands(() => registry), doubleCommand, halveCommand])
  const dispatch = createDispatch({ ...options, registry })
  const { logger } = options

  const telegram = await startFakeTelegram()
  const { token, apiRoot } = telegram
  const onTelegram = createTelegramSurface({ token, apiRoot, dispatch, registry, logger })
  const polling = onTelegram.start()
  const menu = await telegram.waitFor('the menu', () => telegram.commands.get('default'))
  expect(menu.map(({ command }) => command)).toContain('double')
  expect(menu.map(({ command }) => command)).not.toContain('halve')
  const somebody = telegram.user({ id: 42 })
  somebody.send('/double 21')
  await telegram.waitFor('42', () => somebody.chat.messages.some(({ text }) => text === '42'))
  await somebody.press('Halve')
  await telegram.waitFor('21', () => somebody.chat.messages.some(({ text }) => text === 'half is 21'))

  const discord = await startFakeDiscord()
  const onDiscord = createDiscordSurface({ token: discord.token, restApi: discord.restApi, dispatch, registry, logger })
  const listening = onDiscord.start()
  await discord.waitFor('the commands', () => discord.commandPuts > 0)
  expect(discord.commands.map(({ name }) => name)).not.toContain('halve')
  const user = discord.user({ id: discordId })
  const answer = await user.command('double', { number: 21 })
  await discord.waitFor('42', () => answer.messages.some((message) => message.text.includes('42')))
  const half = await user.press('Halve')
  await discord.waitFor('21', () => half.messages.some((message) => message.text.includes('half is 21')))

  const input = new PassThrough()
  const output = new PassThrough()
  const said = text(output)
  const terminal = createTerminalSurface({
    input,
    output,
    errorOutput: new PassThrough().resume(),
    dispatch,
    registry,
    logger,
    t: createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'dark' }),
    outDir: freshFolder(),
    historyFile: join(freshFolder(), 'history'),
    color: false,
    now: Date.now,
  })
  input.end('/help\n/double 21\n#1\n')
  await terminal.run()
  output.end()
  expect(await said).toMatch(/\/double.*\b42\b.*half is 21/s)
  expect(await said).not.toContain('/halve')

  await Promise.all([onTelegram.stop(), onDiscord.stop(), polling, listening])
  await Promise.all([telegram.close(), discord.close()])
})
