// Writes the parts of the README that are made of the program itself.
import { readFileSync, writeFileSync } from 'node:fs'
import { definitionsDocument } from '../test/support/definitions.ts'
import { readableFormats } from '../test/support/readable-formats.ts'

const path = new URL('../README.md', import.meta.url)
const readme = readFileSync(path, 'utf8')
const from = readme.indexOf('## What it reads')
const to = readme.indexOf('Dropping a file shows')
const entries = [
  ...readableFormats(),
  ['zip, gz, e-mail (.eml)', 'any of the above inside; statements written in a mail, too'],
].map(([name, files]) => `- **${name}**: ${files}`)
writeFileSync(path, `${readme.slice(0, from)}## What it reads\n\n${entries.join('\n')}\n\n${readme.slice(to)}`)
writeFileSync(new URL('../docs/definitions.md', import.meta.url), definitionsDocument())
