import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { createOkxClient } from './okxClient.js'
import { OkxPayloadError } from './okxError.js'

/** A client of an exchange that answers everything with these rows. */
const answering = (...data: unknown[]) =>
  createOkxClient({
    baseUrl: 'http://exchange.test',
    fetch: async () => new Response(JSON.stringify({ code: '0', msg: '', data, inTime: '1', outTime: '2' })),
    logger: pino({ level: 'silent' }),
  })

const spot = {
  instId: 'BTC-USDT',
  instType: 'SPOT',
  instFamily: '',
  uly: '',
  baseCcy: 'BTC',
  quoteCcy: 'USDT',
  settleCcy: '',
  ctVal: '',
  ctMult: '',
  ctValCcy: '',
  ctType: '',
  tickSz: '0.1',
  lotSz: '0.00000001',
  minSz: '0.00001',
  lever: '10',
  state: 'live',
  instIdCode: 10,
}
const swap = {
  ...spot,
  instId: 'BTC-USDT-SWAP',
  instType: 'SWAP',
  instFamily: 'BTC-USDT',
  uly: 'BTC-USDT',
  baseCcy: '',
  quoteCcy: '',
  settleCcy: 'USDT',
  ctVal: '0.01',
  ctMult: '1',
  ctValCcy: 'BTC',
  ctType: 'linear',
  lotSz: '0.01',
  minSz: '0.01',
  lever: '100',
}
const ticker = {
  instId: 'BTC-USDT',
  instType: 'SPOT',
  last: '64000.1',
  lastSz: '0.1',
  bidPx: '64000',
  bidSz: '1',
  askPx: '64000.1',
  askSz: '1',
  open24h: '63000',
  high24h: '65000',
  low24h: '62000.5',
  vol24h: '1234.5678',
  volCcy24h: '79000000',
  sodUtc0: '1',
  sodUtc8: '1',
  ts: '1700000000000',
}
const candle = ['1700000000000', '64000', '64100.5', '63900', '64050', '1250', '12.5', '800000', '1']

describe('instruments', () => {
  it('of spot have base and quote, and null for what only contracts have', async () => {
    const [instrument] = await answering(spot).instruments('SPOT')
    expect(instrument).toMatchObject({ instId: 'BTC-USDT', baseCcy: 'BTC', quoteCcy: 'USDT', state: 'live' })
    expect(instrument).toMatchObject({ settleCcy: null, ctVal: null, ctMult: null, ctValCcy: null })
    expect(instrument.lotSz.toFixed()).toBe('0.00000001')
  })

  it('of swaps take their pair from the underlying', async () => {
    const [instrument] = await answering(swap).instruments('SWAP')
    expect(instrument).toMatchObject({ baseCcy: 'BTC', quoteCcy: 'USDT', settleCcy: 'USDT', ctValCcy: 'BTC' })
    expect([instrument.ctVal, instrument.ctMult, instrument.maxLever].map(String)).toEqual(['0.01', '1', '100'])
  })

  it('tell their largest orders and fee group where the exchange does', async () => {
    const told = { ...swap, maxMktSz: '12000', maxLmtSz: '100000000', groupId: '2' }
    const [instrument] = await answering(told).instruments('SWAP')
    expect([instrument.maxMktSz, instrument.maxLmtSz, instrument.groupId].map(String)).toEqual([
      '12000',
      '100000000',
      '2',
    ])
    expect(await answering(swap).instruments('SWAP')).toMatchObject([{ maxMktSz: null, maxLmtSz: null, groupId: null }])
  })

  it('without rules yet, or in a state unknown to us, are left out', async () => {
    const unready = { ...spot, instId: 'NEW-USDT', tickSz: '', lotSz: '', minSz: '', state: 'preopen' }
    const odd = { ...spot, instId: 'ODD-USDT', state: 'rebase' }
    const found = await answering(unready, spot, odd, { ...swap, ctVal: '' }).instruments('SPOT')
    expect(found.map(({ instId }) => instId)).toEqual(['BTC-USDT'])
  })

  it('with a size that is no number are refused', async () => {
    await expect(answering(spot, { ...spot, lotSz: '1e' }).instruments('SPOT')).rejects.toMatchObject({
      source: 'instruments',
      field: 'data/1/lotSz',
    })
  })
})

