import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { money } from '../../../../shared/domain/money.ts'
import { countedFlow, flows, type LargestLine } from '../../../../shared/model/flow.ts'
import { createConverter } from '../../analysis/wealth/fx-conversion.ts'
import type { Vault } from '../open-vault.ts'
import { chosenAccounts, type FlowQuery, lineSource, unfiledAccountOf, withSubcategories } from './flow-repository.ts'
import { loadOwnershipView } from './person-repository.ts'
import { idList, sqlRows } from './query.ts'
import { loadRateSourceBetween } from './rate-repository.ts'
import { loadVaultSettings } from './settings-repository.ts'

interface LineRow {
  id: number
  accountId: number
  on: IsoDate
  payee: string
  memo: string
  categoryId: number
  minor: number
}

/**
 * The largest single incomes and expenses, by what they come to in the base currency, of a person their part of each; one
 * without a rate cannot be ranked. Accounts are asked one kind at a time, so a person's small part of a large item is
 * ranked by what it is.
 */
export function loadLargestLines(vault: Vault, query: Omit<FlowQuery, 'group'>, limit: number): LargestLine[] {
  const base = loadVaultSettings(vault).baseCurrency
  const view = loadOwnershipView(vault, query.person ?? null)
  const accounts = chosenAccounts(vault, query).filter(({ id }) => view.includes(id))
  const converter = createConverter(loadRateSourceBetween(vault, query.from, query.to))
  const categories = query.categoryIds === undefined ? null : idList(withSubcategories(vault, query.categoryIds))
  const found: LargestLine[] = []
  for (const members of Map.groupBy(
    accounts,
    (one) => `${one.currency} ${unfiledAccountOf(one)} ${view.ownership.patternOf(one.id)}`,
  ).values()) {
    const [first] = members
    if (first === undefined) continue
    const currency: CurrencyCode = first.currency
    const source = lineSource(query, members.map(({ id }) => id), query.from, query.to) // prettier-ignore
    for (const flow of ['income', 'expense'] as const) {
      const counted = flows.filter((one) => countedFlow(one, unfiledAccountOf(first)) === flow)
      const rows = sqlRows<LineRow>(
        vault,
        `select lines.*, transactions.payee, transactions.memo from (
           select l.transaction_id as id, l.account_id as accountId, l.booked_on as "on", l.category_id as categoryId,
             l.amount_minor as minor
           from ${source.from} where ${source.where} and l.flow in (select value from json_each(?))
             and l.amount_minor ${flow === 'income' ? '> 0' : '< 0'}
             ${categories === null ? '' : 'and l.category_id in (select value from json_each(?))'}
           order by abs(l.amount_minor) desc, l.transaction_id limit ${limit}
         ) lines join transactions on transactions.id = lines.id`,
        ...source.parameters,
        JSON.stringify(counted),
        ...(categories === null ? [] : [categories]),
      )
      for (const { id, on, minor, ...row } of rows) {
        const worth = converter.convert(money(minor, currency), base, on)
        if (worth !== null)
          found.push({
            ...row,
            transactionId: id,
            bookedOn: on,
            flow,
            minor: view.partOf(row.accountId, worth.value.minor),
          })
      }
    }
  }
  return found
    .toSorted((left, right) => Math.abs(right.minor) - Math.abs(left.minor) || left.transactionId - right.transactionId)
    .slice(0, limit)
}

/** Payees that contain the text, by name: one seek for each payee that there is. */
export function loadPayees(vault: Vault, text: string, limit: number): string[] {
  const pattern = `%${text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`
  return sqlRows<{ payee: string }>(
    vault,
    `with recursive payees (payee) as (
       select min(payee) from transactions
       union all
       select (select min(payee) from transactions where payee > payees.payee) from payees where payee is not null
     ) select payee from payees where payee <> '' and payee like ? escape '\\' limit ?`,
    pattern,
    limit,
  ).map(({ payee }) => payee)
}

/** The first month that a flow is known in. */
export function firstFlowMonth(vault: Vault): IsoDate | null {
  const [row] = sqlRows<{ month: string | null }>(vault, 'select min(month) as month from flow_months')
  return row?.month == null ? null : (`${row.month}-01` as IsoDate)
}
