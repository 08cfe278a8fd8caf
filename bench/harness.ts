export const clocks = ['wall', 'cpu'] as const

export interface Options {
  bars: number
  rounds: number
  /** `cpu` counts what the process computes (in all its threads) and not what it waits: for a machine that is busy. */
  clock: (typeof clocks)[number]
  /** Of the soak. */
  requests: number
}

/** One thing to measure. A batch of calls gives the ms of each. */
export interface Contestant {
  run(calls: number): Promise<number[]>
}

/** The ms of each of `calls` calls of functions that `prepare` makes, in time of its own. */
export function callsOf(clock: Options['clock'], calls: number, prepare: () => () => unknown): number[] {
  const now = nowBy[clock]
  return Array.from({ length: calls }, () => {
    const call = prepare()
    const start = now()
    call()
    return now() - start
  })
}

export const nowBy: Readonly<Record<Options['clock'], () => number>> = {
  wall: () => performance.now(),
  cpu: () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  },
}

const mostCalls = 15
/**
 * How long to warm up, and how long a turn is to be: the compiler works beside the program and needs its time, however
 * short a call is. Few bars are for a quick look, and do not get it.
 */
export function spanMs(bars: number): number {
  return Math.min(150, bars / 1000)
}

/**
 * Calls for so many ms and so often at least: a call of many loops is compiled loop by loop, over tens of calls. Gives the
 * ms of the last call.
 */
async function warmUp({ run }: Contestant, warmUpMs: number, leastCalls: number): Promise<number> {
  const start = performance.now()
  for (let calls = 2; ; calls += 2) {
    const [, last] = [...(await run(1)), ...(await run(1))]
    if (calls >= leastCalls && performance.now() - start >= warmUpMs) return last
  }
}

/**
 * The median ms of each contestant. They are warmed up, then take turns round by round, so that whatever else the
 * machine does meets all of them alike. A turn is of several calls unless they are slow, so that each has to deal with the
 * garbage of the calls before it.
 */
export async function race<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  { bars, rounds }: Options,
  leastCalls = 2,
): Promise<Record<Name, number>> {
  const names = Object.keys(contestants) as Name[]
  const calls = new Map<Name, number>()
  for (const name of names) {
    const ms = await warmUp(contestants[name], spanMs(bars), leastCalls)
    calls.set(name, Math.max(1, Math.min(mostCalls, Math.round(spanMs(bars) / ms))))
  }
  const times = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of names) times.get(name)!.push(...(await contestants[name].run(calls.get(name)!)))
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name)!)])) as Record<Name, number>
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** What was promised, and whether it was kept. */
export class Verdicts {
  #held = 0
  readonly #failed: string[] = []

  atMost(what: string, value: number, bound: number): string {
    return this.#judge(what, value <= bound, `${show(value)}, at most ${bound}`)
  }

  atLeast(what: string, value: number, bound: number): string {
    return this.#judge(what, value >= bound, `${show(value)}, at least ${bound}`)
  }

  get failed(): readonly string[] {
    return this.#failed
  }

  toString(): string {
    const lines = this.#failed.map((line) => `  FAIL ${line}`)
    return [`${this.#held} of ${this.#held + this.#failed.length} bounds hold`, ...lines].join('\n')
  }

  #judge(what: string, holds: boolean, figures: string): string {
    if (holds) this.#held++
    else this.#failed.push(`${what}: ${figures}`)
    return holds ? 'pass' : 'FAIL'
  }
}

/** Three digits that count. */
export function show(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

export function say(text = ''): void {
  process.stdout.write(`${text}\n`)
}

/** A table in plain text: the first column to the left, the others to the right. */
export function sayTable(head: readonly string[], body: readonly (readonly string[])[]): void {
  const widths = head.map((_, k) => Math.max(...[head, ...body].map((cells) => cells[k].length)))
  const line = (cells: readonly string[]) =>
    cells.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]))).join('  ')
  say(line(head))
  say(widths.map((width) => '-'.repeat(width)).join('  '))
  for (const cells of body) say(line(cells))
}
