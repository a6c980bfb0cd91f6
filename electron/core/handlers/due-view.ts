import { addDays, type IsoDate } from '../../../shared/domain/iso-date.ts'
import { money } from '../../../shared/domain/money.ts'
import type { Overview } from '../../../shared/model/figures.ts'
import type { OwnershipView } from '../analysis/account/ownership.ts'
import { nextDueOn } from '../analysis/credit/card-cycle.ts'
import { nextInstalment, tryLoanSchedule } from '../analysis/credit/loan-schedule.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadAccountDates, type StoredAccount } from '../storage/repositories/account-repository.ts'
import { isDocumentOf } from '../analysis/life/document-holder.ts'
import { loadDocuments } from '../storage/repositories/document-repository.ts'
import { loadPersons } from '../storage/repositories/person-repository.ts'

type Due = Overview['due'][number]

/** How long after its day something still shows as just passed. */
const LATE_DAYS = 30

function dueOfAccount(account: StoredAccount, view: OwnershipView, today: IsoDate, owedMinor: number): Due[] {
  const { card, loan, vehicle } = account.terms
  const entry = (kind: Due['kind'], on: IsoDate, amount: Due['amount']): Due => ({
    on,
    kind,
    name: account.name,
    accountId: account.id,
    documentId: null,
    amount: amount === null ? null : money(view.partOf(account.id, amount.minor), amount.currency),
  })
  const due: Due[] = []
  const cardDue = card === undefined || owedMinor <= 0 ? null : nextDueOn(card, today)
  if (cardDue !== null) due.push(entry('card-payment', cardDue, money(owedMinor, account.currency)))
  if (loan !== undefined && owedMinor > 0) {
    const schedule = tryLoanSchedule(loan, account.currency)
    const instalment = schedule === null ? null : nextInstalment(schedule, today).instalment
    if (instalment !== null) {
      due.push(entry('loan-instalment', instalment.dueOn, money(instalment.paymentMinor, account.currency)))
    }
  }
  const late = addDays(today, -LATE_DAYS)
  for (const [kind, on] of [
    ['vehicle-inspection', vehicle?.inspectionDueOn],
    ['vehicle-insurance', vehicle?.insuranceDueOn],
  ] as const) {
    if (on !== undefined && on !== null && on >= late) due.push(entry(kind, on, null))
  }
  return due
}

/**
 * Everything of these accounts and of the viewed person's documents that falls due until the day, or did in the last
 * month where it still wants doing; soonest first. Amounts are the person's part.
 */
export function loadDue(
  vault: Vault,
  accounts: readonly StoredAccount[],
  view: OwnershipView,
  today: IsoDate,
  until: IsoDate,
): Due[] {
  const open = accounts.filter(({ closedOn }) => closedOn === null)
  const due = open.flatMap((account) => {
    if (Object.keys(account.terms).length === 0) return []
    const { aheadMinor } = loadAccountDates(vault, account.id, today)
    return dueOfAccount(account, view, today, -(account.openingMinor + account.changeMinor - aheadMinor))
  })
  const late = addDays(today, -LATE_DAYS)
  const persons = loadPersons(vault)
  for (const document of loadDocuments(vault)) {
    const { id, name, expiresOn, accountId } = document
    if (expiresOn === null || expiresOn < late || !isDocumentOf(document, view, persons)) continue
    due.push({ on: expiresOn, kind: 'document-expiry', name, accountId, documentId: id, amount: null })
  }
  return due
    .filter(({ on }) => on <= until)
    .sort((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0))
}
