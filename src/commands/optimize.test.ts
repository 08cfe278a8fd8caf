import { afterAll, beforeAll, expect, it } from 'vitest'
import { openParityHouse, type ParityHouse } from '../testing/parityHouse.js'
import type { DrawnReply, Input, ProgressUpdate } from './dispatch.js'

let house: ParityHouse

beforeAll(async () => {
  house = await openParityHouse('en')
})

afterAll(async () => {
  await house.close()
  expect(house.errors).toEqual([])
})

async function send(input: Input, progress: (update: ProgressUpdate) => void = () => {}): Promise<DrawnReply> {
  const contact = { platform: 'telegram', platformUserId: 'alice', languageHint: 'en' }
  const reply = await house.dispatch.handle({ deliveryKey: null, contact, input }, { progress })
  return reply ?? expect.fail('no answer')
}

const ask = (text: string) => send({ kind: 'text', text })

function tokenOf({ buttons = [] }: DrawnReply, label: string): string {
  return buttons.flat().find((button) => button.label === label)?.token ?? expect.fail(`no button ${label}`)
}

const press = (reply: DrawnReply, label: string) => send({ kind: 'button', token: tokenOf(reply, label) })

const small = '/optimize ma-cross eth 1h 60d MA.fast=4..8 step 2; MA.slow=10..30 step 10 where trades>=3'

it('points out the plateau, saves it as a version, and tests it over the same window', async () => {
  const reply = await ask(small)
  expect(reply).toMatchObject({ stamp: 'SIMULATED DATA', title: 'ma-cross · ETH-USDT · 1H · parameters' })
  expect(reply.text).toContain('Must hold: trades>=3')
  expect(reply.text).toMatch(/★ Plateau: MA\.fast=\d+, MA\.slow=\d+\. Points around it score/)
  expect(reply.table?.rows[0][0]).toMatch(/^★ MA\.fast=/)
  expect(reply.table?.rows).toHaveLength(6)
  const [, gain] = reply.table?.rows[0] ?? []

  const tested = await press(reply, 'Backtest the plateau')
  expect(tested.fields?.[0]).toEqual({ label: 'Return', value: gain })
  expect((await press(tested, 'Back to the search')).text).toBe(reply.text)

  const saved = await press(reply, 'Save the plateau')
  expect(saved.text).toMatch(/^Saved as version 1 of ma-cross-2: MA\.fast=\d+, MA\.slow=\d+\.$/)
  expect((await press(reply, 'Save the plateau')).text).toMatch(/^This button has been used already/)
  expect((await ask('/strategies')).table?.rows.map(([name]) => name)).toContain('ma-cross-2')
})

it('varies something of its own accord where nobody says what', async () => {
  const { text } = await ask('/optimize ma-cross btc 4h 60d search=random trials=20')
  expect(text).toContain('Varies: MA.fast=')
})

it.each([
  ['MA.fast=2..200;MA.slow=2..200 search=grid', 'the strategy has no “search” that could vary'],
  ['search=grid MA.fast=2..200;MA.slow=2..200', '39,601 points to try, and at most 20,000 are allowed'],
  ['where traids>3', 'a result has no figure “traids”. Did you mean trades?'],
])('refuses %s in one line', async (words, line) => {
  expect((await ask(`/optimize ma-cross btc 4h 60d ${words}`)).text).toContain(line)
})

it('cancelled by its button, shows what was found and goes on when asked', async () => {
  let cancelling: Promise<unknown> | null = null
  const text = '/optimize ma-cross btc 1h 1y search=random trials=600 MA.fast=3..40; MA.slow=50..250'
  const stopped = await send({ kind: 'text', text }, ({ text: said, fraction, cancel }) => {
    if (!said.startsWith('Tried') || (fraction ?? 0) < 0.02) return
    cancelling ??= send({ kind: 'button', token: cancel.token })
  })
  await cancelling
  expect(stopped.text).toMatch(/Stopped after \d+ of 600 points/)
  const list = await ask('/optimizations')
  expect(list.table?.rows[0]).toEqual([
    expect.any(String),
    'ma-cross',
    'BTC-USDT · 1H',
    expect.stringMatching(/^stopped, \d+ of 600$/),
  ])
  const done = await press(stopped, 'Resume')
  expect(done.text).toContain(': 600 tried')
  expect((await press(stopped, 'Resume')).text).toMatch(/^Search \d+ cannot be resumed: it is done\.$/)
})
