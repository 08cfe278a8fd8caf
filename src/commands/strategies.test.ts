import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseStrategyJson } from '../domain/strategy/parseStrategyJson.js'
import { formatStrategy } from '../domain/strategy/strategyText.js'
import { openParityHouse, type ParityHouse } from '../testing/parityHouse.js'
import type { DrawnReply } from './dispatch.js'

let house: ParityHouse

beforeAll(async () => {
  house = await openParityHouse('en')
})

afterAll(async () => {
  await house.close()
  expect(house.errors).toEqual([])
})

const sink = { progress: () => {} }

/** Says something as somebody; `attachment` is the text of a file that comes along. */
async function ask(text: string, { as = 'alice', attachment = '' } = {}): Promise<DrawnReply> {
  const file = { name: 'strategy.json', read: async () => attachment }
  const reply = await house.dispatch.handle(
    {
      deliveryKey: null,
      contact: { platform: 'telegram', platformUserId: as, languageHint: 'en' },
      input: { kind: 'text', text, ...(attachment !== '' && { attachment: file }) },
    },
    sink,
  )
  return reply ?? expect.fail(`no answer to ${text}`)
}

async function press(reply: DrawnReply, label: string, as = 'alice'): Promise<DrawnReply> {
  const button = reply.buttons?.flat().find((candidate) => candidate.label === label)
  const token = button?.token ?? expect.fail(`no button ${label} among ${labelsOf(reply)}`)
  const contact = { platform: 'telegram', platformUserId: as, languageHint: 'en' }
  const pressed = await house.dispatch.handle({ deliveryKey: null, contact, input: { kind: 'button', token } }, sink)
  return pressed ?? expect.fail(`no answer to ${label}`)
}

const labelsOf = ({ buttons = [] }: DrawnReply) => buttons.flat().map(({ label }) => label)
const changedLines = ({ code = '' }: DrawnReply) => code.split('\n').filter((line) => /^[+-]/.test(line))

describe('/strategy', () => {
  it('shows rules in words and in text, and a picture of its last signals', async () => {
    const reply = await ask('/strategy kdj-swing')
    expect(reply).toMatchObject({ stamp: 'SIMULATED DATA', title: 'kdj-swing · ready-made' })
    expect(reply.text).toContain('Buys when KDJ(9, 3, 3) K crosses above D with D below 20.')
    expect(reply.code).toContain('buy: KDJ golden_cross_oversold')
    expect(reply.picture?.name).toBe('kdj-swing-BTC-USDT-15m.png')
    expect(reply.fields).toEqual([
      { label: 'Last buy signal (UTC)', value: expect.stringMatching(/^2024-03-0[345] \d\d:\d\d · [\d,.]+$/) },
      { label: 'Last sell signal (UTC)', value: expect.stringMatching(/^2024-03-0[345] \d\d:\d\d · [\d,.]+$/) },
    ])
    expect(labelsOf(reply)).toEqual(['Backtest 30d', 'Backtest 90d', 'Why?', 'Copy', 'Export'])
  })

  it('names as last signal a candle at which the side holds, which it did not before', async () => {
    const { fields = [] } = await ask('/strategy kdj-swing')
    for (const [i, side] of ['Buy', 'Sell'].entries()) {
      const [, day, time] = /^(\S+) (\S+)/.exec(fields[i].value) ?? expect.fail()
      const at = await ask(`/why kdj-swing ${day} ${time}`)
      expect(at.text).toContain(`✅ ${side}: the rules hold`)
      expect((await press(at, '◀ Candle before')).text).toContain(`❌ ${side}: the rules do not hold`)
    }
  })

  it('shows the rules without a picture where prices cannot be had, and says why', async () => {
    await ask('/new nowhere inst: zzz; buy: RSI oversold; sell: RSI overbought')
    const reply = await ask('/strategy nowhere')
    expect(reply.text?.split('\n\n')).toEqual([
      'Buys when RSI(14) is below 30.\nSells when RSI(14) is above 70.',
      expect.stringMatching(/^No picture of its last signals: ZZZ-USDT is not traded here/),
    ])
    expect(reply).not.toHaveProperty('picture')
    expect(reply).not.toHaveProperty('stamp')
    expect(reply.code).toContain('buy: RSI oversold')
  })

  it('shows an old version as that, and offers to restore it', async () => {
    await ask('/new old-one stop: 3%; buy: RSI oversold; sell: RSI overbought')
    await ask('/edit old-one stop: 5%')
    const reply = await ask('/strategy old-one 1')
    expect(reply.title).toBe('old-one · version 1')
    expect(reply.code).toContain('stop: 3%')
    expect(labelsOf(reply)).toEqual(['Restore version 1', 'Versions', 'Export'])
    expect(labelsOf(await ask('/strategy old-one 2'))).toContain('Edit')
    expect((await ask('/strategy old-one 3')).text).toBe('old-one has no version 3. Allowed: 1 to 2.')
  })
})

