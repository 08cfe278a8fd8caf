import { describe, expect, test } from 'vitest'
import { type Candle, candlesFromRows } from '../../candles.js'
import { yes } from '../indicator.js'
import { pattern } from './pattern.js'

type SignalType = keyof typeof pattern.signals

/**
 * What comes before: white and black in turn between 100 and 110, shadows of 5 on both sides. A body is long above 10 and
 * a doji's up to 2, a shadow very short below 2, Near is 4 and Far 12; the candles of a pattern move those a little.
 */
const before = new Array(7).fill('100 115 95 110, 110 115 95 100').join(', ')

/** Candles from `open high low close, ...`. */
function read(text: string): Candle[] {
  return text.split(', ').map((shape, i) => {
    const [open, high, low, close] = shape.split(' ').map(Number)
    return { ts: i * 60_000, open, high, low, close, volume: 1 }
  })
}

/** The same around 105, where the middle of what comes before is. */
function upsideDown(candles: readonly Candle[]): Candle[] {
  return candles.map(({ ts, open, high, low, close, volume }) => ({
    ts,
    open: 210 - open,
    high: 210 - low,
    low: 210 - high,
    close: 210 - close,
    volume,
  }))
}

/** The signals at the last of these candles. */
function found(rows: readonly Candle[]): SignalType[] {
  const candles = candlesFromRows(rows)
  return (Object.keys(pattern.signals) as SignalType[]).filter(
    (type) => pattern.signals[type].evaluate({ candles, lines: () => ({}) }, {}).at(-1) === yes,
  )
}

const twins: readonly (readonly [SignalType, SignalType])[] = [
  ['doji', 'doji'],
  ['spinning_top', 'spinning_top'],
  ['dragonfly_doji', 'gravestone_doji'],
  ['bullish_engulfing', 'bearish_engulfing'],
  ['bullish_harami', 'bearish_harami'],
  ['morning_star', 'evening_star'],
  ['morning_doji_star', 'evening_doji_star'],
  ['three_inside_up', 'three_inside_down'],
  ['three_outside_up', 'three_outside_down'],
  ['bullish_marubozu', 'bearish_marubozu'],
  ['rising_three_methods', 'falling_three_methods'],
  ['bullish_kicking', 'bearish_kicking'],
  ['bullish_abandoned_baby', 'bearish_abandoned_baby'],
]
const twinOf = new Map<string, SignalType>([...twins, ...twins.map(([one, other]) => [other, one] as const)])

type Case = readonly [what: string, candles: string, signals: string]