describe('tickers', () => {
  it('give the volume in base currency: vol24h of spot, volCcy24h of swaps', async () => {
    const ofSpot = await answering(ticker).ticker('BTC-USDT')
    expect([ofSpot.last.toFixed(), ofSpot.baseVol24h.toFixed(), ofSpot.ts]).toEqual([
      '64000.1',
      '1234.5678',
      1_700_000_000_000,
    ])
    const row = { ...ticker, instType: 'SWAP', instId: 'BTC-USDT-SWAP', vol24h: '5000', volCcy24h: '50' }
    expect((await answering(row).ticker('BTC-USDT-SWAP')).baseVol24h.toFixed()).toBe('50')
  })

  it('have no bid where there is none, and are left out before the first trade', async () => {
    const rows = [
      { ...ticker, bidPx: '' },
      { ...ticker, last: '' },
    ]
    const tickers = await answering(...rows).tickers('SPOT')
    expect(tickers).toHaveLength(1)
    expect(tickers[0].bidPx).toBeNull()
    await expect(answering({ ...ticker, last: '' }).ticker('BTC-USDT')).rejects.toMatchObject({ field: 'data/0' })
  })
})

describe('candles', () => {
  it('have their volume in base currency: column 5 for spot, 6 for swaps', async () => {
    const [ofSpot] = await answering(candle).candles({ instId: 'BTC-USDT', bar: '1m' })
    expect(ofSpot).toEqual({
      ts: 1_700_000_000_000,
      open: 64000,
      high: 64100.5,
      low: 63900,
      close: 64050,
      volume: 1250,
      confirmed: true,
    })
    const [ofSwap] = await answering(candle).historyCandles({ instId: 'BTC-USDT-SWAP', bar: '1m' })
    expect(ofSwap.volume).toBe(12.5)
  })

  it('say whether they are still forming', async () => {
    const [forming] = await answering(candle.with(8, '0')).candles({ instId: 'BTC-USDT', bar: '1m' })
    expect(forming.confirmed).toBe(false)
  })

  it.each([
    [candle.with(4, 'NaN'), 'data/0/4'],
    [candle.with(4, '-1'), 'data/0/4'],
    [candle.with(4, ''), 'data/0/4'],
    [candle.with(4, '0x10'), 'data/0/4'],
    [candle.with(8, '2'), 'data/0/8'],
    [candle.slice(0, 7), 'data/0'],
    [candle.with(2, '63000'), 'candle 1700000000000'],
    [candle.with(3, '0'), 'candle 1700000000000'],
  ])('like %j are refused', async (row, field) => {
    const page = answering(row).candles({ instId: 'BTC-USDT', bar: '1m' })
    await expect(page).rejects.toMatchObject({ name: 'OkxPayloadError', source: 'candles', field })
  })
})

it('position tiers are contracts and fractions, the smallest first', async () => {
  const tier = { instFamily: 'BTC-USDT', instId: '', uly: 'BTC-USDT', imr: '0.01', optMgnFactor: '', minSz: '0' }
  const rows = [
    { ...tier, tier: '2', minSz: '1000', maxSz: '5000.5', mmr: '0.005', imr: '0.0133', maxLever: '75' },
    { ...tier, tier: '1', maxSz: '1000', mmr: '0.004', maxLever: '100.00' },
  ]
  expect(await answering(...rows).positionTiers({ instId: 'BTC-USDT-SWAP', tdMode: 'cross' })).toEqual([
    { maxSz: 1000, mmr: 0.004, maxLever: 100 },
    { maxSz: 5000.5, mmr: 0.005, maxLever: 75 },
  ])
  await expect(
    answering({ ...rows[0], mmr: '' }).positionTiers({ instId: 'BTC-USDT-SWAP', tdMode: 'cross' }),
  ).rejects.toMatchObject({ source: 'positionTiers', field: 'data/0/mmr' })
})

it('position tiers are asked for by the family of the swap', async () => {
  const urls: string[] = []
  const okx = createOkxClient({
    baseUrl: 'http://exchange.test',
    fetch: async (url) => {
      urls.push(String(url))
      return new Response(JSON.stringify({ code: '0', msg: '', data: [] }))
    },
    logger: pino({ level: 'silent' }),
  })
  await okx.positionTiers({ instId: 'ETH-USDC-SWAP', tdMode: 'isolated' })
  expect(urls).toEqual([
    'http://exchange.test/api/v5/public/position-tiers?instType=SWAP&tdMode=isolated&instFamily=ETH-USDC',
  ])
})

it('funding is the realised rate, sign and all', async () => {
  const row = { instId: 'BTC-USDT-SWAP', fundingRate: '0.0001', realizedRate: '-0.00002345', fundingTime: '28800000' }
  expect(await answering(row).fundingRateHistory({ instId: 'BTC-USDT-SWAP' })).toEqual([
    { instId: 'BTC-USDT-SWAP', fundingTime: 28_800_000, realizedRate: -0.00002345 },
  ])
})

it('reads mark prices, of the instrument asked for alone', async () => {
  const row = { instId: 'BTC-USDT-SWAP', instType: 'SWAP', markPx: '64000.123', ts: '1700000000000' }
  expect((await answering(row).markPrice('BTC-USDT-SWAP')).toFixed()).toBe('64000.123')
  await expect(answering(row).markPrice('ETH-USDT-SWAP')).rejects.toThrow(OkxPayloadError)
})
