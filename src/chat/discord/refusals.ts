import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js'

/** Discord says no: what was asked cannot be had, or not so. */
export function isRefused(error: unknown, ...codes: number[]): error is DiscordAPIError {
  if (!(error instanceof DiscordAPIError)) return false
  return codes.length === 0 || codes.includes(Number(error.code))
}

/** The message to be changed was deleted. */
export function isGone(error: unknown): boolean {
  return isRefused(error, RESTJSONErrorCodes.UnknownMessage)
}

/** The interaction takes no more answers. */
export function isDead(error: unknown): boolean {
  const { UnknownInteraction, UnknownWebhook, InvalidWebhookToken } = RESTJSONErrorCodes
  return isRefused(error, UnknownInteraction, UnknownWebhook, InvalidWebhookToken)
}

/** Their settings, or the channel's, keep us out. */
export function isShutOut(error: unknown): error is DiscordAPIError {
  return isRefused(error) && error.status === 403
}

/** What lies in the message is too much, or not to Discord's liking. */
export function isContentRefused(error: unknown): boolean {
  return isRefused(error) && (error.status === 400 || error.status === 413)
}

/** Discord was reached, and this is its word, or would be: as opposed to a network that failed. */
export function isAnswer(error: unknown): boolean {
  return [DiscordAPIError, HTTPError, RateLimitError].some((kind) => error instanceof kind)
}
