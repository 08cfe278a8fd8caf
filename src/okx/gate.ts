import type { Timing } from './timing.js'

/** Lets an act through when its turn comes, at once if there is room; what it gives back takes it out of the line. */
export type Gate = (act: () => void) => () => void

/** At most `most` acts in any `windowMs`, first come first served. An act taken out of the line keeps its place empty. */
export function createGate(
  { clock, setTimer }: Pick<Timing, 'clock' | 'setTimer'>,
  most: number,
  windowMs: number,
): Gate {
  const turns: number[] = []
  return (act) => {
    const now = clock()
    const turn = turns.length < most ? now : Math.max(now, turns[0] + windowMs)
    if (turns.length >= most) turns.shift()
    turns.push(turn)
    if (turn > now) return setTimer(act, turn - now)
    act()
    return () => {}
  }
}

/** OKX takes three new connections a second from an address; a little apart, since they do not arrive as they were sent. */
export function createConnectGate(timing: Pick<Timing, 'clock' | 'setTimer'>): Gate {
  return createGate(timing, 3, 1100)
}
