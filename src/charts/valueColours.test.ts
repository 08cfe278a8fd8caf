import { describe, expect, it } from 'vitest'
import { themes } from './theme.js'
import { coloursOf, readableOn } from './valueColours.js'

/** WCAG's contrast of two colours, 1 to 21. */
function contrast(one: string, other: string): number {
  const luminance = (color: string) => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const ramp = Float64Array.from({ length: 200 }, (_, i) => i / 10 - 10)

describe.each(['light', 'dark'] as const)('colours of values, %s', (name) => {
  const theme = themes[name]

  it.each(['signed', 'ranked'] as const)('carry readable text: %s', (colours) => {
    const { key } = coloursOf({ colours, values: ramp, name: 'ramp' }, theme)
    for (const color of [...key, theme.emptyCell]) expect(contrast(color, readableOn(color))).toBeGreaterThan(4)
  })

  it('rank values in order, the highest furthest from the background', () => {
    const { of, key } = coloursOf({ colours: 'ranked', values: ramp, name: 'ramp' }, theme)
    const places = [-10, -5, 0, 5, 9.9].map((value) => key.indexOf(of(value)))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places.at(-1)).toBe(key.length - 1)
    expect(contrast(of(9.9), theme.background)).toBeGreaterThan(contrast(of(-10), theme.background))
  })

  it('are not all one for the sake of one that lies far out', () => {
    const values = ramp.map((value, i) => (i === 0 ? -9_000 : value))
    const { of } = coloursOf({ colours: 'ranked', values, name: 'ramp' }, theme)
    expect(new Set([-5, 0, 5].map(of)).size).toBe(3)
  })

  it('show the sign, and nothing for nothing', () => {
    const { of } = coloursOf({ colours: 'signed', values: ramp, name: 'ramp' }, theme)
    expect(of(0)).toBe(theme.emptyCell)
    expect(new Set([of(0.1), of(-0.1), of(8), of(-8)]).size).toBe(4)
  })
})
