import {
  type APIModalInteractionResponse,
  type APIModalSubmission,
  ComponentType,
  InteractionResponseType,
  TextInputStyle,
} from 'discord.js'
import type { Form } from '../../commands/dispatch.js'
import { shorten } from '../cutText.js'

/** A call that waits for the answers of a form. */
export interface WaitingCall {
  name: string
  args: Readonly<Record<string, unknown>>
}

const prefix = 'form '
const longestId = 100
const longestLabel = 45

/** A form as Discord shows it; its id carries the call, so that a restart in between loses nothing. */
export function modalOf({ title, fields }: Form, call: WaitingCall): APIModalInteractionResponse {
  const custom_id = prefix + JSON.stringify([call.name, call.args])
  if (custom_id.length > longestId) throw new Error(`/${call.name} has too much before its form`)
  return {
    type: InteractionResponseType.Modal,
    data: {
      custom_id,
      title: shorten(title, longestLabel),
      components: fields.map(({ name, label, maxLength }) => ({
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.TextInput,
            custom_id: name,
            label: shorten(label, longestLabel),
            style: TextInputStyle.Short,
            required: true,
            max_length: maxLength,
          },
        ],
      })),
    },
  }
}

/** The call of a form that was sent, with its answers; null where it is no form of ours. Dispatch checks it like any other. */
export function readModal({ custom_id, components }: APIModalSubmission): WaitingCall | null {
  if (!custom_id.startsWith(prefix)) return null
  const [name, args] = readId(custom_id.slice(prefix.length))
  if (typeof name !== 'string' || typeof args !== 'object' || args === null) return null
  const inputs = components.flatMap((row) => ('components' in row ? row.components : []))
  const answers = inputs.flatMap((input) => ('value' in input ? [[input.custom_id, input.value.trim()]] : []))
  return { name, args: { ...args, ...Object.fromEntries(answers) } }
}

function readId(text: string): [unknown, unknown] {
  try {
    const [name, args]: unknown[] = JSON.parse(text)
    return [name, args]
  } catch {
    // Not made by us: a forged client can send anything.
    return [null, null]
  }
}
