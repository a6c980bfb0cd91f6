import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { forecastQuerySchema } from '../../../shared/model/forecast.ts'
import type { Vault, WritableVault } from '../storage/open-vault.ts'
import { prepared, sqlRows } from '../storage/repositories/query.ts'
import { loadForecast } from './load-forecast.ts'

/** What the last forecast said of an account. Amounts in its currency, credit positive. */
export interface AccountOutlook {
  readonly accountId: number
  readonly floorMinor: number
  /** The first day below the floor. */
  readonly belowOn: IsoDate
  readonly lowestMinor: number
  readonly lowestOn: IsoDate
}

/** The day of the last forecast: there may be no account that it says something of. */
const FORECAST_ON = 'outlook_on'

/** Whether the kept outlook is of another day, or a floor has been changed since. */
export function isOutlookStale(vault: Vault, today: IsoDate): boolean {
  const [row] = sqlRows<{ stale: 0 | 1 }>(
    vault,
    `select not exists (select 1 from vault_meta where key = ? and value = ?)
       or exists (select 1 from account_outlook left join account_floors using (account_id)
         where account_outlook.floor_minor is not coalesce(account_floors.floor_minor, 0)) as stale`,
    FORECAST_ON,
    today,
  )
  return row?.stale === 1
}

const keptRows = (vault: Vault): string =>
  JSON.stringify(
    sqlRows(
      vault,
      'select account_id, floor_minor, below_on, lowest_minor, lowest_on from account_outlook order by account_id',
    ),
  )

/** Forecasts and keeps what it says of each account, in one transaction. Answers whether it says anything new. */
export function keepOutlook(vault: WritableVault, today: IsoDate): boolean {
  const { accounts } = loadForecast(vault, forecastQuerySchema.parse({}), today)
  return vault.driver
    .transaction(() => {
      const before = keptRows(vault)
      prepared(vault, 'delete from account_outlook').run()
      for (const { accountId, floorMinor, belowOn, lowestMinor, lowestOn } of accounts) {
        prepared(
          vault,
          `insert into account_outlook (account_id, computed_on, floor_minor, below_on, lowest_minor, lowest_on)
           values (?, ?, ?, ?, ?, ?)`,
        ).run(accountId, today, floorMinor, belowOn, lowestMinor, lowestOn)
      }
      prepared(
        vault,
        'insert into vault_meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
      ).run(FORECAST_ON, today)
      return keptRows(vault) !== before
    })
    .immediate()
}

/** The accounts that are expected to fall below their floor. */
export function loadOutlooks(vault: Vault): AccountOutlook[] {
  return sqlRows<AccountOutlook>(
    vault,
    `select account_id as accountId, floor_minor as floorMinor, below_on as belowOn, lowest_minor as lowestMinor,
       lowest_on as lowestOn from account_outlook where below_on is not null`,
  )
}
