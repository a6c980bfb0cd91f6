import { type BoundSource, bindSource } from '../due-date.ts'
import { accountFactsSource } from './account-facts-source.ts'
import { backupSource } from './backup-source.ts'
import { billSource } from './bill-source.ts'
import { budgetSource } from './budget-source.ts'
import { cardSource } from './card-source.ts'
import { documentSource } from './document-source.ts'
import { loanSource } from './loan-source.ts'
import { lowBalanceSource } from './low-balance-source.ts'
import { ownSource } from './own-source.ts'
import { priceRiseSource } from './price-rise-source.ts'
import { spendingSource } from './spending-source.ts'
import { statementSource } from './statement-source.ts'
import { vehicleSource } from './vehicle-source.ts'

/**
 * Every source, in the order in which they are believed: of two due dates that are the same thing (`sameAs`) the one of
 * the earlier source stays. A new one (bills found in the history, a forecast, a budget) is a file of its own here, with
 * an `id` of its own, a line below, and a kind with its texts in `shared/model/reminder.ts` and `reminder.json`.
 */
export const reminderSources: readonly BoundSource[] = [
  bindSource(ownSource),
  bindSource(cardSource),
  bindSource(loanSource),
  bindSource(billSource),
  bindSource(vehicleSource),
  bindSource(accountFactsSource),
  bindSource(documentSource),
  bindSource(lowBalanceSource),
  bindSource(priceRiseSource),
  bindSource(budgetSource),
  bindSource(spendingSource),
  bindSource(statementSource),
  bindSource(backupSource),
]
