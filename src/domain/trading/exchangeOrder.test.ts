import { Decimal } from 'decimal.js'
import { expect, it } from 'vitest'
import { receivedOf } from './exchangeOrder.js'

const trade = { sz: new Decimal('0.5'), px: new Decimal(100), baseCcy: 'LTC', quoteCcy: 'USDT' }

it.each([
  ['buy', '-0.0005', 'LTC', 'LTC 0.4995'],
  ['buy', '0.0001', 'LTC', 'LTC 0.5001'],
  ['sell', '-0.05', 'USDT', 'USDT 49.95'],
  ['buy', '-0.001', 'OKB', 'LTC 0.5'],
] as const)('a spot %s with a fee of %s %s brings %s', (side, fee, feeCcy, expected) => {
  const { ccy, amount } = receivedOf({ ...trade, side, fee: new Decimal(fee), feeCcy })
  expect(`${ccy} ${amount.toFixed()}`).toBe(expected)
})
