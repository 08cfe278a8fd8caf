import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openParityHouse, type ParityHouse } from '../testing/parityHouse.js'
import type { Attachment, Contact, DrawnReply } from './dispatch.js'

const alice: Contact = { platform: 'telegram', platformUserId: '1', chatId: '1', languageHint: 'en' }
const bob: Contact = { ...alice, platformUserId: '2', chatId: '2' }

let house: ParityHouse
beforeEach(async () => {
  house = await openParityHouse('en')
})
afterEach(async () => {
  expect(house.errors).toEqual([])
  await house.close()
})

const send = async (
  text: string,
  { contact = alice, attachment }: { contact?: Contact; attachment?: Attachment } = {},
) => {
  const input = { kind: 'text', text, attachment } as const
  const reply = await house.dispatch.handle({ deliveryKey: null, contact, input }, { progress: () => {} })
  if (!reply) throw new Error(`no answer to ${text}`)
  return reply
}
const tokenOf = (reply: DrawnReply, label: string) => {
  const buttons = (reply.buttons ?? []).flat()
  const button = buttons.find((one) => one.label === label) ?? buttons.find((one) => one.label.startsWith(label))
  if (!button) throw new Error(`no button ${label} among ${buttons.map((one) => one.label)}`)
  return button.token
}
const pressToken = async (token: string, contact = alice) => {
  const input = { kind: 'button', token } as const
  const reply = await house.dispatch.handle({ deliveryKey: null, contact, input }, { progress: () => {} })
  if (!reply) throw new Error('no answer to a press')
  return reply
}
/** Presses one button after the other, each by the beginning of its label. */
const press = async (from: DrawnReply, ...labels: string[]) => {
  let reply = from
  for (const label of labels) reply = await pressToken(tokenOf(reply, label))
  return reply
}
const titles = async () => (await send('/strategies')).table?.rows.map(([name, version]) => `${name} ${version}`) ?? []

describe('/new', () => {
  it('without rules opens the builder, whose every step takes the place of the one before', async () => {
    const first = await send('/new')
    expect(first.title).toBe('New strategy · BTC-USDT · 15m · long')
    expect(first).not.toHaveProperty('replaces')
    expect(await press(first, 'RSI')).toMatchObject({ replaces: true })
  })

  it('with rules saves them as it did, be they written or in a file', async () => {
    expect((await send('/new my-dip buy: RSI oversold')).text).toContain('Saved my-dip.')
    expect((await send('/new other; buy: RSI oversold')).text).toContain('Saved other.')
    const attachment = { name: 'third.txt', read: async () => 'name: third\nbuy: RSI oversold' }
    expect((await send('', { attachment })).text).toContain('Saved third.')
    expect((await send('/new my-dip buy: RSI overbought')).text).toContain('my-dip is now at version 2.')
    expect((await send('/new buy: RSY oversold')).text).toContain('Did you mean RSI?')
  })

  it('with a name alone builds under that name', async () => {
    const saved = await press(await send('/new my-dip'), 'RSI', 'oversold', 'Save as my-dip')
    expect(saved).toMatchObject({ title: 'my-dip · version 1', replaces: true })
    expect(saved.text).toContain('Saved my-dip.')
  })

  it('refuses the name of a ready-made strategy before anything is built', async () => {
    const refused = await send('/new rsi-dip')
    expect(refused.text).toContain('rsi-dip is a ready-made strategy')
    expect(refused.buttons).toBeUndefined()
  })

  it('offers the best known of what is traded', async () => {
    // By then the list is there.
    await send('/price eth')
    const reply = await press(await send('/new'), 'Stops', 'Instrument')
    expect(reply.buttons?.flat().map(({ label }) => label)).toEqual([
      '✓ BTC-USDT',
      'ETH-USDT',
      'SOL-USDT',
      'DOGE-USDT',
      'BTC-USDT-SWAP',
      'ETH-USDT-SWAP',
      '« Back',
    ])
  })
})

