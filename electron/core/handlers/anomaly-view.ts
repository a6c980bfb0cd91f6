import { addDays, addMonths, daysBetween, type IsoDate } from '../../../shared/domain/iso-date.ts'
import { money } from '../../../shared/domain/money.ts'
import type { Anomaly, AnomalyView } from '../../../shared/model/check.ts'
import {
  chargedTwice,
  LEAST_CATEGORY_HISTORY,
  LEAST_PAYEE_HISTORY,
  largeFrom,
  paidOftenWithinDays,
  type Payment,
  standsOut,
  standsOutInCategory,
  TWICE_WITHIN_DAYS,
} from '../analysis/account/checks/spending-anomalies.ts'
import { medianMinor } from '../analysis/account/budget/suggest-budgets.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadAccounts, loadFirstBookedDays, type StoredAccount } from '../storage/repositories/account-repository.ts'
import {
  loadCategoryAmounts,
  loadDismissals,
  loadFirstOfPayee,
  loadPayeeHistory,
  loadPayments,
  loadSpendingLines,
  type PayeeHistory,
  type SpendingLine,
} from '../storage/repositories/check-repository.ts'
import { loadOwnershipView } from '../storage/repositories/person-repository.ts'

/** How far back findings are looked for, and how many of the largest payments in detail: so that the cost is bounded. */
const LOOK_BACK_DAYS = 60
const MOST_LOOKED_AT = 250
const PAYEE_MONTHS = 24
/** A household that has only begun to keep books has no new payees. */
const KNOWN_FOR_DAYS = 90

type Judged = Pick<Anomaly, 'kind' | 'usual' | 'compared'> & { earlier?: Payment }

/** One look at the household's payments; answers of the vault are asked once each. */
class Look {
  readonly #vault: Vault
  readonly #from: IsoDate
  readonly #accounts: ReadonlyMap<number, StoredAccount>
  readonly #histories = new Map<string, PayeeHistory[]>()
  readonly #categories = new Map<number, number[]>()

  constructor(vault: Vault, accounts: readonly StoredAccount[], from: IsoDate) {
    this.#vault = vault
    this.#from = from
    this.#accounts = new Map(accounts.map((account) => [account.id, account]))
  }

  currencyOf(accountId: number): StoredAccount['currency'] | undefined {
    return this.#accounts.get(accountId)?.currency
  }

  /** Earlier payments to the payee in the same currency. */
  #earlier(payment: Payment): PayeeHistory[] {
    let known = this.#histories.get(payment.payee)
    if (known === undefined) {
      known = loadPayeeHistory(
        this.#vault,
        payment.payee,
        addMonths(this.#from, -PAYEE_MONTHS),
        addDays(this.#from, LOOK_BACK_DAYS),
      )
      this.#histories.set(payment.payee, known)
    }
    const currency = this.currencyOf(payment.accountId)
    return known.filter(
      (other) => other.id !== payment.id && other.on <= payment.on && this.currencyOf(other.accountId) === currency,
    )
  }

  #inCategory(categoryId: number, before: IsoDate): number[] {
    let known = this.#categories.get(categoryId)
    if (known === undefined) {
      known = loadCategoryAmounts(this.#vault, categoryId, addMonths(before, -12), addDays(before, -1)).map(
        ({ minor }) => minor,
      )
      this.#categories.set(categoryId, known)
    }
    return known
  }

