import type { FileHead, Identification, Importer } from '../importer.ts'
import { identifyStatement } from './open-statement.ts'
import { parseChineseStatement } from './parse-statement.ts'
import { GENERIC_ID, rules } from './profile.ts'

function identify(id: string, head: FileHead): Identification {
  if (identifyStatement(head) !== id) return 'no'
  return id === GENERIC_ID ? 'likely' : 'yes'
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
