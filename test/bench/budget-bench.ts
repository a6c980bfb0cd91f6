import { addMonths, monthOf, startOfMonth } from '../../shared/domain/iso-date.ts'
import { type BudgetMethod, budgetPlanSchema } from '../../shared/model/budget.ts'
import { loadAnomalies } from '../../electron/core/handlers/anomaly-view.ts'
import { loadBudgetView } from '../../electron/core/handlers/budget-view.ts'
import { loadDepositInsurance } from '../../electron/core/handlers/deposit-insurance-view.ts'
import { loadEmergencyFund } from '../../electron/core/handlers/emergency-fund-view.ts'
import { loadIdleCash } from '../../electron/core/handlers/idle-cash-view.ts'
import { BUDGET_PLAN_KEY } from '../../electron/core/storage/repositories/budget-repository.ts'
import type { Bench, Measurement } from './bench.ts'
import { type LargeVault, openLargeVault } from './million.ts'

const ROUNDS = 7
const LIMIT = 100

/** A budget for every category of spending, begun so many years before the end of the history. */
export function beginBudgets({ vault, today }: LargeVault, method: BudgetMethod, years: number): void {
  const startsOn = addMonths(startOfMonth(today), -12 * years)
  const plan = budgetPlanSchema.parse({ method, startsOn, currency: 'CNY' })
  const { driver } = vault
  driver.exec('delete from budget_lines')
  driver
    .prepare('insert or replace into settings (key, value) values (?, ?)')
    .run(BUDGET_PLAN_KEY, JSON.stringify(plan))
  driver.exec(
    `insert into budget_lines select id, 'month', 'rest', 0 from categories where kind = 'expense' and key is not null`,
  )
  const amount = driver.prepare('insert into budget_amounts select category_id, ?, 100000 from budget_lines')
  for (let month = startsOn; month <= today; month = addMonths(month, 1)) amount.run(monthOf(month))
}

const works: readonly { what: string; before?: (large: LargeVault) => void; run: (large: LargeVault) => unknown }[] = [
  {
    what: 'budgets: limits that take their rests on, begun 3 years ago',
    before: (large) => beginBudgets(large, 'limit', 3),
    run: ({ vault, today }) => loadBudgetView(vault, null, today),
  },
  {
    what: 'budgets: envelopes, begun 3 years ago',
    before: (large) => beginBudgets(large, 'envelope', 3),
    run: ({ vault, today }) => loadBudgetView(vault, null, today),
  },
  {
    what: 'budgets: envelopes, begun 14 years ago',
    before: (large) => beginBudgets(large, 'envelope', 14),
    run: ({ vault, today }) => loadBudgetView(vault, null, today),
  },
  { what: 'checks: emergency fund', run: ({ vault, today }) => loadEmergencyFund(vault, today) },
  { what: 'checks: unusual spending', run: ({ vault, today }) => loadAnomalies(vault, today) },
  { what: 'checks: deposit insurance', run: ({ vault, today }) => loadDepositInsurance(vault, today) },
  { what: 'checks: idle cash', run: ({ vault, today }) => loadIdleCash(vault, today) },
]

async function measure(transactions: number): Promise<number[]> {
  const large = await openLargeVault(transactions)
  try {
    return works.map(({ before, run }) => {
      before?.(large)
      run(large)
      const rounds = Array.from({ length: ROUNDS }, () => {
        const started = performance.now()
        run(large)
        return performance.now() - started
      }).sort((left, right) => left - right)
      return rounds[Math.floor(ROUNDS / 2)] ?? 0
    })
  } finally {
    await large.close()
  }
}

/** Budgets and checks over fifteen years; beside them the same with a hundredth of the rows. */
export const budgetBench: Bench = {
  name: 'budget',
  async run(quick) {
    const most = quick ? 100_000 : 1_000_000
    const small = await measure(most / 100)
    const large = await measure(most)
    return works.map(({ what }, index): Measurement => {
      const milliseconds = large[index] ?? 0
      return {
        work: what,
        data: `${most} transactions, 123 accounts, 15 years`,
        milliseconds,
        floor: { what: `the same with ${most / 100}`, milliseconds: small[index] ?? 0 },
        limit: { text: `≤ ${LIMIT} ms`, met: milliseconds <= LIMIT },
      }
    })
  },
}
