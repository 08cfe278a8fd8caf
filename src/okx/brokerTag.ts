/** The operator's broker code. */
export const brokerTag = 'c314b0aecb5bBCDE'

/**
 * The body as it is sent: with the broker tag on it (on each element of a batch), whatever tag it came with. The transport
 * passes every call through here whose endpoint is tagged, and there is no other way to the wire.
 */
export function withBrokerTag(body: RequestBody): RequestBody {
  if (isBatch(body)) return body.map((one) => ({ ...one, tag: brokerTag }))
  return { ...body, tag: brokerTag }
}

/** A POST's parameters in OKX's names, or those of each element of a batch. */
export type Parameters = Readonly<Record<string, unknown>>
export type RequestBody = Parameters | readonly Parameters[]

export function isBatch(body: RequestBody): body is readonly Parameters[] {
  return Array.isArray(body)
}
