import type { Command, Option } from './discordCommandRules.js'
import type { FakeDiscordUser, FakeInteraction, OptionValue } from './fakeDiscord.js'
import { post } from './fakeDiscordMessages.js'
import { apiAttachment, apiInteraction, contextOf, memberPermissions } from './fakeDiscordPayloads.js'
import {
  type Channel,
  type FakeChannel,
  type Interaction,
  Message,
  makeChannel,
  newToken,
  type Profile,
  type State,
  store,
} from './fakeDiscordState.js'

/** A user's client: it lets through what Discord's lets through. */
export function makeUser(
  state: State,
  profile: Profile,
  { listening, deadlines }: { listening(): boolean; deadlines: Set<NodeJS.Timeout> },
): FakeDiscordUser {
  const { id } = profile
  const dm = makeChannel(state, 'dm', { owner: profile })

  const channelOf = (place: FakeChannel): Channel => {
    const channel = state.channels.get(place.id)
    if (!channel || (channel.kind === 'dm' && channel !== dm))
      throw new Error(`user ${id} is not in channel ${place.id}`)
    return channel
  }
  const sees = (place: FakeChannel) =>
    channelOf(place).all.filter((message) => !message.loading && (message.onlyFor ?? id) === id)

  /** Resolves with the interaction once the bot acknowledged it. */
  function raise(
    type: Interaction['type'],
    data: unknown,
    channel: Channel,
    { source = null, optionType = null }: { source?: Message | null; optionType?: number | null } = {},
  ): Promise<Interaction> {
    if (!listening()) throw new Error('The application did not respond: no bot is logged in')
    return new Promise((resolve, reject) => {
      const settled = () => {
        clearTimeout(timer)
        deadlines.delete(timer)
      }
      const timer = setTimeout(() => {
        settled()
        interaction.state = 'failed'
        reject(new Error(`The application did not respond: ${JSON.stringify(data)} not acknowledged in time`))
      }, state.acknowledgeWithinMs)
      deadlines.add(timer)
      const interaction: Interaction = {
        id: state.nextId(),
        token: newToken(),
        type,
        optionType,
        user: profile,
        channel,
        source,
        createdAt: state.now(),
        state: 'open',
        ephemeral: false,
        original: null,
        touched: new Set(),
        followUps: 0,
        modal: null,
        choices: [],
        settle() {
          settled()
          resolve(interaction)
        },
      }
      state.interactions.set(interaction.id, interaction)
      state.dispatch('INTERACTION_CREATE', 0, () => apiInteraction(state, interaction, data))
    })
  }

  /** What the client knows of a typed command, else why it cannot be sent. */
  function typed(line: string, channel: Channel) {
    const [name, ...path] = line.split(' ')
    const command = state.commands.find((candidate) => candidate.name === name)
    if (!command) throw new Error(`there is no command /${name}`)
    checkOffered(command, channel)
    let options: readonly Option[] = command.options
    const subs = path.map((word) => {
      const sub = options.find((option) => option.name === word && option.type <= 2)
      if (!sub) throw new Error(`there is no command /${line}`)
      options = sub.options ?? []
      return sub
    })
    if (options.some(({ type }) => type <= 2)) throw new Error(`/${line} wants a sub-command`)
    const data = (values: readonly object[], resolved?: object) => ({
      id: command.id,
      name,
      type: 1,
      ...(resolved && { resolved }),
      options: subs.reduceRight<readonly object[]>(
        (inner, sub) => [{ type: sub.type, name: sub.name, options: inner }],
        values,
      ),
    })
    return { options, data }
  }

  function checkOffered(
    { name, contexts, integration_types, default_member_permissions }: Command,
    { kind, guild }: Channel,
  ): void {
    if (contexts && !contexts.includes(contextOf[kind])) throw new Error(`/${name} is not offered in a ${kind}`)
    const installs = kind === 'private' || guild?.bot === false ? [1] : [0, 1]
    if (integration_types && !integration_types.some((type) => installs.includes(type)))
      throw new Error(`/${name} is not installed here`)
    const needed = BigInt(default_member_permissions ?? 0)
    const closedToAll = default_member_permissions === '0'
    if (guild && (closedToAll || (needed & memberPermissions) !== needed))
      throw new Error(`/${name} is for members with more permissions`)
  }

  const view = (interaction: Interaction): FakeInteraction => ({
    id: interaction.id,
    get acknowledged() {
      return interaction.state === 'acknowledged'
    },
    get ephemeral() {
      return interaction.ephemeral
    },
    get messages() {
      return [...interaction.touched].filter((message) => !message.loading && message.channel.all.includes(message))
    },
    get modal() {
      return interaction.modal
    },
    async submit(values) {
      const { modal, channel, source } = interaction
      if (!modal) throw new Error('no form is open')
      const unknown = Object.keys(values).find((key) => !modal.inputs.some(({ customId }) => customId === key))
      if (unknown !== undefined) throw new Error(`the form has no input ${unknown}`)
      const components = modal.inputs.map(({ customId, required, minLength, maxLength }) => {
        const value = values[customId] ?? ''
        const fits = value === '' ? !required : value.length >= minLength && value.length <= maxLength
        if (!fits) throw new Error(`"${value}" does not fit the input ${customId}`)
        return { type: 1, id: 1, components: [{ type: 4, id: 2, custom_id: customId, value }] }
      })
      return view(await raise(5, { custom_id: modal.customId, components }, channel, { source }))
    },
  })

  async function press(message: Message, customId: string): Promise<FakeInteraction> {
    return view(await raise(3, { custom_id: customId, component_type: 2, id: 1 }, message.channel, { source: message }))
  }

  const newest = (where: FakeChannel) => [...sees(where)].reverse()

  return {
    id,
    dm,
    sees,
    async command(line, values = {}, where = dm) {
      const channel = channelOf(where)
      const { options, data } = typed(line, channel)
      const given = readOptions(options, values)
      const missing = options.find((option) => option.required && values[option.name] === undefined)
      if (missing) throw new Error(`/${line} wants the option ${missing.name}`)
      const attachments: Record<string, object> = {}
      const sent = given.map(({ option: { type, name }, value }) => {
        if (typeof value !== 'object') return { type, name, value }
        const file = store(state, value)
        attachments[file.id] = apiAttachment(file)
        return { type, name, value: file.id }
      })
      const resolved = Object.keys(attachments).length > 0 ? { attachments } : undefined
      return view(await raise(2, data(sent, resolved), channel))
    },
    async autocomplete(line, focused, value, values = {}, where = dm) {
      const channel = channelOf(where)
      const { options, data } = typed(line, channel)
      const option = options.find(({ name }) => name === focused)
      if (!option?.autocomplete) throw new Error(`/${line} offers nothing for ${focused}`)
      const others = Object.entries(values).map(([name, other]) => {
        const known = options.find((candidate) => candidate.name === name)
        if (!known) throw new Error(`/${line} has no option ${name}`)
        return { type: known.type, name, value: other }
      })
      const sent = [...others, { type: option.type, name: focused, value, focused: true }]
      return (await raise(4, data(sent), channel, { optionType: option.type })).choices
    },
    async press(label, where = dm) {
      for (const message of newest(where)) {
        const button = message.buttons.find((candidate) => candidate.label === label)
        if (button?.disabled) throw new Error(`the button "${label}" is disabled`)
        if (button) return press(message, button.customId)
      }
      throw new Error(`no button "${label}" in the channel:\n${show(sees(where))}`)
    },
    async pressId(customId, where = dm) {
      const messages = newest(where)
      const holder = messages.find(({ buttons }) => buttons.some((button) => button.customId === customId))
      const button = holder?.buttons.find((candidate) => candidate.customId === customId)
      if (button?.disabled) throw new Error(`the button ${customId} is disabled`)
      const message = holder ?? messages.find(({ author }) => author === 'bot')
      if (!message) throw new Error('no message of the bot to press on')
      return press(message, customId)
    },
    async select(customIdPart, value, where = dm) {
      for (const message of newest(where)) {
        const menu = message.selects.find(({ customId }) => customId.includes(customIdPart))
        if (!menu) continue
        if (menu.disabled) throw new Error(`the menu ${menu.customId} is disabled`)
        if (!menu.options.some((option) => option.value === value))
          throw new Error(`the menu ${menu.customId} has no ${value}`)
        const data = { custom_id: menu.customId, component_type: 3, id: 1, values: [value] }
        return view(await raise(3, data, message.channel, { source: message }))
      }
      throw new Error(`no menu ${customIdPart} in the channel:\n${show(sees(where))}`)
    },
    send(text, { channel: where = dm, mention = false, files = [], replyTo } = {}) {
      const message = new Message(state.nextId(), id, channelOf(where), null, null, replyTo?.id ?? null)
      message.content = mention ? `<@${state.applicationId}> ${text}` : text
      message.files = files.map((file) => store(state, file))
      post(state, message)
      state.changed()
      return message.id
    },
  }
}

