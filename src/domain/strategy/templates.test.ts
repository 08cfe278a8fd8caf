import { describe, expect, it } from 'vitest'
import { createTranslator, locales } from '../../i18n.js'
import { formatRules } from './notation.js'
import { templates } from './templates.js'
import { checkStrategy } from './validate.js'

describe('the ready-made strategies', () => {
  it('are at least ten, each with a name of its own', () => {
    expect(templates.length).toBeGreaterThanOrEqual(10)
    expect(new Set(templates.map(({ name }) => name)).size).toBe(templates.length)
  })

  it.each(templates.map((strategy) => [strategy.name, strategy] as const))(
    '%s is a checked spot strategy with a stop',
    (name, strategy) => {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/)
      expect(checkStrategy(strategy)).toEqual({ strategy })
      expect(strategy).toMatchObject({ inst_id: 'BTC-USDT', direction: 'long', leverage: 1 })
      expect(strategy.risk.stop_loss_pct).toBeGreaterThan(0)
      expect(strategy.rules.sell_groups).not.toEqual([])
    },
  )

  it.each(locales)('have words for people in %s', (locale) => {
    const t = createTranslator({ locale, timeZone: 'UTC', theme: 'light' })
    for (const { name } of templates) expect(t(`template-${name}`)).not.toBe('')
  })

  it('hold rsi-dip as the product defines it', () => {
    const strategy = JSON.parse(`{
      "name": "rsi-dip", "description": "Buy the dip in an uptrend",
      "inst_id": "BTC-USDT", "bar": "15m", "direction": "long",
      "evaluate_on": "close", "monitor_interval_s": 20,
      "leverage": 1, "margin_mode": "cross",
      "sizing": { "type": "percent", "value": 100 },
      "risk": { "stop_loss_pct": 3, "take_profit_pct": 6, "trailing_stop_pct": null, "max_hold_bars": null, "cooldown_bars": 0 },
      "rules": {
        "buy_groups":  [ { "logic": "AND", "conditions": [
          { "side": "buy", "indicator_type": "RSI", "signal_type": "oversold", "params": { "period": 14, "oversold": 30 }, "within": 3 },
          { "side": "buy", "indicator_type": "MACD", "signal_type": "golden_cross" } ] } ],
        "sell_groups": [ { "logic": "OR", "conditions": [
          { "side": "sell", "indicator_type": "RSI", "signal_type": "overbought" },
          { "side": "sell", "indicator_type": "KDJ", "signal_type": "death_cross_overbought" } ] } ]
      }
    }`)
    const dip = templates.find(({ name }) => name === 'rsi-dip')
    expect(dip).toEqual(strategy)
    expect(dip && formatRules(dip.rules)).toBe(
      'buy: RSI(14, oversold=30) oversold within 3 and MACD golden_cross\nsell: RSI overbought or KDJ death_cross_overbought',
    )
  })
})
