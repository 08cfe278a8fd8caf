import { describe, expect, it } from 'vitest'
import { createTranslator, locales } from '../i18n.js'
import type { Effect } from './endpoints.js'
import { kindOf, knownCodes, type OkxErrorKind, passing, reasonIdOf, socketMeaningOf } from './okxCodes.js'

const effects: readonly Effect[] = ['read', 'set', 'create', 'amend', 'cancel']
type Kinds = Record<Effect, OkxErrorKind>
const all = (kind: OkxErrorKind): Kinds => ({ read: kind, set: kind, create: kind, amend: kind, cancel: kind })
const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

const maybeDone: Kinds = { ...all('outcomeUnknown'), read: 'retry', set: 'retry' }
const duplicate: Kinds = { ...all('refused'), create: 'outcomeUnknown' }
const over: Kinds = { ...all('refused'), cancel: 'outcomeUnknown' }

/** Every code of okx-facts section 2, by what may be done after it, with the HTTP status that is documented. */
const table: readonly [codes: number[], Kinds, status?: number][] = [
  [[50011, 50061, 50040, 51029, 51030, 50036, 50037], all('retry')],
  [[50011, 50013], all('retry'), 429],
  [[50001], all('retry'), 503],
  [[50004], maybeDone, 400],
  [[50026, 51054, 51149], maybeDone, 500],
  [[50102], all('resyncClock'), 401],
  [[50112, 60004, 60006], all('resyncClock')],
  [[50101, ...span(50103, 50107), 50110, 50111, 50113, 50114, 50100, 50119, 50120, 50035, 50038], all('config'), 401],
  [[50007, 50009, 50027, 51155, 51734], all('config')],
  [[50071, 51016, 51065], duplicate],
  [[51400, 51401, 51402, 51410, 51503, 51509, 51510, 51603], over],
  [
    [
      ...[51010, 51024, 59000, 59107, 59102, 51000, 50014, 50015, 50016, 51001, 51004, 51006],
      ...[51008, 51119, 51127, 51131, 51502, 51020, 51121, 51101, 51202, 51203, 51021, 51022, 51027, 51028, 51023],
      ...[...span(51046, 51053), ...span(51277, 51280), 51088, 51100, 51333, 51169, 51170, 51205, 51115],
      ...[50072, 51281, 51298, 51257, 51311, 54084, 54085],
    ],
    all('refused'),
  ],
  [[60005, 60007, 60009, 60018, 60024, 60032, 64001, 64002, 64003], all('config')],
  [[60011, 60012, 60013, 60031], all('refused')],
  [[60014, 63999, 64007, 64008], all('retry')],
]
const cases = table.flatMap(([codes, kinds, status = 200]) => codes.map((code) => ({ code: `${code}`, kinds, status })))

describe('a code of OKX', () => {
  it.each(cases)('$code ($status) means what it means for each kind of call', ({ code, kinds, status }) => {
    expect(Object.fromEntries(effects.map((effect) => [effect, kindOf(code, effect, status)]))).toEqual(kinds)
  })

  it('is in the table of this test if it is in that of the source', () => {
    expect([...knownCodes].sort()).toEqual([...new Set(cases.map(({ code }) => code))].sort())
  })

  it('that nobody knows is refused, unless the status leaves it open', () => {
    expect(effects.map((effect) => kindOf('58999', effect, 200))).toEqual(Array(5).fill('refused'))
    expect(effects.map((effect) => kindOf('58999', effect, 429))).toEqual(Array(5).fill('retry'))
    expect(effects.map((effect) => kindOf('58999', effect, 500))).toEqual(effects.map(passing))
  })

  it.each(['51008', '51001', '58999'])('%s with a status of 5xx leaves open what became of an order', (code) => {
    expect(kindOf(code, 'create', 502)).toBe('outcomeUnknown')
    expect(kindOf(code, 'cancel', 502)).toBe('outcomeUnknown')
    expect(kindOf(code, 'read', 502)).toBe('retry')
  })

  it.each(locales)('has words for its reason: %s', (locale) => {
    const t = createTranslator({ locale, timeZone: 'UTC', theme: 'light' })
    for (const code of [...knownCodes, 'network', 'timeout', 'limits', 'late', 'http-502', '58999']) {
      for (const kind of ['refused', 'retry', 'config', 'resyncClock', 'outcomeUnknown'] as const) {
        expect(t(reasonIdOf(code, kind), { code })).not.toBe('')
      }
    }
  })
})

it.each([
  ['51008', 'refused', 'okx-funds'],
  ['50101', 'config', 'okx-environment'],
  ['50004', 'retry', 'okx-busy'],
  ['50004', 'outcomeUnknown', 'okx-outcome-unknown'],
  ['51400', 'outcomeUnknown', 'okx-outcome-unknown'],
  ['58999', 'refused', 'okx-refused'],
  ['http-403', 'refused', 'okx-refused'],
  ['network', 'retry', 'okx-unreachable'],
  ['http-502', 'retry', 'okx-unreachable'],
  ['limits', 'retry', 'okx-limits'],
  ['late', 'retry', 'okx-late'],
] as const)('%s (%s) is told as %s', (code, kind, reasonId) => {
  expect(reasonIdOf(code, kind)).toBe(reasonId)
})

it.each([
  [['60004', '60006', '50102'], 'clock'],
  [['60005', '60007', '60024', '60032', '50100', '50101', '50105', '50110', '50111', '50113', '50119'], 'key'],
  [['60009'], 'login'],
  [['60011'], 'notLoggedIn'],
  [['60012', '60013', '60018', '60018_7', '64001', '64002', '64003'], 'refused'],
  [['60031'], 'known'],
  [['60014', '63999', '64007', '50011', '51008', '99999', ''], 'later'],
] as const)('%j on a socket ask for: %s', (codes, meaning) => {
  expect(codes.map(socketMeaningOf)).toEqual(codes.map(() => meaning))
})
