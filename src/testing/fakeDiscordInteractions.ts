import { type Static, Type } from 'typebox'
import { localized } from './discordCommandRules.js'
import { checkForm, closed, DiscordError, invalid, MessageBody, text } from './discordRules.js'
import { announce, edit, ephemeral, type Form, post, remove, write } from './fakeDiscordMessages.js'
import { apiMessage } from './fakeDiscordPayloads.js'
import { type Interaction, Message, type Modal, type State } from './fakeDiscordState.js'

const tokenLifeMs = 15 * 60_000

const Callback = closed({ type: Type.Enum([4, 5, 6, 7, 8, 9]), data: Type.Optional(Type.Unknown()) })

/** Types of answers by the type of the interaction; 6 and 7 change the message with the component. */
const answers: Record<Interaction['type'], readonly number[]> = {
  2: [4, 5, 9],
  3: [4, 5, 6, 7, 9],
  4: [8],
  5: [4, 5, 6, 7],
}

/** The one first answer to an interaction, within 3 s. */
export function callback(state: State, id: string, token: string, form: Form, withResponse: boolean): unknown {
  const interaction = state.interactions.get(id)
  const inTime = interaction && state.now() - interaction.createdAt <= state.acknowledgeWithinMs
  if (interaction?.token !== token || interaction.state === 'failed') throw unknownInteraction
  if (interaction.state === 'acknowledged') {
    throw new DiscordError(400, 40060, 'Interaction has already been acknowledged.')
  }
  if (!inTime) throw unknownInteraction
  const { type, data } = checkForm(Callback, form.json)
  const fits = answers[interaction.type].includes(type) && (interaction.source !== null || (type !== 6 && type !== 7))
  if (!fits) throw invalid('type', `an interaction of type ${interaction.type} is not answered with type ${type}`)
  if (form.files.size > 0 && type !== 4 && type !== 7) throw invalid('', 'files without a message')
  answer(state, interaction, type, { json: data ?? {}, files: form.files })
  interaction.state = 'acknowledged'
  interaction.settle()
  if (!withResponse) return undefined
  const { original } = interaction
  const shown = original && type !== 6 && { message: apiMessage(state, original) }
  return {
    interaction: {
      id,
      type: interaction.type,
      ...(original && {
        response_message_id: original.id,
        response_message_loading: original.loading,
        response_message_ephemeral: original.ephemeral,
      }),
    },
    resource: { type, ...shown },
  }
}

const unknownInteraction = new DiscordError(404, 10062, 'Unknown interaction')

function answer(state: State, interaction: Interaction, type: number, form: Form): void {
  if (type === 8) {
    interaction.choices = checkChoices(interaction, form.json)
  } else if (type === 9) {
    interaction.modal = checkModal(form.json)
  } else if (type === 6) {
    checkForm(closed({}), form.json)
    interaction.original = interaction.source
  } else if (type === 7 && interaction.source) {
    edit(state, interaction.source, form)
    interaction.original = interaction.source
    interaction.touched.add(interaction.source)
  } else {
    const { flags } = form.json as { flags?: number }
    const message = answerMessage(state, interaction, flags)
    if (type === 5) {
      const { flags = 0 } = checkForm(closed({ flags: Type.Optional(Type.Integer()) }), form.json)
      if ((flags & ~ephemeral) !== 0) throw invalid('data.flags', 'a deferred answer can only be ephemeral')
      message.loading = true
    } else {
      write(state, message, form, { mayHide: true })
    }
    interaction.original = message
    interaction.ephemeral = message.ephemeral
    interaction.touched.add(message)
    post(state, message)
  }
}

function answerMessage(state: State, interaction: Interaction, flags = 0): Message {
  const onlyFor = (flags & ephemeral) !== 0 ? interaction.user.id : null
  return new Message(state.nextId(), 'bot', interaction.channel, onlyFor, interaction)
}

const Choices = closed({
  choices: Type.Array(
    closed({
      name: text(100),
      name_localizations: localized(100),
      value: Type.Union([text(100), Type.Number()]),
    }),
    { maxItems: 25 },
  ),
})

function checkChoices({ optionType, user }: Interaction, data: unknown): Interaction['choices'] {
  return checkForm(Choices, data).choices.map(({ name, name_localizations, value }, index) => {
    const fits = optionType === 3 ? typeof value === 'string' : typeof value === 'number'
    if (!fits || (optionType === 4 && !Number.isInteger(value))) {
      throw invalid(`data.choices.${index}.value`, `Could not interpret "${value}" for an option of type ${optionType}`)
    }
    return { name: name_localizations?.[user.locale] ?? name, value }
  })
}

