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
export const tooManyRequests = () => new Refusal('50011', 'Too Many Requests', 429)
