import type { Translator } from '../i18n.js'
import type { Progress } from '../services/work.js'

const stepPct = 10

/** Tells how far the work is on standard error: one line that is rewritten on a terminal, else a line every ten percent. */
export function progressLine(t: Translator): (progress: Progress) => void {
  let told = ''
  return ({ key, args, fraction }) => {
    const pct = fraction === undefined ? null : Math.floor(fraction * 100)
    const text = pct === null ? t(key, args) : `${t(key, args)} ${pct} %`
    if (process.stderr.isTTY) return void process.stderr.write(`\r\u001b[K${text}${pct === 100 ? '\n' : ''}`)
    const step = `${key} ${pct === null ? '' : Math.floor(pct / stepPct)}`
    if (step !== told) process.stderr.write(`${text}\n`)
    told = step
  }
}
