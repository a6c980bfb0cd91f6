import { parseCurrencyCode } from '../../shared/domain/currency.ts'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import { money } from '../../shared/domain/money.ts'
import type { Reminder } from '../../shared/model/reminder.ts'

/** A reminder with what a test cares about: 1,234.50 CNY due on 5 December, ten days ahead. */
export function sampleReminder(given: Partial<Reminder> = {}): Reminder {
  return {
    key: 'card:account.12:2026-12-05',
    series: 'card:account.12',
    source: 'card',
    kind: 'card-payment',
    on: parseIsoDate('2026-12-05'),
    nominalOn: parseIsoDate('2026-12-05'),
    dayCertain: true,
    title: 'Visa & Co',
    subject: { type: 'account', id: 12 },
    amount: money(123_450, parseCurrencyCode('CNY')),
    estimated: false,
    facts: {},
    status: 'open',
    doneBy: null,
    doneOn: null,
    snoozedUntil: null,
    daysAway: 10,
    overdue: false,
    toldAt: null,
    nextTellingAt: null,
    ...given,
  }
}
