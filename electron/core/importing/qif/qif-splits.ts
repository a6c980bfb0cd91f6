import {
  addDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  parseDecimal,
  roundDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { ParsedSplit } from '../importer.ts'
import { readCategory } from './category-text.ts'
import type { QifConventions } from './qif-context.ts'
import { parseQifNumber } from './qif-number.ts'
import type { QifField } from './qif-records.ts'

interface Draft {
  category?: string
  memo?: string
  amount?: string
  percent?: string
}

/** The S, E, $ and % lines by the part they belong to: each S begins a part, and so does a $ that has none. */
function draftsOf(fields: readonly QifField[]): readonly Draft[] {
  const drafts: Draft[] = []
  let current: Draft | null = null
  const begin = (): Draft => {
    const draft: Draft = {}
    drafts.push(draft)
    current = draft
    return draft
  }
  for (const { code, value } of fields) {
    if (code === 'S') begin().category = value
    else if (code === 'E') (current ?? begin()).memo = value
    else if (code === '$') {
      const part: Draft = current === null || (current as Draft).amount !== undefined ? begin() : current
      part.amount = value
    } else if (code === '%') (current ?? begin()).percent = value
  }
  return drafts
}

export interface QifSplits {
  readonly splits: readonly ParsedSplit[]
  /** What had to be added so that the parts make up the whole. */
  readonly missing: Decimal
}

/**
 * The parts of a split transaction; null where it has none, `bad-amount` where a part's amount is no number. Parts that
 * do not add up to the whole are completed by one without a category.
 */
export function readSplits(
  fields: readonly QifField[],
  total: Decimal,
  conventions: QifConventions,
): QifSplits | null | 'bad-amount' {
  const drafts = draftsOf(fields)
  if (drafts.length === 0) return null
  const splits: ParsedSplit[] = []
  let sum = ZERO
  for (const draft of drafts) {
    let amount: Decimal | null = ZERO
    if (draft.amount !== undefined && draft.amount !== '') amount = parseQifNumber(draft.amount, conventions.mark)
    else if (draft.percent !== undefined) {
      const percent = parseQifNumber(draft.percent.replace('%', ''), conventions.mark)
      const share = percent === null ? null : divideDecimal(multiplyDecimal(total, percent), parseDecimal('100'), 12)
      amount = share === null ? null : roundDecimal(share, 2)
    }
    if (amount === null) return 'bad-amount'
    sum = addDecimal(sum, amount)
    const { category, transferAccount } = readCategory(draft.category)
    splits.push({
      amount,
      ...(category === undefined ? {} : { category }),
      ...(draft.memo === undefined || draft.memo === '' ? {} : { memo: draft.memo }),
      ...(transferAccount === undefined ? {} : { transferAccount }),
    })
  }
  const missing = subtractDecimal(total, sum)
  if (missing !== ZERO) splits.push({ amount: missing })
  return { splits, missing }
}
