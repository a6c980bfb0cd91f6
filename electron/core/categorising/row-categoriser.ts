import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { CategorySource } from '../../../shared/model/category.ts'
import { type CategoryLearner, SURE_FROM } from '../analysis/account/learning/category-learner.ts'
import { categoryKeyOfMerchantCode } from '../analysis/account/merchant-categories.ts'
import { cleanPayee } from '../analysis/account/payee/payee-cleanup.ts'
import type { RuleFacts, RuleOutcome } from '../analysis/account/rules/rule-facts.ts'
import type { RuleSet } from '../analysis/account/rules/rule-set.ts'
import type { ParsedTransaction, TransactionKind } from '../importing/importer.ts'
import type { CategoryMatcher } from '../importing/committing/category-matcher.ts'
import type { Vault } from '../storage/open-vault.ts'
import { createLearner } from '../storage/repositories/lesson-repository.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { loadRuleSet } from '../storage/repositories/rule-repository.ts'

/** A transaction of a file with what is known around it. */
export interface RowToCategorise {
  readonly transaction: ParsedTransaction
  readonly amountMinor: number
  readonly currency: CurrencyCode
  readonly accountId: number
  readonly institution: string | null
  readonly importer: string
  /** Those of the file's tags that the vault has. */
  readonly tagIds: readonly number[]
  readonly isSplit: boolean
}

/** What a new transaction is called and where it is filed, with the reason. */
export interface Categorised {
  readonly payee: string
  readonly categoryId: number | null
  readonly source: CategorySource | null
  readonly categoryRuleId: number | null
  readonly rules: RuleOutcome | null
}

const REMEMBERED = 20_000

/** Moves of securities are told apart by what they are, not by habit. */
const NEVER_GUESSED: ReadonlySet<TransactionKind> = new Set([
  'buy',
  'sell',
  'reinvestment',
  'security-in',
  'security-out',
  'split',
  'return-of-capital',
  'opening',
])

/** A text that is worked out once for each that it is asked of, in bounded memory. */
function remembering<T>(work: (text: string) => T): (text: string) => T {
  const memory = new Map<string, T>()
  return (text) => {
    const known = memory.get(text)
    if (known !== undefined) return known
    const made = work(text)
    if (memory.size >= REMEMBERED) memory.clear()
    memory.set(text, made)
    return made
  }
}

/**
 * Names and files the transactions of an import. A category comes from the first that has one: the user's rules, what
 * the file calls it, what the user's own choices make sure, the merchant category code. Loaded once for each import.
 */
export class RowCategoriser {
  readonly #matcher: CategoryMatcher
  readonly #rules: RuleSet
  readonly #learner: CategoryLearner
  readonly #byKey: ReadonlyMap<string, number>
  readonly #liveIds: ReadonlySet<number>
  readonly #cleaned = remembering(cleanPayee)
  readonly #guesses = new Map<string, number | null>()

  constructor(vault: Vault, matcher: CategoryMatcher) {
    this.#matcher = matcher
    this.#rules = loadRuleSet(vault)
    this.#learner = createLearner(vault)
    const categories = sqlRows<{ id: number; key: string | null }>(
      vault,
      'select id, key from categories where archived = 0',
    )
    this.#byKey = new Map(categories.flatMap(({ id, key }) => (key === null ? [] : [[key, id] as const])))
    this.#liveIds = new Set(categories.map(({ id }) => id))
  }

  /** Whether rules look at or change tags. */
  get usesTags(): boolean {
    return this.#rules.usesTags
  }

  /** The category of a part of a split, by what the file calls it. */
  categoryOfPart(text: string | undefined, amountMinor: number, kind: TransactionKind): number | null {
    return this.#matcher.idOf(text, amountMinor, kind)
  }

  categorise(row: RowToCategorise): Categorised {
    const { transaction: t, amountMinor } = row
    const clean = this.#cleaned(t.payee ?? '')
    const rules = this.#rules.isEmpty ? null : this.#rules.evaluate(this.#factsOf(row, clean))
    const payee = rules?.payee?.value ?? clean
    const filed = (categoryId: number | null, source: CategorySource | null, categoryRuleId: number | null = null) => ({
      payee,
      rules,
      categoryId,
      source,
      categoryRuleId,
    })
    // the parts of a split have their own categories
    const chosen = row.isSplit ? null : (rules?.categoryId ?? null)
    if (chosen !== null) return filed(chosen.value, 'rule', chosen.ruleId)
    const byFile = this.#matcher.idOf(t.category, amountMinor, t.kind)
    if (byFile !== null) return filed(byFile, 'file')
    if (row.isSplit) return filed(null, null)
    const guessed = this.#guess(row, payee)
    if (guessed !== null) return filed(guessed, 'learned')
    const byCode = this.#ofMerchantCode(row)
    return filed(byCode, byCode === null ? null : 'merchant-code')
  }

  #factsOf({ transaction: t, ...row }: RowToCategorise, payee: string): RuleFacts {
    return {
      payee,
      rawPayee: t.payee ?? '',
      memo: t.memo ?? '',
      notes: '',
      reference: t.reference ?? '',
      counterparty: t.counterparty ?? '',
      accountId: row.accountId,
      institution: row.institution ?? '',
      kind: t.kind,
      amountMinor: row.amountMinor,
      currency: row.currency,
      bookedOn: t.date,
      sourceCategory: t.category ?? '',
      merchantCategory: t.merchantCategory ?? '',
      importer: row.importer,
      tagIds: row.tagIds,
    }
  }

  #guess({ transaction: t, amountMinor, accountId }: RowToCategorise, payee: string): number | null {
    if (this.#learner.isEmpty || t.security !== undefined || NEVER_GUESSED.has(t.kind)) return null
    const facts = {
      payee: payee === '' ? (t.memo ?? '') : payee,
      amountMinor,
      accountId,
      merchantCategory: t.merchantCategory ?? '',
    }
    const memory = `${Math.sign(amountMinor)} ${amountMinor} ${accountId} ${facts.merchantCategory} ${facts.payee}`
    const known = this.#guesses.get(memory)
    if (known !== undefined) return known
    const guess = this.#learner.guess(facts)
    const sure = guess !== null && guess.confidence >= SURE_FROM && this.#liveIds.has(guess.categoryId)
    const categoryId = sure ? guess.categoryId : null
    if (this.#guesses.size >= REMEMBERED) this.#guesses.clear()
    this.#guesses.set(memory, categoryId)
    return categoryId
  }

  /** Only for what was paid: what comes back from a shop may be anything. */
  #ofMerchantCode({ transaction: t, amountMinor }: RowToCategorise): number | null {
    if (amountMinor >= 0 || t.merchantCategory === undefined || NEVER_GUESSED.has(t.kind)) return null
    return this.#byKey.get(categoryKeyOfMerchantCode(t.merchantCategory) ?? '') ?? null
  }
}
