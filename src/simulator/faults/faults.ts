import type { SocketKind } from '../sockets/channels.js'
import type { FaultRule, FaultRules } from './faultRules.js'

/** Everything that can be made to go wrong, for tests of clients. */
export interface Faults {
  /** Befalls calls from now on. */
  inject(rule: FaultRule): void
  /** Takes all injected faults away. */
  clear(): void
  /** How many of the injected ones have struck. */
  readonly struck: number
  /** Ends sockets without a closing frame: those of one kind, or all. */
  cutSockets(kind?: SocketKind): void
  /** Sockets stay open, but nothing is sent (nor kept for later) and nothing is heard. */
  goSilent(): void
  speakAgain(): void
  /** Tells public and private sockets that they will be closed (64008), and closes all after 60 s. */
  notice(): void
  /** The clock that the exchange shows, and checks timestamps by, runs ahead (or, negative, behind). The market's does not. */
  skewClock(ms: number): void
  liquidate(uid: string, instId: string): void
  /** Fills this much of a resting order, and then no more of it until `resume`. */
  fillPart(uid: string, clOrdId: string, sz: string): void
  /** Lets it be filled again. */
  resume(uid: string, clOrdId: string): void
  /** Ends every connection, and begins anew on the same port with accounts, orders and positions as they were. */
  restart(): Promise<void>
}

/** What a fault reaches for. */
export interface FaultTargets extends Omit<Faults, 'inject' | 'clear' | 'struck'> {
  rules: FaultRules
}

export function createFaults({ rules, ...targets }: FaultTargets): Faults {
  return {
    ...targets,
    inject: (rule) => rules.add(rule),
    clear: () => rules.clear(),
    get struck() {
      return rules.struck
    },
  }
}