/** The options as the client sends them, each of its declared type and within its bounds. */
function readOptions(options: readonly Option[], values: Readonly<Record<string, OptionValue>>) {
  return Object.entries(values).map(([name, value]) => {
    const option = options.find((candidate) => candidate.name === name)
    if (!option) throw new Error(`there is no option ${name}`)
    if (!fitsType(option, value)) throw new Error(`the option ${name} does not take ${JSON.stringify(value)}`)
    if (option.choices && !option.choices.some((choice) => choice.value === value)) {
      throw new Error(`the option ${name} has no choice ${JSON.stringify(value)}`)
    }
    return { option, value }
  })
}

function fitsType(option: Option, value: OptionValue): boolean {
  const { min_value = -Infinity, max_value = Infinity, min_length = 1, max_length = 6000 } = option
  if (typeof value === 'string') {
    return option.type === 3 && value.length >= Math.max(1, min_length) && value.length <= max_length
  }
  if (typeof value === 'number') {
    const ofType = option.type === 4 ? Number.isSafeInteger(value) : option.type === 10 && Number.isFinite(value)
    return ofType && value >= min_value && value <= max_value
  }
  return option.type === (typeof value === 'boolean' ? 5 : 11)
}

/** Messages as a person sees them, for errors of failing tests. */
export function show(messages: readonly Message[]): string {
  return messages
    .map(({ author, text, files, buttons }) => {
      const extras = [...files.map(({ name }) => `(${name})`), ...buttons.map(({ label }) => `[${label}]`)]
      return `${author}: ${text.slice(0, 500)} ${extras.join(' ')}`
    })
    .join('\n')
}
