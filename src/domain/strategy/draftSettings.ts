import { bars, sessionOf } from '../bars.js'
import { instTypeOf } from '../instrument.js'
import { Strategy } from './schema.js'

/** What a button can set something to; null is none. */
export type Value = string | number | null | readonly number[]

/** A part of a strategy outside its rules, as buttons set it. */
export interface Setting {
  read(strategy: Strategy): Value
  write(strategy: Strategy, value: Value): Strategy
  /** What is offered. Nothing: it has no meaning there. */
  values(strategy: Strategy, instruments: readonly string[]): readonly Value[]
}

const stops = [null, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, 20]
const targets = [null, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 50]
const onSwaps = (values: readonly Value[]) => (strategy: Strategy) =>
  instTypeOf(strategy.inst_id) === 'SWAP' ? values : []

const table = {
  stop: risk('stop_loss_pct', stops),
  target: risk('take_profit_pct', targets),
  trail: risk('trailing_stop_pct', stops),
  hold: risk('max_hold_bars', [null, 4, 8, 12, 24, 48, 96, 192, 288, 500]),
  inst: {
    read: ({ inst_id }) => inst_id,
    // Spot can only be bought, and with one's own money.
    write: (strategy, value) => {
      const inst_id = String(value)
      const isSpot = instTypeOf(inst_id) === 'SPOT'
      return { ...strategy, inst_id, ...(isSpot && { direction: 'long', leverage: 1 }) }
    },
    values: (_strategy, instruments) => instruments,
  },
  bar: field(
    'bar',
    bars.filter((bar) => sessionOf(bar) !== 'UTC+8'),
  ),
  direction: { ...field('direction', []), values: onSwaps(Strategy.properties.direction.enum) },
  leverage: { ...field('leverage', []), values: onSwaps([1, 2, 3, 5, 10, 20, 50]) },
  size: {
    read: ({ sizing }) => (sizing.type === 'percent' ? sizing.value : null),
    write: (strategy, value) => ({ ...strategy, sizing: { type: 'percent', value: Number(value) } }),
    values: () => [5, 10, 20, 25, 30, 50, 75, 100],
  },
  cooldown: risk('cooldown_bars', [0, 1, 2, 3, 4, 6, 8, 12, 24, 48]),
} satisfies Record<string, Setting>

export type SettingName = keyof typeof table
/** By the names that the text form has for them, in the order in which they are shown. Sizes are percent of equity. */
export const settings: Readonly<Record<SettingName, Setting>> = table
export const settingNames = Object.keys(table) as SettingName[]

function field(name: 'bar' | 'direction' | 'leverage', values: readonly Value[]): Setting {
  return {
    read: (strategy) => strategy[name],
    write: (strategy, value) => ({ ...strategy, [name]: value }),
    values: () => values,
  }
}

function risk(name: keyof Strategy['risk'], values: readonly Value[]): Setting {
  return {
    read: (strategy) => strategy.risk[name],
    write: (strategy, value) => ({ ...strategy, risk: { ...strategy.risk, [name]: value } }),
    values: () => values,
  }
}
