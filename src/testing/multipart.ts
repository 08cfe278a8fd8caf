/** One part of a multipart/form-data body; a file has a file name. */
export interface Part {
  name: string
  fileName: string | null
  bytes: Buffer
}

/** The parts of a form. Node's own reader refuses headers without spaces, which are allowed, and which grammY sends. */
export function readMultipart(body: Buffer, contentType: string): Part[] {
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1]
  if (boundary === undefined) throw new Error('multipart without a boundary')
  const separator = Buffer.from(`\r\n--${boundary}`)
  // The first boundary has no line break before it.
  const whole = Buffer.concat([Buffer.from('\r\n'), body])
  const parts: Part[] = []
  let at = whole.indexOf(separator)
  for (;;) {
    const from = at + separator.length
    if (whole.toString('latin1', from, from + 2) === '--') return parts
    at = whole.indexOf(separator, from)
    if (at < 0) throw new Error('multipart without an end')
    parts.push(readPart(whole.subarray(from + 2, at)))
  }
}

function readPart(part: Buffer): Part {
  const headEnd = part.indexOf('\r\n\r\n')
  const head = part.toString('utf8', 0, headEnd)
  const value = (key: string) => new RegExp(`;\\s*${key}=(?:"([^"]*)"|([^;\\r\\n]*))`, 'i').exec(head)
  const name = value('name')
  const fileName = value('filename')
  if (headEnd < 0 || !name) throw new Error(`a part without a name: ${head}`)
  return {
    name: name[1] ?? name[2],
    fileName: fileName && (fileName[1] ?? fileName[2]),
    bytes: part.subarray(headEnd + 4),
  }
}
