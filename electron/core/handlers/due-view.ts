import type { CivilTime } from '../../../shared/domain/civil-time.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { money } from '../../../shared/domain/money.ts'
import type { Overview } from '../../../shared/model/figures.ts'
import type { Reminder } from '../../../shared/model/reminder.ts'
import type { OwnershipView } from '../analysis/account/ownership.ts'
import { isDocumentOf } from '../analysis/life/document-holder.ts'
import type { EngineResult } from '../reminding/engine.ts'
import { lookAtReminders } from '../reminding/look-at-reminders.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadDocuments } from '../storage/repositories/document-repository.ts'
import { loadPersons } from '../storage/repositories/person-repository.ts'

/** Of each series what is past and open, and the next; soonest first. */
export function nextReminders({ reminders, inSight }: Pick<EngineResult, 'reminders' | 'inSight'>): Reminder[] {
  const begun = new Set<string>()
  return reminders.filter((reminder) => {
    // a statement day asks for nothing: it stands in the list and the calendar
    if (reminder.status !== 'open' || reminder.kind === 'card-statement' || !inSight.has(reminder.key)) return false
    if (reminder.daysAway < 0) return true
    const first = !begun.has(reminder.series)
    begun.add(reminder.series)
    return first
  })
}

/** What the viewed person is to see to next, until the day where one is given; amounts are the person's part. */
export function loadDue(vault: Vault, now: CivilTime, view: OwnershipView, until: IsoDate | null): Overview['due'] {
  const persons = loadPersons(vault)
  const documents = new Set(
    loadDocuments(vault)
      .filter((document) => isDocumentOf(document, view, persons))
      .map(({ id }) => id),
  )
  return nextReminders(lookAtReminders(vault, now)).flatMap(({ key, on, kind, title, subject, amount, facts }) => {
    if (until !== null && on > until) return []
    const account = subject.type === 'account' ? subject.id : (facts['accountId'] ?? null)
    const accountId = typeof account === 'number' ? account : null
    if (subject.type === 'document' && subject.id !== null && !documents.has(subject.id)) return []
    if (subject.type !== 'document' && accountId !== null && !view.includes(accountId)) return []
    const part =
      amount === null || accountId === null ? amount : money(view.partOf(accountId, amount.minor), amount.currency)
    const documentId = subject.type === 'document' ? subject.id : null
    return [{ key, on, kind, name: title, accountId, documentId, amount: part }]
  })
}
