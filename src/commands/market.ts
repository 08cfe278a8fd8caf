import type { Bar } from '../domain/bars.js'
import { intervalMs } from '../domain/bars.js'
import { type Candles, priceColumns, sliceCandles } from '../domain/candles.js'
import type { Source, Ticker } from '../domain/instrument.js'
import type { Translator } from '../i18n.js'
import { Arg } from './args.js'
import { defineCommand } from './defineCommand.js'
import { parseRange } from './range.js'
import type { Reply } from './reply.js'
import { seriesName, stampOf } from './stamp.js'

export const priceCommand = defineCommand({
  name: 'price',
  effect: 'read',
  args: Arg.object({ inst: Arg.optional(Arg.instrument()) }),
  async run({ inst = 'BTC-USDT' }, _caller, app, { signal }) {
    return { ticker: await app.marketData.ticker(inst, signal), source: app.marketData.source }
  },
  view: ({ ticker, source }, t) => priceReply(ticker, source, t),
})

function priceReply(ticker: Ticker, source: Source, t: Translator): Reply {
  const [base, quote] = ticker.instId.split('-')
  const change = ticker.last.div(ticker.open24h).minus(1).times(100).toNumber()
  return {
    ...stampOf(source, t),
    title: `${ticker.instId}  ${t.price(ticker.last)} ${quote}`,
    fields: [
      { label: t('figure-change-24h'), value: t.percent(change, { sign: true }) },
      { label: t('figure-high-24h'), value: t.price(ticker.high24h) },
      { label: t('figure-low-24h'), value: t.price(ticker.low24h) },
      { label: t('figure-volume-24h'), value: `${t.number(ticker.baseVol24h)} ${base}` },
      { label: t('figure-bid'), value: t.price(ticker.bidPx) },
      { label: t('figure-ask'), value: t.price(ticker.askPx) },
      { label: t('figure-time', { zone: t.timeZone }), value: t.dateTime(ticker.ts) },
    ],
    buttons: [
      [
        { label: t('button-refresh'), command: 'price', args: { inst: ticker.instId } },
        { label: t('button-candles', { bar: '15m' }), command: 'candles', args: { inst: ticker.instId, bar: '15m' } },
        { label: t('button-candles', { bar: '1D' }), command: 'candles', args: { inst: ticker.instId, bar: '1Dutc' } },
      ],
    ],
  }
}

const rowsShown = 10
const defaultBars = 200

interface CandlesData {
  instId: string
  bar: Bar
  source: Source
  candles: Candles
}

export const candlesCommand = defineCommand({
  name: 'candles',
  effect: 'read',
  args: Arg.object({
    inst: Arg.optional(Arg.instrument()),
    bar: Arg.optional(Arg.bar()),
    range: Arg.optional(Arg.range()),
  }),
  async run({ inst = 'BTC-USDT', bar = '15m', range }, _caller, app, context): Promise<CandlesData> {
    const { now } = context
    const window =
      range === undefined ? { fromTs: now - defaultBars * intervalMs(bar), toTs: now } : parseRange(range, now)
    const candles = await app.marketData.candles({ instId: inst, bar, ...window }, context)
    return { instId: inst, bar, source: app.marketData.source, candles }
  },
  view: candlesReply,
})

function candlesReply({ instId, bar, source, candles }: CandlesData, t: Translator): Reply {
  const { length } = candles.ts
  const title = seriesName(instId, bar)
  if (length === 0) return { ...stampOf(source, t), title, text: t('candles-none') }
  const newest = sliceCandles(candles, Math.max(0, length - rowsShown), length)
  const decimals = candles.priceScale
  const price = (value: number) =>
    decimals === null ? t.price(value) : t.number(value, { minDecimals: decimals, maxDecimals: decimals })
  const { stamp = null } = stampOf(source, t)
  const window = { from: t.dateTime(candles.ts[0]), to: t.dateTime(candles.ts[length - 1] + intervalMs(bar)) }
  return {
    ...stampOf(source, t),
    title,
    text: t('candles-window', { ...window, zone: t.timeZone, count: length, source: t(`source-${source}`) }),
    table: {
      columns: [
        { label: t('column-opened'), align: 'left' },
        ...[...priceColumns, 'volume'].map((name) => ({
          label: t(`column-${name}`),
          align: 'right' as const,
        })),
      ],
      rows: Array.from(newest.ts, (ts, i) => [
        t.dateTime(ts),
        ...priceColumns.map((name) => price(newest[name][i])),
        t.number(newest.volume[i]),
      ]),
    },
    chart: {
      kind: 'timeline',
      title,
      subtitle: t('chart-window', { from: window.from, to: window.to, source: t(`source-${source}`) }),
      stamp,
      badge: null,
      headline: [],
      panels: [
        {
          title: t('chart-price'),
          weight: 1,
          unit: 'price',
          series: [{ label: instId, role: 'price', style: 'line', ts: candles.ts, values: candles.close }],
          marks: [],
        },
      ],
      timeZone: t.timeZone,
      locale: t.tag,
      theme: t.theme,
    },
  }
}
