import type { Reminder } from '../../../shared/model/reminder.ts'
import { isDocumentOf } from '../analysis/life/document-holder.ts'
import type { OwnershipView } from '../analysis/account/ownership.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadDocuments } from '../storage/repositories/document-repository.ts'
import { loadPersons } from '../storage/repositories/person-repository.ts'

/** The account that a reminder is about, itself or through its bill, card, loan or payment; null: none. */
export function accountOfReminder({ subject, facts }: Pick<Reminder, 'subject' | 'facts'>): number | null {
  const id = subject.type === 'account' ? subject.id : facts['accountId']
  return typeof id === 'number' ? id : null
}

/**
 * Which reminders a person sees: those of accounts and documents that are at least in part theirs, and the household's
 * own: what names no account, and what belongs to an account without owners. Null shows all. A reminder is told whole,
 * whoever looks: what must be paid must be paid whole.
 */
export function reminderViewer(vault: Vault, view: OwnershipView): (reminder: Reminder) => boolean {
  if (view.personId === null) return () => true
  const persons = loadPersons(vault)
  const documents = new Map(
    loadDocuments(vault).map((document) => [document.id, isDocumentOf(document, view, persons)]),
  )
  return (reminder) => {
    const { subject } = reminder
    if (subject.type === 'document' && subject.id !== null) return documents.get(subject.id) ?? true
    const accountId = accountOfReminder(reminder)
    if (accountId === null) return true
    return view.ownership.ownersOf(accountId).length === 0 || view.includes(accountId)
  }
}
