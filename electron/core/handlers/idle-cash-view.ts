import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { Decimal } from '../../../shared/domain/decimal.ts'
import { addDays, addMonths, type IsoDate, startOfMonth } from '../../../shared/domain/iso-date.ts'
import { type Money, money, safeMinor } from '../../../shared/domain/money.ts'
import type { IdleCash } from '../../../shared/model/check.ts'
import { referenceRates } from '../analysis/account/checks/check-tables.ts'
import { idleMinor, yearlyDifference } from '../analysis/account/checks/idle-cash.ts'
import { canLieIdle } from '../analysis/account/checks/money-at-hand.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadCheckSettings, loadInterestEarned } from '../storage/repositories/check-repository.ts'
import { loadOwnershipView } from '../storage/repositories/person-repository.ts'
import { loadHoldingsSeries } from '../storage/repositories/worth-repository.ts'
import { loadHeld } from './held-accounts.ts'

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

/** What lay idle, see `check.idleCash`. An account's figures are found whole and then shared, so that people's add up. */
export function loadIdleCash(vault: Vault, today: IsoDate, person: number | null = null): IdleCash {
  const view = loadOwnershipView(vault, person)
  const { base, tally, held } = loadHeld(vault, today, view, ({ kind }) => (canLieIdle(kind) ? 'all' : null))
  const { referenceRate } = loadCheckSettings(vault)
  const accounts = held.map(({ account }) => account)
  const dates = monthEnds(today)
  const series = loadHoldingsSeries(vault, accounts, dates)
  const ids = accounts.map(({ id }) => id)
  const earned = loadInterestEarned(vault, ids, addDays(addMonths(today, -12), 1), today)
  const rates = new Map<CurrencyCode, Rate>()
  const inBase = (amount: Money): number => tally.convert(amount)?.value.minor ?? 0
  const found = accounts.flatMap((account) => {
    const { id, name, currency } = account
    const idle = money(idleMinor((series.get(id) ?? []).map(({ cash }) => cash.minor)), currency)
    if (idle.minor === 0) return []
    const rate = rateOf(currency, base, referenceRate)
    if (rate !== null) rates.set(currency, rate)
    const earnedMinor = earned.get(id) ?? 0
    const difference = rate === null ? null : yearlyDifference(idle, earnedMinor, rate.rate)
    const row: IdleCash['accounts'][number] = {
      accountId: id,
      name,
      part: view.fractionOf(id),
      idle: money(view.partOf(id, idle.minor), currency),
      earned: money(view.partOf(id, earnedMinor), currency),
      differenceMinor: difference === null ? null : view.partOf(id, difference),
      rate: rate?.rate ?? null,
    }
    return [
      {
        row,
        idleInBase: view.partOf(id, inBase(idle)),
        differenceInBase: view.partOf(id, inBase(money(difference ?? 0, currency))),
      },
    ]
  })
  return {
    currency: base,
    accounts: found.toSorted((a, b) => b.differenceInBase - a.differenceInBase).map(({ row }) => row),
    idleMinor: found.reduce((sum, { idleInBase }) => safeMinor(sum + idleInBase), 0),
    differenceMinor: found.reduce((sum, { differenceInBase }) => safeMinor(sum + differenceInBase), 0),
    rates: [...rates.values()],
    notes: tally.notes(),
  }
}
