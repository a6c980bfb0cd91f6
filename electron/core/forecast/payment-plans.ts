import { addDays, addMonths, daysInMonth, type IsoDate, isoDate, partsOfDate } from '../../../shared/domain/iso-date.ts'
import { dueOfStatement, nextDueOn } from '../analysis/credit/card-cycle.ts'
import { tryLoanSchedule } from '../analysis/credit/loan-schedule.ts'
import type { Vault } from '../storage/open-vault.ts'
import type { StoredAccount } from '../storage/repositories/account-repository.ts'
import { sqlRows } from '../storage/repositories/query.ts'

/** Who pays a card or a loan: the account of the latest transfer into it, and what that transfer was called. */
export interface Payer {
  readonly accountId: number
  readonly payees: readonly string[]
}

/** Who has paid nothing for so long is no payer; further back nothing is read. */
const PAYER_DAYS = 400

/** The payer of each of these accounts, as far as a linked transfer of the last thirteen months tells. */
export function loadPayers(vault: Vault, accountIds: readonly number[], today: IsoDate): ReadonlyMap<number, Payer> {
  const found = new Map<number, Payer>()
  for (const id of accountIds) {
    const [row] = sqlRows<{ account_id: number; out: string; into: string }>(
      vault,
      // the account's newest rows one after another, in an index that covers them, until one is linked
      `select f.account_id, f.payee as "out", t.payee as "into"
       from (select own.id, x.from_transaction_id from transactions own indexed by transactions_account
             cross join transfers x on x.to_transaction_id = own.id
             where own.account_id = ? and own.booked_on >= ? order by own.booked_on desc, own.id desc limit 1) last
       join transactions t on t.id = last.id join transactions f on f.id = last.from_transaction_id`,
      id,
      addDays(today, -PAYER_DAYS),
    )
    if (row !== undefined) found.set(id, { accountId: row.account_id, payees: [row.out, row.into] })
  }
  return found
}

export interface StatementDays {
  readonly statementOn: IsoDate
  readonly dueOn: IsoDate
}

/** The statements of a card that are due after today and until the day. */
export function statementsOf({ terms }: StoredAccount, today: IsoDate, until: IsoDate): StatementDays[] {
  const card = terms.card
  if (card === undefined || card.due === null) return []
  const { statementDay } = card
  if (statementDay === null) {
    // only the day it is paid on is known: what is owed the day before
    const dues: StatementDays[] = []
    for (
      let due = nextDueOn(card, addDays(today, 1));
      due !== null && due <= until;
      due = nextDueOn(card, addDays(due, 1))
    ) {
      dues.push({ statementOn: addDays(due, -1), dueOn: due })
    }
    return dues
  }
  const found: StatementDays[] = []
  const { year, month } = partsOfDate(today)
  for (let back = -3; back <= 13; back += 1) {
    const first = addMonths(isoDate(year, month, 1), back)
    const parts = partsOfDate(first)
    const statementOn = isoDate(parts.year, parts.month, Math.min(statementDay, daysInMonth(parts.year, parts.month)))
    const dueOn = dueOfStatement(card, statementOn)
    if (dueOn !== null && dueOn > today && dueOn <= until) found.push({ statementOn, dueOn })
  }
  return found
}

export interface InstalmentDay {
  readonly on: IsoDate
  readonly paymentMinor: number
}

/** The instalments of a loan after today and until the day, magnitudes. */
export function instalmentsOf(account: StoredAccount, today: IsoDate, until: IsoDate): InstalmentDay[] {
  const { loan } = account.terms
  const schedule = loan === undefined ? null : tryLoanSchedule(loan, account.currency)
  if (schedule === null) return []
  return schedule.instalments
    .filter(({ dueOn }) => dueOn > today && dueOn <= until)
    .map(({ dueOn, paymentMinor }) => ({ on: dueOn, paymentMinor }))
}
