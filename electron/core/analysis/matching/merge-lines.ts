import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { CategorySource } from '../../../../shared/model/category.ts'
import { lineWords, processorOfImporter } from './words.ts'

/** The texts and facts of a line that a merge chooses between. */
export interface MergeableLine {
  readonly booked_on: IsoDate
  readonly value_on: IsoDate | null
  readonly booked_time: string | null
  readonly kind: string
  readonly payee: string
  readonly raw_payee: string
  readonly memo: string
  readonly reference: string | null
  readonly check_number: string | null
  readonly counterparty: string | null
  readonly category_id: number | null
  readonly source_category: string | null
  readonly merchant_category: string | null
  readonly original_minor: number | null
  readonly original_currency: string | null
  readonly original_rate: string | null
  readonly notes: string
  readonly category_source: CategorySource | null
  readonly category_rule_id: number | null
  readonly payee_source: 'user' | 'rule' | null
}

export interface MergeSide {
  readonly line: MergeableLine
  /** '' for what the user entered. */
  readonly importer: string
  /** Whether the user has chosen its category, or a rule of theirs. */
  readonly isCategoryChosen: boolean
}

/** How near a source is to the purchase itself: a wallet's bill knows the shop, a bank only that the wallet was paid. */
function detailOf({ importer }: MergeSide): number {
  if (importer === '') return 0
  return processorOfImporter(importer) === null ? 1 : 2
}

/** A name that the user or a rule of theirs gave; one that was only cleaned is the bank's own. */
const isEdited = ({ line, importer }: MergeSide): boolean => importer === '' || line.payee_source !== null

/** Words in capitals throughout, as card terminals print them. */
const isShouted = (text: string): boolean => text !== text.toLowerCase() && text === text.toUpperCase()

/** The side whose words tell more: by its source, then by its words; the same whichever comes first. */
function richer(left: MergeSide, right: MergeSide): MergeSide {
  const sides = [left, right].map((side) => {
    const { payee, memo } = side.line
    const text = lineWords(payee, '')
    return {
      side,
      detail: detailOf(side),
      words: text.payeeWords.size,
      length: payee.length,
      shouted: Number(isShouted(payee)),
      text: `${payee} ${memo}`,
    }
  })
  const [best] = sides.toSorted(
    (a, b) =>
      b.detail - a.detail ||
      b.words - a.words ||
      b.length - a.length ||
      a.shouted - b.shouted ||
      (a.text < b.text ? -1 : 1),
  )
  return best?.side ?? left
}

/** The texts one behind the other, without what the first already says. */
function joined(first: string, second: string, separator: string): string {
  if (second === '' || first.includes(second)) return first
  return first === '' || second.includes(first) ? second : `${first}${separator}${second}`
}

function firstText(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return left ?? right
  if (left.length !== right.length) return left.length > right.length ? left : right
  return left < right ? left : right
}

/**
 * What one line says after another source's line of the same booking was merged into it: what the user has changed stays;
 * the payee is that of the source nearer to the purchase, the day that of the account's own bank; nothing that only one
 * of them knows is lost. Which of the two came first makes no other difference.
 */
export function mergeLines(kept: MergeSide, gone: MergeSide): MergeableLine {
  const rich = richer(kept, gone)
  const plain = rich === kept ? gone : kept
  const edited = isEdited(kept) ? kept : isEdited(gone) ? gone : rich
  // the bank's own statement says when it booked; of two alike the day stays by which balances were reckoned so far
  const bank = [kept, gone].toSorted(
    (a, b) =>
      Number(a.importer === '') - Number(b.importer === '') ||
      detailOf(a) - detailOf(b) ||
      Number(a !== kept) - Number(b !== kept),
  )[0]
  const [a, b] = [rich.line, plain.line]
  const booked = bank?.line.booked_on ?? kept.line.booked_on
  const other = kept.line.booked_on === booked ? gone.line.booked_on : kept.line.booked_on
  const chosen = kept.isCategoryChosen ? kept : gone.isCategoryChosen ? gone : null
  const filed = chosen?.line ?? (a.category_id === null ? b : a)
  const named = edited.line.payee === '' ? rich.line : edited.line
  const original = a.original_minor === null ? b : a
  const isVague = (kind: string): boolean => kind === 'payment' || kind === 'other'
  return {
    booked_on: booked,
    value_on: bank?.line.value_on ?? a.value_on ?? b.value_on ?? (other === booked ? null : other),
    booked_time: a.booked_time ?? b.booked_time,
    kind: isVague(a.kind) && !isVague(b.kind) ? b.kind : a.kind,
    payee: named.payee,
    payee_source: named.payee_source,
    raw_payee: edited.line.raw_payee === '' ? rich.line.raw_payee : edited.line.raw_payee,
    memo: joined(a.memo, b.memo, ' · ').slice(0, 2000),
    reference: firstText(a.reference, b.reference),
    check_number: firstText(a.check_number, b.check_number),
    counterparty: firstText(a.counterparty, b.counterparty),
    category_id: filed.category_id,
    category_source: filed.category_source,
    category_rule_id: filed.category_rule_id,
    source_category: a.source_category ?? b.source_category,
    merchant_category: a.merchant_category ?? b.merchant_category,
    original_minor: original.original_minor,
    original_currency: original.original_currency,
    original_rate: original.original_rate,
    notes: joined(kept.line.notes, gone.line.notes, '\n'),
  }
}
