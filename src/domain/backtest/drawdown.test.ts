import { describe, expect, it } from 'vitest'
import { findDrawdown } from './drawdown.js'

const find = (startEquity: number, ...equity: number[]) =>
  findDrawdown({ ts: Float64Array.from(equity, (_, i) => i * 10), equity: Float64Array.from(equity), startEquity })

describe('the largest drawdown', () => {
  it('is none where equity never falls', () => {
    expect(find(100, 100, 100, 101)).toEqual({
      depth: 0,
      startTs: null,
      troughTs: null,
      recoveryTs: null,
      durationMs: 0,
    })
  })

  it('runs from the last mark at the high over the trough to the first mark back at it', () => {
    expect(find(100, 120, 120, 110, 90, 96, 120, 130)).toEqual({
      depth: 0.25,
      startTs: 10,
      troughTs: 30,
      recoveryTs: 50,
      durationMs: 40,
    })
  })

  it('lasts to the last mark where it is not made good', () => {
    expect(find(100, 200, 150, 100, 160)).toEqual({
      depth: 0.5,
      startTs: 0,
      troughTs: 20,
      recoveryTs: null,
      durationMs: 30,
    })
  })

  it('is the deeper in proportion, not in money', () => {
    expect(find(100, 100, 80, 200, 170, 200)).toMatchObject({ depth: 0.2, troughTs: 10, recoveryTs: 20 })
  })

  it('is the first of equally deep ones', () => {
    expect(find(100, 100, 50, 100, 50, 100)).toMatchObject({ startTs: 0, troughTs: 10, recoveryTs: 20 })
  })

  it('begins at the start equity where the first mark is below it', () => {
    expect(find(100, 90, 95)).toEqual({ depth: 0.1, startTs: 0, troughTs: 0, recoveryTs: null, durationMs: 10 })
  })
})
