/** Answers of more pages than this go out as one page and a file. */
export const manyPages = 3

/** Where to cut a text so that what comes before fits: between paragraphs, lines or words where it can be. */
export function cutAt(text: string, room: number): number {
  if (text.length <= room) return text.length
  for (const mark of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(mark, room - mark.length)
    if (at > room / 2) return at + mark.length
  }
  return wholeCharacters(text, room)
}

/** At most `limit` long, with an ellipsis where something is missing. */
export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, wholeCharacters(text, limit - 1))}…`
}

export function stripControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
}

/** Never between the halves of one character. */
function wholeCharacters(text: string, length: number): number {
  return /[\ud800-\udbff]/.test(text.charAt(length - 1)) ? length - 1 : length
}
