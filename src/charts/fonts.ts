import { createRequire } from 'node:module'
import type { GlobalFonts } from '@napi-rs/canvas'

/** Family under which the bundled files are known to the canvas. */
export const bundledFamily = 'Noto Sans SC'

/** The last file that has a glyph gives it: Latin letters and punctuation are to come from the Latin file. */
const subsets = ['chinese-simplified', 'latin'] as const
const weights = [400, 700] as const

/**
 * Makes the bundled fonts known to the canvas, so that English and Chinese can be written on a machine without fonts.
 * Files of one family stand in for each other glyph by glyph. Throws where a file is missing or cannot be read.
 */
export function registerFonts(fonts: typeof GlobalFonts): void {
  const require = createRequire(import.meta.url)
  for (const subset of subsets) {
    for (const weight of weights) {
      const path = require.resolve(`@fontsource/noto-sans-sc/files/noto-sans-sc-${subset}-${weight}-normal.woff2`)
      if (fonts.registerFromPath(path, bundledFamily) === null) throw new Error(`cannot read the font ${path}`)
    }
  }
}
