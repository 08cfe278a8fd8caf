import { WebSocket } from 'ws'

/** What a connection tells. After `closed`, or after it was dropped by us, it tells nothing more. */
export interface WireEvents {
  opened(): void
  text(text: string): void
  /** With the close frame's code (1006: there was none), and what broke it if something did. Not the frame's own text. */
  closed(code: number, trouble: string): void
}

/** A connection that carries texts. */
export interface Wire {
  send(text: string): void
  drop(): void
}

export type OpenWire = (url: string, events: WireEvents) => Wire

const noCloseFrame = 1006
/** The largest push is far smaller. */
const maxPayload = 16 * 1024 * 1024

/** A WebSocket. What is sent while it is not open is lost, as on any wire. */
export const openWire: OpenWire = (url, events) => {
  const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload })
  let isOver = false
  let trouble = ''
  socket.on('open', () => {
    if (!isOver) events.opened()
  })
  socket.on('message', (data) => {
    if (!isOver) events.text(data.toString())
  })
  socket.on('error', (error) => {
    trouble = error.message
  })
  socket.on('close', (code) => {
    if (isOver) return
    isOver = true
    events.closed(code || noCloseFrame, trouble)
  })
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    drop() {
      isOver = true
      socket.terminate()
    },
  }
}
