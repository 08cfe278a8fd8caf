import { describe, expect, it } from 'vitest'
import { UserError } from '../domain/userError.js'
import { createDemoHouse, type DemoHouse, onePixel } from '../testing/demoHouse.js'
import type { Contact, Dispatch, DrawnReply, Input, ProgressUpdate } from './dispatch.js'

const alice: Contact = { platform: 'telegram', platformUserId: '1', chatId: '1', languageHint: 'en' }
const bob: Contact = { platform: 'telegram', platformUserId: '2', chatId: '2', languageHint: 'zh-hans' }
const stranger: Contact = { platform: 'telegram', platformUserId: '666', chatId: '666', languageHint: 'en' }

let delivery = 0
const ask = (dispatch: Dispatch, input: Input | string, contact = alice, deliveryKey?: string) => {
  delivery += 1
  return dispatch.handle(
    {
      deliveryKey: deliveryKey ?? `update:${delivery}`,
      contact,
      input: typeof input === 'string' ? { kind: 'text', text: input } : input,
    },
    { progress: () => {} },
  )
}
const tokenOf = (reply: DrawnReply | null, label: string) => {
  const found = reply?.buttons?.flat().find((button) => button.label === label)
  if (!found) throw new Error(`no button ${label}`)
  return found.token
}
const press = (house: DemoHouse, token: string, contact = alice) =>
  ask(house.dispatch, { kind: 'button', token }, contact)

