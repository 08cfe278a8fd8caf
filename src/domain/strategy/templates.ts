import type { Strategy } from './schema.js'
import { parseStrategyText } from './strategyText.js'

const texts = [
  `name: rsi-dip
   description: Buy the dip in an uptrend
   bar: 15m; stop: 3%; target: 6%
   buy: RSI(14, oversold=30) oversold within 3 and MACD golden_cross
   sell: RSI overbought or KDJ death_cross_overbought`,

  `name: ma-cross
   description: Moving average crossover
   bar: 1H; stop: 4%
   buy: MA(10, 30) golden_cross
   sell: MA(10, 30) death_cross`,

  `name: ema-trend
   description: Ride a trend of aligned EMAs
   bar: 1H; stop: 4%; trail: 5%
   buy: MA(5/10/20/60, EMA) bullish_alignment and MA(60, EMA) rising
   sell: MA(20, EMA) price_cross_down`,

  `name: macd-zero
   description: DIF through the zero line
   bar: 1H; stop: 3%; target: 9%
   buy: MACD dif_cross_up_zero
   sell: MACD death_cross or MACD dif_cross_down_zero`,

  `name: kdj-swing
   description: KDJ swings between its extremes
   bar: 15m; stop: 2%; target: 4%; cooldown: 4
   buy: KDJ golden_cross_oversold
   sell: KDJ death_cross_overbought`,

  `name: boll-rebound
   description: Back into the Bollinger bands from below
   bar: 30m; stop: 2.5%; hold: 96
   buy: BOLL rebound_from_lower
   sell: BOLL cross_mid_up or BOLL touch_upper`,

  `name: boll-breakout
   description: Break of the upper Bollinger band while the bands widen
   bar: 1H; stop: 3%; trail: 4%
   buy: BOLL break_upper and BOLL expansion
   sell: BOLL cross_mid_down`,

  `name: rsi-exit
   description: RSI leaving its extreme zones
   bar: 30m; stop: 3%; target: 6%
   buy: RSI exit_oversold
   sell: RSI exit_overbought`,

  `name: triple-confirm
   description: Trend, MACD and RSI agree
   bar: 1H; stop: 3%; target: 8%; size: 50%
   buy: MA(50) price_above and MACD golden_cross within 3 and RSI bullish
   sell: MACD bearish and RSI bearish
   sell: MA(50) price_below and RSI bearish
   sell: MA(50) price_below and MACD bearish`,

  `name: divergence-hunter
   description: Bullish divergence confirmed by the histogram
   bar: 30m; stop: 3%; target: 6%; hold: 192
   buy: RSI bullish_divergence within 5 and MACD hist_rising
   buy: MACD bullish_divergence within 5 and MACD hist_rising
   sell: RSI bearish_divergence or MACD bearish_divergence`,

  `name: squeeze-break
   description: The upward break after a Bollinger squeeze
   bar: 15m; stop: 2%; trail: 3%; cooldown: 8
   buy: BOLL squeeze within 12 and BOLL break_upper
   sell: BOLL cross_mid_down`,

  `name: higher-trend
   description: Pullbacks in the direction of the 4 hour trend
   bar: 15m; stop: 2.5%; target: 5%
   buy: MA(20, EMA) price_above @4H and not RSI overbought @4H and RSI(oversold=35) exit_oversold
   sell: RSI overbought or MA(20, EMA) price_cross_down @4H`,
]

/** The strategies that everyone can run by name; `template-NAME` in locales/ says what each does. */
export const templates: readonly Strategy[] = texts.map((text) => {
  const parsed = parseStrategyText(text)
  if ('problems' in parsed) throw new Error(`${text}\n${JSON.stringify(parsed.problems)}`)
  return parsed.strategy
})
