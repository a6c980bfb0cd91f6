import { decimalFromMinor } from '../../../../shared/domain/money.ts'
import { addDays, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import { accountKindOf } from '../../../../shared/model/account-kinds.ts'
import type { Recorder } from '../../changes/record.ts'
import { prepared, sqlRows } from '../../storage/repositories/query.ts'
import { bookedBalanceAt } from '../../storage/repositories/reconciliation-repository.ts'
import { firstOf } from './first-of.ts'
import type { WritableVault } from '../../storage/open-vault.ts'
import type { TargetAccount } from './account-directory.ts'
import type { FindingList, StatementState } from './statement-state.ts'

interface AccountOpening {
  readonly opening_minor: number
  readonly opening_on: IsoDate | null
}

interface Assertion {
  readonly as_of: IsoDate
  readonly balance_minor: number
}

/**
 * Keeps an account's opening balance such that what statements said of its balance stays true.
 * - A new account: opening = the latest closing balance − the booked transactions up to it.
 * - Rows that come later but are older (or fill a gap) move the opening, so that the balance that was right stays right.
 * Where statements and transactions disagree, nothing is bent: it is told.
 */
export class OpeningBalance {
  readonly #vault: WritableVault
  readonly #recorder: Recorder
  readonly #accountId: number
  readonly #target: TargetAccount
  readonly #before: AccountOpening
  /** The latest closing balance that statements have said, if the account agreed with it before this file. */
  readonly #kept: Assertion | null
  #olderMinor = 0
  #earliest: IsoDate | null = null
  /** The run, where the earliest of its rows is gone and must be looked up. */
  #stale: number | null = null

  constructor(vault: WritableVault, recorder: Recorder, accountId: number, target: TargetAccount) {
    this.#vault = vault
    this.#recorder = recorder
    this.#accountId = accountId
    this.#target = target
    this.#before = this.#opening()
    const latest = firstOf(
      sqlRows<Assertion>(
        vault,
        `select as_of, balance_minor from balance_assertions where account_id = ? and kind = 'closing'
       order by as_of desc, id desc limit 1`,
        accountId,
      ),
    )
    const agreed = latest !== undefined && bookedBalanceAt(vault, accountId, latest.as_of) === latest.balance_minor
    this.#kept = agreed ? latest : null
  }

  /** Tells of a new booked row. */
  added(on: IsoDate, amountMinor: number): void {
    if (this.#earliest === null || on < this.#earliest) this.#earliest = on
    if (this.#before.opening_on !== null && on < this.#before.opening_on) this.#olderMinor += amountMinor
  }

  /** Tells that a row of the run, told of as new, was known from another source and is gone again. */
  removed(on: IsoDate, amountMinor: number, runId: number): void {
    if (this.#before.opening_on !== null && on < this.#before.opening_on) this.#olderMinor -= amountMinor
    if (on === this.#earliest) this.#stale = runId
  }

  /** Sets the opening once the file has passed, keeps what its statements said and tells what does not agree. */
  settle(statements: readonly StatementState[], runId: number, findings: FindingList): void {
    for (const state of statements) this.#readDebt(state, findings)
    if (this.#stale !== null) this.#earliest = this.#earliestOf(this.#stale)
    const before = this.#before
    const unknown = before.opening_on === null && before.opening_minor === 0 && this.#kept === null
    const opening = unknown ? this.#derived(statements) : this.#moved()
    const change: { opening_minor?: number; opening_on?: IsoDate } = {}
    if (opening.minor !== before.opening_minor) change.opening_minor = opening.minor
    if (opening.on !== null && opening.on !== before.opening_on) change.opening_on = opening.on
    if (change.opening_minor !== undefined || change.opening_on !== undefined) {
      this.#recorder.update('accounts', [this.#accountId], change)
    }
    for (const state of statements) this.#assert(state, runId, findings)
  }

  /**
   * Many banks print what is owed on a card or loan as a positive balance. It is taken as owed unless the statement's own
   * opening balance and rows, or what the account held so far, show that it is in the owner's favour; and it is told.
   */
  #readDebt(state: StatementState, findings: FindingList): void {
    const { kind, name, currency } = this.#target
    const { closing, opening, bookedMinor } = state
    if (closing === null || closing.minor <= 0 || accountKindOf(kind).side !== 'liability') return
    const inFavour = opening !== null && bookedMinor !== 0 && opening.minor + bookedMinor === closing.minor
    const day = closingDay(state)
    if (inFavour || (this.#kept !== null && day !== null && this.#balanceOn(day) === closing.minor)) return
    state.closing = { ...closing, minor: -closing.minor }
    if (opening !== null && opening.minor > 0) state.opening = { ...opening, minor: -opening.minor }
    const balance = decimalFromMinor(closing.minor, currency)
    const message = `${name}: the statement's balance of ${balance} ${currency} was taken as owed. If it is in your favour, correct the opening balance of the account.`
    findings.add('warning', 'ambiguous-sign', message, { values: { account: name, balance, currency } })
  }

  #balanceOn(day: IsoDate): number {
    return bookedBalanceAt(this.#vault, this.#accountId, day)
  }

  #opening(): AccountOpening {
    return (
      firstOf(
        sqlRows<AccountOpening>(
          this.#vault,
          'select opening_minor, opening_on from accounts where id = ?',
          this.#accountId,
        ),
      ) ?? { opening_minor: 0, opening_on: null }
    )
  }

  #derived(statements: readonly StatementState[]): { minor: number; on: IsoDate | null } {
    const first = this.#firstBooked()
    const dates = [first, ...statements.map((state) => state.from)].filter((date) => date !== null)
    const on = dates.toSorted()[0] ?? null
    const closings = statements.flatMap((state) => {
      const day = state.closing === null ? null : closingDay(state)
      return state.closing === null || day === null ? [] : [{ minor: state.closing.minor, day }]
    })
    const latest = closings.toSorted((left, right) => (left.day < right.day ? -1 : 1)).at(-1)
    if (latest !== undefined) {
      const minor = latest.minor - bookedBalanceAt(this.#vault, this.#accountId, latest.day)
      return { minor, on: on ?? latest.day }
    }
    const opened = statements.find((state) => state.opening !== null)
    const day = opened === undefined ? null : openingDay(opened)
    if (opened?.opening === null || opened === undefined || day === null) return { minor: 0, on: null }
    const earlier = bookedBalanceAt(this.#vault, this.#accountId, addDays(day, -1))
    return { minor: opened.opening.minor - earlier, on: on ?? day }
  }

  #moved(): { minor: number; on: IsoDate | null } {
    const { opening_minor, opening_on } = this.#before
    const earliest = this.#earliest
    const on = opening_on !== null && earliest !== null && earliest < opening_on ? earliest : opening_on
    if (this.#kept === null) return { minor: opening_minor - this.#olderMinor, on }
    const now = bookedBalanceAt(this.#vault, this.#accountId, this.#kept.as_of)
    return { minor: opening_minor + this.#kept.balance_minor - now, on }
  }

  #earliestOf(runId: number): IsoDate | null {
    const sql = 'select min(booked_on) as day from transactions where import_run_id = ? and account_id = ?'
    return firstOf(sqlRows<{ day: IsoDate | null }>(this.#vault, sql, runId, this.#accountId))?.day ?? null
  }

  #firstBooked(): IsoDate | null {
    const sql = 'select min(booked_on) as day from transactions where account_id = ?'
    return firstOf(sqlRows<{ day: IsoDate | null }>(this.#vault, sql, this.#accountId))?.day ?? null
  }

  #assert(state: StatementState, runId: number, findings: FindingList): void {
    const opening = state.opening === null ? null : openingDay(state)
    if (state.opening !== null && opening !== null) {
      // banks date an opening balance by its own day or by the day before
      const stated = state.opening.on ?? opening
      this.#compare(
        'opening',
        state.opening.minor,
        opening,
        [addDays(opening, -1), addDays(stated, -1), stated],
        findings,
      )
      this.#keep('opening', opening, state.opening.minor, runId)
    }
    const closing = state.closing === null ? null : closingDay(state)
    if (state.closing !== null && closing !== null) {
      this.#compare('closing', state.closing.minor, closing, [closing], findings)
      this.#keep('closing', closing, state.closing.minor, runId)
    }
    for (const day of [...state.chain.days(), ...state.days]) {
      if (day.on !== closing) this.#keep('day', day.on, day.minor, runId)
    }
    for (const kind of ['available', 'limit'] as const) {
      const stated = state[kind]
      const day = stated?.on ?? state.to ?? state.lastBookedOn
      if (stated !== null && day !== null) this.#keep(kind, day, stated.minor, runId)
    }
  }

  #compare(kind: string, stated: number, on: IsoDate, days: readonly IsoDate[], findings: FindingList): void {
    const balances = days.map((day) => bookedBalanceAt(this.#vault, this.#accountId, day))
    const actual = balances[0] ?? 0
    if (balances.includes(stated)) return
    const { currency, name } = this.#target
    const difference = decimalFromMinor(stated - actual, currency)
    const message =
      kind === 'opening'
        ? `${name}: the statement begins with a balance that differs by ${difference} ${currency} from the transactions before ${on}. A statement between may be missing.`
        : `${name}: the statement's closing balance of ${on} differs by ${difference} ${currency} from the transactions.`
    const code = kind === 'opening' ? 'balance-gap' : 'balance-mismatch'
    findings.add('warning', code, message, { values: { account: name, on, difference, currency } })
  }

  #keep(kind: 'opening' | 'closing' | 'available' | 'limit' | 'day', on: IsoDate, minor: number, runId: number): void {
    const known = prepared(
      this.#vault,
      `select 1 from balance_assertions where account_id = ? and as_of = ? and kind = ? and balance_minor = ?`,
    ).get(this.#accountId, on, kind, minor)
    if (known !== undefined) return
    prepared(
      this.#vault,
      `insert into balance_assertions (account_id, as_of, kind, balance_minor, import_run_id) values (?, ?, ?, ?, ?)`,
    ).run(this.#accountId, on, kind, minor, runId)
  }
}

/** The end of which day a closing balance is of. Some banks date it before the last rows that it holds. */
function closingDay(state: StatementState): IsoDate | null {
  const { closing, opening, lastBookedOn, bookedMinor } = state
  const day = closing?.on ?? state.to ?? lastBookedOn
  if (day === null || closing === null || opening === null || lastBookedOn === null || day >= lastBookedOn) return day
  return opening.minor + bookedMinor === closing.minor ? lastBookedOn : day
}

/** The beginning of which day an opening balance is of: that of the first transaction where there is one. */
function openingDay(state: StatementState): IsoDate | null {
  return state.firstBookedOn ?? state.opening?.on ?? state.from
}
