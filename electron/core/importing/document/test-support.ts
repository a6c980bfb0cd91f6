import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ParsedItem } from '../importer.ts'
import type { DocumentText } from './document-text.ts'
import { documentFromText } from './plain-document.ts'
import { readStatement } from './read-statement.ts'

export const today = parseIsoDate('2026-11-23')

/** What a test wants to know of a document. */
export interface Told {
  /** Day, amount, payee and memo of each transaction. */
  readonly rows: readonly string[]
  readonly counts: { readonly transactions: number; readonly skipped: number; readonly failed: number }
  readonly reasons: readonly string[]
  /** Account number, currency, opening and closing balance of each statement. */
  readonly statements: readonly string[]
  /** What kinds of accounts the statements are of, as far as they say. */
  readonly kinds: readonly (string | undefined)[]
  readonly findings: readonly string[]
}

export function tell(items: Iterable<ParsedItem>): Told {
  const all = [...items]
  const statements = new Map<number, { number: string; currency: string; opening: string; closing: string }>()
  for (const item of all) {
    if (item.type === 'statement') {
      const { account, currency } = item
      statements.set(item.statement, {
        number: account.number ?? '?',
        currency: currency ?? '?',
        opening: '-',
        closing: '-',
      })
    }
    const statement = item.type === 'balance' ? statements.get(item.statement) : undefined
    if (item.type === 'balance' && statement !== undefined && (item.kind === 'opening' || item.kind === 'closing')) {
      statement[item.kind] = item.amount
    }
  }
  const skipped = all.flatMap((item) => (item.type === 'skipped' ? [item.reason.code] : []))
  const failed = all.flatMap((item) => (item.type === 'failed' ? [item.reason.code] : []))
  const rows = all.flatMap((item) => {
    if (item.type !== 'transaction') return []
    const { date, amount, payee = '', memo = '' } = item.transaction
    return [[date, amount, [payee, memo].filter((text) => text !== '').join(' / ')].join(' ').trim()]
  })
  return {
    rows,
    counts: { transactions: rows.length, skipped: skipped.length, failed: failed.length },
    reasons: [...skipped, ...failed],
    statements: [...statements.values()].map(({ number, currency, opening, closing }) =>
      [number, currency, opening, closing].join(' '),
    ),
    kinds: all.flatMap((item) => (item.type === 'statement' ? [item.account.kind] : [])),
    findings: all.flatMap((item) => (item.type === 'finding' ? [item.finding.code] : [])),
  }
}

/** Reads a document that is drawn as text: two spaces part cells, "\f" parts pages. */
export function readText(text: string, name = 'statement.pdf'): Told {
  return readDocumentText(documentFromText(text), name)
}

export function readDocumentText(document: DocumentText, name = 'statement.pdf'): Told {
  return tell(readStatement(document, name, { today }))
}