describe('/why', () => {
  it('asks of another series, and of the candle that holds a time', async () => {
    const reply = await ask('/why rsi-dip eth 1h 2024-03-04 18:30')
    expect(reply).toMatchObject({ stamp: 'SIMULATED DATA', title: 'rsi-dip · ETH-USDT · 1H' })
    expect(reply.text).toContain('The candle: 2024-03-04 18:00 to 2024-03-04 19:00 (UTC)')
    expect((await press(reply, 'Candle after ▶')).text).toContain('2024-03-04 19:00 to 2024-03-04 20:00')
    const newest = await press(reply, 'Newest')
    expect(newest.text).toContain('The newest closed candle: 2024-03-05 09:00 to 2024-03-05 10:00')
    expect(labelsOf(newest)).not.toContain('Candle after ▶')
  })

  it.each([
    ['/why rsi-dip 10:00', 'The 15m candle of that time has not closed yet'],
    ['/why rsi-dip 2030-01-01', '2030-01-01 (UTC) lies in the future.'],
    ['/why rsi-dip time=noon', 'time: “noon” is not a time.'],
    ['/why rsi-dpi', 'did you mean rsi-dip'],
    ['/why higher-trend 4h', '4H'],
    ['/why rsi-dip zzz', 'ZZZ-USDT is not traded here'],
  ])('refuses in one line: %s', async (text, said) => {
    const { t: _, ...reply } = await ask(text)
    expect(reply).toEqual({ text: expect.stringContaining(said) })
    expect(reply.text).not.toContain('\n')
  })
})

describe('/edit', () => {
  it('shows what changed line by line, and Undo takes it back', async () => {
    await ask('/new my-dip stop: 3%; buy: RSI oversold; sell: RSI overbought')
    const edited = await ask('/edit my-dip stop: 5%; sell: KDJ overbought')
    expect(edited.title).toBe('my-dip · version 2')
    expect(edited.code?.split('\n')).toEqual([
      '  name: my-dip',
      '  inst: BTC-USDT',
      '  bar: 15m',
      '  direction: long',
      '- stop: 3%',
      '+ stop: 5%',
      '  buy: RSI oversold',
      '- sell: RSI overbought',
      '+ sell: KDJ overbought',
    ])
    const undone = await press(edited, 'Undo')
    expect(undone.text).toBe('my-dip is now at version 3, with the rules of version 1.')
    expect(changedLines(undone)).toEqual([
      '- stop: 5%',
      '+ stop: 3%',
      '- sell: KDJ overbought',
      '+ sell: RSI overbought',
    ])
  })

  it('says that nothing changed where nothing did', async () => {
    await ask('/new same stop: 3%; buy: RSI oversold; sell: RSI overbought')
    const reply = await ask('/edit same stop: 3%')
    expect(reply).toMatchObject({ title: 'same · version 1', text: 'Nothing changed: same stays at version 1.' })
    expect(labelsOf(reply)).not.toContain('Undo')
  })

  it('without a text gives one to copy and change, which it takes as it is', async () => {
    await ask('/new copied stop: 3%; buy: RSI oversold; sell: RSI overbought')
    const { code = '' } = await ask('/edit copied')
    expect(code).toMatch(/^\/edit copied\nname: copied\n/)
    expect((await ask(code)).text).toContain('Nothing changed')
    expect(changedLines(await ask(code.replace('3%', '4%')))).toEqual(['- stop: 3%', '+ stop: 4%'])
    expect(changedLines(await ask(code.replace(/\nsell.*/, '')))).toEqual([
      '- stop: 4%',
      '+ stop: 3%',
      '- sell: RSI overbought',
    ])
  })

  it('leaves a ready-made strategy as it is, and offers a copy with the change', async () => {
    const refused = await ask('/edit rsi-dip stop: 9%')
    expect(refused.text).toContain('rsi-dip is a ready-made strategy and stays as it is.')
    const saved = await press(refused, 'Copy as rsi-dip-2')
    expect(saved.text).toContain('Saved rsi-dip-2.')
    expect(saved.code).toContain('stop: 9%')
    const { code = '' } = await ask('/edit rsi-dip')
    expect((await ask(code)).text).toContain('Saved rsi-dip-3.')
    expect((await ask('/strategy rsi-dip')).code).toContain('stop: 3%')
  })
})