describe('dispatch', () => {
  it('runs a command and gives its view in the words of the reader', async () => {
    const { dispatch } = createDemoHouse()
    expect(await ask(dispatch, '/quote btc 1d')).toMatchObject({ stamp: 'SIMULATED DATA', title: 'BTC-USDT' })
    expect(await ask(dispatch, '/quote btc', bob)).toMatchObject({ stamp: '模拟数据' })
  })

  it('acts on a delivery once, however often and in whatever process it comes', async () => {
    const house = createDemoHouse()
    expect(await ask(house.dispatch, '/echo hi', alice, 'update:same')).toMatchObject({ text: 'hi' })
    expect(await ask(house.dispatch, '/echo hi', alice, 'update:same')).toBeNull()
    expect(await ask(house.restart(), '/echo hi', alice, 'update:same')).toBeNull()
    expect(house.runs.get('echo')).toBe(1)
  })

  it('turns strangers away once, with their own id, and never touches the store for them', async () => {
    const house = createDemoHouse()
    const broken = () => Promise.reject(new Error('touched'))
    house.options.deliveries.claim = broken
    house.options.app.users.findOrCreate = broken
    const reply = await ask(house.dispatch, '/echo hi', stranger)
    expect(reply?.text).toContain('666')
    expect(await ask(house.dispatch, '/echo hi', stranger)).toBeNull()
    expect(await ask(house.dispatch, { kind: 'button', token: 'x' }, stranger)).toBeNull()
    expect(await house.dispatch.suggest(stranger, { command: 'quote', arg: 'inst', prefix: '' })).toEqual([])
    expect(house.runs.size).toBe(0)
  })

  it('asks whether another command was meant', async () => {
    const { dispatch } = createDemoHouse()
    expect((await ask(dispatch, '/ecko hi'))?.text).toContain('Did you mean /echo?')
    expect((await ask(dispatch, '/zzzzzz'))?.text).not.toContain('Did you mean')
    expect((await ask(dispatch, 'hlep'))?.text).toContain('Did you mean /help?')
    expect((await ask(dispatch, 'echo hi'))?.text).toContain('Did you mean /echo?')
    expect((await ask(dispatch, 'hello there'))?.text).not.toContain('Did you mean')
  })

  it('shows what a user can mend as one line', async () => {
    const { dispatch, log } = createDemoHouse()
    expect((await ask(dispatch, '/refuse'))?.text).toBe('The range that ends before it begins.')
    expect((await ask(dispatch, '/quote'))?.text).toContain('inst is missing')
    expect(log.filter(({ level }) => Number(level) >= 40)).toEqual([])
  })

  it('logs what is our own fault once, under the reference that the user gets, and no secrets', async () => {
    const { dispatch, log } = createDemoHouse()
    const reply = await ask(dispatch, '/crash my-secret-key')
    const failures = log.filter(({ level }) => Number(level) >= 50)
    expect(failures).toHaveLength(1)
    expect(reply?.text).toContain(String(failures[0].reference))
    expect(failures[0]).toMatchObject({ command: 'crash', platform: 'telegram', err: { message: 'a wheel came off' } })
    expect(JSON.stringify(log)).not.toContain('my-secret-key')
    expect(reply?.text).not.toContain('wheel')
  })

  it('apologises where words are missing for what went wrong', async () => {
    const house = createDemoHouse()
    house.options.deliveries.claim = () => Promise.reject(new UserError('error-without-words'))
    expect((await ask(house.restart(), '/echo hi'))?.text).toContain('something went wrong')
    expect(JSON.stringify(house.log)).toContain('error-without-words')
  })

  it('answers even when the store is down', async () => {
    const house = createDemoHouse()
    house.options.deliveries.claim = () => Promise.reject(new Error('disk full'))
    expect((await ask(house.restart(), '/echo hi'))?.text).toContain('something went wrong')
  })

  it('draws the chart, and names the picture after it', async () => {
    const { dispatch } = createDemoHouse()
    const reply = await ask(dispatch, '/draw')
    expect(reply?.picture).toEqual({ png: onePixel, name: 'Demo-BTC-USDT-15m.png' })
    expect(reply).not.toHaveProperty('chart')
  })

  it('keeps the numbers when the picture fails', async () => {
    const { dispatch, log } = createDemoHouse({ render: () => Promise.reject(new Error('no canvas')) })
    const reply = await ask(dispatch, '/draw')
    expect(reply).toMatchObject({ title: 'Drawn', buttons: [[{ label: 'Again' }, { label: 'Walk' }]] })
    expect(reply?.text).toMatch(/^numbers\n\n.*could not be drawn/)
    expect(reply).not.toHaveProperty('picture')
    expect(JSON.stringify(log)).toContain('no canvas')
  })

  it('refuses trades as long as there is no gate', async () => {
    const house = createDemoHouse()
    expect((await ask(house.dispatch, '/buy'))?.text).toContain('not available yet')
    expect(house.runs.get('buy')).toBeUndefined()
  })

  it('takes arguments by name, and refuses those that are not declared', async () => {
    const { dispatch } = createDemoHouse()
    const call = (args: Record<string, unknown>) => ask(dispatch, { kind: 'call', name: 'quote', args })
    expect(await call({ inst: 'eth swap', bar: '4h' })).toMatchObject({ title: 'ETH-USDT-SWAP' })
    expect((await call({ inst: 'btc', baar: '4h' }))?.text).toContain('did you mean bar?')
    expect((await call({ inst: 5 }))?.text).toContain('“5” is not an instrument')
  })

  it('offers values that begin with what was typed', async () => {
    const { dispatch } = createDemoHouse()
    expect(await dispatch.suggest(alice, { command: 'quote', arg: 'inst', prefix: 'bt' })).toEqual([
      'BTC-USDT',
      'BTC-USDT-SWAP',
    ])
    expect(await dispatch.suggest(alice, { command: 'nope', arg: 'inst', prefix: '' })).toEqual([])
  })

  it('knows the language of somebody who completed before they ever asked', async () => {
    const { dispatch } = createDemoHouse()
    await dispatch.suggest(bob, { command: 'quote', arg: 'inst', prefix: '' })
    expect(await ask(dispatch, '/quote btc', bob)).toMatchObject({ stamp: '模拟数据' })
  })
})

