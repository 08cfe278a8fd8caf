import { fileURLToPath } from 'node:url'
import { median, type Options, say, sayTable, show, type Verdicts } from './harness.js'
import { takeOrders } from './orders.js'

/** What the program is told to do with messages, which it makes in time of its own. */
export interface MessagesOrder {
  /** `times`: of candles; `heap`: what stays of so many of all kinds. */
  what: 'times' | 'heap'
  messages: number
}

export interface MessagesAnswer {
  /** Ms of JSON.parse alone, and of all the way to a listener. */
  parse: number
  stream: number
  heapBytes: number
}

const fewestPushesASecond = 10_000
const batch = 50_000
/** What the heap may grow by with each message; the figure itself is uncertain by a tenth of that. */
const mostBytesAMessage = 1
/** By then everything that is kept within bounds has reached them. */
const earlyMessages = 100_000
const allMessages = 1_000_000

/** OKX's pushes: how many candles a second come through to a listener on one core, and what stays of a million messages. */
export async function okxMessages({ bars, rounds, clock }: Options, verdicts: Verdicts): Promise<void> {
  const program = fileURLToPath(new URL('okxMessagesProgram.js', import.meta.url))
  const orders = takeOrders(process.execPath, ['--expose-gc', program, clock], 'kept')
  const ask = async (order: MessagesOrder): Promise<MessagesAnswer> =>
    JSON.parse(await orders.ask(JSON.stringify(order)))

  const answers: MessagesAnswer[] = []
  for (let round = 0; round <= rounds; round++) answers.push(await ask({ what: 'times', messages: batch }))
  // The first was for warming up.
  const perSecond = (what: 'parse' | 'stream') =>
    (1000 * batch) / median(answers.slice(1).map((answer) => answer[what]))
  const parsed = perSecond('parse')
  const pushes = perSecond('stream')
  say(`
Candle pushes a second on one core, medians of ${rounds} rounds
  parse: JSON.parse of the same texts, and no more
  stream: read, routed, checked, mapped, joined to the candles before and told to a listener`)
  sayTable(
    ['', 'pushes/s', '/ parse', 'at least', ''],
    [
      ['parse', show(parsed), '', '', ''],
      [
        'stream',
        show(pushes),
        show(pushes / parsed),
        String(fewestPushesASecond),
        verdicts.atLeast('candle pushes a second', pushes, fewestPushesASecond),
      ],
    ],
  )

  // Few bars are for a quick look.
  const all = Math.max(2 * earlyMessages, Math.min(allMessages, 2 * bars))
  const { heapBytes: earlyBytes } = await ask({ what: 'heap', messages: earlyMessages })
  const { heapBytes: allBytes } = await ask({ what: 'heap', messages: all - earlyMessages })
  orders.end()
  const growth = (allBytes - earlyBytes) / (all - earlyMessages)
  say(`
The heap in MB, after the garbage collector, once so many messages of all streams have come in`)
  sayTable(
    [`${earlyMessages}`, `${all}`, 'bytes/message', 'at most', ''],
    [
      [
        show(earlyBytes / 1e6),
        show(allBytes / 1e6),
        growth.toFixed(3),
        String(mostBytesAMessage),
        verdicts.atMost('bytes that stay of a message', growth, mostBytesAMessage),
      ],
    ],
  )
}
