import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readConfig, variables } from './config.js'
import { UserError } from './domain/userError.js'

const nowhere = join(tmpdir(), 'no-such-env-file')
const read = (environment: NodeJS.ProcessEnv = {}) => readConfig(environment, nowhere)

function refusal(environment: NodeJS.ProcessEnv, envFile = nowhere): UserError {
  try {
    readConfig(environment, envFile)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('readConfig', () => {
  it('needs nothing: simulated, local files, no bot', () => {
    expect(read()).toMatchObject({
      mode: 'simulated',
      telegram: null,
      databaseUrl: pathToFileURL(resolve('data/candlechat.db')).href,
      candleFile: resolve('data/candles.db'),
      healthPort: null,
      quickChartUrl: null,
    })
  })

  it('keeps candles local when the records are remote', () => {
    const config = read({
      DATABASE_URL: 'libsql://records.example.com',
      DATABASE_AUTH_TOKEN: 't',
      CANDLECHAT_DATA_DIR: '/x',
    })
    expect(config).toMatchObject({
      databaseUrl: 'libsql://records.example.com',
      databaseAuthToken: 't',
      candleFile: '/x/candles.db',
    })
  })

  it('reads the allow-list', () => {
    const config = read({ TELEGRAM_BOT_TOKEN: `1:${'a'.repeat(35)}`, TELEGRAM_ALLOWED_IDS: '42, 43' })
    expect(config.telegram?.allowedIds).toEqual(['42', '43'])
  })

  it.each([
    ['CANDLECHAT_MODE', 'lvie'],
    ['CANDLECHAT_LOCALE', 'fr'],
    ['CANDLECHAT_TIME_ZONE', 'Mars/Olympus'],
    ['CANDLECHAT_HEALTH_PORT', '70000'],
    ['TELEGRAM_ALLOWED_IDS', '@alice'],
    ['OKX_REGION', 'europe'],
    ['OKX_BASE_URL', 'www.okx.com'],
    ['QUICKCHART_URL', 'ftp://x'],
  ])('refuses %s=%s, naming it and what it got', (name, got) => {
    expect(refusal({ [name]: got })).toMatchObject({ id: 'error-config-bad', args: { name, got } })
  })

  it.each(['postgres://user:password@host', 'mysql'])('never shows a bad DATABASE_URL: %s', (url) => {
    expect(refusal({ DATABASE_URL: url })).toMatchObject({ id: 'error-config-bad', args: { got: '…' } })
  })

  it('never shows a bad secret', () => {
    const error = refusal({ TELEGRAM_BOT_TOKEN: 'not-a-token' })
    expect(error.args.name).toBe('TELEGRAM_BOT_TOKEN')
    expect(error.message).not.toContain('not-a-token')
  })

  it('refuses a variable that does not exist, with the nearest name', () => {
    expect(refusal({ CANDLECHAT_MODUS: 'paper' }).args).toEqual({
      name: 'CANDLECHAT_MODUS',
      suggestion: 'CANDLECHAT_MODE',
    })
    const envFile = join(mkdtempSync(join(tmpdir(), 'config-')), '.env')
    writeFileSync(envFile, 'TELEGRAM_TOKEN=1\n')
    expect(refusal({}, envFile).args.name).toBe('TELEGRAM_TOKEN')
  })

  it('uses what was kept encrypted where neither sets it, and of nothing else', () => {
    const kept = { TELEGRAM_BOT_TOKEN: `1:${'k'.repeat(35)}`, CANDLECHAT_MODE: 'paper' }
    expect(readConfig({ TELEGRAM_BOT_TOKEN: '' }, nowhere, kept)).toMatchObject({
      mode: 'simulated',
      telegram: { token: kept.TELEGRAM_BOT_TOKEN },
    })
    const set = `2:${'s'.repeat(35)}`
    expect(readConfig({ TELEGRAM_BOT_TOKEN: set }, nowhere, kept).telegram?.token).toBe(set)
  })

  it('refuses a CANDLECHAT_SECRET that is too short, and does not show it', () => {
    const error = refusal({ CANDLECHAT_SECRET: 'fifteen letters' })
    expect(error.args).toEqual({ name: 'CANDLECHAT_SECRET', got: '…' })
  })

  it("asks OKX at the region's host, unless another is named", () => {
    expect(read().okxBaseUrl).toBe('https://www.okx.com')
    expect(read({ OKX_REGION: 'eea' }).okxBaseUrl).toBe('https://eea.okx.com')
    expect(read({ OKX_REGION: 'us', OKX_BASE_URL: 'http://127.0.0.1:8080/' }).okxBaseUrl).toBe('http://127.0.0.1:8080')
  })

  it('lets the environment win over the file', () => {
    const envFile = join(mkdtempSync(join(tmpdir(), 'config-')), '.env')
    writeFileSync(envFile, 'CANDLECHAT_SEED=file\nCANDLECHAT_LOCALE=zh\n')
    expect(readConfig({ CANDLECHAT_SEED: 'environment' }, envFile)).toMatchObject({ seed: 'environment', locale: 'zh' })
  })
})

it('.env.example names every variable with its default', () => {
  const example = parseEnv(readFileSync(new URL('../.env.example', import.meta.url), 'utf8'))
  expect(example).toEqual(
    Object.fromEntries(Object.entries(variables).map(([name, { default: text }]) => [name, text])),
  )
})
