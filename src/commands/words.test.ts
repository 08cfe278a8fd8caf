import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UserError } from '../domain/userError.js'
import { Arg } from './args.js'
import { checkArgs, readNamed } from './checkArgs.js'
import { type Command, defineCommand } from './defineCommand.js'
import { createRegistry } from './registry.js'
import { readCommandLine, readWords } from './words.js'

const command = (name: string, args: Command['args']) =>
  defineCommand({ name, args, effect: 'read', run: async () => null, view: () => ({}) })

const backtest = command(
  'backtest',
  Arg.object({
    strategy: Arg.strategy(),
    inst: Arg.optional(Arg.instrument()),
    bar: Arg.optional(Arg.bar()),
    range: Arg.optional(Arg.range()),
    cash: Arg.optional(Arg.integer({ minimum: 1, maximum: 1000 })),
    fill: Arg.optional(Arg.choice(['next_open', 'close'])),
    chart: Arg.optional(Arg.boolean()),
  }),
)
const save = command('new', Arg.object({ name: Arg.optional(Arg.strategy()), rules: Arg.rest({ maxLength: 60 }) }))
const registry = createRegistry([backtest, save])

const read = (text: string, of = backtest) => {
  const values = readWords(of, text)
  checkArgs(registry, of, values)
  return values
}
const refusal = (text: string, of = backtest) => {
  try {
    read(text, of)
  } catch (error) {
    if (error instanceof UserError) return { id: error.id, ...error.args }
    throw error
  }
  throw new Error(`taken: ${text}`)
}

describe('words of a command', () => {
  it('fill arguments in declared order', () => {
    expect(read('rsi-dip BTC-USDT 15m 90d')).toEqual({
      strategy: 'rsi-dip',
      inst: 'BTC-USDT',
      bar: '15m',
      range: '90d',
    })
  })

  it('pass over an optional argument whose form they have not', () => {
    expect(read('rsi-dip 15m')).toEqual({ strategy: 'rsi-dip', bar: '15m' })
    expect(read('rsi-dip 90d')).toEqual({ strategy: 'rsi-dip', range: '90d' })
    expect(read('rsi-dip 2024-01..2024-06')).toEqual({ strategy: 'rsi-dip', range: '2024-01..2024-06' })
    expect(read('rsi-dip 4h close yes')).toEqual({ strategy: 'rsi-dip', bar: '4H', fill: 'close', chart: true })
  })

  it('never pass over a required argument', () => {
    const pair = command(
      'pair',
      Arg.object({ strategy: Arg.strategy(), inst: Arg.instrument(), bar: Arg.optional(Arg.bar()) }),
    )
    expect(() => readWords(pair, 'rsi-dip 15m')).toThrow('error-argument-instrument')
  })

  it('may come in another order where their form tells them apart', () => {
    expect(read('rsi-dip 90d eth 15m')).toEqual({ strategy: 'rsi-dip', range: '90d', inst: 'ETH-USDT', bar: '15m' })
  })

  it('may name their argument, anywhere', () => {
    expect(read('bar=1d rsi-dip inst=eth/usdt')).toEqual({ strategy: 'rsi-dip', bar: '1Dutc', inst: 'ETH-USDT' })
    expect(read('range=12h rsi-dip')).toEqual({ strategy: 'rsi-dip', range: '12h' })
  })

  it('are held together by quotes, also those that phones type', () => {
    expect(read('“rsi-dip” inst="btc swap"')).toEqual({ strategy: 'rsi-dip', inst: 'BTC-USDT-SWAP' })
    expect(refusal('"rsi-dip')).toMatchObject({ id: 'error-quote-open' })
  })

  it('take a date and a time of day in two words', () => {
    const why = command(
      'why',
      Arg.object({ strategy: Arg.strategy(), inst: Arg.optional(Arg.instrument()), time: Arg.optional(Arg.time()) }),
    )
    expect(readWords(why, 'rsi-dip 2024-01-31 18:05')).toEqual({ strategy: 'rsi-dip', time: '2024-01-31 18:05' })
    expect(readWords(why, 'rsi-dip 18:05 eth')).toEqual({ strategy: 'rsi-dip', time: '18:05', inst: 'ETH-USDT' })
    expect(() => readWords(why, 'rsi-dip time=18:61')).toThrow('error-argument-time')
  })

  it('take a swap in two words', () => {
    expect(read('rsi-dip btc swap 15m')).toEqual({ strategy: 'rsi-dip', inst: 'BTC-USDT-SWAP', bar: '15m' })
  })

  it('take Chinese names and wide spaces', () => {
    expect(read('抄底\u300090d')).toEqual({ strategy: '抄底', range: '90d' })
  })

  it('leave the rest as it stands, line breaks, quotes and equals signs too', () => {
    const rules = 'buy: RSI(14, oversold=30) oversold\nsell: "RSI"  overbought'
    expect(read(`my-dip ${rules}`, save)).toEqual({ name: 'my-dip', rules })
    expect(read(`\n${rules}\n`, save)).toEqual({ rules })
    expect(read(`name=x rules=${rules}`, save)).toEqual({ name: 'x', rules })
    expect(read('{"name": "x"}', save)).toEqual({ rules: '{"name": "x"}' })
  })

  it.each([
    ['', { id: 'error-argument-missing', argument: 'strategy' }],
    ['rsi-dip 15m btc 90d close 5 yes more', { id: 'error-argument-extra', value: 'more' }],
    ['rsi-dip btc 15x!', { id: 'error-argument-bar', argument: 'bar', value: '15x!' }],
    ['rsi-dip bar=15', { id: 'error-argument-bar', value: '15' }],
    ['rsi-dip baar=15m', { id: 'error-argument-unknown', argument: 'baar', suggestion: 'bar' }],
    ['rsi-dip xyz=15m', { id: 'error-argument-unknown', argument: 'xyz', suggestion: '' }],
    ['rsi-dip bar=15m bar=1h', { id: 'error-argument-twice', argument: 'bar' }],
    ['rsi-dip cash=0', { id: 'error-argument-integer', value: '0', minimum: 1, maximum: 1000 }],
    ['rsi-dip cash=1.5', { id: 'error-argument-integer', value: '1.5' }],
    ['rsi-dip fill=open', { id: 'error-argument-choice', choices: 'next_open, close', suggestion: '' }],
    ['rsi-dip fill=next_opn', { id: 'error-argument-choice', suggestion: 'next_open' }],
    ['rsi-dip chart=maybe', { id: 'error-argument-boolean', value: 'maybe' }],
    ['-dip', { id: 'error-argument-strategy', value: '-dip' }],
  ])('are refused in one line: %s', (text, expected) => {
    expect(refusal(text)).toMatchObject(expected)
  })

  it('says how the command is used in every refusal of an argument', () => {
    const usage = '/backtest <strategy> [inst] [bar] [range] [cash] [fill] [chart]'
    expect(refusal('rsi-dip baar=15m')).toMatchObject({ usage })
    expect(refusal('')).toMatchObject({ usage })
  })

  it('refuses a text that is too long, and an argument of rest that is missing', () => {
    expect(refusal(`x ${'y'.repeat(61)}`, save)).toMatchObject({ id: 'error-argument-rest', maximum: 60 })
    expect(refusal('x', save)).toMatchObject({ id: 'error-argument-missing', argument: 'rules' })
  })

  it('reads what it wrote, whatever the values', () => {
    const arg = fc.record(
      {
        strategy: fc.stringMatching(/^[a-z][a-z0-9_-]{0,20}$/),
        inst: fc.constantFrom('BTC-USDT', 'ETH-USDT-SWAP'),
        bar: fc.constantFrom('15m', '1H', '1Dutc'),
        range: fc.constantFrom('90d', '2024-01..2024-02'),
        cash: fc.integer({ min: 1, max: 1000 }),
      },
      { requiredKeys: ['strategy'] },
    )
    fc.assert(
      fc.property(arg, fc.boolean(), (values, named) => {
        const text = Object.entries(values).map(([key, value]) => (named ? `${key}="${value}"` : `${value}`))
        expect(read(text.join(' '))).toEqual(values)
      }),
    )
  })
})

