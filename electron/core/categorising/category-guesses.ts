import type { OutputOf } from '../../../shared/ipc/contract.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { CategoryGuess } from '../../../shared/ipc/channels/rule-channels.ts'
import type { CategorySource } from '../../../shared/model/category.ts'
import type { CategoryLearner, Guess } from '../analysis/account/learning/category-learner.ts'
import { cleanPayee } from '../analysis/account/payee/payee-cleanup.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadLastChoice, loadLearner } from '../storage/repositories/lesson-repository.ts'
import { idList, sqlRows } from '../storage/repositories/query.ts'

interface Row {
  id: number
  account_id: number
  amount_minor: number
  payee: string
  raw_payee: string
  memo: string
  merchant_category: string | null
  category_id: number | null
  category_source: CategorySource | null
  category_rule_id: number | null
  split_count: number
  payee_source: 'user' | 'rule' | null
}

const COLUMNS = `id, account_id, amount_minor, payee, raw_payee, memo, merchant_category, category_id, category_source,
  category_rule_id, split_count, payee_source`

function guessFor(learner: CategoryLearner, row: Row): Guess | null {
  return learner.guess({
    payee: row.payee === '' ? row.memo : row.payee,
    amountMinor: row.amount_minor,
    accountId: row.account_id,
    merchantCategory: row.merchant_category ?? '',
  })
}

function withDay(vault: Vault, { categoryId, confidence, evidence }: Guess): CategoryGuess {
  if (evidence.by === 'payee') {
    const lastOn = loadLastChoice(vault, evidence.payee, categoryId)
    return { categoryId, confidence, evidence: { ...evidence, lastOn } }
  }
  if (evidence.by === 'merchant-code') return { categoryId, confidence, evidence }
  const { payees, words } = evidence
  return { categoryId, confidence, evidence: { ...evidence, payees: [...payees], words: [...words] } }
}

/** Categories that are still offered: a guess at another helps nobody. */
function liveCategories(vault: Vault): ReadonlySet<number> {
  return new Set(sqlRows<{ id: number }>(vault, 'select id from categories where archived = 0').map(({ id }) => id))
}

/** Guesses for those of these transactions that nobody has filed; the user's "none" stays none. */
export function suggestCategories(vault: Vault, ids: readonly number[]): OutputOf<'category.suggest'> {
  const learner = loadLearner(vault)
  if (learner.isEmpty) return []
  const rows = sqlRows<Row>(
    vault,
    `select ${COLUMNS} from transactions where id in (select value from json_each(?))
       and category_id is null and category_source is null and split_count = 0 order by id`,
    idList(ids),
  )
  const live = liveCategories(vault)
  return rows.flatMap((row) => {
    const guess = guessFor(learner, row)
    return guess === null || !live.has(guess.categoryId) ? [] : [{ transactionId: row.id, ...withDay(vault, guess) }]
  })
}

function ruleName(vault: Vault, id: number | null): { id: number; name: string } | null {
  if (id === null) return null
  return sqlRows<{ id: number; name: string }>(vault, 'select id, name from rules where id = ?', id)[0] ?? null
}

/** Why a transaction has its category. Throws CoreError('not-found'). */
export function explainCategory(vault: Vault, id: number): OutputOf<'category.explain'> {
  const [row] = sqlRows<Row>(vault, `select ${COLUMNS} from transactions where id = ?`, id)
  if (row === undefined) throw new CoreError('not-found', 'there is no such transaction', { id })
  const isGuessed = row.split_count === 0 && (row.category_source === 'learned' || row.category_source === null)
  const guess = isGuessed ? guessFor(loadLearner(vault), row) : null
  return {
    source: row.category_source,
    rule: ruleName(vault, row.category_rule_id),
    guess: guess === null || !liveCategories(vault).has(guess.categoryId) ? null : withDay(vault, guess),
    merchantCategory: row.merchant_category,
    cleanPayee: cleanPayee(row.raw_payee),
    namedBy: row.payee_source,
  }
}