describe('buttons', () => {
  it('run their command for their owner, as often as it is pressed', async () => {
    const house = createDemoHouse()
    const token = tokenOf(await ask(house.dispatch, '/quote btc'), 'Echo')
    expect(await press(house, token)).toMatchObject({ text: 'pressed' })
    expect(await press(house, token)).not.toHaveProperty('spent')
  })

  it('work for nobody else', async () => {
    const house = createDemoHouse()
    const token = tokenOf(await ask(house.dispatch, '/quote btc'), 'Echo')
    const refused = await press(house, token, bob)
    expect(refused?.text).toBe('这个按钮属于别人。')
    expect(refused).not.toHaveProperty('spent')
    expect(house.runs.get('echo')).toBeUndefined()
  })

  it('of commands that must not run twice work once', async () => {
    const house = createDemoHouse()
    const token = tokenOf(await ask(house.dispatch, '/quote btc'), 'Once')
    expect(await press(house, token)).toMatchObject({ text: 'once', spent: true })
    expect(await press(house, token)).toMatchObject({ text: expect.stringContaining('used already'), spent: true })
    expect(house.runs.get('once')).toBe(1)
  })

  it('are the only way to what stands in no list', async () => {
    const house = createDemoHouse()
    const first = await ask(house.dispatch, '/walk')
    expect(await press(house, tokenOf(first, 'Next'))).toMatchObject({ text: 'step 2', replaces: true })
    expect((await ask(house.dispatch, '/step 7'))?.text).toContain('There is no command /step')
    const call: Input = { kind: 'call', name: 'step', args: { number: 7 } }
    expect((await ask(house.dispatch, call))?.text).toContain('There is no command /step')
    expect((await ask(house.dispatch, '/stepp'))?.text).not.toContain('/step?')
    expect((await ask(house.dispatch, '/help'))?.text).not.toContain('/step')
    expect(house.runs.get('step')).toBe(1)
  })

  it('leave the flow that they belong to where it was when they are refused', async () => {
    const house = createDemoHouse()
    const first = await ask(house.dispatch, '/walk')
    expect(await press(house, tokenOf(first, 'Refuse'))).not.toHaveProperty('replaces')
  })

  it('of one reply are stored at once', async () => {
    const house = createDemoHouse()
    const { create } = house.options.actionTokens
    const stored: number[] = []
    house.options.actionTokens.create = (actions, times) => {
      stored.push(actions.length)
      return create(actions, times)
    }
    await ask(house.restart(), '/quote btc')
    expect(stored).toEqual([2])
  })

  it('of a command that an update took away are too old', async () => {
    const house = createDemoHouse()
    const token = tokenOf(await ask(house.dispatch, '/walk'), 'Next')
    const { findForButton } = house.registry
    Object.assign(house.registry, { findForButton: (name: string) => (name === 'step' ? null : findForButton(name)) })
    expect(await press(house, token)).toMatchObject({ text: expect.stringContaining('too old'), spent: true })
  })

  it('expire, and cannot be made up', async () => {
    const house = createDemoHouse()
    const token = tokenOf(await ask(house.dispatch, '/quote btc'), 'Echo')
    house.options.now = () => Date.UTC(2025, 0, 1)
    expect((await ask(house.restart(), { kind: 'button', token }))?.text).toContain('expired')
    expect((await press(house, 'made-up'))?.text).toContain('too old')
  })
})

