import { describe, expect, it } from 'vitest'
import { catalog } from '../indicators/catalog.js'
import type { ParamSpec } from '../indicators/indicator.js'
import { checkLineParams } from './checkCondition.js'
import { usualValues } from './usualValues.js'

const number = (byDefault: number, min: number, max: number): ParamSpec => ({
  kind: 'number',
  default: byDefault,
  min,
  max,
})

describe('the values that are offered', () => {
  const specs = Object.values(catalog).flatMap(({ type, params, lineParams }) =>
    Object.entries(params).map(([name, spec]) => ({ type, name, spec, isOfLine: lineParams.includes(name) })),
  )

  it.each(specs)('for $type $name hold its default, are few enough for buttons, and are allowed', (one) => {
    const values = usualValues(one.spec)
    expect(values).toContainEqual(one.spec.default)
    expect(values.length).toBeGreaterThan(1)
    expect(values.length).toBeLessThanOrEqual(20)
    expect(new Set(values.map(String)).size).toBe(values.length)
    if (!one.isOfLine) return
    for (const value of values) expect(checkLineParams(one.type, { [one.name]: value })).toEqual([])
  })

  it('are the lengths that charts are drawn with', () => {
    expect(usualValues({ kind: 'integer', default: 13, min: 6, max: 60, isPeriod: true })).toEqual([
      6, 7, 9, 10, 12, 13, 14, 20, 24, 26, 30, 50, 60,
    ])
  })

  it('of a level are even steps around its default, never its ends', () => {
    expect(usualValues(number(30, 0, 100))).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65])
    expect(usualValues(number(70, 0, 100))).toEqual([35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95])
    expect(usualValues(number(2, 0.1, 50))).toEqual([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5])
    expect(usualValues(number(-100, -1000, 1000))).toEqual([
      -275, -250, -225, -200, -175, -150, -125, -100, -75, -50, -25,
    ])
    expect(usualValues(number(0, -5, 5))).toEqual([-3.5, -3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5])
  })

  it('of a count are whole', () => {
    const values = usualValues({ kind: 'integer', default: 10, min: 1, max: 1000, isPeriod: false })
    expect(values).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24])
  })

  it('of a list are lists of a length and with members that are allowed', () => {
    const spec: ParamSpec = { kind: 'periods', default: [5, 10, 20, 60], min: 5, max: 100, minCount: 3, maxCount: 4 }
    expect(usualValues(spec).map(String)).toEqual([
      '5,10,20,60',
      '5,10,20',
      '10,20,30',
      '5,20,60',
      '10,20,50',
      '5,10,30,60',
    ])
  })
})
