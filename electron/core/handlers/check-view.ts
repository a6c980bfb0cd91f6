import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { Decimal } from '../../../shared/domain/decimal.ts'
import {
  addDays,
  addMonths,
  endOfMonth,
  type IsoDate,
  parseIsoDate,
  startOfMonth,
} from '../../../shared/domain/iso-date.ts'
import { type Money, money, safeMinor } from '../../../shared/domain/money.ts'
import type { CheckSettings, DepositInsurance, EmergencyFund, IdleCash } from '../../../shared/model/check.ts'
import {
  checkKinds,
  insurance,
  limitOn,
  referenceRates,
  type Scheme,
  schemeOf,
} from '../analysis/account/checks/check-tables.ts'
import { computeDepositCover, type InsuredDeposit } from '../analysis/account/checks/deposit-insurance.ts'
import { lastsTenths, middleSpending, withDescendants } from '../analysis/account/checks/emergency-fund.ts'
import { idleMinor, yearlyDifference } from '../analysis/account/checks/idle-cash.ts'
import { nextInstalment, tryLoanSchedule } from '../analysis/credit/loan-schedule.ts'
import { BaseTally, createConverter } from '../analysis/wealth/fx-conversion.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadAccounts, type StoredAccount } from '../storage/repositories/account-repository.ts'
import { loadCategoryNodes, loadMonthFlows } from '../storage/repositories/budget-repository.ts'
import {
  loadCheckSettings,
  loadInstitutionCountries,
  loadInterestEarned,
} from '../storage/repositories/check-repository.ts'
import { loadOwnership } from '../storage/repositories/person-repository.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { loadRateSource } from '../storage/repositories/rate-repository.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'
import { amountsOf, loadHoldingsSeries } from '../storage/repositories/worth-repository.ts'
import { loadWorthToday } from './account-view.ts'
import { firstDayOfHousehold, fullMonthsBefore } from './budget-view.ts'

/** What an account holds today, and that in the base currency. */
interface Held {
  readonly account: StoredAccount
  readonly amount: Money
  readonly baseMinor: number | null
}

const isOpen = (account: StoredAccount, today: IsoDate): boolean =>
  account.closedOn === null || account.closedOn > today

/** Today's figures of open accounts that count in net worth: cash and securities of an account in one sum where they can be converted. */
function loadHeld(vault: Vault, today: IsoDate, wanted: (account: StoredAccount) => boolean) {
  const base = loadVaultSettings(vault).baseCurrency
  const converter = createConverter(loadRateSource(vault))
  const tally = new BaseTally(converter, base, today)
  const accounts = loadAccounts(vault).filter(
    (account) => account.inNetWorth && isOpen(account, today) && wanted(account),
  )
  const held = loadWorthToday(vault, accounts, today).map(({ account, holdings }): Held => {
    const amounts = amountsOf(holdings)
    const own = amounts.map((amount) => converter.convert(amount, account.currency, today)?.value.minor ?? 0)
    const amount = money(
      own.reduce((sum, minor) => safeMinor(sum + minor), 0),
      account.currency,
    )
    return { account, amount, baseMinor: tally.convert(amount)?.value.minor ?? null }
  })
  return { base, converter, tally, held }
}

const sumOf = (held: readonly Held[]): number =>
  held.reduce((sum, { baseMinor }) => safeMinor(sum + (baseMinor ?? 0)), 0)
const shown = <T extends object>({ account, amount, baseMinor }: Held, more: T) => ({
  accountId: account.id,
  name: account.name,
  amount,
  baseMinor,
  ...more,
})

/** The default essential categories of this vault, or those that the user chose. */
function essentialCategories(vault: Vault, settings: CheckSettings): number[] {
  const known = sqlRows<{ id: number; key: string | null }>(
    vault,
    `select id, key from categories where kind = 'expense' order by position, id`,
  )
  const { essentialCategoryIds } = settings
  return known
    .filter(({ id, key }) =>
      essentialCategoryIds === null ? key !== null && checkKinds.essential.has(key) : essentialCategoryIds.includes(id),
    )
    .map(({ id }) => id)
}

/** The next instalments of open loans in the base currency. */
function loadInstalments(vault: Vault, tally: BaseTally, today: IsoDate): number {
  return loadAccounts(vault)
    .filter((account) => account.inNetWorth && isOpen(account, today) && account.terms.loan !== undefined)
    .reduce((sum, { terms, currency }) => {
      const schedule = terms.loan === undefined ? null : tryLoanSchedule(terms.loan, currency)
      const next = schedule === null ? null : nextInstalment(schedule, today).instalment
      const minor = next == null ? 0 : (tally.convert(money(next.paymentMinor, currency))?.value.minor ?? 0)
      return safeMinor(sum + minor)
    }, 0)
}

