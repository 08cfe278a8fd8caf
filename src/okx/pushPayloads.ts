import { type Static, Type } from 'typebox'
import { AlgoOrderPayload, PositionPayload } from './accountPayloads.js'

const pTime = Type.Optional(PositionPayload.properties.uTime)

/** Channel `positions`: a position, and when it was pushed. */
export const PositionPushPayload = Type.Object({ ...PositionPayload.properties, pTime })
export type PositionPushPayload = Static<typeof PositionPushPayload>

const { instType, instId, algoId, tdMode, side, posSide, ordType, state, cTime, ...others } =
  AlgoOrderPayload.properties

/**
 * Channels `orders-algo` and `algo-advance` (trailing stops). As documented, each leaves out what is not of its kind of
 * orders, and the second has no `uTime` but a `pTime`, the time of the push.
 */
export const AlgoPushPayload = Type.Object({
  ...{ instType, instId, algoId, tdMode, side, posSide, ordType, state, cTime },
  ...Type.Partial(Type.Object(others)).properties,
  pTime,
})
export type AlgoPushPayload = Static<typeof AlgoPushPayload>
