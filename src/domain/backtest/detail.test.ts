import { describe, it } from 'vitest'
import { type EngineCase, expectCase, minute, type Ohlc, still } from '../../testing/engineCase.js'

const third = minute / 3
/** Three finer candles in which nothing happens. */
const calm = [still, still, still]

/** A market whose bars are what their three finer candles make together; those of `gone` are then missing. */
function inThirds(parts: Ohlc[], gone: number[] = []): Pick<EngineCase, 'market' | 'detail'> {
  const market: Ohlc[] = []
  for (let k = 0; k < parts.length; k += 3) {
    const [a, b, c] = [parts[k], parts[k + 1], parts[k + 2]]
    market.push([a[0], Math.max(a[1], b[1], c[1]), Math.min(a[2], b[2], c[2]), c[3]])
  }
  return { market, detail: parts.map((part, k) => (gone.includes(k) ? null : part)) }
}

const up: Ohlc = [100, 111, 100, 110]
const down: Ohlc = [110, 110, 94, 95]
const back: Ohlc = [95, 100, 95, 100]
const stopAndTarget = { risk: { stop_loss_pct: 5, take_profit_pct: 10 } }

const order: Record<string, EngineCase> = {
  'takes the target that comes before the stop': {
    ...inThirds([...calm, ...calm, up, down, back, ...calm]),
    ...stopAndTarget,
    trades: [[1, 100, 2, 110, 'take_profit']],
    equity: [1000, 1000, 1100, 1100],
  },
  'takes the stop that comes before the target': {
    ...inThirds([...calm, ...calm, [100, 100, 94, 95], [95, 112, 95, 111], [111, 111, 100, 100], ...calm]),
    ...stopAndTarget,
    trades: [[1, 100, 2, 95, 'stop_loss']],
  },
  'stops first where one finer candle reaches both': {
    ...inThirds([...calm, ...calm, still, [100, 111, 94, 100], still, ...calm]),
    ...stopAndTarget,
    trades: [[1, 100, 2, 95, 'stop_loss']],
  },
  'stops first without finer candles': {
    market: inThirds([...calm, ...calm, up, down, back, ...calm]).market,
    ...stopAndTarget,
    trades: [[1, 100, 2, 95, 'stop_loss']],
  },
  'stops first where one of the finer candles is missing': {
    ...inThirds([...calm, ...calm, up, down, back, ...calm], [8]),
    ...stopAndTarget,
    trades: [[1, 100, 2, 95, 'stop_loss']],
  },
  'stops first where the first of them is missing': {
    ...inThirds([...calm, ...calm, up, down, back, ...calm], [6]),
    ...stopAndTarget,
    trades: [[1, 100, 2, 95, 'stop_loss']],
  },
  'goes by the finer candles again after a bar that lacks one': {
    ...inThirds([...calm, ...calm, ...calm, up, down, back, ...calm], [7]),
    ...stopAndTarget,
    trades: [[1, 100, 3, 110, 'take_profit']],
  },
  'exits at the open of a finer candle that gapped below the stop': {
    ...inThirds([...calm, ...calm, still, [92, 93, 90, 91], [91, 100, 91, 100], ...calm]),
    ...stopAndTarget,
    trades: [[1, 100, 2, 92, 'stop_loss']],
  },
  'takes profit at the open of a finer candle that gapped above the target': {
    ...inThirds([...calm, ...calm, still, [115, 116, 100, 101], still, ...calm]),
    ...stopAndTarget,
    trades: [[1, 100, 2, 115, 'take_profit']],
  },
  'takes the target of a short before its stop': {
    ...inThirds([...calm, ...calm, [100, 100, 89, 90], [90, 106, 90, 105], [105, 105, 100, 100], ...calm]),
    ...stopAndTarget,
    instType: 'SWAP',
    direction: 'short',
    buy: [],
    sell: [0],
    trades: [[1, 100, 2, 90, 'take_profit']],
  },
  'takes the target before a liquidation': {
    ...inThirds([...calm, ...calm, up, [110, 110, 80, 81], back, ...calm]),
    ...stopAndTarget,
    instType: 'SWAP',
    leverage: 25,
    trades: [[1, 100, 2, 110, 'take_profit']],
  },
  'is liquidated before the target': {
    ...inThirds([...calm, ...calm, [100, 100, 80, 81], up, still, ...calm]),
    ...stopAndTarget,
    instType: 'SWAP',
    leverage: 25,
    // 96 / 0.996 is nearer than the stop
    trades: [[1, 100, 2, 96 / 0.996, 'liquidation']],
  },
}

