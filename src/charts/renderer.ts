import type { ChartSpec } from './spec.js'

/** Draws pictures. The result is a PNG. */
export interface ChartRenderer {
  /** Throws ChartRenderError where the picture could not be had, and the signal's reason where it was given up. */
  render(spec: ChartSpec, options?: { signal?: AbortSignal }): Promise<Buffer>
}

/** Why there is no picture: the server cannot be reached, took too long, refused the chart, or answered with something else. */
export type ChartRenderFailure = 'unreachable' | 'timeout' | 'refused' | 'bad_answer'

/** A picture could not be had from the outside world; the numbers that it shows are not at fault. */
export class ChartRenderError extends Error {
  constructor(
    readonly failure: ChartRenderFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'ChartRenderError'
  }
}
