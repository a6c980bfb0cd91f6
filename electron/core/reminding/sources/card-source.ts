import { addDays, addMonths, type IsoDate, startOfMonth } from '../../../../shared/domain/iso-date.ts'
import { money } from '../../../../shared/domain/money.ts'
import type { CardTerms } from '../../../../shared/model/terms.ts'
import { dueOfStatement, nextDueOn, statementOfMonth } from '../../analysis/credit/card-cycle.ts'
import type { StoredAccount } from '../../storage/repositories/account-repository.ts'
import { type DayOfAccount, loadDaysOfAccount } from '../../storage/repositories/reminder-repository.ts'
import { type DueDate, dueDate, type DueWindow, type ReminderSource } from '../due-date.ts'

const ID = 'card'
/** A due day is at most this long after its statement. */
const LONGEST_SPAN = 62

export interface CardFacts {
  readonly account: StoredAccount
  readonly terms: CardTerms
  /** What is owed today, a magnitude; negative: in credit. */
  readonly owedMinor: number
  /** The day that the card was made here. */
  readonly madeOn: IsoDate | null
  /** The days since before the first statement of the window. */
  readonly days: readonly DayOfAccount[]
}

/** What was owed at the end of a day, a magnitude: today's debt less all that was booked since. */
function owedAt({ owedMinor, days }: CardFacts, on: IsoDate): number {
  return days.reduce((owed, day) => (day.on > on ? owed + day.netMinor : owed), owedMinor)
}

/** The day by which what came in after the statement covered it; null: not yet. All that comes in counts, refunds too. */
function coveredOn({ days }: CardFacts, statementOn: IsoDate, owedMinor: number): IsoDate | null {
  let open = owedMinor
  for (const { on, inMinor } of days) {
    if (on <= statementOn) continue
    open -= inMinor
    if (open <= 0) return on
  }
  return null
}

function paidSince({ days }: CardFacts, statementOn: IsoDate): number {
  return days.reduce((sum, { on, inMinor }) => (on > statementOn ? sum + inMinor : sum), 0)
}

function statementsOf(facts: CardFacts, { today, from, until }: DueWindow): DueDate[] {
  const { account, terms } = facts
  const result: DueDate[] = []
  const first = startOfMonth(addDays(from, -LONGEST_SPAN))
  const common = { title: account.name, subject: { type: 'account', id: account.id } } as const
  const money_ = (minor: number) => money(minor, account.currency)
  let upcoming = false
  for (let month = first; month <= until; month = addMonths(month, 1)) {
    const statementOn = statementOfMonth(terms, month)
    if (statementOn === null) break
    const issued = statementOn < today
    result.push(
      dueDate(
        ID,
        { ...common, kind: 'card-statement', on: statementOn, since: today < statementOn ? null : today },
        'statement',
      ),
    )
    const dueOn = dueOfStatement(terms, statementOn)
    if (dueOn === null) continue
    const payment = { ...common, kind: 'card-payment' as const, on: dueOn, facts: { statementOn }, since: facts.madeOn }
    const sameAs = `payment:account:${account.id}`
    if (issued) {
      const owed = owedAt(facts, statementOn)
      if (owed <= 0) continue
      const covered = coveredOn(facts, statementOn, owed)
      const amount = money_(covered === null ? owed - paidSince(facts, statementOn) : owed)
      // what is left of an older statement is part of the next one
      const next = statementOfMonth(terms, addMonths(month, 1))
      const isRolled = covered === null && next !== null && next < today
      const settled =
        covered !== null
          ? { on: covered, by: 'payment' as const }
          : isRolled
            ? { on: next, by: 'state' as const }
            : null
      result.push(dueDate(ID, { ...payment, amount, settled, sameAs }))
    } else if (facts.owedMinor > 0 && !upcoming) {
      // what the next statement will say is not known yet: today's debt is the nearest to it
      upcoming = true
      result.push(dueDate(ID, { ...payment, amount: money_(facts.owedMinor), estimated: true, sameAs }))
    }
  }
  return result
}

/** Without a statement day there is one fixed day a month, and today's debt. */
function fixedDay({ account, terms, owedMinor }: CardFacts, today: IsoDate): DueDate[] {
  const on = owedMinor > 0 ? nextDueOn(terms, today) : null
  if (on === null) return []
  return [
    dueDate(ID, {
      kind: 'card-payment',
      on,
      title: account.name,
      subject: { type: 'account', id: account.id },
      amount: money(owedMinor, account.currency),
      estimated: true,
      sameAs: `payment:account:${account.id}`,
    }),
  ]
}

/**
 * Statements of cards and the days that they are due. A statement whose sum has come in since is done by itself, and so
 * is one that the next has taken over with what was left unpaid; one of a card that was in credit asks for nothing, nor
 * does one that was due before the card was made here, for its payment may be in a file that was not imported; of the
 * statements to come only the next names a sum.
 */
export const cardSource: ReminderSource<readonly CardFacts[]> = {
  id: ID,
  load: (vault, window, shared) =>
    shared.accounts.flatMap((account) => {
      const terms = account.terms.card
      if (terms === undefined) return []
      const after = startOfMonth(addDays(window.from, -LONGEST_SPAN))
      const days =
        terms.statementDay === null ? [] : loadDaysOfAccount(vault, account.id, addDays(after, -1), window.today)
      return [{ account, terms, owedMinor: -shared.balanceMinor(account), madeOn: shared.madeOn(account), days }]
    }),
  due: (cards, window) =>
    cards.flatMap((facts) =>
      facts.terms.statementDay === null ? fixedDay(facts, window.today) : statementsOf(facts, window),
    ),
}