export function loadEmergencyFund(vault: Vault, today: IsoDate): EmergencyFund {
  const tierOf = ({ kind }: StoredAccount): 'cash' | 'days' | 'card' | null =>
    kind.class === 'credit-card'
      ? 'card'
      : checkKinds.cash.has(kind.key)
        ? 'cash'
        : checkKinds.days.has(kind.key)
          ? 'days'
          : null
  const { base, tally, held } = loadHeld(vault, today, (account) => tierOf(account) !== null)
  const inTier = (tier: 'cash' | 'days' | 'card') => held.filter(({ account }) => tierOf(account) === tier)
  const cashMinor = sumOf(inTier('cash'))
  const daysMinor = sumOf(inTier('days'))
  const cardsMinor = Math.max(0, 0 - sumOf(inTier('card')))
  const settings = loadCheckSettings(vault)
  const nodes = loadCategoryNodes(vault)
  const months = fullMonthsBefore(today, firstDayOfHousehold(vault))
  const [first, last] = [months[0], months.at(-1)]
  const flows =
    first === undefined || last === undefined
      ? []
      : loadMonthFlows(vault, parseIsoDate(`${first}-01`), endOfMonth(parseIsoDate(`${last}-01`)), 1).flows
  const chosen = essentialCategories(vault, settings)
  const spendingMinor = middleSpending(flows, months, withDescendants(nodes, new Set(chosen)))
  const instalmentsMinor = loadInstalments(vault, tally, today)
  const essentialMinor = safeMinor(spendingMinor + instalmentsMinor)
  const liquidMinor = safeMinor(cashMinor + daysMinor - cardsMinor)
  return {
    currency: base,
    cashMinor,
    daysMinor,
    cardsMinor,
    liquidMinor,
    spendingMinor,
    instalmentsMinor,
    essentialMinor,
    months: months.length,
    lastsTenths: months.length === 0 ? null : lastsTenths(liquidMinor, essentialMinor),
    accounts: held
      .filter(({ amount }) => amount.minor !== 0)
      .map((entry) => shown(entry, { tier: tierOf(entry.account) ?? 'cash' })),
    categories: chosen
      .map((id) => ({
        categoryId: id,
        middleMinor: middleSpending(flows, months, withDescendants(nodes, new Set([id]))),
      }))
      .filter(({ middleMinor }) => middleMinor !== 0),
    chosen: settings.essentialCategoryIds !== null,
    notes: tally.notes(),
  }
}

/** Institutions that the user said are one bank have one key. */
function bankKeys({ sameBank }: CheckSettings): (institutionId: number) => string {
  return (institutionId) => {
    const group = sameBank.find((ids) => ids.includes(institutionId))
    return String(group === undefined ? institutionId : Math.min(...group))
  }
}

