import { accountCommand } from './accounts.js'
import { backtestCommand, backtestsCommand } from './backtests.js'
import { compareCommand } from './compare.js'
import type { Command } from './defineCommand.js'
import { exportCommand } from './exportStrategy.js'
import { frameCommands } from './frame.js'
import { indicatorsCommand } from './indicators.js'
import { candlesCommand, priceCommand } from './market.js'
import { monteCarloCommand } from './monteCarlo.js'
import { buildCommand, newCommand } from './newStrategy.js'
import { optimizationsCommand, optimizeButtons, optimizeCommand } from './optimize.js'
import type { Registry } from './registry.js'
import { deleteCommand, strategiesCommand, strategyCommand, templatesCommand } from './strategies.js'
import { editCommand, restoreCommand, versionsCommand } from './versions.js'
import { whyCommand } from './why.js'

/** Every command of the house, in the order in which help shows them. */
export function allCommands(registry: () => Registry): Command[] {
  return [
    backtestCommand,
    optimizeCommand,
    ...optimizeButtons,
    strategiesCommand,
    templatesCommand,
    strategyCommand,
    whyCommand,
    newCommand,
    buildCommand,
    editCommand,
    versionsCommand,
    restoreCommand,
    exportCommand,
    deleteCommand,
    indicatorsCommand,
    backtestsCommand,
    compareCommand,
    monteCarloCommand,
    optimizationsCommand,
    priceCommand,
    candlesCommand,
    accountCommand,
    ...frameCommands(registry),
  ]
}
