import { createHash } from 'node:crypto'
import { money } from '../../../../shared/domain/money.ts'
import type { RecurringItem } from '../../../../shared/model/recurring.ts'
import { loadRecurringItems } from '../../recurring/list-items.ts'
import { type DueDate, dueDate, type ReminderSource } from '../due-date.ts'

const ID = 'price-rise'

/** A name of the series that fits into a key. */
const shortKey = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 12)

/** Bills and subscriptions that got dearer, on the day of the first dearer payment: what it makes in a year. */
export const priceRiseSource: ReminderSource<readonly RecurringItem[]> = {
  id: ID,
  load: (vault, window) => loadRecurringItems(vault, window.today).items,
  due: (items) =>
    items.flatMap((item): DueDate[] => {
      const change = item.prices.at(-1)
      const { yearDifference } = item
      if (change === undefined || yearDifference === null || yearDifference.minor >= 0) return []
      if (item.ended || item.status === 'dismissed' || item.type === 'transfer' || item.amount.minor >= 0) return []
      return [
        dueDate(
          ID,
          {
            kind: 'price-rise',
            on: change.on,
            title: item.name,
            subject: { type: 'recurring', id: null },
            amount: money(-yearDifference.minor, yearDifference.currency),
            estimated: true,
            facts: {
              fromMinor: change.fromMinor,
              toMinor: change.toMinor,
              currency: change.currency,
              accountId: item.accountId,
            },
          },
          shortKey(item.key),
        ),
      ]
    }),
}
