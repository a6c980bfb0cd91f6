import { type MarkedWord, marksIn } from '../analysis/account/search/find-marks.ts'
import type { ReadingOf } from '../analysis/account/search/pinyin-needles.ts'
import type { TransactionMarks } from '../../../shared/model/search.ts'
import type { Transaction } from '../../../shared/model/transaction.ts'

/** A long note is told from a little before the word. */
const BEFORE = 20
const SHOWN = 160

function excerpt(text: string, from: number): string {
  const start = Math.max(0, from - BEFORE)
  const end = start + SHOWN
  const cut = text.slice(start, end).replaceAll(/\s/g, ' ')
  return `${start > 0 ? '…' : ''}${cut}${end < text.length ? '…' : ''}`
}

/** Where a transaction has the words: in its payee and memo, and for a word that neither has, in another of its texts. */
export function marksOf(
  transaction: Transaction,
  words: readonly MarkedWord[],
  readingOf: ReadingOf,
): TransactionMarks {
  const { payee, memo } = transaction
  const missing = words.filter(
    (word) => marksIn(payee, [word], readingOf).length === 0 && marksIn(memo, [word], readingOf).length === 0,
  )
  const others = [
    ['notes', transaction.notes],
    ['raw-payee', transaction.rawPayee],
    ['reference', transaction.reference ?? ''],
    ['counterparty', transaction.counterparty ?? ''],
  ] as const
  let other: TransactionMarks['other'] = null
  for (const [field, text] of missing.length === 0 ? [] : others) {
    const [first] = marksIn(text, missing, readingOf)
    if (first === undefined) continue
    const shown = excerpt(text, first[0])
    other = { field, text: shown, marks: marksIn(shown, missing, readingOf) }
    break
  }
  return { payee: marksIn(payee, words, readingOf), memo: marksIn(memo, words, readingOf), other }
}