const TextInput = closed({
  type: Type.Literal(4),
  id: Type.Optional(Type.Integer()),
  custom_id: text(100),
  style: Type.Enum([1, 2]),
  label: Type.Optional(text(45)),
  min_length: Type.Optional(Type.Integer({ minimum: 0, maximum: 4000 })),
  max_length: Type.Optional(Type.Integer({ minimum: 1, maximum: 4000 })),
  required: Type.Optional(Type.Boolean()),
  value: Type.Optional(text(4000, 0)),
  placeholder: Type.Optional(text(100)),
})
const InputRow = closed({
  type: Type.Literal(1),
  id: Type.Optional(Type.Integer()),
  components: Type.Array(TextInput, { minItems: 1, maxItems: 1 }),
})
const Label = closed({
  type: Type.Literal(18),
  id: Type.Optional(Type.Integer()),
  label: text(45),
  description: Type.Optional(text(100)),
  component: TextInput,
})
const ModalBody = closed({
  custom_id: text(100),
  title: text(45),
  components: Type.Array(Type.Unknown(), { minItems: 1, maxItems: 5 }),
})

/** A form of text inputs, each in a row or under a label. */
function checkModal(data: unknown): Modal {
  const { custom_id, title, components } = checkForm(ModalBody, data)
  const inputs = components.map((item, index) => {
    const path = `data.components.${index}`
    const inRow = (item as { type?: unknown }).type === 1
    const { label, input } = inRow ? inputOf(checkForm(InputRow, item, path)) : inputUnder(checkForm(Label, item, path))
    if (label === undefined) throw invalid(`${path}.label`, 'This field is required')
    const { custom_id: customId, required = true, min_length: minLength = 0, max_length: maxLength = 4000 } = input
    return { customId, label, required, minLength, maxLength }
  })
  if (new Set(inputs.map(({ customId }) => customId)).size < inputs.length)
    throw invalid('data.components', 'Component custom id cannot be duplicated')
  return { customId: custom_id, title, inputs }
}

const inputOf = ({ components: [input] }: Static<typeof InputRow>) => ({ label: input.label, input })
const inputUnder = ({ label, component: input }: Static<typeof Label>) => ({ label, input })

/** The interaction that a token stands for, while it lives. */
function interactionOf(state: State, applicationId: string, token: string): Interaction {
  const interaction = [...state.interactions.values()].find((candidate) => candidate.token === token)
  if (applicationId !== state.applicationId || interaction?.state !== 'acknowledged') {
    throw new DiscordError(404, 10015, 'Unknown Webhook')
  }
  if (state.now() - interaction.createdAt > tokenLifeMs) throw new DiscordError(401, 50027, 'Invalid Webhook Token')
  return interaction
}

function answerOf(interaction: Interaction, messageId: string): Message {
  const message =
    messageId === '@original' ? interaction.original : [...interaction.touched].find(({ id }) => id === messageId)
  if (!message?.channel.all.includes(message)) throw new DiscordError(404, 10008, 'Unknown Message')
  return message
}

export function readAnswer(state: State, [applicationId, token, messageId]: readonly string[]): unknown {
  return apiMessage(state, answerOf(interactionOf(state, applicationId, token), messageId))
}

export function editAnswer(state: State, [applicationId, token, messageId]: readonly string[], form: Form): unknown {
  const interaction = interactionOf(state, applicationId, token)
  const message = answerOf(interaction, messageId)
  const edited = edit(state, message, form)
  interaction.touched.add(message)
  return edited
}

export function removeAnswer(state: State, [applicationId, token, messageId]: readonly string[]): void {
  remove(state, answerOf(interactionOf(state, applicationId, token), messageId))
}

/** A further message. The first one after a deferred answer is that answer, and as ephemeral as it was deferred. */
export function followUp(state: State, [applicationId, token]: readonly string[], form: Form): unknown {
  const interaction = interactionOf(state, applicationId, token)
  const { original, channel } = interaction
  if (original?.loading) {
    write(state, original, form, { mayHide: true })
    announce(state, 'MESSAGE_UPDATE', original)
    return apiMessage(state, original)
  }
  const isGuest = channel.kind === 'private' || channel.guild?.bot === false
  if (isGuest && interaction.followUps >= 5) {
    throw new DiscordError(400, 40094, 'This interaction has hit the maximum number of follow up messages.')
  }
  const message = answerMessage(state, interaction, checkForm(MessageBody, form.json).flags)
  write(state, message, form, { mayHide: true })
  interaction.followUps += 1
  interaction.touched.add(message)
  post(state, message)
  return apiMessage(state, message)
}
