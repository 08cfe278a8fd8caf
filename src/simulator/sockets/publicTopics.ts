import { intervalMs, isBar } from '../../domain/bars.js'
import { instTypeOf } from '../../domain/instrument.js'
import type { Quotes } from '../quotes.js'
import { barOfChannel, type ChannelArg } from './channels.js'

/** A read of the public half that a channel is made of. */
export interface Read {
  path: string
  search: string
}

/** Rows that are new since the last read, each to be pushed by itself. */
export interface Topic {
  /** Least time between two reads. */
  leastMs: number
  /** What is to be read next; null where the rows come from the quotes. */
  read(now: number): Read | null
  /** Of the rows that were read (as REST gives them) those that have not been pushed. */
  fresh(rows: readonly unknown[], now: number): unknown[][]
}

const halfMinuteMs = 30_000
const minuteMs = 60_000
const mostBars = 300

export function topicOf(arg: ChannelArg, quotes: Quotes): Topic {
  const { channel, instId = '', instType = '' } = arg
  const bar = barOfChannel(channel)
  if (bar !== null) return candleTopic(instId, bar)
  switch (channel) {
    case 'trades':
      return tradesTopic(instId, quotes)
    case 'mark-price': {
      const marked = instTypeOf(instId) === 'SPOT' ? 'MARGIN' : 'SWAP'
      return rowsTopic('/api/v5/public/mark-price', { instType: marked, instId }, 0)
    }
    case 'funding-rate':
      return rowsTopic('/api/v5/public/funding-rate', { instId }, halfMinuteMs)
    case 'instruments':
      return rowsTopic('/api/v5/public/instruments', { instType }, minuteMs)
    case 'books5':
      return rowsTopic('/api/v5/market/books', { instId, sz: '5' }, 0)
    default:
      return rowsTopic('/api/v5/market/ticker', { instId }, 0)
  }
}

/** All rows, whenever one of them is another than before; that time goes on is no change. */
function rowsTopic(path: string, query: Record<string, string>, leastMs: number): Topic {
  const search = `?${new URLSearchParams(query)}`
  let before = ''
  return {
    leastMs,
    read: () => ({ path, search }),
    fresh(rows) {
      const text = JSON.stringify(rows, (name, value) => (name === 'ts' ? undefined : value))
      if (text === before) return []
      before = text
      return [[...rows]]
    },
  }
}

/** Each bar repeats while it forms, and ends with a row that confirms it. */
function candleTopic(instId: string, bar: string): Topic {
  let newestTs = 0
  let newest = ''
  return {
    leastMs: 0,
    read(now) {
      const missed = newestTs > 0 && isBar(bar) ? Math.ceil((now - newestTs) / intervalMs(bar)) : 1
      const limit = String(Math.min(mostBars, missed + 1))
      return { path: '/api/v5/market/candles', search: `?${new URLSearchParams({ instId, bar, limit })}` }
    },
    fresh(rows) {
      const candles = rows.filter(Array.isArray).reverse()
      const unseen = newestTs === 0 ? candles.slice(-1) : candles.filter(([ts]) => Number(ts) >= newestTs)
      const changed = unseen.filter((row) => Number(row[0]) > newestTs || JSON.stringify(row) !== newest)
      const last = changed.at(-1)
      if (last) {
        newestTs = Number(last[0])
        newest = JSON.stringify(last)
      }
      return changed.map((row) => [row])
    },
  }
}

/** What was traded since the last read, as one trade at the last price. */
function tradesTopic(instId: string, quotes: Quotes): Topic {
  let readTs = 0
  let lastPx = ''
  return {
    leastMs: 0,
    read: () => null,
    fresh(_rows, now) {
      const quote = quotes.quote(instId, now)
      const traded = readTs > 0 ? quotes.traded(instId, readTs, now) : null
      readTs = now
      if (!quote || !traded || traded.volume.isZero()) return []
      const px = quote.last.toFixed()
      const side = lastPx !== '' && quote.last.lt(lastPx) ? 'sell' : 'buy'
      lastPx = px
      return [[{ instId, tradeId: String(now), px, sz: traded.volume.toFixed(), side, ts: String(now), count: '1' }]]
    },
  }
}
