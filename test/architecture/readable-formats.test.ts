import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { formatsOf, importerIds, readableFormats } from '../support/readable-formats.ts'

it.each(importerIds)('%s belongs to one entry of the list of what is read', (id) => {
  expect(formatsOf(id)).toHaveLength(1)
})

it('the README tells what the registry reads: `npm run docs` writes it', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const section = readme.slice(readme.indexOf('## What it reads'), readme.indexOf('Dropping a file shows'))
  const words = (text: string): string => text.replaceAll(/[\s\\]+/g, ' ').trim()
  const entries = section.split(/^- /m).slice(1).map(words)
  const expected = [
    ...readableFormats(),
    ['zip, gz, e-mail (.eml)', 'any of the above inside; statements written in a mail, too'],
  ]
  expect(entries).toEqual(expected.map(([name, files]) => words(`**${name}**: ${files}`)))
})
