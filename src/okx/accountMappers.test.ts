import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import type { Instrument } from '../domain/instrument.js'
import { accountOver } from '../testing/okxAccountFixture.js'
import { balanceRow, configRow, positionRow, tradeFeeRow } from '../testing/okxAccountPayloadsFixture.js'
import { OkxPayloadError } from './okxError.js'

const accountOf = (...rows: object[]) => accountOver(() => rows)
const fails = (call: Promise<unknown>) => expect(call).rejects.toBeInstanceOf(OkxPayloadError)

describe("an account's settings", () => {
  it('tell modes, permissions and the addresses of the key', async () => {
    expect(await accountOf(configRow).account.config()).toEqual({
      uid: '44705892343619584',
      mainUid: '44705892343619584',
      acctLv: '2',
      posMode: 'long_short_mode',
      perm: ['read_only', 'withdraw', 'trade'],
      ips: ['203.0.113.7', '203.0.113.8'],
      level: 'Lv1',
      label: 'candlechat',
    })
    expect(await accountOf({ ...configRow, ip: '' }).account.config()).toMatchObject({ ips: [] })
  })

  it('are not guessed', async () => {
    await fails(accountOf().account.config())
    await fails(accountOf({ ...configRow, acctLv: '9' }).account.config())
    await fails(accountOf({ ...configRow, posMode: '' }).account.config())
  })
})

describe('a balance', () => {
  it('is exact, and null where the mode does not know it', async () => {
    const balance = await accountOf(balanceRow).account.balance()
    expect(balance.totalEq?.toFixed()).toBe('55837.43556134779')
    expect(balance.mgnRatio).toBeNull()
    const [usdt, btc] = balance.details
    expect([usdt.ccy, usdt.eq.toFixed(), usdt.upl?.toFixed()]).toEqual([
      'USDT',
      '4992.890093622894',
      '-7.545600000000006',
    ])
    expect([btc.cashBal.toFixed(), btc.availEq, btc.upl]).toEqual(['0.5', null, null])
  })

  it('is refused where a figure is none, or a currency is there twice', async () => {
    const [usdt] = balanceRow.details
    await fails(accountOf({ ...balanceRow, details: [{ ...usdt, eq: 'NaN' }] }).account.balance())
    await fails(accountOf({ ...balanceRow, details: [{ ...usdt, eq: '' }] }).account.balance())
    await fails(accountOf({ ...balanceRow, details: [usdt, usdt] }).account.balance())
  })
})

describe('positions', () => {
  const held = async (changes: object) => {
    const [position] = await accountOf({ ...positionRow, ...changes }).account.positions()
    return position
  }

  it.each([
    ['long', '1.5', '1.5'],
    ['short', '1.5', '-1.5'],
    ['net', '1.5', '1.5'],
    ['net', '-1.5', '-1.5'],
  ])('have the sign of their side: %s %s is %s', async (posSide, pos, expected) => {
    const position = await held({ posSide, pos })
    expect([position.posSide, position.pos.toFixed()]).toEqual([posSide, expected])
  })

  it('are exact, and null where nothing is said', async () => {
    const position = await held({ liqPx: '', margin: '' })
    expect(position).toMatchObject({
      instId: 'ETH-USDT-SWAP',
      mgnMode: 'isolated',
      liqPx: null,
      margin: null,
      imr: null,
    })
    expect([position.avgPx, position.mgnRatio, position.realizedPnl].map(String)).toEqual([
      '2566.31',
      '11.731726509588816',
      '-0.137',
    ])
    expect(position.cTime).toBe(1_619_507_758_793)
  })

  it('that are closed are left out', async () => {
    const gone = { ...positionRow, pos: '0', avgPx: '' }
    expect(await accountOf(gone, positionRow).account.positions()).toHaveLength(1)
  })

  it.each([
    ['a short below zero', { posSide: 'short', pos: '-1' }],
    ['a long below zero', { posSide: 'long', pos: '-1' }],
    ['no side', { posSide: '' }],
    ['no margin mode', { mgnMode: '' }],
    ['something held at no price', { avgPx: '' }],
    ['something held at zero', { avgPx: '0' }],
    ['a size that is none', { pos: '1e5' }],
  ])('are refused: %s', async (_name, changes) => {
    await fails(held(changes))
  })

  it('are asked for by type and instrument', async () => {
    const { account, requests } = accountOf()
    await account.positions()
    await account.positions({ instType: 'SWAP', instId: 'I' })
    expect(requests.map(({ path }) => path)).toEqual([
      '/api/v5/account/positions',
      '/api/v5/account/positions?instType=SWAP&instId=I',
    ])
  })
})

