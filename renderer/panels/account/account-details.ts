import { faultsOfDetails } from '../../../shared/model/account-details.ts'
import { accountKindOf } from '../../../shared/model/account-kinds.ts'
import type { AccountDetails } from '../../../shared/model/terms.ts'

/** What the card's section asks for already. */
const ASKED_BY_CARD: ReadonlySet<string> = new Set(['limit', 'statementDay', 'paymentDay'])

/** The fields of the kind that the form shows beside its typed section. */
export function shownFields(kind: string): readonly string[] {
  const { fields, class: accountClass } = accountKindOf(kind)
  return accountClass === 'credit-card' ? fields.filter((key) => !ASKED_BY_CARD.has(key)) : fields
}

/**
 * What of the form's facts the kind has, to be kept; `undefined` where there are none, null while one of them is wrong or
 * half typed. What was typed for another kind stays in the form and is not kept.
 */
export function detailsOf(
  kind: string,
  typed: Readonly<Record<string, string | number | undefined>>,
): AccountDetails | null | undefined {
  const { fields } = accountKindOf(kind)
  const details: AccountDetails = {}
  for (const key of fields) {
    if (!Object.hasOwn(typed, key)) continue
    const value = typed[key]
    if (value === undefined) return null
    const kept = typeof value === 'string' ? value.trim() : value
    if (kept !== '') details[key] = kept
  }
  if (faultsOfDetails(kind, details).length > 0) return null
  return Object.keys(details).length === 0 ? undefined : details
}
