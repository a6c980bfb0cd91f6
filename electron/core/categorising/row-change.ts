import type { Transaction } from '../../../shared/model/transaction.ts'
import type { ByRule, RuleOutcome } from '../analysis/account/rules/rule-facts.ts'
import type { StoredRow } from './stored-rows.ts'

/** Which rules may change a row, and what of it. */
export interface RuleScope {
  /** Null: all of them. Rules outside of it are still looked at, for what they decide is not for those inside. */
  readonly ruleIds: ReadonlySet<number> | null
  /** Also what the user has chosen by hand. */
  readonly includeOwn: boolean
  /** Cleans names that came in before names were cleaned. */
  readonly cleanPayees: boolean
}

export interface RowPatch {
  category_id?: number
  category_source?: 'rule'
  category_rule_id?: number
  payee?: string
  payee_source?: 'rule'
  notes?: string
  kind?: Transaction['kind']
}

/** What the rules would do to a stored transaction. */
export interface RowChange {
  readonly met: boolean
  /** Something stays as it is because the user has chosen it. */
  readonly own: boolean
  /** The columns that change; null where none does. */
  readonly patch: RowPatch | null
  readonly addTags: readonly number[]
  readonly removeTags: readonly number[]
  /** The account in which the other half of a transfer is to be looked for. */
  readonly pairWith: number | null
  /** The rules that it meets. */
  readonly by: readonly number[]
}

export const isChange = ({ patch, addTags, removeTags }: RowChange): boolean =>
  patch !== null || addTags.length > 0 || removeTags.length > 0

/** `name`: the cleaned name of what the file said. */
export function changeOf(row: StoredRow, name: string, outcome: RuleOutcome | null, scope: RuleScope): RowChange {
  const mine = <T>(choice: ByRule<T> | null | undefined): ByRule<T> | null =>
    choice === null || choice === undefined || (scope.ruleIds !== null && !scope.ruleIds.has(choice.ruleId))
      ? null
      : choice
  const by = outcome === null ? [] : outcome.met.filter((id) => scope.ruleIds === null || scope.ruleIds.has(id))
  const patch: RowPatch = {}
  let own = false
  const category = mine(outcome?.categoryId)
  if (category !== null && row.split_count === 0 && category.value !== row.category_id) {
    if (row.category_source === 'user' && !scope.includeOwn) own = true
    else {
      patch.category_id = category.value
      patch.category_source = 'rule'
      patch.category_rule_id = category.ruleId
    }
  }
  const payee = mine(outcome?.payee)
  if (payee !== null && payee.value !== row.payee) {
    if (row.payee_source === 'user' && !scope.includeOwn) own = true
    else {
      patch.payee = payee.value
      patch.payee_source = 'rule'
    }
  }
  const isRaw = row.payee_source === null && row.payee === row.raw_payee
  if (scope.cleanPayees && payee === null && isRaw && name !== row.payee) patch.payee = name
  const notes = mine(outcome?.notes)
  if (notes !== null && row.notes === '') patch.notes = notes.value
  const kind = mine(outcome?.kind)
  if (kind !== null && kind.value !== row.kind) patch.kind = kind.value
  const tags: readonly number[] = row.tag_ids === '[]' ? [] : (JSON.parse(row.tag_ids) as number[])
  const mineOf = (choices: readonly ByRule<number>[] = []) => choices.flatMap((choice) => mine(choice)?.value ?? [])
  return {
    by,
    met: by.length > 0,
    own,
    patch: Object.keys(patch).length === 0 ? null : patch,
    addTags: mineOf(outcome?.addTags).filter((tag) => !tags.includes(tag)),
    removeTags: mineOf(outcome?.removeTags).filter((tag) => tags.includes(tag)),
    pairWith: mine(outcome?.transfer)?.value ?? null,
  }
}
