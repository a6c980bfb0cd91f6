import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { CategoryLearner, type Lesson } from '../../analysis/account/learning/category-learner.ts'
import type { Vault } from '../open-vault.ts'
import { sqlRows } from './query.ts'

/** What the user has taught, as the triggers keep it. */
function loadLessons(vault: Vault): Lesson[] {
  return sqlRows<Lesson>(
    vault,
    `select payee, direction, account_id as accountId, band, merchant_category as merchantCategory,
       category_id as categoryId, count from learner_counts
     order by payee, direction, account_id, band, merchant_category, category_id`,
  )
}

interface Made {
  readonly version: number
  readonly learner: CategoryLearner
}
const made = new WeakMap<Vault['driver'], Made>()

/**
 * The learner of this vault. It is made of the kept counts, not of history, and only again once something was taught or
 * taken back. Not for use inside a transaction that may be rolled back: `createLearner` is.
 */
export function loadLearner(vault: Vault): CategoryLearner {
  const version = sqlRows<{ version: number }>(vault, 'select version from learner_state')[0]?.version ?? 0
  const known = made.get(vault.driver)
  if (known?.version === version) return known.learner
  const learner = createLearner(vault)
  made.set(vault.driver, { version, learner })
  return learner
}

export function createLearner(vault: Vault): CategoryLearner {
  return new CategoryLearner(loadLessons(vault))
}

/** The day of the user's newest choice of this category for payments to this payee, or null. */
export function loadLastChoice(vault: Vault, payee: string, categoryId: number): IsoDate | null {
  const [row] = sqlRows<{ day: IsoDate | null }>(
    vault,
    `select max(booked_on) as day from transactions where category_source = 'user' and payee = ? and category_id = ?`,
    payee,
    categoryId,
  )
  return row?.day ?? null
}