describe('Save', () => {
  it('answers with the strategy, ready to be tested, and with a way back', async () => {
    const saved = await press(await send('/new'), 'RSI', 'oversold', 'and', 'MACD', 'golden_cross', 'Save')
    expect(saved.title).toBe('rsi-macd · version 1')
    expect(saved.code).toContain('name: rsi-macd\n')
    expect(saved.text).toContain('send /new NAME')
    const labels = saved.buttons?.flat().map(({ label }) => label)
    expect(labels).toEqual(expect.arrayContaining(['Backtest 30d', 'Backtest 90d', 'Keep building']))
    expect((await press(saved, 'Backtest 30d')).title).toContain('rsi-macd')
  })

  it('saves once, however often and however fast it is pressed', async () => {
    const save = tokenOf(await press(await send('/new'), 'RSI', 'oversold'), 'Save')
    const answers = await Promise.all([pressToken(save), pressToken(save)])
    answers.push(await pressToken(save))
    expect(answers.map(({ title }) => title)).toEqual(Array(3).fill('rsi · version 1'))
    expect(answers.every(({ text }) => text?.includes('Saved rsi.'))).toBe(true)
    expect((await titles()).filter((title) => title.startsWith('rsi'))).toEqual([
      'rsi version 1',
      'rsi-dip ready-made',
      'rsi-exit ready-made',
    ])
  })

  it('never takes the name of another strategy', async () => {
    await send('/new rsi buy: RSI bullish')
    const draft = await press(await send('/new'), 'RSI', 'oversold')
    expect((await press(draft, 'Save as rsi-2')).title).toBe('rsi-2 · version 1')
    expect((await send('/strategy rsi')).code).toContain('buy: RSI bullish')
    // One that was saved, and then changed by hand, is another.
    await send('/new rsi-2 buy: RSI bearish')
    expect((await press(draft, 'Save')).title).toBe('rsi-3 · version 1')
  })

  it('then Keep building makes the next version', async () => {
    const saved = await press(await send('/new'), 'RSI', 'oversold', 'Save')
    const again = await press(saved, 'Keep building', '+ sell rule', 'RSI', 'overbought', 'Save as rsi')
    expect(again.title).toBe('rsi · version 2')
    expect(again.text).toContain('rsi is now at version 2.')
    expect(await titles()).toContain('rsi version 2')
  })

  it('says in one line what is wrong, and loses nothing', async () => {
    const chart = ['Adjust', 'Chart', '1H', '« To the rules']
    const draft = await press(
      await send('/new'),
      'RSI',
      'oversold',
      ...chart,
      'Stops',
      'Timeframe',
      '4H',
      '« To the rules',
    )
    const refused = await press(draft, 'Save')
    expect(refused).not.toHaveProperty('replaces')
    expect(refused.text).toBe(
      'buy: RSI oversold @1H: 1H is not a higher timeframe made of whole 4H bars. Allowed: 12Hutc, 1Dutc, 1Wutc, 12H, 1D, 1W.',
    )
    const mended = await press(draft, 'Adjust', 'Chart', '4H', '« To the rules', 'Save')
    expect(mended.text).toContain('Saved rsi.')
  })

  it('wants a rule that opens a position', async () => {
    const draft = await press(await send('/new'), 'RSI', 'oversold', '+ sell rule', 'RSI', 'overbought')
    const emptied = await press(draft, 'Other', '1 · buy', 'Remove')
    expect((await press(emptied, 'Save')).text).toContain('never opens a position')
  })

  it('belongs to whoever builds', async () => {
    const save = tokenOf(await press(await send('/new'), 'RSI', 'oversold'), 'Save')
    expect((await pressToken(save, bob)).text).toContain('somebody else')
    await press(await send('/new', { contact: alice }), 'RSI', 'oversold', 'Save')
    expect((await send('/strategies', { contact: bob })).table?.rows.flat()).not.toContain('rsi')
  })
})
