/** Advance widths in em of the bundled font, by kind of character: a config is made without a canvas to measure on. */
function widthEm(character: string): number {
  if (
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u{1f300}-\u{3fffd}]/u.test(
      character,
    )
  )
    return 1
  if (/[ilIj.,:;'|!()[\] ]/.test(character)) return 0.31
  if (/[mwMW%@]/.test(character)) return 0.92
  if (/\p{Lu}/u.test(character)) return 0.65
  return 0.56
}

const boldFactor = 1.06

/** Approximate width of `text` in px at a font size of `sizePx`; rather too wide than too narrow. */
export function textWidth(text: string, sizePx: number, isBold = false): number {
  let em = 0
  for (const character of text) em += widthEm(character)
  return em * sizePx * (isBold ? boldFactor : 1)
}

/** `text` cut to `maxPx`, with an ellipsis where something was cut. */
export function fitText(text: string, maxPx: number, sizePx: number, isBold = false): string {
  if (textWidth(text, sizePx, isBold) <= maxPx) return text
  const characters = [...text]
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, sizePx, isBold) > maxPx) characters.pop()
  return `${characters.join('').trimEnd()}…`
}

/** `text` in at most `maxLines` lines of `maxPx`, broken between words where it has any; the last one is cut if need be. */
export function wrapText(text: string, maxPx: number, sizePx: number, isBold: boolean, maxLines: number): string[] {
  const lines: string[] = []
  let line = ''
  const words = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text.trim())].map(
    ({ segment }) => segment,
  )
  for (const [i, word] of words.entries()) {
    if (line !== '' && textWidth(line + word.trimEnd(), sizePx, isBold) > maxPx) {
      if (lines.length === maxLines - 1)
        return [...lines, fitText(line + words.slice(i).join(''), maxPx, sizePx, isBold)]
      lines.push(fitText(line.trimEnd(), maxPx, sizePx, isBold))
      line = word.trimStart()
    } else {
      line += word
    }
  }
  return [...lines, fitText(line, maxPx, sizePx, isBold)]
}
