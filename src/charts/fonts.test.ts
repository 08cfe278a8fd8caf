import { readFileSync } from 'node:fs'
import { GlobalFonts } from '@napi-rs/canvas'
import { expect, it } from 'vitest'
import { locales } from '../i18n.js'
import { bundledFamily, registerFonts } from './fonts.js'

/** Ids of the messages that stand in pictures. */
const pictured = /^(chart|figure|badge|page|mode|source|column|compare-title|not-available|months-of)/

/** Every character of those messages, and of what figures and layout add to them. */
function charactersOf(locale: string): Set<string> {
  const text = readFileSync(new URL(`../../locales/${locale}.ftl`, import.meta.url), 'utf8')
  const messages = text.split(/\n(?=[a-z])/).filter((message) => pictured.test(message))
  return new Set(
    [...messages.join(''), ...'0123456789.,-+%<>·–…#:ABCDEFxyz分钟小时天月年万亿'].filter((c) => /\S/.test(c)),
  )
}

it.each(locales)('the bundled fonts have every character that pictures are written with: %s', async (locale) => {
  const { createCanvas } = await import('@napi-rs/canvas')
  registerFonts(GlobalFonts)
  const context = createCanvas(40, 40).getContext('2d')
  context.font = `30px "${bundledFamily}"`
  const shapeOf = (character: string) => {
    context.clearRect(0, 0, 40, 40)
    context.fillText(character, 4, 30)
    return Buffer.from(context.getImageData(0, 0, 40, 40).data).toString('base64')
  }
  const missing = new Set(['\u{e123}', '→', '≤'].map(shapeOf))
  expect([...charactersOf(locale)].filter((character) => missing.has(shapeOf(character)))).toEqual([])
})