describe('/versions', () => {
  it('lists what each version changed, newest first, and restores one', async () => {
    await ask('/new many stop: 3%; buy: RSI oversold; sell: RSI overbought')
    await ask('/edit many stop: 5%')
    await ask('/edit many description: a long word about why this is bought; sell: KDJ overbought or BOLL touch_upper')
    const listed = await ask('/versions many')
    expect(listed.title).toBe('many · version 3')
    expect(listed.table?.rows).toEqual([
      ['3', '2024-03-05 10:00', '2 lines added, 1 taken away'],
      ['2', '2024-03-05 10:00', '- stop: 3%  + stop: 5%'],
      ['1', '2024-03-05 10:00', 'first version'],
    ])
    const restored = await press(listed, 'Restore version 2')
    expect(restored.text).toBe('many is now at version 4, with the rules of version 2.')
    expect((await press(listed, 'Version 1')).title).toBe('many · version 1')
  })

  it('of a ready-made strategy are one', async () => {
    const reply = await ask('/versions rsi-dip')
    expect(reply.text).toContain('one version')
    expect(reply).not.toHaveProperty('table')
  })
})

describe('/export', () => {
  it('gives a file that /new takes back to the same strategy, whoever sends it', async () => {
    await ask(
      '/new sent inst: eth; bar: 1h; stop: 3%; size: 50%; buy: RSI oversold within 3 and MA(5/10/20, EMA) bullish_alignment @4H; sell: not RSI bullish',
    )
    const { file, code } = await ask('/export sent')
    expect(file).toMatchObject({ name: 'sent.json', mimeType: 'application/json' })
    const content = String(file?.content)
    expect(code).toBe(content.trimEnd())
    const read = parseStrategyJson(content)
    const text = 'strategy' in read ? formatStrategy(read.strategy) : expect.fail()
    const taken = await ask('', { as: 'bob', attachment: content })
    expect(taken).toMatchObject({ title: 'sent · version 1', code: text })
    expect((await ask('/export sent', { as: 'bob' })).file?.content).toBe(content)
  })

  it('gives an old version', async () => {
    await ask('/new aged stop: 3%; buy: RSI oversold; sell: RSI overbought')
    await ask('/edit aged stop: 5%')
    expect(JSON.parse(String((await ask('/export aged 1')).file?.content)).risk.stop_loss_pct).toBe(3)
    expect(JSON.parse(String((await ask('/export aged')).file?.content)).risk.stop_loss_pct).toBe(5)
  })

  it('shows what is too long for a chat in the file alone', async () => {
    const group = 'buy: RSI oversold and KDJ oversold and BOLL below_lower and MACD bullish'
    await ask(`/new long ${Array.from({ length: 6 }, () => group).join('; ')}`)
    const reply = await ask('/export long')
    expect(reply).not.toHaveProperty('code')
    expect(String(reply.file?.content)).toContain('below_lower')
  })
})

it('/templates tells what each ready-made strategy does, and opens it', async () => {
  const reply = await ask('/templates')
  expect(reply.text).toContain('higher-trend · BTC-USDT · 15m\nBuys 15-minute pullbacks')
  expect((await press(reply, 'higher-trend')).title).toBe('higher-trend · ready-made')
})
