import { instTypeOf } from '../../domain/instrument.js'
import type { Venue, VenueEvent } from '../venue/venue.js'
import type { ChannelArg } from './channels.js'
import type { Connection, Subscription } from './connection.js'

/** Rows of one push of a snapshot; the rest comes on further pages. */
const rowsAPage = 20
const usualEveryMs = 5000
/** What `updateInterval` may ask for instead, ms. */
const otherIntervals = ['2000', '3000', '4000']

/** The private channels: snapshots of `account` and `positions`, again from time to time, and every event. */
export interface PrivatePushes {
  /** To be called once the client has been told that it is subscribed. */
  open(connection: Connection, subscription: Subscription, now: number): void
  beat(connections: Iterable<Connection>, now: number): void
  /** Tells what the venue has had happen; false where that is nothing. */
  deliver(connections: Iterable<Connection>): boolean
}

export function createPrivatePushes(venue: () => Venue): PrivatePushes {
  function snapshot(connection: Connection, subscription: Subscription, now: number): void {
    const { arg } = subscription
    const uid = connection.key?.uid
    if (uid === undefined || (arg.channel !== 'positions' && arg.channel !== 'account')) return
    const rows = venue()
      .snapshot(uid, arg.channel, now)
      .flatMap((row) => fitting(arg, row))
    subscription.pushedAt = now
    const pages = Math.max(1, Math.ceil(rows.length / rowsAPage))
    for (let page = 1; page <= pages; page++) {
      const data = rows.slice((page - 1) * rowsAPage, page * rowsAPage)
      const frame = { arg: told(arg, uid), eventType: 'snapshot', curPage: page, lastPage: page === pages, data }
      connection.send(JSON.stringify(frame))
    }
  }

  function tell(connection: Connection, event: VenueEvent): void {
    for (const { arg } of connection.subscriptions.values()) {
      if (arg.channel !== event.channel) continue
      const data = fitting(arg, event.row)
      if (data.length === 0) continue
      const isUpdate = event.channel === 'positions' || event.channel === 'account'
      const frame = { arg: told(arg, event.uid), ...(isUpdate ? { eventType: 'event_update' } : {}), data }
      connection.send(JSON.stringify(frame))
    }
  }

  return {
    open: snapshot,
    beat(connections, now) {
      for (const connection of connections) {
        for (const subscription of connection.subscriptions.values()) {
          const { everyMs, pushedAt } = subscription
          if (everyMs !== null && now - pushedAt >= everyMs) snapshot(connection, subscription, now)
        }
      }
    },
    deliver(connections) {
      const events = venue().takeEvents()
      const all = [...connections]
      for (const event of events) {
        for (const connection of all) if (connection.key?.uid === event.uid) tell(connection, event)
      }
      return events.length > 0
    },
  }
}

/** What a push says that it is of. */
function told({ extraParams: _, ...arg }: ChannelArg, uid: string) {
  return { ...arg, uid }
}

/** How often a subscription's rows are pushed without an event: `extraParams` `{"updateInterval":"0"}` means never. */
export function intervalOf({ channel, extraParams }: ChannelArg): number | null {
  if (channel !== 'positions' && channel !== 'account') return null
  const asked = /"updateInterval"\s*:\s*"?(\d+)"?/.exec(extraParams ?? '')?.[1]
  if (asked === '0') return null
  return asked !== undefined && otherIntervals.includes(asked) ? Number(asked) : usualEveryMs
}

/** The part of a row that was subscribed to; none or one. */
function fitting(arg: ChannelArg, row: unknown): unknown[] {
  if (typeof row !== 'object' || row === null) return []
  if (arg.channel === 'account') {
    if (!arg.ccy || !('details' in row) || !Array.isArray(row.details)) return [row]
    const details = row.details.filter((detail) => detail.ccy === arg.ccy)
    return details.length === 0 ? [] : [{ ...row, details }]
  }
  const instId = 'instId' in row ? String(row.instId) : ''
  const { instType = 'ANY' } = arg
  const fits =
    (instType === 'ANY' || instType === instTypeOf(instId)) &&
    (!arg.instId || arg.instId === instId) &&
    (!arg.instFamily || instId.startsWith(`${arg.instFamily}-`))
  return fits ? [row] : []
}