  /** What is unusual about a payment, if anything. */
  judge(payment: Payment, categoryId: number, largeMinor: number | null, knownSince: IsoDate | null): Judged | null {
    const currency = this.currencyOf(payment.accountId)
    if (currency === undefined || payment.payee === '') return null
    const earlier = this.#earlier(payment)
    if (earlier.length >= LEAST_PAYEE_HISTORY) {
      const found = standsOut(
        payment.minor,
        earlier.map(({ minor }) => minor),
      )
      return found === null
        ? null
        : { kind: 'unusual-payee', usual: money(found.usualMinor, currency), compared: earlier.length }
    }
    if (
      earlier.length === 0 &&
      largeMinor !== null &&
      payment.minor >= largeMinor &&
      knownSince !== null &&
      addDays(knownSince, KNOWN_FOR_DAYS) <= payment.on &&
      loadFirstOfPayee(this.#vault, payment.payee) === payment.on
    ) {
      return { kind: 'new-payee', usual: null, compared: 0 }
    }
    if (categoryId === 0) return null
    const amounts = this.#inCategory(categoryId, this.#from)
    const found = amounts.length < LEAST_CATEGORY_HISTORY ? null : standsOutInCategory(payment.minor, amounts)
    return found === null
      ? null
      : { kind: 'unusual-category', usual: money(found.usualMinor, currency), compared: amounts.length }
  }

  /** Whether two payments within days are nothing special with this payee. */
  paidOften(payment: Payment): boolean {
    return paidOftenWithinDays(this.#earlier(payment).map(({ on }) => on))
  }
}

/** Lines that share account, amount and a few days with another: candidates for a double charge, before payees are read. */
function alikeLines(lines: readonly SpendingLine[]): number[] {
  const groups = Map.groupBy(lines, ({ accountId, minor }) => `${accountId} ${minor}`)
  return [...groups.values()].flatMap((group) => {
    if (group.length < 2) return []
    const sorted = group.toSorted((a, b) => (a.on < b.on ? -1 : 1))
    return sorted.flatMap(({ id, on }, index) => {
      const near = [sorted[index - 1], sorted[index + 1]].some(
        (other) => other !== undefined && Math.abs(daysBetween(on, other.on)) <= TWICE_WITHIN_DAYS,
      )
      return near ? [id] : []
    })
  })
}

/**
 * Payments of the last sixty days that stand out for the household; of a person those of accounts that are at least in part
 * theirs, so that a payment stands out alike whoever looks.
 */
export function loadAnomalies(vault: Vault, today: IsoDate, person: number | null = null): AnomalyView {
  const view = loadOwnershipView(vault, person)
  const from = addDays(today, -LOOK_BACK_DAYS)
  const accounts = loadAccounts(vault).filter(({ inNetWorth, kind }) => inNetWorth && kind.class !== 'loan')
  const look = new Look(vault, accounts, from)
  const lines = loadSpendingLines(
    vault,
    accounts.map(({ id }) => id),
    from,
    today,
  )
  const largest = lines.toSorted((a, b) => b.minor - a.minor).slice(0, MOST_LOOKED_AT)
  const alike = alikeLines(lines).slice(0, MOST_LOOKED_AT * 4)
  const payments = new Map(
    loadPayments(vault, [...largest.map(({ id }) => id), ...alike]).map((entry) => [entry.id, entry]),
  )
  const categoryOf = new Map(lines.map(({ id, categoryId }) => [id, categoryId]))
  const nameOf = new Map(accounts.map(({ id, name }) => [id, name]))
  const byCurrency = Map.groupBy(lines, ({ accountId }) => look.currencyOf(accountId))
  const large = new Map([...byCurrency].map(([currency, own]) => [currency, largeFrom(own.map(({ minor }) => minor))]))
  const middles = new Map(
    [...byCurrency].map(([currency, own]) => [currency, medianMinor(own.map(({ minor }) => minor))]),
  )
  const dismissed = loadDismissals(vault)
  const knownSince = firstDayOf(vault, accounts)
  const findings = new Map<string, Anomaly>()
  const add = (payment: Payment, judged: Judged): void => {
    const currency = look.currencyOf(payment.accountId)
    if (currency === undefined) return
    const key = `${judged.kind}:${payment.id}`
    findings.set(key, {
      key,
      kind: judged.kind,
      transactionId: payment.id,
      earlierId: judged.earlier?.id ?? null,
      earlierOn: judged.earlier?.on ?? null,
      accountId: payment.accountId,
      accountName: nameOf.get(payment.accountId) ?? '',
      on: payment.on,
      payee: payment.payee,
      categoryId: categoryOf.get(payment.id) ?? 0,
      amount: money(payment.minor, currency),
      usual: judged.usual,
      compared: judged.compared,
      dismissed: dismissed.has(key),
    })
  }
  for (const { earlier, later } of chargedTwice([...payments.values()])) {
    // two coffees are no mistake: what is small for the household may well come twice
    const middle = middles.get(look.currencyOf(later.accountId)) ?? 0
    if (later.minor >= middle && !look.paidOften(later))
      add(later, { kind: 'charged-twice', usual: null, compared: 0, earlier })
  }
  for (const { id, categoryId } of largest) {
    const payment = payments.get(id)
    // the parts of a split are judged as the whole payment that they are of
    if (payment === undefined || findings.has(`charged-twice:${id}`)) continue
    const judged = look.judge(payment, categoryId, large.get(look.currencyOf(payment.accountId)) ?? null, knownSince)
    if (judged !== null) add(payment, judged)
  }
  const ordered = [...findings.values()]
    .filter(({ accountId }) => view.includes(accountId))
    .sort(
      (a, b) =>
        Number(a.dismissed) - Number(b.dismissed) ||
        (a.on === b.on ? b.transactionId - a.transactionId : a.on < b.on ? 1 : -1),
    )
  const looked = payments.values().filter(({ accountId }) => view.includes(accountId))
  return { from, to: today, looked: [...looked].length, findings: ordered.slice(0, 200) }
}

function firstDayOf(vault: Vault, accounts: readonly StoredAccount[]): IsoDate | null {
  const days = loadFirstBookedDays(vault)
  return accounts.flatMap(({ id }) => days.get(id) ?? []).sort()[0] ?? null
}
