import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { definitionsDocument } from '../support/definitions.ts'

it('docs/definitions.md tells what the tooltips tell: `npm run docs` writes it', () => {
  const written = readFileSync(new URL('../../docs/definitions.md', import.meta.url), 'utf8')
  const words = (text: string): string => text.replaceAll(/[\s\\]+/g, ' ').trim()
  expect(words(written)).toBe(words(definitionsDocument()))
})
