import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  Client,
  type ClientOptions,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  type Interaction,
  Partials,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js'
import { afterEach } from 'vitest'
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from './fakeDiscord.js'

export const anna = { id: '200000000000000001', locale: 'zh-CN' }
export const bert = { id: '200000000000000002' }
export const guildId = '300000000000000001'

export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export const backtest: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  name: 'backtest',
  name_localizations: { 'zh-CN': '回测' },
  description: 'Runs a backtest',
  options: [
    { type: 3, name: 'strategy', description: 'Which one', required: true, autocomplete: true, max_length: 20 },
    { type: 4, name: 'days', description: 'How many', min_value: 1, max_value: 365 },
    { type: 3, name: 'bar', description: 'Timeframe', choices: [{ name: '1 hour', value: '1H' }] },
    { type: 11, name: 'file', description: 'A file' },
  ],
}

export const atEnd: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of atEnd.splice(0).reverse()) await close()
})

export async function start(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const discord = await startFakeDiscord(options)
  atEnd.push(() => discord.close())
  return discord
}

/** A bare client, logged in. */
export async function login(discord: FakeDiscord, options: Partial<ClientOptions> = {}): Promise<Client<true>> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    partials: [Partials.Channel],
    ...options,
    rest: { api: discord.restApi, ...options.rest },
    ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
  })
  atEnd.push(() => client.destroy())
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve))
  await client.login(discord.token)
  return ready
}

/** A bot with one command, and what it does with each interaction. */
export async function bot(answer: (interaction: Interaction) => Promise<unknown>, options: FakeDiscordOptions = {}) {
  const discord = await start(options)
  const client = await login(discord)
  await client.application.commands.set([backtest])
  const runs: Promise<unknown>[] = []
  client.on(Events.InteractionCreate, (interaction) => runs.push(answer(interaction)))
  /** Waits until the bot is through with what it heard, and fails if that failed. */
  return { discord, client, done: () => Promise.all(runs) }
}

/** A bot that answers `/backtest` in this way. */
export const onCommand = (
  run: (command: ChatInputCommandInteraction) => Promise<unknown>,
  options?: FakeDiscordOptions,
) => bot(async (interaction) => interaction.isChatInputCommand() && run(interaction), options)

export const button = (label: string, customId: string, disabled = false) =>
  new ButtonBuilder().setLabel(label).setCustomId(customId).setStyle(ButtonStyle.Primary).setDisabled(disabled)
export const row = (...buttons: ButtonBuilder[]) => new ActionRowBuilder<ButtonBuilder>().addComponents(buttons)

export async function codeOf(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call
  } catch (error) {
    if (error instanceof DiscordAPIError) return error.code
    throw error
  }
}
