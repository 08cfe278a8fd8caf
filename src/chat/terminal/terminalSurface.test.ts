import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTranslator, type Locale } from '../../i18n.js'
import { createDemoHouse, onePixel } from '../../testing/demoHouse.js'
import { createTerminalSurface } from './terminalSurface.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candlechat-terminal-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** What was written, and who waits for something to be. */
class Screen extends PassThrough {
  written = ''
  readonly columns = 60
  constructor(readonly isTTY: boolean) {
    super()
    this.on('data', (chunk) => {
      this.written += chunk
      this.emit('written')
    })
  }
  async until(text: string): Promise<void> {
    while (!this.written.includes(text)) await new Promise((resolve) => this.once('written', resolve))
  }
}

function open({ isTTY, locale = 'en', color = false }: { isTTY: boolean; locale?: Locale; color?: boolean }) {
  const house = createDemoHouse({ locale })
  const input = Object.assign(new PassThrough(), { isTTY })
  const output = new Screen(isTTY)
  const errorOutput = new Screen(false)
  const clock = { ms: 0 }
  const surface = createTerminalSurface({
    input,
    output,
    errorOutput,
    dispatch: house.dispatch,
    registry: house.registry,
    logger: house.options.logger,
    t: createTranslator({ locale, timeZone: 'UTC', theme: 'light' }),
    outDir: join(folder, 'out'),
    historyFile: join(folder, 'history'),
    color,
    now: () => clock.ms,
  })
  return { house, clock, input, output, errorOutput, ended: surface.run() }
}

const pipe = async (lines: string, locale: Locale = 'en') => {
  const session = open({ isTTY: false, locale })
  session.input.end(lines)
  await session.ended
  return session
}

describe('a piped terminal', () => {
  it('answers each line in order, with no prompts or escape codes, and ends when all is said', async () => {
    const { output, errorOutput } = await pipe('/echo one\necho two\n\nhello there\n/quote btc 1h\n#1\n#7')
    expect(output.written).toBe(
      [
        'one\n',
        'two\n',
        'I understand commands, such as /backtest. /help shows them all.\n',
        '*** SIMULATED DATA ***',
        'BTC-USDT\n',
        'Argument  1H',
        'x         45,000.5\n',
        '名称      n',
        '────  ─────',
        'a         1',
        '中文  1,000\n',
        '[#1 Echo]  [#2 Once]\n',
        'pressed\n',
        'There is no button #7 here.\n',
      ].join('\n'),
    )
    expect(errorOutput.written).toBe('')
  })

  it('speaks the language of the settings', async () => {
    const { output } = await pipe('/quote btc\n', 'zh')
    expect(output.written).toContain('*** 模拟数据 ***')
  })

  it('joins lines that end in a backslash', async () => {
    const { output } = await pipe('/echo one \\\n  two\\\nthree\n/echo unfinished\\')
    expect(output.written).toBe('one \n  two\nthree\n\nunfinished\n\n')
  })

  it('saves pictures under names of their own, and says where', async () => {
    const { output } = await pipe('/draw\n/draw\n')
    const paths = [...output.written.matchAll(/^Picture: (.+)$/gm)].map(([, path]) => path)
    expect(paths).toEqual([
      join(folder, 'out', 'Demo-BTC-USDT-15m.png'),
      join(folder, 'out', 'Demo-BTC-USDT-15m-2.png'),
    ])
    expect(await readFile(paths[1])).toEqual(onePixel)
  })

  it('tells of progress on the other output, and not too often', async () => {
    const { house, clock, input, output, errorOutput, ended } = open({ isTTY: false })
    input.end('/long\n')
    await house.started('long')
    house.step(0.1)
    await errorOutput.until('\n')
    house.step(0.2)
    clock.ms = 1999
    house.step(0.3)
    clock.ms = 2000
    house.step(0.4)
    house.release()
    await ended
    expect(errorOutput.written).toBe('Try: step █░░░░░░░░░ 10%\nTry: step ████░░░░░░ 40%\n')
    expect(output.written).toMatch(/^released\n/)
  })

  it('lets nothing in an answer steer the terminal', async () => {
    const { output } = await pipe('/echo a\u001b[2Jb\u0007\n')
    expect(output.written).toBe('a[2Jb\n\n')
  })
})

describe('a terminal with a screen', () => {
  it('greets, prompts, and leaves at its end', async () => {
    const { input, output, ended } = open({ isTTY: true })
    await output.until('> ')
    expect(output.written).toMatch(/^Candlechat\. /)
    input.write('echo hi\r')
    await output.until('\nhi\n')
    input.end()
    await ended
  })

  it('completes commands and values', async () => {
    const { input, output, ended } = open({ isTTY: true })
    await output.until('> ')
    input.write('/quo\t')
    await output.until('/quote ')
    input.write('eth\t')
    await output.until('ETH-USDT ')
    input.write('bar=15\t')
    await output.until('bar=15m ')
    input.end()
    await ended
  })

  it('shows progress on one line, and Ctrl-C cancels it', async () => {
    const { house, input, output, ended } = open({ isTTY: true })
    await output.until('> ')
    input.write('long\r')
    await house.started('long')
    house.step(0.3)
    await output.until('\r\u001b[2K⏳ Try: step ███░░░░░░░ 30%')
    input.write('\u0003')
    await output.until('/long was cancelled.')
    input.write('\u0003')
    await ended
  })

  it('lets /cancel pass while something runs', async () => {
    const { house, input, output, ended } = open({ isTTY: true })
    await output.until('> ')
    input.write('long\r')
    await house.started('long')
    input.write('cancel\r')
    await output.until('/long was cancelled.')
    input.end()
    await ended
  })

  it('remembers what was typed, but no secrets', async () => {
    const first = open({ isTTY: true })
    await first.output.until('> ')
    first.input.write('echo remembered\r')
    await first.output.until('\nremembered\n')
    first.input.write('crash my-secret\r')
    await first.output.until('something went wrong')
    first.input.end()
    await first.ended
    expect(await readFile(join(folder, 'history'), 'utf8')).toBe('echo remembered\n')
    const second = open({ isTTY: true })
    await second.output.until('> ')
    second.input.write('\u001b[A\r')
    await second.output.until('\nremembered\n')
    second.input.end()
    await second.ended
  })

  it('makes the stamp loud in colour', async () => {
    const { input, output, ended } = open({ isTTY: true, color: true })
    await output.until('> ')
    input.write('quote btc\r')
    await output.until('BTC-USDT')
    expect(output.written).toContain('\u001b[1m\u001b[7m SIMULATED DATA \u001b[27m\u001b[22m')
    input.end()
    await ended
  })
})
