import type { Logger } from 'pino'
import type { ChartSpec } from '../charts/spec.js'
import type { Translator } from '../i18n.js'
import type { ActionTokens } from '../store/actionTokens.js'
import type { Reply, ReplyButton } from './reply.js'

/** A Reply with its picture drawn and its buttons made safe to send. */
export interface DrawnReply extends Omit<Reply, 'chart' | 'buttons'> {
  picture?: { png: Uint8Array; name: string }
  buttons?: readonly (readonly DrawnButton[])[]
  /** The button that was pressed can do nothing more: a surface that can takes it away. */
  spent?: true
  /** For words of the surface's own. */
  t: Translator
}

export interface DrawnButton {
  label: string
  token: string
}

export interface DrawOptions {
  actionTokens: Pick<ActionTokens, 'create'>
  charts: { render(spec: ChartSpec): Promise<Uint8Array> }
  logger: Logger
  now(): number
}

/** Makes replies ready to send. */
export interface Draw {
  /** A button that only its owner can press, for a week. */
  button(button: ReplyButton, owner: { ownerKey: string }): Promise<DrawnButton>
  /** A picture that cannot be had is said to be missing; the rest goes out. */
  reply(reply: Reply, owner: { ownerKey: string }, t: Translator): Promise<DrawnReply>
}

type Rows<Button> = readonly (readonly Button[])[]

const buttonLifeMs = 7 * 86_400_000

export function createDraw({ actionTokens, charts, logger, now }: DrawOptions): Draw {
  /** However many there are, they are stored at once. */
  async function drawRows(rows: Rows<ReplyButton>, { ownerKey }: { ownerKey: string }): Promise<Rows<DrawnButton>> {
    const actions = rows.flat().map(({ command, args }) => ({ ownerKey, command, args }))
    const tokens = (await actionTokens.create(actions, { now: now(), expiresAt: now() + buttonLifeMs })).values()
    return rows.map((row) => row.map(({ label }) => ({ label, token: tokens.next().value ?? '' })))
  }

  return {
    async button(button, owner) {
      const [[drawn]] = await drawRows([[button]], owner)
      return drawn
    },
    async reply({ chart, buttons = [], ...rest }, owner, t) {
      const drawn: DrawnReply = { ...rest, t }
      const rows = buttons.filter((row) => row.length > 0)
      if (rows.length > 0) {
        // An answer in hand is worth more than its buttons.
        await drawRows(rows, owner).then(
          (buttons) => {
            drawn.buttons = buttons
          },
          (error: unknown) => logger.error({ err: error }, 'the buttons could not be stored'),
        )
      }
      if (!chart) return drawn
      try {
        return { ...drawn, picture: { png: await charts.render(chart), name: fileName(chart.title) } }
      } catch (error) {
        // The numbers are worth more than the picture.
        logger.error({ err: error }, 'the chart could not be drawn')
        return { ...drawn, text: [drawn.text, t('reply-picture-failed')].filter(Boolean).join('\n\n') }
      }
    },
  }
}

function fileName(title: string): string {
  const words = title.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '-')
  return `${words.replace(/^-+|-+$/g, '').slice(0, 80) || 'chart'}.png`
}
