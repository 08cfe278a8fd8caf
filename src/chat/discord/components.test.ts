import { describe, expect, it } from 'vitest'
import { createTranslator } from '../../i18n.js'
import { componentPages, type Row, withoutToken } from './components.js'

const t = createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'dark' })
const buttons = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => ({ label: `b${from + i}`, token: `t${from + i}` }))
/** `3` for three buttons, `[7]` for a menu of seven. */
const shape = (rows: Row[]) =>
  rows.map(({ components: [first, ...others] }) =>
    'options' in first ? `[${first.options.length}]` : String(1 + others.length),
  )

describe('buttons', () => {
  it('stay in their rows where Discord takes them', () => {
    expect(componentPages([buttons(5), [], buttons(1, 5)], t).map(shape)).toEqual([['5', '1']])
    expect(componentPages([[], []], t)).toEqual([])
  })

  it('of too many short rows move together, no more than they must', () => {
    const rows = [2, 1, 1, 4, 1, 2].map((count, i) => buttons(count, 10 * i))
    expect(componentPages(rows, t).map(shape)).toEqual([['2', '2', '4', '1', '2']])
    const crowded = [3, 3, 3, 3, 3, 3, 4].map((count, i) => buttons(count, 10 * i))
    expect(componentPages(crowded, t).map(shape)).toEqual([['5', '5', '5', '5', '2']])
    const [moved] = componentPages(
      Array.from({ length: 17 }, (_, i) => buttons(1, i)),
      t,
    )
    const ids = moved.flatMap(({ components }) => components.map((one) => 'custom_id' in one && one.custom_id))
    expect(ids).toEqual(buttons(17).map(({ token }) => token))
  })

  it('of a row that is too long become a menu, of too many rows all together', () => {
    expect(componentPages([buttons(2), buttons(7, 2)], t).map(shape)).toEqual([['2', '[7]']])
    expect(
      componentPages(
        Array.from({ length: 6 }, (_, i) => buttons(5, 5 * i)),
        t,
      ).map(shape),
    ).toEqual([['[25]', '[5]']])
  })

  it('too many for one message go on in the next', () => {
    expect(componentPages([buttons(130)], t).map(shape)).toEqual([['[25]', '[25]', '[25]', '[25]', '[25]'], ['[5]']])
  })
})

describe('what was used up', () => {
  it('can no longer be chosen, and the rest stays', () => {
    const [rows] = componentPages([buttons(2), buttons(6, 2)], t)
    const after = withoutToken(withoutToken(rows, 't0'), 't3')
    expect(after).toMatchObject([
      { components: [{ custom_id: 't0', disabled: true }, { custom_id: 't1' }] },
      { components: [{ options: ['t2', 't4', 't5', 't6', 't7'].map((value) => ({ value })) }] },
    ])
    expect(JSON.stringify(after).match(/disabled/g)).toHaveLength(1)
  })

  it('as the last of a menu closes the menu', () => {
    const [rows] = componentPages([buttons(6)], t)
    const after = buttons(6).reduce(
      (left, { token }) => withoutToken(left, token),
      rows as ReturnType<typeof withoutToken>,
    )
    expect(after).toMatchObject([{ components: [{ disabled: true, options: [{ value: 't5' }] }] }])
  })
})
