import { addDays, type IsoDate } from '../../../shared/domain/iso-date.ts'
import { money } from '../../../shared/domain/money.ts'
import type { Overview } from '../../../shared/model/figures.ts'
import { nextDueOn } from '../analysis/credit/card-cycle.ts'
import { nextInstalment, tryLoanSchedule } from '../analysis/credit/loan-schedule.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadAccountDates, type StoredAccount } from '../storage/repositories/account-repository.ts'
import { loadDocuments } from '../storage/repositories/document-repository.ts'

type Due = Overview['due'][number]

/** How long after its day something still shows as just passed. */
const LATE_DAYS = 30

function dueOfAccount(account: StoredAccount, today: IsoDate, owedMinor: number): Due[] {
  const { card, loan, vehicle } = account.terms
  const entry = (kind: Due['kind'], on: IsoDate, amount: Due['amount']): Due => ({
    on,
    kind,
    name: account.name,
    accountId: account.id,
    documentId: null,
    amount,
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

/** Everything that falls due until the day, or did in the last month where it still wants doing; soonest first. */
export function loadDue(vault: Vault, accounts: readonly StoredAccount[], today: IsoDate, until: IsoDate): Due[] {
  const open = accounts.filter(({ closedOn }) => closedOn === null)
  const due = open.flatMap((account) => {
    if (Object.keys(account.terms).length === 0) return []
    const { aheadMinor } = loadAccountDates(vault, account.id, today)
    return dueOfAccount(account, today, -(account.openingMinor + account.changeMinor - aheadMinor))
  })
  const late = addDays(today, -LATE_DAYS)
  for (const { id, name, expiresOn, accountId } of loadDocuments(vault)) {
    if (expiresOn === null || expiresOn < late) continue
    due.push({ on: expiresOn, kind: 'document-expiry', name, accountId, documentId: id, amount: null })
  }
  return due
    .filter(({ on }) => on <= until)
    .sort((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0))
}