const cases: Record<string, readonly Case[]> = {
  'one candle': [
    ['a doji with the largest body', '104 114 94 106', 'doji spinning_top'],
    ['a body too large for a doji', '104 114 94 107', 'spinning_top'],
    ['a dragonfly with the longest upper shadow', '105 107 90 106', 'doji dragonfly_doji'],
    ['a dragonfly with too long an upper shadow', '105 108 90 106', 'doji spinning_top'],
    ['a dragonfly with the shortest lower shadow', '105 106 102 106', 'doji dragonfly_doji'],
    ['a dragonfly with too short a lower shadow', '105 106 103 106', 'doji'],
    ['a dragonfly with the body of no doji', '103 106 90 106', ''],
    ['a gravestone, black', '106 121 105 105', 'doji gravestone_doji'],
    ['a spinning top', '103 110 96 106', 'spinning_top'],
    ['a spinning top with an upper shadow no longer than its body', '103 109 96 106', ''],
    ['a spinning top with a lower shadow no longer than its body', '103 110 100 106', ''],
    ['a spinning top with the largest body', '101 120 91 110', 'spinning_top'],
    ['a spinning top with too large a body', '101 122 90 111', ''],
    ['a marubozu with the longest shadows', '101 113 100 112', 'bullish_marubozu'],
    ['a marubozu with too short a body', '101 112 100 111', ''],
    ['a marubozu with too long an upper shadow', '101 114 100 112', ''],
    ['a marubozu with too long a lower shadow', '101 113 99 112', ''],
    ['a black marubozu', '109 110 97 98', 'bearish_marubozu'],
  ],
  'hammers and their neighbours': [
    ['a hammer as high as can be', '99 104 85 104', 'hammer'],
    ['a hammer, black', '104 104 85 99', 'hammer'],
    ['a hammer too high above the low before', '100 105 86 105', ''],
    ['a hammer far below', '45 50 30 50', 'hammer'],
    ['a hammer with a shadow no longer than its body', '95 100 90 100', ''],
    ['a hammer with an upper shadow', '95 102 85 100', ''],
    ['a hammer with the largest body', '91 100 76 100', 'hammer'],
    ['a hammer with too large a body', '90 100 75 100', ''],
    ['a hanging man as low as can be', '111 116 100 116', 'hanging_man'],
    ['a hanging man too far below the high before', '110 115 99 115', ''],
    ['a hanging man far above', '211 216 200 216', 'hanging_man'],
    ['an inverted hammer', '94 110 94 99', 'inverted_hammer'],
    ['an inverted hammer without a gap', '95 111 95 100', ''],
    ['an inverted hammer with a shadow no longer than its body', '94 104 94 99', ''],
    ['an inverted hammer with a lower shadow', '94 110 92 99', ''],
    ['an inverted hammer with too large a body', '89 115 89 99', ''],
    ['a shooting star', '111 127 111 116', 'shooting_star'],
    ['a shooting star, black', '116 127 111 111', 'shooting_star'],
    ['a shooting star without a gap', '110 126 110 115', ''],
    ['a shooting star with a lower shadow', '111 127 109 116', ''],
  ],
  engulfing: [
    ['beyond both ends', '108 110 100 102, 101 110 100 109', 'bullish_engulfing'],
    ['beyond the upper end', '108 110 100 102, 102 110 100 109', 'bullish_engulfing'],
    ['beyond the lower end', '108 110 100 102, 101 110 100 108', 'bullish_engulfing'],
    ['equal to it', '108 110 100 102, 102 110 100 108', ''],
    ['not covering it below', '108 110 100 102, 103 115 100 114', ''],
    ['not covering it above', '108 110 100 102, 96 110 95 107', ''],
    ['white after white', '102 110 100 108, 101 110 100 109', ''],
    ['black after black', '108 110 100 102, 109 110 100 101', ''],
  ],
  'harami and three inside': [
    ['a harami', '120 121 99 100, 105 111 104 110', 'bullish_harami'],
    ['a harami of two black candles', '120 121 99 100, 110 111 104 105', 'bullish_harami'],
    ['a harami low in the body', '120 121 89 90, 92 100 91 99', 'bullish_harami'],
    ['in a white body', '100 121 99 120, 105 111 104 110', 'bearish_harami'],
    ['the largest harami, with an end in common', '120 121 99 100, 100 112 99 111', 'bullish_harami'],
    ['with the other end in common', '120 121 99 100, 109 121 104 120', 'bullish_harami'],
    ['too large a harami', '120 121 99 100, 104 120 100 116', ''],
    ['beyond the first body below', '120 121 99 100, 99 111 98 109', ''],
    ['beyond the first body above', '120 121 99 100, 111 122 110 121', ''],
    ['in a body that is not long', '110 121 99 100, 103 108 102 107', ''],
    ['three inside', '120 121 99 100, 105 111 104 110, 110 124 108 121', 'three_inside_up'],
    [
      'three inside, the second black and the third with any body',
      '120 121 99 100, 110 111 104 105, 120 126 116 121',
      'doji three_inside_up spinning_top',
    ],
    ['with the largest second body', '120 121 99 100, 101 113 100 112, 112 124 108 121', 'three_inside_up'],
    ['closing only at the first open', '120 121 99 100, 105 111 104 110, 110 124 108 120', ''],
    ['black and above', '120 121 99 100, 105 111 104 110, 127 129 119 121', ''],
    ['with a lower end in common', '120 121 99 100, 100 106 99 105, 105 124 103 121', ''],
    ['with an upper end in common', '120 121 99 100, 115 121 114 120, 115 124 113 121', ''],
    ['not in a long body', '110 116 99 100, 103 108 102 107, 105 124 103 121', ''],
    ['not after a short one', '120 121 99 100, 103 119 102 116, 110 124 108 121', ''],
  ],
  'three outside': [
    ['an engulfing, then higher', '108 110 100 102, 101 110 100 109, 114 115 109 110', 'three_outside_up'],
    ['then no higher', '108 110 100 102, 101 110 100 109, 113 114 108 109', ''],
    ['a lower end in common', '108 110 100 102, 102 110 100 109, 114 115 109 110', ''],
    ['an upper end in common', '108 110 100 102, 101 110 100 108, 114 115 109 110', ''],
    ['white before white', '102 110 100 108, 101 110 100 109, 114 115 109 110', ''],
  ],
  'piercing line and dark cloud cover': [
    ['a piercing line', '120 122 98 100, 97 115 90 111', 'piercing_line'],
    ['closing in the middle', '120 122 98 100, 97 115 90 110', ''],
    ['opening at the low', '120 122 98 100, 98 115 90 111', ''],
    ['closing just below the open', '120 122 98 100, 97 125 90 119', 'piercing_line'],
    ['closing at the open', '120 122 98 100, 97 125 90 120', 'bullish_engulfing'],
    ['closing above the open', '120 122 98 100, 97 125 90 121', 'bullish_engulfing'],
    ['after a body that is not long', '110 115 98 100, 90 115 80 106', ''],
    ['after white', '100 122 98 120, 97 115 90 111', ''],
    ['with a second body that is not long', '112 113 99 100, 98 110 90 107', ''],
    ['a dark cloud cover, whose second body need not be long', '98 111 97 110, 112 120 100 103', 'dark_cloud_cover'],
    ['closing in the middle, upside down', '98 111 97 110, 112 120 100 104', ''],
    ['opening at the high', '98 111 97 110, 111 120 100 103', ''],
    ['closing just above the open, upside down', '98 111 97 110, 112 120 90 99', 'dark_cloud_cover'],
    ['closing at the open, upside down', '98 111 97 110, 112 120 90 98', 'bearish_engulfing'],
  ],
  kicking: [
    ['a gap up', '111 112 98 99, 114 127 113 126', 'bullish_marubozu bullish_kicking'],
    ['no gap', '111 112 98 99, 113 126 112 125', 'bullish_marubozu'],
    ['white after white', '101 114 100 113, 116 129 115 128', 'bullish_marubozu'],
    ['black after white, upward', '101 114 100 113, 128 129 115 116', 'bearish_marubozu'],
    ['after a candle with an upper shadow', '111 113 98 99, 115 128 114 127', 'bullish_marubozu'],
    ['after a candle with a lower shadow', '111 112 97 99, 114 127 113 126', 'bullish_marubozu'],
    ['after a candle that is not long', '110 111 99 100, 114 127 113 126', 'bullish_marubozu'],
    ['of a candle that is not long', '111 112 98 99, 114 125 113 124', ''],
    ['of a candle with a shadow', '111 112 98 99, 115 128 113 127', ''],
  ],
  stars: [
    ['a morning star', '120 121 99 100, 95 98 88 90, 92 110 90 107', 'morning_star'],
    ['with a white star', '120 121 99 100, 90 98 88 95, 96 110 90 107', 'morning_star'],
    ['with the largest star', '120 121 99 100, 88 101 85 99, 92 110 90 107', 'morning_star'],
    ['with too large a star', '120 121 99 100, 87 101 85 99, 92 110 90 107', ''],
    ['with no gap to the star', '120 121 99 100, 95 102 88 100, 92 110 90 107', ''],
    ['with too low a close', '120 121 99 100, 95 98 88 90, 92 110 90 106', ''],
    ['with a third body that is short', '120 121 99 100, 95 98 88 90, 97 112 90 107', ''],
    ['with a third body as long as the mean', '115 121 99 100, 95 98 88 90, 97 112 90 107', ''],
    ['with a third body just above the mean', '115 121 99 100, 95 98 88 90, 97 112 90 108', 'morning_star'],
    ['with a third candle that is black', '120 121 99 100, 95 98 88 90, 120 122 100 107', ''],
    ['after white', '100 121 99 120, 95 98 88 90, 92 110 90 107', ''],
    ['after a body that is not long', '110 121 99 100, 95 98 88 90, 91 110 85 107', ''],
    ['a morning doji star', '120 121 99 100, 95 99 88 97, 92 110 90 107', 'morning_star morning_doji_star'],
    ['a star that is no doji', '120 121 99 100, 94 99 88 97, 92 110 90 107', 'morning_star'],
    [
      'an abandoned baby',
      '120 121 99 100, 94 98 88 95, 100 115 99 112',
      'morning_star morning_doji_star bullish_abandoned_baby',
    ],
    [
      'a baby that touches the first candle',
      '120 121 99 100, 94 99 88 95, 101 115 100 112',
      'morning_star morning_doji_star',
    ],
    [
      'a baby that touches the third candle',
      '120 121 99 100, 94 98 88 95, 100 115 98 112',
      'morning_star morning_doji_star',
    ],
    ['a baby that is no doji', '120 121 99 100, 94 98 88 97, 100 115 99 112', 'morning_star'],
  ],
  'three white soldiers': [
    ['three in step', '100 111 98 110, 105 117 103 116, 112 124 110 123', 'three_white_soldiers'],
    ['opening as far above as can be', '100 111 98 110, 114 126 112 125, 121 133 118 132', 'three_white_soldiers'],
    ['opening too far above', '100 111 98 110, 115 127 113 126, 122 134 119 133', ''],
    ['opening no higher', '100 111 98 110, 100 117 98 116, 105 124 103 123', ''],
    ['closing no higher', '100 111 98 110, 105 119 103 118, 106 119 103 118', ''],
    ['with an upper shadow at the end', '100 111 98 110, 105 117 103 116, 112 125 110 123', ''],
    ['with an upper shadow in the middle', '100 111 98 110, 105 118 103 116, 112 124 110 123', ''],
    ['with an upper shadow at first', '100 112 98 110, 105 117 103 116, 112 124 110 123', ''],
    ['with a last body that is short', '100 111 98 110, 105 117 103 116, 113 124 110 123', ''],
    ['the second just not far shorter', '80 111 78 110, 105 125 103 124, 112 130 108 129', 'three_white_soldiers'],
    ['the second far shorter', '80 111 78 110, 106 125 103 124, 112 130 108 129', ''],
    ['a black one among them', '100 111 98 110, 116 117 103 111, 112 124 110 123', ''],
  ],
  'three black crows': [
    ['three in step', '100 112 98 110, 111 113 100 101, 106 108 95 96, 101 103 90 91', 'three_black_crows'],
    ['after black', '110 112 98 100, 111 113 100 101, 106 108 95 96, 101 103 90 91', ''],
    ['closing at first at the high before', '90 101 88 100, 111 113 100 101, 106 108 95 96, 101 103 90 91', ''],
    [
      'closing at first above the body before',
      '90 102 88 100, 111 113 100 101, 106 108 95 96, 101 103 90 91',
      'three_black_crows',
    ],
    ['opening at the open before', '100 112 98 110, 111 113 100 101, 111 112 95 96, 101 103 90 91', ''],
    ['opening at the close before', '100 112 98 110, 111 113 100 101, 101 103 90 91, 96 98 85 86', ''],
    ['closing no lower', '100 112 98 110, 111 113 100 101, 106 108 95 96, 101 103 95 96', ''],
    ['with a lower shadow at the end', '100 112 98 110, 111 113 100 101, 106 108 95 96, 101 103 89 91', ''],
    ['with a lower shadow in the middle', '100 112 98 110, 111 113 100 101, 106 108 94 96, 101 103 90 91', ''],
    ['with a lower shadow at first', '100 112 98 110, 111 113 99 101, 106 108 95 96, 101 103 90 91', ''],
    ['a white one among them', '100 112 98 110, 111 113 100 101, 96 108 95 106, 101 103 90 91', ''],
  ],
  'three methods': [
    [
      'a rest within a long candle',
      '100 122 98 120, 116 118 110 112, 113 115 107 109, 110 112 104 106, 108 126 107 123',
      'rising_three_methods',
    ],
    [
      'opening at the close before',
      '100 122 98 120, 116 118 110 112, 113 115 107 109, 110 112 104 106, 106 126 105 123',
      'bullish_engulfing',
    ],
    [
      'closing at the first close',
      '100 122 98 120, 116 118 110 112, 113 115 107 109, 110 112 104 106, 108 126 107 120',
      '',
    ],
    [
      'a white one among the three',
      '100 122 98 120, 116 118 110 112, 105 115 104 109, 110 112 104 106, 108 126 107 123',
      '',
    ],
    [
      'closes that do not fall',
      '100 122 98 120, 116 118 110 112, 114 115 111 112, 110 112 104 106, 108 126 107 123',
      '',
    ],
    [
      'closes that fall once only',
      '100 122 98 120, 116 118 110 112, 113 115 107 109, 110 112 108 109, 111 126 107 123',
      '',
    ],
    [
      'the largest of the three',
      '100 122 98 120, 121 123 110 111, 113 115 107 109, 110 112 104 106, 108 126 107 123',
      'rising_three_methods',
    ],
    [
      'one of the three that is not small',
      '100 122 98 120, 121 123 109 110, 113 115 107 109, 110 112 104 106, 108 126 107 123',
      '',
    ],
    [
      'the last of them all but out of it',
      '100 122 98 120, 116 118 110 112, 113 115 107 109, 99 100 90 94, 96 126 90 123',
      'rising_three_methods',
    ],
    ['one of them below it', '100 122 98 120, 116 118 110 112, 113 115 107 109, 98 100 90 94, 96 126 90 123', ''],
    [
      'the first of them all but above it',
      '100 122 98 120, 123 124 119 121, 113 115 107 109, 110 112 104 106, 108 126 107 123',
      'rising_three_methods',
    ],
    ['one of them above it', '100 122 98 120, 126 127 121 122, 113 115 107 109, 110 112 104 106, 108 126 107 123', ''],
    [
      'a first candle that is not long',
      '110 122 98 120, 116 118 110 112, 113 115 107 109, 110 112 104 106, 108 126 107 123',
      '',
    ],
    [
      'a last candle that is not long',
      '100 114 98 111, 110 111 105 108, 108 110 104 106, 106 108 102 104, 105 114 100 112',
      '',
    ],
  ],
}

describe.each(Object.entries(cases))('%s', (_group, list) => {
  test.each(list)('%s', (_what, candles, signals) => {
    expect(found(read(`${before}, ${candles}`)).join(' ')).toBe(signals)
  })

  test.each(list)('%s, upside down', (_what, candles, signals) => {
    const twins = signals.split(' ').flatMap((type) => twinOf.get(type) ?? [])
    const paired = found(upsideDown(read(`${before}, ${candles}`))).filter((type) => twinOf.has(type))
    expect(paired.sort()).toEqual(twins.sort())
  })
})

test.each([
  ['109 110 100 101', ['bearish_engulfing']],
  ['101 110 100 109', []],
])('a candle that closes where it opened is white to the one after it: %s', (next, expected) => {
  expect(found(read(`${before}, 105 109 101 105, ${next}`))).toEqual(expected)
})

test('each signal has its case here', () => {
  const told = Object.values(cases).flatMap((list) => list.flatMap(([, , signals]) => signals.split(' ')))
  const all = new Set(told.flatMap((type) => [type, twinOf.get(type)]))
  for (const type of Object.keys(pattern.signals)) expect(all).toContain(type)
})
