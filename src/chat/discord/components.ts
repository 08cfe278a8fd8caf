import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  type APISelectMenuOption,
  ButtonStyle,
  ComponentType,
} from 'discord.js'
import { chunk } from '../../commands/chunk.js'
import type { DrawnButton } from '../../commands/dispatch.js'
import type { Translator } from '../../i18n.js'
import { shorten, stripControls } from '../cutText.js'

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>

const rowsInMessage = 5
const buttonsInRow = 5
const optionsInMenu = 25

/**
 * Buttons as rows that Discord takes, by message: too many short rows are joined, what does not fit as buttons becomes
 * menus, and what does not fit into one message goes on in the next.
 */
export function componentPages(rows: readonly (readonly DrawnButton[])[], t: Translator): Row[][] {
  const filled = joined(rows.filter((row) => row.length > 0))
  let menus = 0
  const menusOf = (buttons: readonly DrawnButton[]): Row[] =>
    chunk(buttons, optionsInMenu).map((options) => {
      menus += 1
      return menuRow(options, `choose:${menus}`, t)
    })
  const asTheyStand = filled.flatMap((row) => (row.length <= buttonsInRow ? [buttonRow(row)] : menusOf(row)))
  if (asTheyStand.length <= rowsInMessage) return asTheyStand.length === 0 ? [] : [asTheyStand]
  menus = 0
  return chunk(menusOf(filled.flat()), rowsInMessage)
}

/**
 * Neighbours side by side, the shortest first, until there are no more rows than a message takes. Where that is not to be
 * had: full rows, if those are few enough.
 */
function joined(rows: readonly (readonly DrawnButton[])[]): (readonly DrawnButton[])[] {
  const left = [...rows]
  while (left.length > rowsInMessage) {
    const lengths = left.slice(1).map((row, i) => left[i].length + row.length)
    const shortest = Math.min(...lengths)
    if (shortest > buttonsInRow) {
      const full = chunk(rows.flat(), buttonsInRow)
      return full.length <= rowsInMessage ? full : left
    }
    const at = lengths.indexOf(shortest)
    left.splice(at, 2, [...left[at], ...left[at + 1]])
  }
  return left
}

export function buttonRow(buttons: readonly DrawnButton[]): Row {
  return {
    type: ComponentType.ActionRow,
    components: buttons.map(({ label, token }) => ({
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label: labelOf(label, 80),
      custom_id: token,
    })),
  }
}

/** The rows of a message without a token that can do nothing more. */
export function withoutToken(
  rows: readonly APIMessageTopLevelComponent[],
  token: string,
): APIMessageTopLevelComponent[] {
  return rows.map((row) => {
    if (row.type !== ComponentType.ActionRow) return row
    return { ...row, components: row.components.map((component) => spend(component, token)) }
  })
}

function spend(component: APIComponentInMessageActionRow, token: string): APIComponentInMessageActionRow {
  if (component.type === ComponentType.Button && 'custom_id' in component && component.custom_id === token) {
    return { ...component, disabled: true }
  }
  if (component.type !== ComponentType.StringSelect) return component
  const left = component.options.filter(({ value }) => value !== token)
  // A menu must offer something, even where nothing can be chosen.
  return left.length > 0 ? { ...component, options: left } : { ...component, disabled: true }
}

function menuRow(buttons: readonly DrawnButton[], id: string, t: Translator): Row {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: id,
        placeholder: t('discord-choose'),
        options: buttons.map(({ label, token }): APISelectMenuOption => ({ label: labelOf(label, 100), value: token })),
      },
    ],
  }
}

function labelOf(label: string, limit: number): string {
  return shorten(stripControls(label).trim(), limit) || '…'
}
