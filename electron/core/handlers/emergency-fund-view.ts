import { endOfMonth, type IsoDate, parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { money, safeMinor } from '../../../shared/domain/money.ts'
import type { CheckSettings, EmergencyFund } from '../../../shared/model/check.ts'
import { essentialCategoryKeys } from '../analysis/account/checks/check-tables.ts'
import { lastsTenths, middleSpending, withDescendants } from '../analysis/account/checks/emergency-fund.ts'
import { liquidTierOf } from '../analysis/account/checks/money-at-hand.ts'
import type { OwnershipView } from '../analysis/account/ownership.ts'
import { nextInstalment, tryLoanSchedule } from '../analysis/credit/loan-schedule.ts'
import type { BaseTally } from '../analysis/wealth/fx-conversion.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadAccounts, type StoredAccount } from '../storage/repositories/account-repository.ts'
import { loadCategoryNodes, loadMonthFlows } from '../storage/repositories/budget-repository.ts'
import { loadCheckSettings } from '../storage/repositories/check-repository.ts'
import { loadOwnershipView } from '../storage/repositories/person-repository.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { firstDayOfHousehold, fullMonthsBefore } from './budget-view.ts'
import { isOpenOn, loadHeld, shownHeld, sumOfHeld } from './held-accounts.ts'

type Tier = EmergencyFund['accounts'][number]['tier']

const tierOf = ({ kind }: StoredAccount): Tier | null => (kind.class === 'credit-card' ? 'card' : liquidTierOf(kind))

/** The default essential categories of this vault, or those that the user chose. */
function essentialCategories(vault: Vault, { essentialCategoryIds }: CheckSettings): number[] {
  return sqlRows<{ id: number; key: string | null }>(
    vault,
    `select id, key from categories where kind = 'expense' order by position, id`,
  )
    .filter(({ id, key }) =>
      essentialCategoryIds === null
        ? key !== null && essentialCategoryKeys.has(key)
        : essentialCategoryIds.includes(id),
    )
    .map(({ id }) => id)
}

/** The viewer's part of the next instalments of open loans, in the base currency. */
function loadInstalments(vault: Vault, tally: BaseTally, today: IsoDate, view: OwnershipView): number {
  return loadAccounts(vault)
    .filter((account) => account.inNetWorth && isOpenOn(account, today) && account.terms.loan !== undefined)
    .reduce((sum, { id, terms, currency }) => {
      const schedule = terms.loan === undefined ? null : tryLoanSchedule(terms.loan, currency)
      const next = schedule === null ? null : nextInstalment(schedule, today).instalment
      const minor = next == null ? 0 : (tally.convert(money(next.paymentMinor, currency))?.value.minor ?? 0)
      return safeMinor(sum + view.partOf(id, minor))
    }, 0)
}

/**
 * How long money at hand lasts, see `check.emergencyFund`. Of a person their part of each account, of the spending from it
 * and of the loans; which categories are essential is the household's to say.
 */
export function loadEmergencyFund(vault: Vault, today: IsoDate, person: number | null = null): EmergencyFund {
  const view = loadOwnershipView(vault, person)
  const { base, tally, held } = loadHeld(vault, today, view, (account) => (tierOf(account) === null ? null : 'all'))
  const inTier = (tier: Tier) => held.filter(({ account }) => tierOf(account) === tier)
  const cashMinor = sumOfHeld(inTier('cash'), view)
  const daysMinor = sumOfHeld(inTier('days'), view)
  const cardsMinor = Math.max(0, 0 - sumOfHeld(inTier('card'), view))
  const settings = loadCheckSettings(vault)
  const nodes = loadCategoryNodes(vault)
  const months = fullMonthsBefore(today, firstDayOfHousehold(vault))
  const [first, last] = [months[0], months.at(-1)]
  const flows =
    first === undefined || last === undefined
      ? []
      : loadMonthFlows(vault, parseIsoDate(`${first}-01`), endOfMonth(parseIsoDate(`${last}-01`)), 1, person).flows
  const chosen = essentialCategories(vault, settings)
  const spendingMinor = middleSpending(flows, months, withDescendants(nodes, new Set(chosen)))
  const instalmentsMinor = loadInstalments(vault, tally, today, view)
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
      .map((entry) => shownHeld(entry, view, { tier: tierOf(entry.account) ?? 'cash' })),
    categories: chosen
      .map((id) => ({
        categoryId: id,
        middleMinor: middleSpending(flows, months, withDescendants(nodes, new Set([id]))),
      }))
      .filter(({ middleMinor }) => middleMinor !== 0),
    chosen: settings.essentialCategoryIds !== null,
    essentialIds: chosen,
    notes: tally.notes(),
  }
}
