import type { Effect } from './endpoints.js'

/** What may be done after a failure. `outcomeUnknown`: it may have happened; look, never resend. */
export type OkxErrorKind = 'refused' | 'retry' | 'resyncClock' | 'config' | 'outcomeUnknown'

/**
 * What an error frame of a socket asks for. `clock`: sample it again and log in anew; `key`: the credentials are for their
 * owner to mend; `login`: refused without a reason, which may pass; `notLoggedIn`: log in anew; `refused`: this
 * subscription will never be; `known`: nothing to do; `later`: try again after a while.
 */
export type SocketMeaning = 'clock' | 'key' | 'login' | 'notLoggedIn' | 'refused' | 'known' | 'later'

interface Meaning {
  /** Fluent id of the reason. */
  reasonId: string
  kind: OkxErrorKind
  /** Where the same code means something else. */
  on?: Partial<Record<Effect, OkxErrorKind>>
  /** On a socket, where that is not what its kind means there. */
  onSocket?: SocketMeaning
}

const expiredCodes: readonly number[] = [50036, 50037]

/** It may have been carried out; a read may be repeated all the same, and a setting too. */
const maybeDone = { kind: 'outcomeUnknown', on: { read: 'retry', set: 'retry' } } as const

/**
 * OKX's codes by what they mean (okx-facts section 2; five digits from 60000 on are of its sockets).
 *
 * - 50004, 50026, 51149 and 51054 leave open whether an order was taken; so does an id that exists already (51016, 50071,
 *   51065), for the same id is the same intent: an earlier send of it arrived.
 * - A cancel that comes too late or finds nothing says that the order is not live, not what became of it: it is to be read.
 * - 50036 and 50037: it came after its `expTime`, so it never will be carried out.
 */
const groups: readonly (Meaning & { codes: readonly number[] })[] = [
  { reasonId: 'okx-busy', kind: 'retry', codes: [50001, 50011, 50013, 50040, 50061, 60014, 63999, 64007, 64008] },
  { reasonId: 'okx-settling', kind: 'retry', codes: [51029, 51030] },
  { reasonId: 'okx-expired', kind: 'retry', codes: expiredCodes },
  { reasonId: 'okx-clock', kind: 'resyncClock', codes: [50102, 50112, 60004, 60006] },
  { reasonId: 'okx-busy', ...maybeDone, codes: [50004, 50026, 51054, 51149] },
  { reasonId: 'okx-duplicate', kind: 'refused', on: { create: 'outcomeUnknown' }, codes: [50071, 51016, 51065] },
  {
    reasonId: 'okx-order-over',
    kind: 'refused',
    on: { cancel: 'outcomeUnknown' },
    codes: [51400, 51401, 51402, 51410, 51503, 51509, 51510, 51603],
  },

  { reasonId: 'okx-environment', kind: 'config', codes: [50101] },
  { reasonId: 'okx-not-in-demo', kind: 'config', codes: [50038] },
  { reasonId: 'okx-key', kind: 'config', codes: [50103, 50104, 50106, 50107, 50111, 50119, 60005, 60032] },
  { reasonId: 'okx-key', kind: 'config', onSocket: 'login', codes: [60009] },
  { reasonId: 'okx-passphrase', kind: 'config', codes: [50105, 60024] },
  { reasonId: 'okx-signature', kind: 'config', codes: [50113, 60007] },
  { reasonId: 'okx-address', kind: 'config', codes: [50035, 50110] },
  { reasonId: 'okx-permission', kind: 'config', codes: [50114, 50120] },
  { reasonId: 'okx-frozen', kind: 'config', codes: [50007, 50009, 50027, 50100] },
  { reasonId: 'okx-region', kind: 'config', codes: [51155, 51734] },
  { reasonId: 'okx-channel', kind: 'config', onSocket: 'refused', codes: [60018, 64001, 64002, 64003] },
  { reasonId: 'okx-login', kind: 'refused', onSocket: 'notLoggedIn', codes: [60011] },
  { reasonId: 'okx-login', kind: 'refused', onSocket: 'known', codes: [60031] },

  { reasonId: 'okx-blocked', kind: 'refused', codes: [51024] },
  { reasonId: 'okx-account-mode', kind: 'refused', codes: [50072, 51010, 51298] },
  { reasonId: 'okx-settings-blocked', kind: 'refused', codes: [59000, 59107] },
  { reasonId: 'okx-leverage', kind: 'refused', codes: [59102] },
  { reasonId: 'okx-parameters', kind: 'refused', codes: [50014, 50015, 50016, 51000, 51281] },
  { reasonId: 'okx-parameters', kind: 'refused', onSocket: 'refused', codes: [60012, 60013] },
  { reasonId: 'okx-instrument', kind: 'refused', codes: [51001] },
  { reasonId: 'okx-tier', kind: 'refused', codes: [51004] },
  { reasonId: 'okx-price-limit', kind: 'refused', codes: [51006] },
  { reasonId: 'okx-funds', kind: 'refused', codes: [51008, 51119, 51127, 51131, 51502] },
  { reasonId: 'okx-too-small', kind: 'refused', codes: [51020] },
  { reasonId: 'okx-lot-size', kind: 'refused', codes: [51121] },
  { reasonId: 'okx-too-large', kind: 'refused', codes: [51101, 51202, 51203] },
  { reasonId: 'okx-not-tradable', kind: 'refused', codes: [51021, 51022, 51027, 51028] },
  { reasonId: 'okx-no-position', kind: 'refused', codes: [51023, 51169] },
  {
    reasonId: 'okx-stop-side',
    kind: 'refused',
    codes: [51046, 51047, 51048, 51049, 51050, 51051, 51052, 51053, 51277, 51278, 51279, 51280],
  },
  { reasonId: 'okx-one-stop', kind: 'refused', codes: [51088] },
  { reasonId: 'okx-stop-on-close', kind: 'refused', codes: [51100, 51333] },
  { reasonId: 'okx-reduce-only', kind: 'refused', codes: [51170, 51205] },
  { reasonId: 'okx-close-pending', kind: 'refused', codes: [51115] },
  { reasonId: 'okx-callback', kind: 'refused', codes: [51257, 51311] },
  { reasonId: 'okx-slippage', kind: 'refused', codes: [54084, 54085] },
]

