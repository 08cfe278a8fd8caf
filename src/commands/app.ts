import type { Mode } from '../domain/instrument.js'
import type { Accounts } from '../services/accounts.js'
import type { Backtests } from '../services/backtests.js'
import type { MarketData } from '../services/marketData.js'
import type { Optimizations } from '../services/optimizations.js'
import type { Strategies } from '../services/strategies.js'
import type { Users } from '../store/users.js'
import type { Running } from './running.js'

/** What commands may use: the services, built once in main. */
export interface App {
  mode: Mode
  running: Running
  users: Pick<Users, 'findOrCreate' | 'setLocale' | 'setTheme'>
  marketData: MarketData
  strategies: Strategies
  backtests: Backtests
  optimizations: Optimizations
  accounts: Accounts
  /** What completion offers; answered from memory or cache. */
  suggestions: {
    strategies(userId: number): Promise<readonly string[]>
    instruments(): Promise<readonly string[]>
    accounts(userId: number): Promise<readonly string[]>
  }
}
