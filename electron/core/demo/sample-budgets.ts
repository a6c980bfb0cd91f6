import { type IsoDate, monthOf, startOfMonth } from '../../../shared/domain/iso-date.ts'
import { BUDGET_PLAN_KEY } from '../storage/repositories/budget-repository.ts'
import { budgetPlanSchema } from '../../../shared/model/budget.ts'
import type { SampleWriter } from './sample-writer.ts'

/** Limits for what the sample household spends most on, set three months ago; the holidays' for the year. */
export function budgetsOf(writer: SampleWriter, begun: IsoDate): void {
  const startsOn = startOfMonth(begun)
  writer.setting(BUDGET_PLAN_KEY, budgetPlanSchema.parse({ startsOn, currency: 'CNY' }))
  const month = monthOf(startsOn)
  writer.budget('food', 'month', 'none', month, 450_000)
  writer.budget('restaurants', 'month', 'none', month, 120_000)
  writer.budget('home', 'month', 'none', month, 250_000)
  writer.budget('transport', 'month', 'rest', month, 100_000)
  writer.budget('shopping', 'month', 'none', month, 150_000)
  writer.budget('travel', 'year', 'none', `${month.slice(0, 4)}-01`, 2_000_000)
}
