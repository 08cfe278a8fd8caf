/** Why the exchange says no: OKX's code and message, and the HTTP status it comes with. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 200,
  ) {
    super(message)
    this.name = 'Refusal'
  }
}

export const missing = (parameter: string) => new Refusal('50014', `Parameter ${parameter} can not be empty.`, 400)
export const wrong = (parameter: string) => new Refusal('51000', `Parameter ${parameter} error`, 400)
export const unknownInstrument = () => new Refusal('51001', "Instrument ID doesn't exist.")
export const wrongMethod = () => new Refusal('50115', 'Invalid request method.', 405)
export const tooManyRequests = () => new Refusal('50011', 'Too Many Requests', 429)
export const tooManyOrders = () => new Refusal('50061', 'Sub-account rate limit exceeded.')
export const unavailable = () => new Refusal('50001', 'Service temporarily unavailable. Try again later.', 503)
export const systemError = () => new Refusal('50026', 'System error. Try again later.', 500)
