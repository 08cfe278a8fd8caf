import type { BookPayload, MarkPricePayload } from '../okx/accountPayloads.js'
import type { Route } from './publicRoutes.js'
import type { Level, Quotes } from './quotes.js'
import { missing, unknownInstrument, wrong } from './refusal.js'

const deepest = 400

/** What the exchange tells of the prices that orders are filled at. Spot has its mark under MARGIN, as with OKX. */
export function quoteRoutes(quotes: Quotes): Readonly<Record<string, Route>> {
  const byId = new Map(quotes.instruments.map((instrument) => [instrument.instId, instrument]))

  return {
    '/api/v5/public/mark-price': {
      requestsPer2s: 10,
      scope: 'instId',
      answer(query, now) {
        const asked = query.get('instType')
        if (!asked) throw missing('instType')
        if (!['MARGIN', 'SWAP', 'FUTURES', 'OPTION'].includes(asked)) throw wrong('instType')
        const instId = query.get('instId')
        if (instId && !byId.has(instId)) throw unknownInstrument()
        return [...byId.values()].flatMap((instrument): MarkPricePayload[] => {
          const instType = instrument.instType === 'SPOT' ? 'MARGIN' : instrument.instType
          const quote = quotes.quote(instrument.instId, now)
          if (instType !== asked || (instId && instrument.instId !== instId) || !quote) return []
          return [{ instId: instrument.instId, instType, markPx: quote.markPx.toFixed(), ts: String(quote.ts) }]
        })
      },
    },
    '/api/v5/market/books': {
      requestsPer2s: 40,
      scope: 'ip',
      answer(query, now): BookPayload[] {
        const instId = query.get('instId')
        if (!instId) throw missing('instId')
        if (!byId.has(instId)) throw unknownInstrument()
        const depth = query.get('sz') || '1'
        if (!/^[1-9]\d{0,2}$/.test(depth) || Number(depth) > deepest) throw wrong('sz')
        const quote = quotes.quote(instId, now)
        if (!quote) return []
        const side = (levels: readonly Level[]) => levels.slice(0, Number(depth)).map(toLevel)
        return [{ asks: side(quote.asks), bids: side(quote.bids), ts: String(quote.ts) }]
      },
    },
  }
}

/** Price, size, a column that is always "0", and how many orders there are (here one). */
function toLevel({ px, sz }: Level): string[] {
  return [px.toFixed(), sz.toFixed(), '0', '1']
}
