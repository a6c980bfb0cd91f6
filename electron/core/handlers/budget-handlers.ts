import type { budgetChannels } from '../../../shared/ipc/channels/budget-channels.ts'
import { addDays, addMonths, endOfMonth, type IsoDate, parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { divideRounded } from '../../../shared/domain/decimal.ts'
import { safeMinor } from '../../../shared/domain/money.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import { type BudgetDraft, type BudgetPlan, budgetPlanSchema } from '../../../shared/model/budget.ts'
import { addBudgetMonths, budgetMonthOf, firstMonthOfPeriod } from '../analysis/account/budget/budget-months.ts'
import { medianMinor, suggestBudgets } from '../analysis/account/budget/suggest-budgets.ts'
import { liquidTierOf } from '../analysis/account/checks/money-at-hand.ts'
import { BaseTally, createConverter } from '../analysis/wealth/fx-conversion.ts'
import { type Recorder, recordChange } from '../changes/record.ts'
import type { HandlerContext, HandlersOf } from '../handler.ts'
import type { Vault, WritableVault } from '../storage/open-vault.ts'
import { loadAccounts } from '../storage/repositories/account-repository.ts'
import {
  BUDGET_PLAN_KEY,
  loadBudgets,
  loadCategoryNodes,
  loadMonthFlows,
} from '../storage/repositories/budget-repository.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { loadRateSource } from '../storage/repositories/rate-repository.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'
import { amountsOf } from '../storage/repositories/worth-repository.ts'
import { loadWorthToday } from './account-view.ts'
import {
  firstDayOfHousehold,
  fullMonthsBefore,
  lastBudgetMonth,
  loadAmountsInBase,
  loadBudgetView,
} from './budget-view.ts'

function requireExpenseCategory(vault: Vault, id: number): string {
  const row = sqlRows<{ kind: string; name: string }>(
    vault,
    'select kind, name_zh || name_en as name from categories where id = ?',
    id,
  )[0]
  if (row === undefined) throw new CoreError('not-found', 'there is no such category', { id })
  if (row.kind !== 'expense') throw new CoreError('invalid-input', 'only categories of spending have a budget')
  return row.name
}

function requireMonth(month: string, today: IsoDate): void {
  if (month < '1900-01' || month > lastBudgetMonth(today)) {
    throw new CoreError('invalid-input', 'budgets are made for at most ten years ahead')
  }
}

/** One change to budgets: everything is in the base currency before it, and budgets have begun. */
class BudgetChange {
  readonly #vault: WritableVault
  readonly #recorder: Recorder
  readonly #now: number
  #plan: BudgetPlan

  constructor(vault: WritableVault, recorder: Recorder, context: HandlerContext) {
    this.#vault = vault
    this.#recorder = recorder
    this.#now = context.clock.now()
    const base = loadVaultSettings(vault).baseCurrency
    const { plan, amounts, notes } = loadAmountsInBase(vault, base, context.clock.today())
    if (notes.some(({ usedRateOn }) => usedRateOn === null)) {
      throw new CoreError('invalid-input', 'budgets are in another currency, and no rate to the base currency is known')
    }
    if (notes.length > 0) {
      for (const { categoryId, month, amountMinor } of amounts) this.#put(categoryId, month, amountMinor)
    }
    this.#plan = plan
  }

  get plan(): BudgetPlan {
    return this.#plan
  }

  /** Sets what is given; budgets begin with the first day of the month where they have not begun. */
  savePlan(patch: { readonly [K in keyof BudgetPlan]?: BudgetPlan[K] | undefined }, today: IsoDate): void {
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
    const plan = budgetPlanSchema.parse({ ...this.#plan, ...given })
    const startsOn =
      plan.startsOn ?? addDays(parseIsoDate(`${budgetMonthOf(today, plan.startDay)}-01`), plan.startDay - 1)
    if (startsOn > addMonths(today, 12)) throw new CoreError('invalid-input', 'budgets begin within a year')
    this.#plan = { ...plan, startsOn }
    this.#recorder.put('settings', [BUDGET_PLAN_KEY], { key: BUDGET_PLAN_KEY, value: JSON.stringify(this.#plan) })
  }

  /** An amount, from the month's period on or for the month alone; a category without a budget gets one. */
  set({ categoryId, amountMinor, period, rollover }: BudgetDraft, month: string): void {
    const envelope = this.#plan.method === 'envelope'
    if (!envelope && amountMinor < 0) throw new CoreError('invalid-input', 'a limit cannot be negative')
    const known = loadBudgets(this.#vault).find((budget) => budget.categoryId === categoryId)
    const next = {
      period: envelope ? (known?.period ?? 'month') : (period ?? known?.period ?? 'month'),
      rollover: rollover ?? known?.rollover ?? (envelope ? 'rest' : 'none'),
    }
    if (known === undefined) {
      this.#recorder.insert('budget_lines', { category_id: categoryId, ...next, created_at: this.#now })
    } else this.#recorder.update('budget_lines', [categoryId], next)
    this.#put(categoryId, envelope ? month : firstMonthOfPeriod(month, next.period), amountMinor)
  }

  #put(categoryId: number, month: string, amountMinor: number): void {
    const row = { category_id: categoryId, month, amount_minor: amountMinor }
    this.#recorder.put('budget_amounts', [categoryId, month], row)
  }
}

function change(context: HandlerContext, label: string, work: (change: BudgetChange, today: IsoDate) => void): void {
  const vault = context.writable()
  const today = context.clock.today()
  recordChange(vault, context.clock, { label }, (recorder) => {
    const budgets = new BudgetChange(vault, recorder, context)
    work(budgets, today)
    budgets.savePlan({}, today)
  })
}

/** What each monthly budget is filled with. */
function fillings(vault: Vault, month: string, by: 'last-month' | 'average' | 'nothing', today: IsoDate) {
  const now = loadBudgetView(vault, month, today)
  const before = loadBudgetView(vault, addBudgetMonths(month, -1), today)
  const earlier = [2, 3].map((back) => loadBudgetView(vault, addBudgetMonths(month, -back), today))
  const monthly = now.lines.filter(({ period }) => period === 'month')
  const lastMonth = before.month < month ? before.lines : []
  const budgets = loadBudgets(vault).filter(({ categoryId }) =>
    [...monthly, ...lastMonth].some((line) => line.categoryId === categoryId && line.period === 'month'),
  )
  return budgets.flatMap(({ categoryId }): { categoryId: number; amountMinor: number }[] => {
    if (by === 'nothing') return [{ categoryId, amountMinor: 0 }]
    const last = lastMonth.find((line) => line.categoryId === categoryId)
    if (by === 'last-month') return last === undefined ? [] : [{ categoryId, amountMinor: last.budgetedMinor }]
    const views = [before, ...earlier].filter(
      (view, index, all) => view.month < month && all.findIndex((other) => other.month === view.month) === index,
    )
    const spent = views.flatMap((view) => view.lines.find((line) => line.categoryId === categoryId)?.spentMinor ?? [])
    if (spent.length === 0) return []
    const sum = spent.reduce((total, minor) => safeMinor(total + minor), 0)
    const mean = safeMinor(divideRounded(BigInt(sum), BigInt(spent.length), 'half-up'))
    return [{ categoryId, amountMinor: Math.max(0, mean) }]
  })
}

/** Money at hand at once (`liquidTierOf`) today, less what credit cards owe, in the base currency. */
function atHand(vault: Vault, today: IsoDate): number {
  const base = loadVaultSettings(vault).baseCurrency
  const tally = new BaseTally(createConverter(loadRateSource(vault)), base, today)
  const accounts = loadAccounts(vault).filter(
    ({ kind, inNetWorth, closedOn }) =>
      inNetWorth &&
      (closedOn === null || closedOn > today) &&
      (kind.class === 'credit-card' || liquidTierOf(kind) === 'cash'),
  )
  return loadWorthToday(vault, accounts, today)
    .flatMap(({ holdings }) => amountsOf(holdings))
    .reduce((sum, amount) => safeMinor(sum + (tally.convert(amount)?.value.minor ?? 0)), 0)
}

export const budgetHandlers: HandlersOf<typeof budgetChannels> = {
  'budget.get': ({ month }, context) => loadBudgetView(context.readable(), month, context.clock.today()),

  'budget.set': ({ month, ...draft }, context) => {
    requireExpenseCategory(context.writable(), draft.categoryId)
    requireMonth(month, context.clock.today())
    change(context, 'budget.set', (budgets) => budgets.set(draft, month))
    return {}
  },

  'budget.start': ({ plan, budgets: drafts }, context) => {
    for (const { categoryId } of drafts) requireExpenseCategory(context.writable(), categoryId)
    change(context, 'budget.start', (budgets, today) => {
      budgets.savePlan(plan, today)
      const { startsOn, startDay } = budgets.plan
      const first = budgetMonthOf(startsOn !== null && startsOn > today ? startsOn : today, startDay)
      for (const draft of drafts) budgets.set(draft, first)
    })
    return {}
  },

  'budget.configure': ({ categoryId, ...patch }, context) => {
    const vault = context.writable()
    if (!loadBudgets(vault).some((budget) => budget.categoryId === categoryId)) {
      throw new CoreError('not-found', 'this category has no budget', { id: categoryId })
    }
    recordChange(vault, context.clock, { label: 'budget.configure' }, (recorder) => {
      recorder.update('budget_lines', [categoryId], {
        ...(patch.period !== undefined && { period: patch.period }),
        ...(patch.rollover !== undefined && { rollover: patch.rollover }),
      })
    })
    return {}
  },

  'budget.remove': ({ categoryId }, context) => {
    recordChange(context.writable(), context.clock, { label: 'budget.remove' }, (recorder) => {
      if (!recorder.delete('budget_lines', [categoryId])) {
        throw new CoreError('not-found', 'this category has no budget', { id: categoryId })
      }
    })
    return {}
  },

  'budget.fill': ({ month, by }, context) => {
    const vault = context.writable()
    const today = context.clock.today()
    requireMonth(month, today)
    const amounts = fillings(vault, month, by, today)
    change(context, 'budget.fill', (budgets) => {
      for (const amount of amounts) budgets.set(amount, month)
    })
    return { count: amounts.length }
  },

  'budget.move': ({ month, from, to, amountMinor }, context) => {
    const vault = context.writable()
    requireMonth(month, context.clock.today())
    if (from === to) throw new CoreError('invalid-input', 'money moves from one envelope to another')
    const view = loadBudgetView(vault, month, context.clock.today())
    if (view.toAssign === null) throw new CoreError('invalid-input', 'limits hold no money that could be moved')
    if (view.month !== month) throw new CoreError('invalid-input', 'budgets had not begun in this month')
    const assigned = (categoryId: number): number => {
      const line = view.lines.find((entry) => entry.categoryId === categoryId)
      if (line === undefined) throw new CoreError('not-found', 'this category has no envelope', { id: categoryId })
      return line.budgetedMinor
    }
    change(context, 'budget.move', (budgets) => {
      if (from !== null) budgets.set({ categoryId: from, amountMinor: assigned(from) - amountMinor }, month)
      if (to !== null) budgets.set({ categoryId: to, amountMinor: assigned(to) + amountMinor }, month)
    })
    return {}
  },

  'budget.savePlan': (patch, context) => {
    let saved: BudgetPlan | null = null
    change(context, 'budget.savePlan', (budgets, today) => {
      budgets.savePlan(patch, today)
      saved = budgets.plan
    })
    return saved ?? budgetPlanSchema.parse({})
  },

  'budget.suggest': (_, context) => {
    const vault = context.readable()
    const today = context.clock.today()
    const months = fullMonthsBefore(today, firstDayOfHousehold(vault))
    const [first, last] = [months[0], months.at(-1)]
    const currency = loadVaultSettings(vault).baseCurrency
    if (first === undefined || last === undefined) {
      return { currency, suggestions: [], atHandMinor: atHand(vault, today), incomeMinor: 0 }
    }
    const { flows } = loadMonthFlows(vault, parseIsoDate(`${first}-01`), endOfMonth(parseIsoDate(`${last}-01`)), 1)
    const income = months.map((month) =>
      flows.reduce(
        (sum, entry) => (entry.flow === 'income' && entry.month === month ? safeMinor(sum + entry.minor) : sum),
        0,
      ),
    )
    return {
      currency,
      suggestions: suggestBudgets(loadCategoryNodes(vault), flows, months),
      atHandMinor: atHand(vault, today),
      incomeMinor: medianMinor(income),
    }
  },
}