describe('arguments by name', () => {
  it('are read as a person would write them', () => {
    const values = readNamed(backtest, { strategy: 'rsi-dip', inst: 'btc swap', bar: '1d', cash: 5 })
    expect(values).toEqual({ strategy: 'rsi-dip', inst: 'BTC-USDT-SWAP', bar: '1Dutc', cash: 5 })
  })

  it('are never turned from text into numbers', () => {
    const values = readNamed(backtest, { strategy: 'rsi-dip', cash: '5' })
    expect(() => checkArgs(registry, backtest, values)).toThrow(UserError)
  })

  it('keep a bar of the UTC+8 session when they are checked again', () => {
    const values = readWords(backtest, 'rsi-dip 1d+8')
    expect(values).toEqual({ strategy: 'rsi-dip', bar: '1D' })
    expect(() => checkArgs(registry, backtest, values)).not.toThrow()
  })
})

describe('a command line', () => {
  it('has a name in any case, perhaps an addressee, and words', () => {
    expect(readCommandLine('/Backtest@CandleBot  a b\nc')).toEqual({
      name: 'backtest',
      bot: 'CandleBot',
      words: 'a b\nc',
    })
    expect(readCommandLine('／help')).toEqual({ name: 'help', bot: null, words: '' })
    expect(readCommandLine('help me')).toBeNull()
  })
})

describe('the registry', () => {
  it.each([
    ['Backtest', Arg.object({})],
    ['x', Arg.object({ 'Bad Name': Arg.boolean() })],
    ['x', Arg.object({ text: Arg.rest({ maxLength: 5 }), bar: Arg.bar() })],
    ['x', Arg.object({ nested: Arg.object({}) })],
  ])('refuses a command it cannot show everywhere: %s', (name, args) => {
    expect(() => createRegistry([command(name, args)])).toThrow()
  })

  it('refuses a name given twice', () => {
    expect(() => createRegistry([backtest, backtest])).toThrow('twice')
  })
})
