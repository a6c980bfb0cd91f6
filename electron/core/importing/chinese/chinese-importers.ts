import type { FileHead, Identification, Importer } from '../importer.ts'
import { identifyStatement } from './open-statement.ts'
import { parseChineseStatement } from './parse-statement.ts'
import { GENERIC_ID, rules } from './profile.ts'

/** How many of the text's characters are among these. */
function countOf(text: string, characters: string): number {
  const known = new Set(characters)
  let count = 0
  for (const character of text) if (known.has(character)) count += 1
  return count
}

/** Banks of Taiwan and Hong Kong write in the traditional script, and keep accounts in other currencies. */
function isTraditional(text: string): boolean {
  const { simplified, traditional } = rules.scripts
  return countOf(text, traditional) > countOf(text, simplified)
}

function identify(id: string, head: FileHead): Identification {
  if (identifyStatement(head) !== id) return 'no'
  if (id !== GENERIC_ID) return 'yes'
  return isTraditional(head.text) ? 'no' : 'likely'
}

function importerOf(id: string): Importer {
  const title = rules.profiles.find((profile) => profile.id === id)?.institution
  return {
    id,
    ...(title === undefined ? {} : { title }),
    identify: (head) => identify(id, head),
    parse: (source) => parseChineseStatement(source),
  }
}

/**
 * Statements from mainland China, one importer for each profile of `resources/statement-profiles/chinese.json`: wallets
 * (csv:alipay, csv:wechat, csv:jd, csv:meituan), banks, bookkeeping programs, and `csv:chinese` for other tables with
 * Chinese headings. CSV, XLSX and XLS alike. Any of them parses any file the others identify.
 */
export const chineseImporters: readonly Importer[] = [...new Set(rules.profiles.map(({ id }) => id))].map(importerOf)
