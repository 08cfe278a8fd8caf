import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { catalog } from '../domain/indicators/catalog.js'
import { createTranslator } from '../i18n.js'
import { catalogPage } from './indicatorCatalog.js'

const page = catalogPage(createTranslator({ locale: 'en', timeZone: 'UTC', theme: 'light' }))

it('docs/indicators.md is what `npm run docs` writes', () => {
  expect(readFileSync(new URL('../../docs/indicators.md', import.meta.url), 'utf8')).toBe(page)
})

it('the page has every indicator, parameter and signal', () => {
  for (const { type, params, signals } of Object.values(catalog)) {
    const [, section = ''] = page.split(`\n## ${type}\n`)
    const own = section.split('\n## ')[0]
    for (const name of Object.keys(params)) expect(own).toContain(`\n- ${name}: `)
    for (const signal of Object.keys(signals))
      expect(own).toMatch(new RegExp(`^\\| \`buy: .* ${signal}\` \\| \\S`, 'm'))
  }
})
