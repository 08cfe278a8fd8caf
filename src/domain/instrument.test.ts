import { expect, it } from 'vitest'
import { instTypeOf, parseInstId } from './instrument.js'

it.each([
  ['btc', 'BTC-USDT'],
  ['BTC', 'BTC-USDT'],
  ['btc swap', 'BTC-USDT-SWAP'],
  ['btc-swap', 'BTC-USDT-SWAP'],
  ['eth/usdc', 'ETH-USDC'],
  ['BTC-USDT-SWAP', 'BTC-USDT-SWAP'],
  ['1inch', '1INCH-USDT'],
])('reads %s as %s', (text, instId) => {
  expect(parseInstId(text)).toBe(instId)
})

it.each(['', 'swap', 'a-b-c', 'btc$', '-', '../etc'])('refuses %j', (text) => {
  expect(parseInstId(text)).toBeNull()
})

it('knows the type from the id', () => {
  expect(instTypeOf('BTC-USDT-SWAP')).toBe('SWAP')
  expect(instTypeOf('BTC-USDT')).toBe('SPOT')
})
