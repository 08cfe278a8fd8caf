import { keyOf, uniformAt } from './noise.js'

/** A minute: prices in ticks, volume in units, turnover in quote currency. */
export interface Minute {
  open: number
  high: number
  low: number
  close: number
  volume: number
  turnover: number
}

const seconds = 60

/**
 * A minute as far as it has come after `elapsedMs`: second by second the price runs from the open by way of both
 * extremes to the close, so that the minute grows into exactly the `whole`.
 */
export function formMinute(whole: Minute, seed: string, elapsedMs: number): Minute {
  const key = keyOf(seed)
  const price = pricePath(whole, key)
  const elapsed = Math.min(seconds, Math.floor(elapsedMs / 1000))
  let high = whole.open
  let low = whole.open
  for (let second = 1; second <= elapsed; second++) {
    high = Math.max(high, price(second))
    low = Math.min(low, price(second))
  }
  const share = elapsed / seconds
  return {
    open: whole.open,
    high,
    low,
    close: price(elapsed),
    volume: Math.floor(whole.volume * share),
    turnover: Math.floor(whole.turnover * share),
  }
}

function pricePath({ open, high, low, close }: Minute, key: number): (second: number) => number {
  // A minute that rises has more often seen its low first.
  const lowFirst = uniformAt(key, 0) < (close >= open ? 0.7 : 0.3)
  const turns = [
    { second: 0, price: open },
    { second: 4 + Math.floor(uniformAt(key, 1) * 25), price: lowFirst ? low : high },
    { second: 31 + Math.floor(uniformAt(key, 2) * 25), price: lowFirst ? high : low },
    { second: seconds, price: close },
  ]
  return (second) => {
    const next = turns.findIndex((turn) => turn.second >= second)
    const to = turns[next]
    if (to.second === second) return to.price
    const from = turns[next - 1]
    const line = from.price + ((to.price - from.price) * (second - from.second)) / (to.second - from.second)
    const shake = (uniformAt(key, 100 + second) - 0.5) * 0.3 * (high - low)
    return Math.max(low, Math.min(high, Math.round(line + shake)))
  }
}