export function loadDepositInsurance(vault: Vault, today: IsoDate): DepositInsurance {
  const { deposits: depositKinds, securities: securitiesKinds, uncovered } = checkKinds
  const { base, converter, tally, held } = loadHeld(vault, today, ({ kind }) =>
    [depositKinds, securitiesKinds, uncovered].some((kinds) => kinds.has(kind.key)),
  )
  const ownership = loadOwnership(vault)
  const countries = loadInstitutionCountries(vault)
  const keyOf = bankKeys(loadCheckSettings(vault))
  // the country whose money the household counts in
  const home = insurance.schemes.find(({ type, currency }) => type === 'deposits' && currency === base)?.countries[0]
  const positive = held.filter(({ amount }) => amount.minor > 0)
  const insured: InsuredDeposit[] = []
  const baseOf = new Map<string, number>()
  const unknown: Held[] = []
  for (const entry of positive.filter(({ account }) => depositKinds.has(account.kind.key))) {
    const { account, amount, baseMinor } = entry
    const { institution } = account
    const country = institution === null ? undefined : (countries.get(institution.id) ?? home)
    const scheme = country === undefined ? null : schemeOf(country, 'deposits')
    const minor = scheme === null ? null : converter.convert(amount, scheme.currency, today)
    if (institution === null || scheme === null || minor === null || baseMinor === null) {
      unknown.push(entry)
      continue
    }
    baseOf.set(scheme.currency, safeMinor((baseOf.get(scheme.currency) ?? 0) + baseMinor))
    insured.push({
      accountId: account.id,
      name: account.name,
      amount,
      minor: minor.value.minor,
      scheme,
      assumed: !countries.has(institution.id),
      bank: { key: keyOf(institution.id), name: institution.name, institutionId: institution.id },
      owners: ownership.weightsOf(account.id),
    })
  }
  const covers = computeDepositCover(insured, today)
  const depositsMinor = [...baseOf.values()].reduce((sum, minor) => safeMinor(sum + minor), 0)
  const uncoveredMinor = Math.min(
    depositsMinor,
    covers.reduce(
      (sum, cover) => safeMinor(sum + (tally.convert(money(cover.uncoveredMinor, cover.currency))?.value.minor ?? 0)),
      0,
    ),
  )
  const brokers = positive.filter(({ account }) => securitiesKinds.has(account.kind.key))
  const brokerScheme = ({ institution }: StoredAccount): Scheme | null => {
    const country = institution === null ? undefined : (countries.get(institution.id) ?? home)
    return country === undefined ? null : schemeOf(country, 'securities')
  }
  const used = new Set([
    ...covers.map(({ scheme }) => scheme),
    ...brokers.map(({ account }) => brokerScheme(account)?.key),
  ])
  return {
    asOf: insurance.asOf,
    covers,
    currency: base,
    depositsMinor,
    coveredMinor: safeMinor(depositsMinor - uncoveredMinor),
    uncoveredMinor,
    unknown: unknown.map((entry) => shown(entry, {})),
    notInsured: positive
      .filter(({ account }) => uncovered.has(account.kind.key) && !depositKinds.has(account.kind.key))
      .map((entry) => shown(entry, { kind: entry.account.kind.key })),
    securities: brokers.map((entry) => shown(entry, { scheme: brokerScheme(entry.account)?.key ?? null })),
    schemes: insurance.schemes
      .filter(({ key }) => used.has(key))
      .map((scheme) => {
        const { key, type, nameZh, nameEn, currency, source, confirmed } = scheme
        const { limitMinor, validFrom } = limitOn(scheme, today)
        return { key, type, nameZh, nameEn, currency, limitMinor, validFrom, source, confirmed }
      }),
    notes: tally.notes(),
  }
}

/** Today and the ends of the six months before, rising. */
function monthEnds(today: IsoDate): IsoDate[] {
  const first = startOfMonth(today)
  return [...[5, 4, 3, 2, 1, 0].map((back) => addDays(addMonths(first, -back), -1)), today]
}

type Rate = IdleCash['rates'][number]

function rateOf(currency: CurrencyCode, base: CurrencyCode, own: Decimal | null): Rate | null {
  if (own !== null && currency === base)
    return { currency, rate: own, asOf: null, source: '', confirmed: true, own: true }
  const known = referenceRates.find((rate) => rate.currency === currency)
  if (known === undefined) return null
  const { rate, asOf, source, confirmed } = known
  return { currency, rate, asOf, source, confirmed, own: false }
}

export function loadIdleCash(vault: Vault, today: IsoDate): IdleCash {
  const { base, tally, held } = loadHeld(
    vault,
    today,
    ({ kind }) => checkKinds.cash.has(kind.key) && kind.key !== 'cash',
  )
  const { referenceRate } = loadCheckSettings(vault)
  const accounts = held.map(({ account }) => account)
  const dates = monthEnds(today)
  const series = loadHoldingsSeries(vault, accounts, dates)
  const ids = accounts.map(({ id }) => id)
  const earned = loadInterestEarned(vault, ids, addDays(addMonths(today, -12), 1), today)
  const rates = new Map<CurrencyCode, Rate>()
  const rows = accounts.flatMap((account): IdleCash['accounts'] => {
    const idle = money(idleMinor((series.get(account.id) ?? []).map(({ cash }) => cash.minor)), account.currency)
    if (idle.minor === 0) return []
    const rate = rateOf(account.currency, base, referenceRate)
    if (rate !== null) rates.set(account.currency, rate)
    const earnedMinor = earned.get(account.id) ?? 0
    return [
      {
        accountId: account.id,
        name: account.name,
        idle,
        earned: money(earnedMinor, account.currency),
        differenceMinor: rate === null ? null : yearlyDifference(idle, earnedMinor, rate.rate),
        rate: rate?.rate ?? null,
      },
    ]
  })
  const inBase = (amount: Money): number => tally.convert(amount)?.value.minor ?? 0
  const difference = ({ idle, differenceMinor }: (typeof rows)[number]): number =>
    inBase(money(differenceMinor ?? 0, idle.currency))
  return {
    currency: base,
    accounts: rows.sort((a, b) => difference(b) - difference(a)),
    idleMinor: rows.reduce((sum, { idle }) => safeMinor(sum + inBase(idle)), 0),
    differenceMinor: rows.reduce((sum, row) => safeMinor(sum + difference(row)), 0),
    rates: [...rates.values()],
    notes: tally.notes(),
  }
}
