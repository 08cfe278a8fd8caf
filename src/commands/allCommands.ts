import { backtestCommand, backtestsCommand } from './backtests.js'
import type { Command } from './defineCommand.js'
import { frameCommands } from './frame.js'
import { candlesCommand, priceCommand } from './market.js'
import { buildCommand, newCommand } from './newStrategy.js'
import type { Registry } from './registry.js'
import { deleteCommand, strategiesCommand, strategyCommand } from './strategies.js'

/** Every command of the house, in the order in which help shows them. */
export function allCommands(registry: () => Registry): Command[] {
  return [
    backtestCommand,
    strategiesCommand,
    strategyCommand,
    newCommand,
    buildCommand,
    deleteCommand,
    backtestsCommand,
    priceCommand,
    candlesCommand,
    ...frameCommands(registry),
  ]
}
