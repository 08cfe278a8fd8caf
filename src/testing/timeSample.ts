import type { TimeSample } from '../okx/exchangeClock.js'

/** What an exchange says of its time that is asked at `now` and answers at once. */
export function sampleAt(now: number, theirs = now): TimeSample {
  return { theirs, sentAt: now, heardAt: now }
}