describe('fees', () => {
  const instrument = (changes: Partial<Instrument>): Instrument => ({
    instId: 'BTC-USDT',
    instType: 'SPOT',
    baseCcy: 'BTC',
    quoteCcy: 'USDT',
    settleCcy: null,
    tickSz: new Decimal(1),
    lotSz: new Decimal(1),
    minSz: new Decimal(1),
    ctVal: null,
    ctMult: null,
    ctValCcy: null,
    maxLever: null,
    maxMktSz: null,
    maxLmtSz: null,
    groupId: '1',
    state: 'live',
    ...changes,
  })
  const rates = async (row: object, changes: Partial<Instrument>) => {
    const { maker, taker, level } = await accountOf(row).account.feeRates(instrument(changes))
    return [level, maker.toFixed(), taker.toFixed()]
  }

  it("are those of the instrument's group, as what one pays", async () => {
    expect(await rates(tradeFeeRow, {})).toEqual(['Lv1', '0.0008', '0.001'])
    expect(await rates(tradeFeeRow, { groupId: '2' })).toEqual(['Lv1', '-0.00005', '0.0005'])
  })

  it('of an instrument without a group are known only where there is but one', async () => {
    const one = { ...tradeFeeRow, feeGroup: [{ groupId: '1', maker: '0', taker: '-0.001' }] }
    expect(await rates(one, { groupId: null })).toEqual(['Lv1', '0', '0.001'])
    await fails(rates(tradeFeeRow, { groupId: null }))
    await fails(rates(tradeFeeRow, { groupId: '3' }))
  })

  it('are asked for by instrument for spot, by family for swaps', async () => {
    const { account, requests } = accountOf(tradeFeeRow)
    await account.feeRates(instrument({}))
    await account.feeRates(instrument({ instType: 'SWAP', instId: 'BTC-USDT-SWAP' }))
    expect(requests.map(({ path }) => path)).toEqual([
      '/api/v5/account/trade-fee?instType=SPOT&instId=BTC-USDT',
      '/api/v5/account/trade-fee?instType=SWAP&instFamily=BTC-USDT',
    ])
  })
})

describe('the largest size', () => {
  it('is what can be bought and sold', async () => {
    const { account, requests } = accountOf({ ccy: 'BTC', instId: 'BTC-USDT', maxBuy: '0.05', maxSell: '' })
    const { maxBuy, maxSell } = await account.maxSize({ instId: 'BTC-USDT', tdMode: 'cash' })
    expect([maxBuy?.toFixed(), maxSell]).toEqual(['0.05', null])
    expect(requests[0].path).toBe('/api/v5/account/max-size?instId=BTC-USDT&tdMode=cash')
    await fails(account.maxSize({ instId: 'ETH-USDT', tdMode: 'cash' }))
  })
})

describe('leverage and position mode', () => {
  const row = { instId: 'I-SWAP', lever: '30', mgnMode: 'isolated', posSide: 'long' }

  it('are what was asked for', async () => {
    const { account, bodies } = accountOf(row)
    const request = { instId: 'I-SWAP', mgnMode: 'isolated', lever: new Decimal(30), posSide: 'long' } as const
    expect(await account.setLeverage(request)).toMatchObject([
      { instId: 'I-SWAP', mgnMode: 'isolated', posSide: 'long' },
    ])
    expect(bodies()).toEqual([{ ...request, lever: '30' }])
    const mode = accountOf({ posMode: 'net_mode' })
    await mode.account.setPositionMode('net_mode')
    expect(mode.bodies()).toEqual([{ posMode: 'net_mode' }])
  })

  it('are an error where the exchange says that they are otherwise', async () => {
    const { account } = accountOf(row)
    await fails(account.setLeverage({ instId: 'I-SWAP', mgnMode: 'isolated', lever: new Decimal(20) }))
    await fails(accountOf().account.setLeverage({ instId: 'I-SWAP', mgnMode: 'cross', lever: new Decimal(20) }))
    await fails(accountOf({ posMode: 'net_mode' }).account.setPositionMode('long_short_mode'))
  })

  it('have no side for cross margin, and none for spot', async () => {
    const { account, requests } = accountOf(row)
    const cross = { instId: 'I-SWAP', mgnMode: 'cross', lever: new Decimal(30) } as const
    await expect(account.setLeverage({ ...cross, posSide: 'long' })).rejects.toThrow(RangeError)
    await expect(account.setLeverage({ ...cross, instId: 'BTC-USDT' })).rejects.toThrow(RangeError)
    await expect(account.setLeverage({ ...cross, lever: new Decimal(Number.NaN) })).rejects.toThrow(RangeError)
    expect(requests).toHaveLength(0)
  })
})

it.each([9, 121, Number.NaN, -1])('a dead-man switch of %d s is our own fault', async (timeOutS) => {
  const { account, requests } = accountOf()
  await expect(account.cancelAllAfter(timeOutS)).rejects.toThrow(RangeError)
  expect(requests).toHaveLength(0)
})

it('a dead-man switch is off at 0', async () => {
  const { account } = accountOf({ triggerTime: '0', tag: '', ts: '1587971400' })
  expect(await account.cancelAllAfter(0)).toBeNull()
})
