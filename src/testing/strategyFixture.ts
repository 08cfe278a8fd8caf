import type { Risk, Rules, Strategy } from '../domain/strategy/schema.js'

/** No stop, no target, no limit. */
export const noRisk: Risk = {
  stop_loss_pct: null,
  take_profit_pct: null,
  trailing_stop_pct: null,
  max_hold_bars: null,
  cooldown_bars: 0,
}

/** The rules of the example that the definitions of strategies begin with. */
export const exampleRules: Rules = {
  buy_groups: [
    {
      logic: 'AND',
      conditions: [
        {
          side: 'buy',
          indicator_type: 'RSI',
          signal_type: 'oversold',
          params: { period: 14, oversold: 30 },
          within: 3,
        },
        { side: 'buy', indicator_type: 'MACD', signal_type: 'golden_cross' },
      ],
    },
  ],
  sell_groups: [
    {
      logic: 'OR',
      conditions: [
        { side: 'sell', indicator_type: 'RSI', signal_type: 'overbought' },
        { side: 'sell', indicator_type: 'KDJ', signal_type: 'death_cross_overbought' },
      ],
    },
  ],
}

/** A strategy of which a test says only what matters to it. */
export function strategyWith(change: Partial<Strategy> = {}): Strategy {
  return {
    name: 'tested',
    description: '',
    inst_id: 'BTC-USDT',
    bar: '15m',
    direction: 'long',
    evaluate_on: 'close',
    monitor_interval_s: 20,
    leverage: 1,
    margin_mode: 'cross',
    sizing: { type: 'percent', value: 100 },
    risk: noRisk,
    rules: {
      buy_groups: [{ logic: 'AND', conditions: [{ side: 'buy', indicator_type: 'RSI', signal_type: 'oversold' }] }],
      sell_groups: [],
    },
    ...change,
  }
}
