import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { addDays } from '../../../../shared/domain/iso-date.ts'
import { negateMoney } from '../../../../shared/domain/money.ts'
import type { RecurringItem, RecurringType } from '../../../../shared/model/recurring.ts'
import type { ReminderKind } from '../../../../shared/model/reminder.ts'
import { slotsBetween } from '../../analysis/account/recurring/period.ts'
import { loadRecurringItems, ownKey } from '../../recurring/list-items.ts'
import { sqlRows } from '../../storage/repositories/query.ts'
import { type DueDate, dueDate, type ReminderSource } from '../due-date.ts'

const ID = 'bill'

/** A confirmed series with the number of what the user said of it. */
export interface BillFacts {
  readonly id: number
  readonly item: RecurringItem
}

const kinds: Partial<Record<RecurringType, ReminderKind>> = {
  rent: 'rent',
  subscription: 'subscription',
  insurance: 'insurance-premium',
  education: 'tuition',
  tax: 'tax',
}

/** The days of the series within the window: those that were paid and those that are to come. */
function daysOf({ nextOn, lastOn, ...item }: RecurringItem, from: IsoDate, until: IsoDate): IsoDate[] {
  const paid = lastOn !== null && lastOn >= from && lastOn <= until ? [lastOn] : []
  if (nextOn === null) return paid
  const later = slotsBetween(nextOn, item, { from: addDays(nextOn, 1), to: until })
  return [...paid, ...[nextOn, ...later].filter((on) => on >= from && on <= until)]
}

/**
 * Bills and subscriptions that the user has confirmed or entered: what was only found tells nobody anything. Incomes and
 * transfers between own accounts are no duties. A payment that was found in the history is done by itself.
 */
export const billSource: ReminderSource<readonly BillFacts[]> = {
  id: ID,
  load: (vault, window) => {
    const decided = sqlRows<{ id: number; key: string | null }>(
      vault,
      `select id, series_key as key from recurring_decisions where status = 'confirmed'`,
    )
    if (decided.length === 0) return []
    const ids = new Map(decided.map(({ id, key }) => [key ?? ownKey(id), id]))
    return loadRecurringItems(vault, window.today).items.flatMap((item) => {
      const id = ids.get(item.key)
      return id === undefined || item.ended || item.amount.minor >= 0 || item.type === 'transfer' ? [] : [{ id, item }]
    })
  },
  due: (bills, window) =>
    bills.flatMap(({ id, item }) =>
      daysOf(item, window.from, window.until).map((on): DueDate => {
        const paid = item.lastOn !== null && on <= item.lastOn
        return dueDate(ID, {
          kind: kinds[item.type] ?? 'bill',
          on,
          title: item.name,
          subject: { type: 'recurring', id },
          amount: negateMoney(item.amount),
          facts: { accountId: item.accountId },
          estimated: !item.fixed,
          settled: paid ? { on, by: 'payment' } : null,
        })
      }),
    ),
}
