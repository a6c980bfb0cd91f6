import { addDays, addMonths, type IsoDate } from '../../../shared/domain/iso-date.ts'
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
} from '../analysis/account/checks/spending-anomalies.ts'
import { alikeLines, largestLines, type SpendingLines } from '../analysis/account/checks/spending-lines.ts'
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
  type PaidBefore,
  summarizeCategoryAmounts,
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
  readonly #histories = new Map<string, PaidBefore[]>()
  readonly #categories = new Map<number, { count: number; most: number; amounts: () => number[] }>()

  constructor(vault: Vault, accounts: readonly StoredAccount[], from: IsoDate) {
    this.#vault = vault
    this.#from = from
    this.#accounts = new Map(accounts.map((account) => [account.id, account]))
  }

  currencyOf(accountId: number): StoredAccount['currency'] | undefined {
    return this.#accounts.get(accountId)?.currency
  }

  /** Earlier payments to the payee in the same currency. */
  #earlier(payment: Payment): PaidBefore[] {
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
      ([id, on, , accountId]) => id !== payment.id && on <= payment.on && this.currencyOf(accountId) === currency,
    )
  }

  /** What was spent in the category in the year before the day. */
  #inCategory(categoryId: number, before: IsoDate): { count: number; most: number; amounts: () => number[] } {
    let known = this.#categories.get(categoryId)
    if (known === undefined) {
      const [from, to] = [addMonths(before, -12), addDays(before, -1)]
      let amounts: number[] | undefined
      known = {
        ...summarizeCategoryAmounts(this.#vault, categoryId, from, to),
        amounts: () => (amounts ??= loadCategoryAmounts(this.#vault, categoryId, from, to)),
      }
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
        earlier.map(([, , minor]) => minor),
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
    const { count, most, amounts } = this.#inCategory(categoryId, this.#from)
    // few payments are the largest: only then are the others looked at
    const found =
      count < LEAST_CATEGORY_HISTORY || payment.minor <= most ? null : standsOutInCategory(payment.minor, amounts())
    return found === null
      ? null
      : { kind: 'unusual-category', usual: money(found.usualMinor, currency), compared: count }
  }

  /** Whether two payments within days are nothing special with this payee. */
  paidOften(payment: Payment): boolean {
    return paidOftenWithinDays(this.#earlier(payment).map(([, on]) => on))
  }
}

/** The amounts of the lines by the currency of their account. */
function byCurrency(lines: SpendingLines, look: Look): Map<StoredAccount['currency'] | undefined, number[]> {
  const groups = new Map<StoredAccount['currency'] | undefined, number[]>()
  for (let index = 0; index < lines.ids.length; index += 1) {
    const currency = look.currencyOf(lines.accounts[index] ?? 0)
    const group = groups.get(currency) ?? []
    if (group.length === 0) groups.set(currency, group)
    group.push(lines.minors[index] ?? 0)
  }
  return groups
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
  const idOf = (index: number): number => lines.ids[index] ?? 0
  const largest = largestLines(lines, MOST_LOOKED_AT)
  const alike = alikeLines(lines).slice(0, MOST_LOOKED_AT * 4)
  const looked = [...largest, ...alike]
  const payments = new Map(loadPayments(vault, looked.map(idOf)).map((entry) => [entry.id, entry]))
  // of a split the last part's
  const categoryOf = new Map<number, number>()
  for (const [index, id] of lines.ids.entries()) if (payments.has(id)) categoryOf.set(id, lines.categories[index] ?? 0)
  const nameOf = new Map(accounts.map(({ id, name }) => [id, name]))
  const amounts = byCurrency(lines, look)
  const large = new Map([...amounts].map(([currency, own]) => [currency, largeFrom(own)]))
  const middles = new Map([...amounts].map(([currency, own]) => [currency, medianMinor(own)]))
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
  for (const index of largest) {
    const id = idOf(index)
    const categoryId = lines.categories[index] ?? 0
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
  const seen = payments.values().filter(({ accountId }) => view.includes(accountId))
  return { from, to: today, looked: [...seen].length, findings: ordered.slice(0, 200) }
}

function firstDayOf(vault: Vault, accounts: readonly StoredAccount[]): IsoDate | null {
  const days = loadFirstBookedDays(vault)
  return accounts.flatMap(({ id }) => days.get(id) ?? []).sort()[0] ?? null
}