const entries: Record<string, EngineCase> = {
  'counts the first finer candle of an entry at the open': {
    ...inThirds([...calm, [100, 111, 100, 110], down, back, ...calm]),
    ...stopAndTarget,
    trades: [[1, 100, 1, 110, 'take_profit']],
  },
  'stops in the last finer candle of the bar of its entry': {
    ...inThirds([...calm, still, still, [100, 100, 94, 99], ...calm]),
    ...stopAndTarget,
    trades: [[1, 100, 1, 95, 'stop_loss']],
  },
  'counts none of the bar of an entry at its middle': {
    ...inThirds([...calm, [100, 112, 100, 110], [110, 110, 88, 90], [90, 100, 90, 100], ...calm]),
    ...stopAndTarget,
    costs: { fill: 'next_mid' },
    trades: [[1, 100, 2, 100, 'end_of_data']],
  },
  'counts none of the bar of an entry at its close': {
    ...inThirds([up, down, back, ...calm, ...calm]),
    ...stopAndTarget,
    costs: { fill: 'close' },
    trades: [[0, 100, 2, 100, 'end_of_data']],
  },
  'fills a decided exit at the open, before all finer candles': {
    ...inThirds([...calm, ...calm, up, down, back, ...calm]),
    ...stopAndTarget,
    sell: [1],
    trades: [[1, 100, 2, 100, 'signal']],
  },
  'leaves the close of the bar free to decide': {
    ...inThirds([...calm, ...calm, up, down, back, ...calm, ...calm]),
    ...stopAndTarget,
    buy: [0, 2],
    trades: [
      [1, 100, 2, 110, 'take_profit'],
      [3, 100, 4, 100, 'end_of_data'],
    ],
  },
}

const trailing: Record<string, EngineCase> = {
  'trails the highs of the finer candles before': {
    ...inThirds([...calm, ...calm, [100, 120, 100, 119], [119, 119, 114, 115], [115, 118, 115, 118], ...calm]),
    risk: { trailing_stop_pct: 5 },
    trades: [[1, 100, 2, 114, 'trailing_stop']],
  },
  'does not trail the high of the same finer candle': {
    ...inThirds([...calm, ...calm, [100, 120, 98, 119], [119, 119, 115, 116], [116, 118, 115, 118], ...calm]),
    risk: { trailing_stop_pct: 5 },
    trades: [[1, 100, 3, 100, 'trailing_stop']],
  },
  'trails the high of the bar from the next bar on without them': {
    market: [still, still, [100, 120, 98, 118], [118, 118, 117, 117], still],
    risk: { trailing_stop_pct: 5 },
    trades: [[1, 100, 4, 100, 'trailing_stop']],
  },
  'trails through bars with and without them': {
    ...inThirds([...calm, ...calm, [100, 104, 100, 104], [104, 104, 104, 104], [104, 110, 104, 110], ...calm], [7]),
    risk: { trailing_stop_pct: 9 },
    // 91 % of 110 is above 100
    trades: [[1, 100, 3, 100, 'trailing_stop']],
  },
}

const perpetual: Partial<EngineCase> = { instType: 'SWAP', sizing: { type: 'percent', value: 50 } }
const payment = (ts: number) => [{ index: 2, ts, rate: 0.01 }]

const funding: Record<string, EngineCase> = {
  'is not paid after a stop': {
    ...inThirds([...calm, ...calm, [100, 100, 94, 95], still, still, ...calm]),
    ...stopAndTarget,
    ...perpetual,
    funding: payment(2 * minute + third),
    trades: [[1, 100, 2, 95, 'stop_loss']],
    each: [{ funding: 0, pnl: -25 }],
  },
  'is paid before a stop, on the price of its time': {
    ...inThirds([...calm, ...calm, still, [102, 102, 94, 95], still, ...calm]),
    ...stopAndTarget,
    ...perpetual,
    funding: payment(2 * minute + third),
    trades: [[1, 100, 2, 95, 'stop_loss']],
    each: [{ funding: -5.1, pnl: -30.1 }],
  },
  'is paid before a stop, at the open, where they are missing': {
    ...inThirds([...calm, ...calm, [100, 100, 94, 95], still, still, ...calm], [8]),
    ...stopAndTarget,
    ...perpetual,
    funding: payment(2 * minute + third),
    trades: [[1, 100, 2, 95, 'stop_loss']],
    each: [{ funding: -5, pnl: -30 }],
  },
  'within the last of them is paid at the close': {
    ...inThirds([...calm, ...calm, still, still, [100, 104, 100, 104], [104, 104, 104, 104], still, still]),
    ...perpetual,
    funding: payment(2 * minute + 2.5 * third),
    trades: [[1, 100, 3, 100, 'end_of_data']],
    each: [{ funding: -5.2 }],
  },
}

describe.each(Object.entries({ order, entries, trailing, funding }))('%s by finer candles', (_, cases) => {
  it.each(Object.entries(cases))('%s', (_name, given) => {
    expectCase({ buy: [0], ...given })
  })
})
