import { IndicatorsSync } from '@ixjb94/indicators'
import * as indicatorts from 'indicatorts'
import * as technical from 'technicalindicators'
import * as signals from 'trading-signals'
import type { Candles } from '../src/domain/candles.js'

/** Candles as the peers take them: arrays of numbers, or one object a candle. */
export interface PeerInput {
  high: number[]
  low: number[]
  close: number[]
  volume: number[]
  candles: { high: number; low: number; close: number }[]
}

export interface Peer {
  readonly name: string
  /** Our kernels are to be at least so many times faster. */
  readonly atLeast: number
  /** By the name of a row: what of this library comes nearest, given the row's parameters. */
  readonly calls: Readonly<Record<string, (input: PeerInput, params: Readonly<Record<string, number>>) => unknown>>
}

export function peerInput({ high, low, close, volume }: Candles): PeerInput {
  const candles = Array.from(close, (_, i) => ({ high: high[i], low: low[i], close: close[i] }))
  return { high: [...high], low: [...low], close: [...close], volume: [...volume], candles }
}

const sync = new IndicatorsSync()

/*
 * Batch calls, or streams fed in one go where a library has nothing else. Nobody has our KDJ, whose lines are smoothed like
 * EMAs: indicatorts' KDJ and the others' slow stochastic, both with moving averages, stand in for it. indicatorts takes
 * ATR as a moving average, Bollinger's bands always at 2 and Donchian's channel of closes.
 */
export const peers: readonly Peer[] = [
  {
    name: 'technicalindicators',
    atLeast: 5,
    calls: {
      SMA: ({ close: values }, { period }) => technical.SMA.calculate({ period, values }),
      EMA: ({ close: values }, { period }) => technical.EMA.calculate({ period, values }),
      WMA: ({ close: values }, { period }) => technical.WMA.calculate({ period, values }),
      MACD: ({ close: values }, { fast, slow, signal }) =>
        technical.MACD.calculate({
          values,
          fastPeriod: fast,
          slowPeriod: slow,
          signalPeriod: signal,
          SimpleMAOscillator: false,
          SimpleMASignal: false,
        }),
      RSI: ({ close: values }, { period }) => technical.RSI.calculate({ period, values }),
      KDJ: ({ high, low, close }, { n, m1 }) =>
        technical.Stochastic.calculate({ high, low, close, period: n, signalPeriod: m1 }),
      BOLL: ({ close: values }, { period, k }) => technical.BollingerBands.calculate({ period, values, stdDev: k }),
      CCI: ({ high, low, close }, { period }) => technical.CCI.calculate({ high, low, close, period }),
      ATR: ({ high, low, close }, { period }) => technical.ATR.calculate({ high, low, close, period }),
      ADX: ({ high, low, close }, { period }) => technical.ADX.calculate({ high, low, close, period }),
    },
  },
  {
    name: 'trading-signals',
    atLeast: 5,
    calls: {
      SMA: ({ close }, { period }) => new signals.SMA(period).updates(close),
      EMA: ({ close }, { period }) => new signals.EMA(period).updates(close),
      WMA: ({ close }, { period }) => new signals.WMA(period).updates(close),
      MACD: ({ close }, { fast, slow, signal }) =>
        new signals.MACD(new signals.EMA(fast), new signals.EMA(slow), new signals.EMA(signal)).updates(close),
      RSI: ({ close }, { period }) => new signals.RSI(period).updates(close),
      KDJ: ({ candles }, { n, m1, m2 }) =>
        new signals.StochasticOscillator({ kPeriod: n, kSlowingPeriod: m1, dPeriod: m2 }).updates(candles),
      BOLL: ({ close }, { period, k }) => new signals.BollingerBands(period, k).updates(close),
      CCI: ({ candles }, { period }) => new signals.CCI(period).updates(candles),
      ATR: ({ candles }, { period }) => new signals.ATR(period).updates(candles),
      VOL: ({ volume }, { period }) => new signals.RVOL(period).updates(volume),
      ADX: ({ candles }, { period }) => new signals.ADX(period).updates(candles),
      SUPERTREND: ({ candles }, { period, multiplier }) =>
        new signals.SuperTrend({ interval: period, multiplier }).updates(candles),
      DONCHIAN: ({ candles }, { period }) => new signals.DonchianChannels(period).updates(candles),
    },
  },
  {
    name: 'indicatorts',
    atLeast: 5,
    calls: {
      SMA: ({ close }, { period }) => indicatorts.sma(close, { period }),
      EMA: ({ close }, { period }) => indicatorts.ema(close, { period }),
      MACD: ({ close }, params) => indicatorts.macd(close, params),
      RSI: ({ close }, { period }) => indicatorts.rsi(close, { period }),
      KDJ: ({ high, low, close }, { n, m1, m2 }) =>
        indicatorts.kdj(high, low, close, { rPeriod: n, kPeriod: m1, dPeriod: m2 }),
      BOLL: ({ close }, { period }) => indicatorts.bb(close, { period }),
      CCI: ({ high, low, close }, { period }) => indicatorts.cci(high, low, close, { period }),
      ATR: ({ high, low, close }, { period }) => indicatorts.atr(high, low, close, { period }),
      DONCHIAN: ({ close }, { period }) => indicatorts.dc(close, { period }),
    },
  },
  {
    name: '@ixjb94/indicators',
    atLeast: 1.5,
    calls: {
      SMA: ({ close }, { period }) => sync.sma(close, period),
      EMA: ({ close }, { period }) => sync.ema(close, period),
      WMA: ({ close }, { period }) => sync.wma(close, period),
      MACD: ({ close }, { fast, slow, signal }) => sync.macd(close, fast, slow, signal),
      RSI: ({ close }, { period }) => sync.rsi(close, period),
      KDJ: ({ high, low, close }, { n, m1, m2 }) => sync.stoch(high, low, close, n, m1, m2),
      BOLL: ({ close }, { period, k }) => sync.bbands(close, period, k),
      CCI: ({ high, low, close }, { period }) => sync.cci(high, low, close, period),
      ATR: ({ high, low, close }, { period }) => sync.atr(high, low, close, period),
      ADX: ({ high, low }, { period }) => sync.adx(high, low, period),
      DONCHIAN: ({ high, low }, { period }) => sync.dc(high, low, period),
    },
  },
]
