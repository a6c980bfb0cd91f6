import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import { addDays, addMonths, type IsoDate, monthOf, parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { money } from '../../../shared/domain/money.ts'
import type { BudgetPlan, BudgetView } from '../../../shared/model/budget.ts'
import type { RateNote } from '../../../shared/model/figures.ts'
import type { BudgetFacts, StoredBudgetAmount } from '../analysis/account/budget/budget-facts.ts'
import {
  addBudgetMonths,
  budgetMonthOf,
  daysOfPeriod,
  firstMonthOfPeriod,
} from '../analysis/account/budget/budget-months.ts'
import { computeBudget } from '../analysis/account/budget/compute-budget.ts'
import { createConverter } from '../analysis/wealth/fx-conversion.ts'
import type { Vault } from '../storage/open-vault.ts'
import {
  loadBudgetAmounts,
  loadBudgetPlan,
  loadBudgets,
  loadCategoryNodes,
  loadMonthFlows,
} from '../storage/repositories/budget-repository.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { loadRateSource } from '../storage/repositories/rate-repository.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'

/** Budgets look at most so far ahead. */
const MONTHS_AHEAD = 120

/** The last month that budgets can be made for. */
export function lastBudgetMonth(today: IsoDate): string {
  return monthOf(addMonths(today, MONTHS_AHEAD))
}

export interface AmountsInBase {
  readonly plan: BudgetPlan
  readonly amounts: readonly StoredBudgetAmount[]
  readonly notes: readonly RateNote[]
}

/**
 * The plan and its amounts in the base currency. Where that has been changed since they were written they are converted
 * at today's rate, which is told; without a rate they count as nothing, which is told too.
 */
export function loadAmountsInBase(vault: Vault, base: CurrencyCode, today: IsoDate): AmountsInBase {
  const plan = loadBudgetPlan(vault)
  const amounts = loadBudgetAmounts(vault)
  const { currency } = plan
  if (currency === null || currency === base) return { plan: { ...plan, currency: base }, amounts, notes: [] }
  const converter = createConverter(loadRateSource(vault))
  const inBase = (minor: number): number => converter.convert(money(minor, currency), base, today)?.value.minor ?? 0
  const known = converter.convert(money(1, currency), base, today)
  return {
    plan: { ...plan, currency: base, openingMinor: inBase(plan.openingMinor) },
    amounts: amounts.map(({ categoryId, month, amountMinor }) => ({
      categoryId,
      month,
      amountMinor: inBase(amountMinor),
    })),
    notes: [{ currency, usedRateOn: known === null ? null : known.rateOn }],
  }
}

/** What a month's budgets need: the whole history since they began only where something is taken on from it. */
function factsFrom(plan: BudgetPlan & { startsOn: IsoDate }, budgets: BudgetFacts['budgets'], month: string): IsoDate {
  const carries = plan.method === 'envelope' || budgets.some(({ rollover }) => rollover !== 'none')
  if (carries) return plan.startsOn
  const longest = budgets.some(({ period }) => period === 'year')
    ? 'year'
    : budgets.some(({ period }) => period === 'quarter')
      ? 'quarter'
      : 'month'
  const { from } = daysOfPeriod(firstMonthOfPeriod(month, longest), longest, plan.startDay)
  return from < plan.startsOn ? plan.startsOn : from
}

/** A month's budgets; null: this month's. */
export function loadBudgetView(vault: Vault, asked: string | null, today: IsoDate): BudgetView {
  const currency = loadVaultSettings(vault).baseCurrency
  const { plan: stored, amounts, notes } = loadAmountsInBase(vault, currency, today)
  const startsOn = stored.startsOn ?? parseIsoDate(`${monthOf(today)}-01`)
  const plan = { ...stored, startsOn }
  const first = budgetMonthOf(startsOn, plan.startDay)
  const wanted = asked ?? budgetMonthOf(today, plan.startDay)
  const last = lastBudgetMonth(today)
  const month = wanted < first ? first : wanted > last ? last : wanted
  const budgets = loadBudgets(vault)
  const longest = budgets.some(({ period }) => period !== 'month') && plan.method === 'limit' ? 'year' : 'month'
  const { to } = daysOfPeriod(firstMonthOfPeriod(month, longest), longest, plan.startDay)
  const sheet = loadMonthFlows(vault, factsFrom(plan, budgets, month), to, plan.startDay)
  const facts = { plan, budgets, amounts, categories: loadCategoryNodes(vault), flows: sheet.flows, today }
  return {
    ...computeBudget(facts, month),
    // as kept, so that a household that has not begun is told apart
    plan: stored,
    currency,
    notes: [...notes, ...sheet.notes.filter((note) => !notes.some((told) => told.currency === note.currency))],
  }
}

/** The day of the first line of any account that counts. */
export function firstDayOfHousehold(vault: Vault): IsoDate | null {
  return (
    sqlRows<{ on: IsoDate | null }>(
      vault,
      `select min((select min(booked_on) from transactions where account_id = accounts.id)) as "on"
     from accounts where in_net_worth = 1`,
    )[0]?.on ?? null
  )
}

/** The twelve full months before this one, fewer where the history is shorter; one that begins a week late counts as full. */
export function fullMonthsBefore(today: IsoDate, firstBookedOn: IsoDate | null): string[] {
  if (firstBookedOn === null) return []
  const months: string[] = []
  for (let back = 12; back >= 1; back -= 1) {
    const month = addBudgetMonths(monthOf(today), -back)
    if (addDays(parseIsoDate(`${month}-01`), 6) >= firstBookedOn) months.push(month)
  }
  return months
}
