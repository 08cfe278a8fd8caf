import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderReply } from '../chat/discord/render.js'
import { formatReply } from '../chat/telegram/formatted.js'
import { builderReply } from '../commands/builderView.js'
import type { Reply } from '../commands/reply.js'
import { resolveParams } from '../domain/indicators/catalog.js'
import { describeCondition } from '../domain/strategy/describe.js'
import { draftOf, mostConditions, newDraft, readDraft } from '../domain/strategy/draft.js'
import { formatCondition } from '../domain/strategy/notation.js'
import type { Condition } from '../domain/strategy/schema.js'
import { createTranslator, locales } from '../i18n.js'
import { checkComponents, checkEmbeds } from './discordRules.js'
import { allSignals } from './rulesArbitrary.js'
import { readKeyboard } from './telegramRules.js'

const instruments = ['BTC', 'ETH', 'SOL', 'XRP', 'DOGE', '1000SATS'].flatMap((coin) => [
  `${coin}-USDT`,
  `${coin}-USDT-SWAP`,
])
const patience = 60_000

describe.each(locales)('every reply of the builder in %s', (locale) => {
  const t = createTranslator({ locale, timeZone: 'UTC', theme: 'light' })
  const drawn = (reply: Reply) => ({
    ...reply,
    buttons: (reply.buttons ?? []).map((row, i) => row.map(({ label }, j) => ({ label, token: `token-${i}-${j}` }))),
    t,
  })

  it(
    'fits one message of Discord, with its buttons as buttons, and one of Telegram',
    () => {
      fc.assert(
        fc.property(fc.array(fc.nat({ max: 10_000 }), { maxLength: 50 }), (choices) => {
          let draft = newDraft({ name: 'x'.repeat(40), isNamed: false })
          for (const choice of [...choices, 0]) {
            const reply = builderReply({ draft, instruments }, t)
            const buttons = (reply.buttons ?? []).flat()
            expect(buttons.length).toBeGreaterThan(0)
            expect(buttons.length).toBeLessThanOrEqual(25)
            for (const { label } of buttons) expect(label).toMatch(/^[^\n]{1,80}$/)
            // Pressed by label, as people do: two that look the same would be one too many.
            expect(new Set(buttons.map(({ label }) => label)).size).toBe(buttons.length)

            const messages = renderReply(drawn(reply))
            expect(messages).toHaveLength(1)
            const [{ components, embeds }] = messages
            checkComponents(components)
            checkEmbeds(embeds)
            expect(components.flatMap((row) => row.components)).toHaveLength(buttons.length)

            expect(formatReply(drawn(reply)).text.length).toBeLessThanOrEqual(4096)
            readKeyboard({
              inline_keyboard: drawn(reply).buttons.map((row) =>
                row.map(({ label, token }) => ({ text: label, callback_data: token })),
              ),
            })
            const next = buttons[choice % buttons.length].args.draft
            draft = readDraft(String(next)) ?? draft
          }
        }),
        { numRuns: 60 },
      )
    },
    patience,
  )

  it('fits one message even with the longest conditions there are', () => {
    const conditions = allSignals.map(({ indicator, signalType }): Condition => {
      const params = resolveParams(indicator, signalType) as NonNullable<Condition['params']>
      const condition = { side: 'buy', indicator_type: indicator.type, signal_type: signalType } as const
      const isPlain = Object.keys(params).length === 0
      return { ...condition, ...(!isPlain && { params }), within: 10, negate: true, bar: '12Hutc' }
    })
    const lengthOf = (condition: Condition) =>
      describeCondition(condition, t).length + formatCondition(condition).length
    const longest = conditions.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one))
    const { strategy } = newDraft({ name: 'x'.repeat(40), isNamed: true })
    const groups = [{ logic: 'AND' as const, conditions: Array<Condition>(mostConditions).fill(longest) }]
    const draft = draftOf({ ...strategy, rules: { ...strategy.rules, buy_groups: groups } })
    for (const ask of ['rules', 'conditions', 'settings'] as const) {
      const reply = drawn(builderReply({ draft: { ...draft, question: { ask } }, instruments }, t))
      expect(renderReply(reply)).toHaveLength(1)
      expect(formatReply(reply).text.length).toBeLessThanOrEqual(4096)
    }
  })
})
