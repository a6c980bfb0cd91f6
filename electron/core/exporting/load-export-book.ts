import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import { addDays, type IsoDate, parseIsoDate } from '../../../shared/domain/iso-date.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadAccounts } from '../storage/repositories/account-repository.ts'
import {
  countExported,
  iteratePrices,
  iterateRates,
  iterateTransactions,
  loadBookedSpans,
  loadExportCategories,
  loadExportSecurities,
  loadPositions,
  loadSumsUpTo,
  loadTagNames,
} from '../storage/repositories/export-repository.ts'
import { loadHeldSecurities } from '../storage/repositories/holding-repository.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'
import { loadValueTimelines } from '../storage/repositories/worth-repository.ts'
import type { ExportBook } from './export-book.ts'

export interface ExportChoice {
  /** Null: all. */
  readonly accountIds: readonly number[] | null
  readonly from: IsoDate | null
  readonly to: IsoDate | null
  readonly language: 'en' | 'zh-CN'
}

const LAST_DAY = parseIsoDate('9999-12-31')
const FIRST_DAY = parseIsoDate('0001-01-01')

/** The day before, of which there is none before the first. */
const dayBefore = (on: IsoDate): IsoDate => (on === FIRST_DAY ? on : addDays(on, -1))

/** Loads what an export needs. The vault must not change while the book is read: give it a snapshot. */
export function loadExportBook(vault: Vault, choice: ExportChoice, today: IsoDate): ExportBook {
  const { from, to, language } = choice
  const wanted = choice.accountIds === null ? null : new Set(choice.accountIds)
  const accounts = loadAccounts(vault).filter(({ id }) => wanted === null || wanted.has(id))
  const before = from === null ? new Map<number, number>() : loadSumsUpTo(vault, from, false)
  const through = to === null ? null : loadSumsUpTo(vault, to, true)
  const currencies = new Map<number, CurrencyCode>(accounts.map(({ id, currency }) => [id, currency]))
  const end = to ?? LAST_DAY
  const values = loadValueTimelines(vault, accounts)
  return {
    scope: { accountIds: new Set(accounts.map(({ id }) => id)), from, to },
    language,
    baseCurrency: loadVaultSettings(vault).baseCurrency,
    today,
    accounts,
    categories: loadExportCategories(vault),
    tags: loadTagNames(vault),
    securities: loadExportSecurities(vault),
    spans: loadBookedSpans(vault),
    positions: loadPositions(vault, to).filter(({ accountId }) => currencies.has(accountId)),
    values: new Map(
      [...values].flatMap(([id, list]) => {
        const known = list.filter(({ on }) => on <= end)
        return known.length === 0 ? [] : [[id, known] as const]
      }),
    ),
    openingMinor: new Map(accounts.map(({ id, openingMinor }) => [id, openingMinor + (before.get(id) ?? 0)])),
    closingMinor: new Map(
      accounts.map(({ id, openingMinor, changeMinor }) => [
        id,
        openingMinor + (through === null ? changeMinor : (through.get(id) ?? 0)),
      ]),
    ),
    closingHoldings: loadHeldSecurities(vault, new Set(currencies.keys()), [end]).flatMap(
      ({ accountId, securityId, timeline }) => {
        const state = timeline.at(end)
        if (state === null) return []
        const known = state.value?.currency === currencies.get(accountId)
        return [
          {
            accountId,
            securityId,
            quantity: state.quantity,
            price: known ? state.price : null,
            valueMinor: known ? (state.value?.minor ?? null) : null,
          },
        ]
      },
    ),
    transactionCount: countExported(vault, from, to),
    transactions: () => iterateTransactions(vault, from, to),
    transactionsOf: (accountId) => iterateTransactions(vault, from, to, accountId),
    earlier: () => (from === null || from === FIRST_DAY ? [] : iterateTransactions(vault, null, dayBefore(from))),
    prices: () => iteratePrices(vault, to),
    rates: () => iterateRates(vault, to),
  }
}
