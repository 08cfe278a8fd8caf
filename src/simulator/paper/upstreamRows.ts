import { Ajv } from 'ajv'
import type { Static, TSchema } from 'typebox'
import { Refusal } from '../refusal.js'
import type { Upstream } from './upstream.js'

const ajv = new Ajv()

/** A reader of the rows of one path, each checked; throws Refusal where OKX refuses, Error where a row is none. */
export function rowsOf<Row extends TSchema>(upstream: Upstream, path: string, row: Row) {
  const isRow = ajv.compile<Static<Row>>(row)
  return async (query: Readonly<Record<string, string>>): Promise<Static<Row>[]> => {
    const { status, body } = await upstream.get(`${path}?${new URLSearchParams(query)}`)
    if (body.code !== '0') throw new Refusal(body.code, body.msg, status)
    if (!Array.isArray(body.data)) throw new Error(`OKX ${path}: data is not a list`)
    return body.data.map((value: unknown) => {
      if (isRow(value)) return value
      throw new Error(`OKX ${path}: ${ajv.errorsText(isRow.errors)}`)
    })
  }
}
