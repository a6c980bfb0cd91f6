// node scripts/pinyin-initials.ts: writes the first letters of Chinese names into the tables that are searched by them,
// so that the window needs no dictionary. Run it after changing a Chinese name; a test compares.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pinyin } from 'pinyin-pro'
import { allAccountKinds } from '../shared/model/account-kinds.ts'

const resources = fileURLToPath(new URL('../resources/', import.meta.url))
const kindSearch = join(resources, 'account-kind-search.json')

/** 招商银行 is zsyh, 余额宝 is yeb; Latin letters and digits stay as they are. */
export function initialsOf(name: string): string {
  const letters = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' }).join('')
  return letters.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** Puts the right initials into each line of a table that has one entry a line. */
function withInitials(text: string, nameOf: (entry: { key: string; nameZh?: string }) => string): string {
  return text.replaceAll(/^ {4}(\{"key": .*?\})(,?)$/gm, (_, json: string, comma: string) => {
    const entry = JSON.parse(json) as { key: string; nameZh?: string }
    return `    ${json.replace(/"pinyin": "[^"]*"/, `"pinyin": "${initialsOf(nameOf(entry))}"`)}${comma}`
  })
}

/** The tables by path, as they are and as they should be. */
export function searchedTables(): { path: string; text: string; wanted: string }[] {
  const names = new Map(allAccountKinds().map(({ key, nameZh }) => [key, nameZh]))
  const folder = join(resources, 'institutions')
  const paths = readdirSync(folder).map((name) => join(folder, name))
  return [kindSearch, ...paths].map((path) => {
    const text = readFileSync(path, 'utf8')
    return { path, text, wanted: withInitials(text, ({ key, nameZh }) => nameZh ?? names.get(key) ?? '') }
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { path, wanted } of searchedTables()) writeFileSync(path, wanted)
}
