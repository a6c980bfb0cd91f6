import type { accountChannels } from '../../../shared/ipc/channels/account-channels.ts'
import type { budgetChannels } from '../../../shared/ipc/channels/budget-channels.ts'
import type { checkChannels } from '../../../shared/ipc/channels/check-channels.ts'
import type { personChannels } from '../../../shared/ipc/channels/person-channels.ts'
import type { flowChannels } from '../../../shared/ipc/channels/flow-channels.ts'
import type { reconcileChannels } from '../../../shared/ipc/channels/reconcile-channels.ts'
import type { forecastChannels } from '../../../shared/ipc/channels/forecast-channels.ts'
import type { recurringChannels } from '../../../shared/ipc/channels/recurring-channels.ts'
import type { reportChannels } from '../../../shared/ipc/channels/report-channels.ts'
import type { reminderChannels } from '../../../shared/ipc/channels/reminder-channels.ts'
import type { ruleChannels } from '../../../shared/ipc/channels/rule-channels.ts'
import type { searchChannels } from '../../../shared/ipc/channels/search-channels.ts'
import type { serviceChannels } from '../../../shared/ipc/channels/service-channels.ts'
import type { transactionChannels } from '../../../shared/ipc/channels/transaction-channels.ts'
import type { HandlersOf } from '../handler.ts'
import { accountHandlers } from './account-handlers.ts'
import { attachmentHandlers } from './attachment-handlers.ts'
import { categoryHandlers } from './category-handlers.ts'
import { budgetHandlers } from './budget-handlers.ts'
import { checkHandlers } from './check-handlers.ts'
import { creditHandlers } from './credit-handlers.ts'
import { flowHandlers } from './flow-handlers.ts'
import { historyHandlers } from './history-handlers.ts'
import { lifeHandlers } from './life-handlers.ts'
import { overviewHandlers } from './overview-handlers.ts'
import { personHandlers } from './person-handlers.ts'
import { reconcileHandlers } from './reconcile-handlers.ts'
import { forecastHandlers } from './forecast-handlers.ts'
import { recurringHandlers } from './recurring-handlers.ts'
import { reportHandlers } from './report-handlers.ts'
import { reminderHandlers } from './reminder-handlers.ts'
import { ruleHandlers } from './rule-handlers.ts'
import { searchHandlers } from './search-handlers.ts'
import { settingsHandlers } from './settings-handlers.ts'
import { transactionHandlers } from './transaction-handlers.ts'
import { valuationHandlers } from './valuation-handlers.ts'
import { wealthHandlers } from './wealth-handlers.ts'

/** Every channel on what the vault holds: a missing one does not compile. */
export const dataHandlers: HandlersOf<
  typeof accountChannels &
    typeof reminderChannels &
    typeof budgetChannels &
    typeof checkChannels &
    typeof transactionChannels &
    typeof reconcileChannels &
    typeof serviceChannels &
    typeof ruleChannels &
    typeof personChannels &
    typeof flowChannels &
    typeof searchChannels &
    typeof recurringChannels &
    typeof reportChannels &
    typeof forecastChannels
> = {
  ...overviewHandlers,
  ...accountHandlers,
  ...budgetHandlers,
  ...checkHandlers,
  ...valuationHandlers,
  ...settingsHandlers,
  ...transactionHandlers,
  ...categoryHandlers,
  ...reconcileHandlers,
  ...ruleHandlers,
  ...reminderHandlers,
  ...searchHandlers,
  ...wealthHandlers,
  ...creditHandlers,
  ...lifeHandlers,
  ...attachmentHandlers,
  ...historyHandlers,
  ...personHandlers,
  ...flowHandlers,
  ...forecastHandlers,
  ...recurringHandlers,
  ...reportHandlers,
}