describe('long work', () => {
  /** Starts /long, and resolves at its first report. */
  const begin = async (house: DemoHouse, contact = alice) => {
    let told: (update: ProgressUpdate) => void = () => {}
    const updates: ProgressUpdate[] = []
    const firstUpdate = new Promise<ProgressUpdate>((resolve) => {
      told = resolve
    })
    const progress = (update: ProgressUpdate) => {
      updates.push(update)
      told(update)
    }
    delivery += 1
    const input = { kind: 'text', text: '/long' } as const
    const reply = house.dispatch.handle({ deliveryKey: `update:${delivery}`, contact, input }, { progress })
    await house.started('long')
    house.step(0.1)
    house.step(0.2)
    return { reply, updates, first: await firstUpdate }
  }

  it('reports in the words of the reader, the latest first, with a Cancel button', async () => {
    const house = createDemoHouse()
    const { reply, updates, first } = await begin(house)
    expect(first).toMatchObject({ text: 'Try: step', fraction: 0.2, cancel: { label: 'Cancel' } })
    house.step(0.3)
    expect(updates.map(({ fraction }) => fraction)).toEqual([0.2, 0.3])
    house.release()
    expect(await reply).toMatchObject({ title: 'released' })
  })

  it('reports nothing once it is over', async () => {
    const house = createDemoHouse()
    const { reply, updates } = await begin(house)
    house.release()
    await reply
    const told = updates.length
    house.step(0.9)
    expect(updates).toHaveLength(told)
  })

  it('is cancelled by its button', async () => {
    const house = createDemoHouse()
    const { reply, first } = await begin(house)
    expect(await press(house, first.cancel.token)).toMatchObject({ text: 'Cancelling…', passing: true })
    expect(await reply).toMatchObject({ text: '/long was cancelled.' })
    expect((await press(house, first.cancel.token))?.text).toContain('over already')
  })

  it('is cancelled by /cancel of its owner, and of nobody else', async () => {
    const house = createDemoHouse()
    const { reply } = await begin(house)
    expect((await ask(house.dispatch, '/cancel', bob))?.text).toBe('您没有正在运行、可以取消的任务。')
    expect((await ask(house.dispatch, '/cancel'))?.text).toContain('Cancelling what you have running')
    expect(await reply).toMatchObject({ text: '/long was cancelled.' })
  })

  it('cannot be cancelled by an id that belongs to somebody else', async () => {
    const house = createDemoHouse()
    const { reply, first } = await begin(house)
    const stolen = await house.options.actionTokens.take(first.cancel.token, 'telegram:1', 0)
    const args = stolen.ok ? stolen.args : {}
    expect((await ask(house.dispatch, { kind: 'call', name: 'cancel', args }, bob))?.text).toContain('别人')
    house.release()
    expect(await reply).toMatchObject({ title: 'released' })
  })

  it('is told why it ends when the house shuts down, and nothing more is taken in', async () => {
    const house = createDemoHouse()
    const { reply } = await begin(house)
    await house.dispatch.stop()
    expect((await reply)?.text).toContain('shutting down')
    expect(await ask(house.dispatch, '/echo hi', alice, 'update:late')).toBeNull()
    expect(await ask(house.restart(), '/echo hi', alice, 'update:late')).toMatchObject({ text: 'hi' })
  })
})

describe('the frame', () => {
  it('changes the language, at once and for good', async () => {
    const { dispatch } = createDemoHouse()
    expect((await ask(dispatch, '/language zh'))?.text).toBe('从现在起我和您说中文。')
    expect((await ask(dispatch, '/zzzzzz'))?.text).toContain('没有 /zzzzzz 这个命令')
  })

  it('lists all commands, and explains one', async () => {
    const { dispatch, registry } = createDemoHouse()
    const list = await ask(dispatch, '/help')
    for (const { name } of registry.commands) expect(list?.text).toContain(`/${name} · `)
    expect(list?.text).toContain('/cancel · Cancel what you have running')
    const one = await ask(dispatch, '/help /language')
    expect(one).toMatchObject({ title: '/language', text: 'Choose the language: English or Chinese' })
    expect(one?.fields).toContainEqual({ label: 'Usage', value: '/language [locale]' })
    expect(one?.fields).toContainEqual({ label: '[locale]', value: 'en or zh' })
    expect((await ask(dispatch, '/help langage'))?.text).toContain('/language')
  })

  it('starts with a hello, also behind a link', async () => {
    const { dispatch } = createDemoHouse()
    expect(await ask(dispatch, '/start some-payload')).toMatchObject({ title: 'Candlechat', stamp: 'SIMULATED DATA' })
  })
})

describe('files', () => {
  const file = (read: () => Promise<string>) => ({ name: 'x.json', read })

  it('are the rest of the command they come with, or of the one that takes files', async () => {
    const { dispatch } = createDemoHouse()
    const attachment = file(async () => '{"a": 1}')
    expect(await ask(dispatch, { kind: 'text', text: '/echo', attachment })).toMatchObject({ text: '{"a": 1}' })
    expect(await ask(dispatch, { kind: 'text', text: '', attachment })).toMatchObject({ text: '{"a": 1}' })
    expect((await ask(dispatch, { kind: 'text', text: '/draw', attachment }))?.text).toContain('x.json')
  })

  it('are never fetched for strangers', async () => {
    const { dispatch } = createDemoHouse()
    let fetched = 0
    const attachment = file(async () => {
      fetched += 1
      return ''
    })
    await ask(dispatch, { kind: 'text', text: '/echo', attachment }, stranger)
    expect(fetched).toBe(0)
  })
})
