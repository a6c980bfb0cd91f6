import { safeMinor } from '../../../../../shared/domain/money.ts'
import {
  type BudgetLine,
  budgetPeriods,
  type BudgetTotal,
  type BudgetView,
  type ToAssign,
} from '../../../../../shared/model/budget.ts'
import { type BookedBudget, BudgetBook } from './budget-book.ts'
import type { BudgetFacts } from './budget-facts.ts'
import {
  addBudgetMonths,
  budgetMonthOf,
  daysOfPeriod,
  firstMonthOfPeriod,
  monthsFrom,
  nextPeriod,
} from './budget-months.ts'
import { budgetState, carriedOn, projectSpending, usedShare } from './budget-use.ts'

export type ComputedBudget = Omit<BudgetView, 'currency' | 'notes'>

const sumOf = <T>(list: Iterable<T>, amount: (entry: T) => number): number => {
  let sum = 0
  for (const entry of list) sum = safeMinor(sum + amount(entry))
  return sum
}

/** The amount for the period: an envelope's of that month alone, a limit's last one set by the period's end. */
function budgetedIn(budget: BookedBudget, first: string, envelope: boolean): number {
  if (envelope) return budget.byMonth.get(first) ?? 0
  const next = nextPeriod(first, budget.period)
  return budget.amounts.findLast(({ month }) => month < next)?.amountMinor ?? 0
}

interface PeriodSums {
  /** The first month of the period. */
  readonly first: string
  readonly budgeted: number
  readonly carried: number
  readonly spent: number
  readonly left: number
}

/** A budget's periods from its first one to the one that the month lies in, each with what the one before left it. */
function* periodsOf(book: BudgetBook, budget: BookedBudget, last: string, envelope: boolean): Generator<PeriodSums> {
  let carried = 0
  let first = firstMonthOfPeriod(budget.firstMonth, budget.period)
  while (first <= last) {
    const next = nextPeriod(first, budget.period)
    const budgeted = budgetedIn(budget, first, envelope)
    const months = budget.period === 'month' ? [first] : monthsFrom(first, addBudgetMonths(next, -1))
    const spent = book.spent(budget.categoryId, months)
    const left = safeMinor(budgeted + carried - spent)
    yield { first, budgeted, carried, spent, left }
    carried = carriedOn(left, budget.rollover)
    first = next
  }
}

function lineOf(facts: BudgetFacts, budget: BookedBudget, month: string, sums: PeriodSums): BudgetLine {
  const { plan, today } = facts
  const { categoryId, period, rollover } = budget
  const { from, to } = daysOfPeriod(firstMonthOfPeriod(month, period), period, plan.startDay)
  const counted = plan.startsOn > from ? plan.startsOn : from
  const available = safeMinor(sums.budgeted + sums.carried)
  return {
    categoryId,
    period,
    rollover,
    from,
    to,
    budgetedMinor: sums.budgeted,
    carriedMinor: sums.carried,
    spentMinor: sums.spent,
    leftMinor: sums.left,
    projectedMinor: projectSpending(sums.spent, counted, to, today),
    usedShare: usedShare(sums.spent, available),
    state: budgetState(sums.spent, available, plan.alertPercent),
  }
}

function totalsOf(lines: readonly BudgetLine[], alertPercent: number): BudgetTotal[] {
  return budgetPeriods.flatMap((period): BudgetTotal[] => {
    const own = lines.filter((line) => line.period === period)
    const [first] = own
    if (first === undefined) return []
    const spentMinor = sumOf(own, (line) => line.spentMinor)
    const budgetedMinor = sumOf(own, (line) => line.budgetedMinor)
    const carriedMinor = sumOf(own, (line) => line.carriedMinor)
    const available = safeMinor(budgetedMinor + carriedMinor)
    const projected = own.every((line) => line.projectedMinor !== null)
    return [
      {
        period,
        from: first.from,
        to: first.to,
        budgetedMinor,
        carriedMinor,
        spentMinor,
        leftMinor: sumOf(own, (line) => line.leftMinor),
        projectedMinor: projected ? sumOf(own, (line) => line.projectedMinor ?? 0) : null,
        usedShare: usedShare(spentMinor, available),
        state: budgetState(spentMinor, available, alertPercent),
      },
    ]
  })
}

/**
 * The envelopes' purse, month by month: what was left, what comes back from envelopes that do not keep their rest, less
 * what was overspent in those that do not carry it, plus income, less what is assigned and what is spent without an
 * envelope. So that at any time left to assign + what is in the envelopes = what there was at first + income − spending.
 */
function toAssignIn(facts: BudgetFacts, book: BudgetBook, month: string): ToAssign {
  const ends = book.budgets.map(({ rollover, ...budget }) => ({
    rollover,
    byMonth: new Map([...periodsOf(book, { ...budget, rollover }, month, true)].map((sums) => [sums.first, sums])),
  }))
  let result: ToAssign = {
    leftMinor: facts.plan.openingMinor,
    beforeMinor: facts.plan.openingMinor,
    incomeMinor: 0,
    assignedMinor: 0,
    outsideMinor: 0,
    settledMinor: 0,
    assignedLaterMinor: 0,
  }
  for (const asked of monthsFrom(book.firstMonth, month)) {
    const previous = addBudgetMonths(asked, -1)
    const beforeMinor = result.leftMinor
    const settledMinor = sumOf(ends, ({ rollover, byMonth }) => {
      const left = byMonth.get(previous)?.left ?? 0
      return left - carriedOn(left, rollover)
    })
    const incomeMinor = book.income(asked)
    const assignedMinor = sumOf(ends, ({ byMonth }) => byMonth.get(asked)?.budgeted ?? 0)
    const outsideMinor = sumOf(book.outside(asked).values(), (minor) => minor)
    const leftMinor = safeMinor(beforeMinor + settledMinor + incomeMinor - assignedMinor - outsideMinor)
    result = { leftMinor, beforeMinor, incomeMinor, assignedMinor, outsideMinor, settledMinor, assignedLaterMinor: 0 }
  }
  const later = facts.amounts.filter((amount) => amount.month > month)
  return { ...result, assignedLaterMinor: sumOf(later, ({ amountMinor }) => amountMinor) }
}

/** Budgets as of a month (YYYY-MM); one before the first is taken as the first. Lines in the order of `facts.budgets`. */
export function computeBudget(facts: BudgetFacts, asked: string): ComputedBudget {
  const { plan, today } = facts
  const book = new BudgetBook(facts)
  const month = asked < book.firstMonth ? book.firstMonth : asked
  const envelope = plan.method === 'envelope'
  const lines = book.budgets.flatMap((budget): BudgetLine[] => {
    const sums = [...periodsOf(book, budget, month, envelope)].at(-1)
    return sums === undefined ? [] : [lineOf(facts, budget, month, sums)]
  })
  return {
    plan,
    month,
    ...daysOfPeriod(month, 'month', plan.startDay),
    today,
    thisMonth: budgetMonthOf(today, plan.startDay),
    firstMonth: book.firstMonth,
    lines,
    totals: totalsOf(lines, plan.alertPercent),
    outside: [...book.outside(month)].map(([categoryId, spentMinor]) => ({ categoryId, spentMinor })),
    incomeMinor: book.income(month),
    toAssign: envelope ? toAssignIn(facts, book, month) : null,
  }
}