const meanings = new Map<string, Meaning>(
  groups.flatMap(({ codes, ...meaning }) => codes.map((code) => [String(code), meaning] as const)),
)

/** Of our own: there was no room within OKX's limits in time, so nothing was sent. */
export const limitsCode = 'limits'
/** Of our own: it would have come too late, so nothing was sent. */
export const lateCode = 'late'

/** What no answer of OKX at all (`network`, `timeout`, `unreadable`, `http-502`) means. */
const unreachable: Meaning = { reasonId: 'okx-unreachable', ...maybeDone }
const other: Meaning = { reasonId: 'okx-refused', kind: 'refused' }

/**
 * What a code means for a call of this effect. A 5xx leaves open what became of an order, but for those that OKX documents
 * as not carried out; a code nobody knows is a refusal otherwise.
 */
export function kindOf(code: string, effect: Effect, status: number): OkxErrorKind {
  const meaning = meanings.get(code)
  const kind = meaning?.on?.[effect] ?? meaning?.kind
  if (status >= 500 && (kind === undefined || kind === 'refused')) return passing(effect)
  return kind ?? (status === 429 ? 'retry' : 'refused')
}

const socketMeanings: Readonly<Record<OkxErrorKind, SocketMeaning>> = {
  resyncClock: 'clock',
  config: 'key',
  refused: 'later',
  retry: 'later',
  outcomeUnknown: 'later',
}

/** What a code in an error frame asks for, sub-codes aside; one that nobody knows may pass. */
export function socketMeaningOf(code: string): SocketMeaning {
  const meaning = meanings.get(mainCodeOf(code))
  return meaning?.onSocket ?? socketMeanings[meaning?.kind ?? 'refused']
}

/** What may be done after an answer that is none of OKX's, or no answer. */
export function passing(effect: Effect): OkxErrorKind {
  return unreachable.on?.[effect] ?? unreachable.kind
}

/** Fluent id of why it failed; the message takes `code`. */
export function reasonIdOf(code: string, kind: OkxErrorKind): string {
  if (kind === 'outcomeUnknown') return 'okx-outcome-unknown'
  if (code === limitsCode) return 'okx-limits'
  if (code === lateCode) return 'okx-late'
  const meaning = meanings.get(code) ?? (kind === 'retry' ? unreachable : other)
  return meaning.reasonId
}

/** A code without its sub-code: `51008_1000` is 51008. */
export function mainCodeOf(code: string): string {
  const end = code.indexOf('_')
  return end < 0 ? code : code.slice(0, end)
}

/** OKX says that it came after its `expTime`. */
export function isExpiredCode(code: string): boolean {
  return expiredCodes.includes(Number(code.split('_')[0]))
}

/** OKX's codes whose meaning is known. */
export const knownCodes: readonly string[] = [...meanings.keys()]
