import type { OpenWire } from '../okx/wire.js'

/** Real wires of which one knows when nothing is under way any more. */
export interface WatchedWires {
  openWire: OpenWire
  /** Waits until all that are opening are open, and all that was asked has been answered and whatever was said before that. */
  quiet(): Promise<void>
  /** Silent ones are not waited for. */
  setSilent(isSilent: boolean): void
  /** Grows with all that comes in or goes out. */
  activity(): number
  /** How many have been opened at the address that ends so. */
  opened(name: string): number
}

interface Watched {
  isOpening: boolean
  /** Answers that are due, to logins and subscriptions. */
  due: number
  /** Pings of ours, whose pongs are kept from the client. */
  pings: number
  ping(): void
}

const answers: readonly unknown[] = ['login', 'subscribe', 'unsubscribe', 'error']

export function createWatchedWires(openWire: OpenWire): WatchedWires {
  const wires = new Set<Watched>()
  const urls: string[] = []
  const waiting: (() => void)[] = []
  let isSilent = false
  let activity = 0

  function wake(): void {
    for (const go of waiting.splice(0)) go()
  }

  function note(): void {
    activity++
    wake()
  }

  const isWaitedFor = (isIt: (wire: Watched) => boolean) =>
    [...wires].some((wire) => wire.isOpening || (!isSilent && isIt(wire)))

  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => waiting.push(resolve))
  }

  return {
    openWire(url, events) {
      urls.push(url)
      const watched: Watched = {
        isOpening: true,
        due: 0,
        pings: 0,
        ping() {
          watched.pings++
          wire.send('ping')
        },
      }
      wires.add(watched)
      const end = () => {
        wires.delete(watched)
        note()
      }
      const wire = openWire(url, {
        opened() {
          watched.isOpening = false
          note()
          events.opened()
        },
        text(text) {
          const isOurs = text === 'pong' && watched.pings > 0
          if (isOurs) watched.pings--
          else if (text !== 'pong' && answers.includes(JSON.parse(text).event))
            watched.due = Math.max(0, watched.due - 1)
          if (isOurs) return wake()
          events.text(text)
          note()
        },
        closed(code, trouble) {
          end()
          events.closed(code, trouble)
        },
      })
      return {
        send(text) {
          if (text !== 'ping') watched.due += JSON.parse(text).args.length
          note()
          wire.send(text)
        },
        drop() {
          end()
          wire.drop()
        },
      }
    },
    async quiet() {
      await until(() => !isWaitedFor(({ due }) => due > 0))
      if (isSilent) return
      for (const wire of wires) if (!wire.isOpening) wire.ping()
      await until(() => !isWaitedFor(({ pings }) => pings > 0))
    },
    setSilent(value) {
      isSilent = value
      // What was said into the silence will not be answered.
      for (const wire of wires) {
        wire.due = 0
        wire.pings = 0
      }
    },
    activity: () => activity,
    opened: (name) => urls.filter((url) => url.endsWith(`/${name}`)).length,
  }
}
