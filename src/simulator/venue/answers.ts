import { Refusal } from '../refusal.js'
import type { Account } from './account.js'
import { advance } from './advance.js'
import { accountOf, type Desk } from './desk.js'
import { type Fields, fieldsOf, queryFields } from './fields.js'
import { tellTouched } from './tell.js'
import type { VenueAnswer, VenueRoute } from './venue.js'

/** What a call is about: the account that it is for, its parameters and the time. */
export interface Call {
  account: Account
  /** Of the query for GET, of the body's object for POST. */
  fields: Fields
  /** The body as it came. */
  body: unknown
  now: number
}

export const done = (data: readonly unknown[]): VenueAnswer => ({ code: '0', msg: '', data })

type Terms = Pick<VenueRoute, 'requestsPer2s' | 'scope' | 'weight'>

/** A call that reads. */
export function reads(desk: Desk, terms: Terms, answer: (call: Call) => VenueAnswer): VenueRoute {
  return {
    ...terms,
    needs: 'read_only',
    answer(uid, parameters, body, now) {
      const account = accountOf(desk, uid)
      advance(desk, now)
      return answer({ account, fields: queryFields(parameters), body, now })
    },
  }
}

/** A call that acts. Its body is an object, or for a batch a list. */
export function acts(desk: Desk, terms: Terms, answer: (call: Call) => VenueAnswer): VenueRoute {
  return {
    ...terms,
    needs: 'trade',
    answer(uid, _parameters, body, now) {
      const account = accountOf(desk, uid)
      advance(desk, now)
      const fields = Array.isArray(body) ? queryFields(new URLSearchParams()) : fieldsOf(body)
      try {
        return answer({ account, fields, body, now })
      } finally {
        // A refusal may have changed something: an amendment that fails may cancel.
        tellTouched(desk, now)
      }
    },
  }
}

/**
 * Does something for each element, each for itself: what was refused says so in its own row (`sCode`). The code of the whole
 * is 0 where all was done, 1 where nothing, 2 in between.
 */
export function each(
  elements: readonly unknown[],
  act: (fields: Fields) => Record<string, string>,
  refused: (fields: Fields) => Record<string, string>,
): VenueAnswer {
  let failures = 0
  const data = elements.map((element) => {
    let fields: Fields | null = null
    try {
      fields = fieldsOf(element)
      return { ...act(fields), sCode: '0', sMsg: '', subCode: '' }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      failures += 1
      return { ...refused(fields ?? fieldsOf({})), sCode: error.code, sMsg: error.message, subCode: '' }
    }
  })
  if (failures === 0) return done(data)
  return failures === data.length
    ? { code: '1', msg: data.length === 1 ? 'Operation failed.' : 'All operations failed', data }
    : { code: '2', msg: 'Bulk operation partially succeeded.', data }
}

/** A field as it was sent, for rows that tell of a refusal; '' where it is not text. */
export function echo(fields: Fields, name: string): string {
  try {
    return fields.text(name)
  } catch (error) {
    if (error instanceof Refusal) return ''
    throw error
  }
}
