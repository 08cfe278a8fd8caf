import { Ajv } from 'ajv'
import type { Logger } from 'pino'
import type { Static, TSchema } from 'typebox'
import { OkxPayloadError, type Source } from './okxError.js'
import type { Push } from './wsMessages.js'

/** What a push holds, row by row; null where it is not what OKX documents. */
export type ReadPush<Row> = (push: Push) => Row[] | null

/** Told of the first push of a channel that cannot be read: its field, not what is in it. */
export type PushProblems = (channel: string, field: string, detail: string) => void

export function createPushProblems(logger: Logger): PushProblems {
  const told = new Set<string>()
  return (channel, field, detail) => {
    if (told.has(channel)) return
    told.add(channel)
    logger.error({ channel, field, detail }, 'OKX pushed what cannot be read: it is taken for a gap')
  }
}

const ajv = new Ajv()

/** A push whose rows are of this schema, and become what `map` makes of them; OkxPayloadErrors of it count as problems. */
export function createPushReader<Schema extends TSchema, Row>(
  schema: Schema,
  map: (source: Source, payload: Static<Schema>, push: Push) => Row,
): (problems: PushProblems) => ReadPush<Row> {
  const isPayload = ajv.compile<Static<Schema>>(schema)
  return (problems) => (push) => {
    const { channel } = push.arg
    const rows: Row[] = []
    for (const [i, payload] of push.data.entries()) {
      if (!isPayload(payload)) {
        const [problem] = isPayload.errors ?? []
        problems(channel, `data/${i}${problem?.instancePath ?? ''}`, problem?.message ?? 'is wrong')
        return null
      }
      try {
        rows.push(map(`channel ${channel}`, payload, push))
      } catch (error) {
        if (!(error instanceof OkxPayloadError)) throw error
        problems(channel, `data/${i} ${error.field}`, error.detail)
        return null
      }
    }
    return rows
  }
}
