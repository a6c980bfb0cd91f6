import { CoreError } from '../../../shared/ipc/errors.ts'
import { checkpoint, type JobControl } from './job-control.ts'
import type { Vault } from './open-vault.ts'
import { searchIndexFaults } from './repositories/search-index-repository.ts'

/** One check of a vault. `detail` names rows by number and figures in minor units, never what they are about. */
export interface Finding {
  readonly check: (typeof checks)[number]['check'] | 'search-index'
  readonly ok: boolean
  readonly detail: string
}

interface Check {
  readonly check: string
  /** One row for each fault, its columns being what to say of it. */
  readonly faults: string
}

const SAFE = String(Number.MAX_SAFE_INTEGER)

/**
 * Rows of what is kept that are not among what is recomputed, and the other way round; both have the same columns.
 * Sorted and merged: a full join of the two would look through one for each row of the other. `told`: columns that may
 * be told, where a row holds more than numbers.
 */
const differing = (kept: string, recomputed: string, told = '*'): string => `
      select 'kept' as which, ${told} from (${kept} except ${recomputed})
      union all
      select 'recomputed', ${told} from (${recomputed} except ${kept})`

const checks = [
  {
    check: 'pages',
    faults: `select integrity_check as fault from pragma_integrity_check where integrity_check <> 'ok'`,
  },
  { check: 'foreign-keys', faults: `select "table", rowid as row, parent as refers_to from pragma_foreign_key_check` },
  {
    check: 'account-balances',
    faults: `
      select a.id as account, b.change_minor as kept, coalesce(t.total, 0) as recomputed,
        b.transaction_count as kept_count, coalesce(t.count, 0) as recomputed_count
      from accounts a
      left join account_balances b on b.account_id = a.id
      left join (
        select account_id, sum(amount_minor) as total, count(*) as count from transactions group by account_id
      ) t on t.account_id = a.id
      where b.change_minor is not coalesce(t.total, 0) or b.transaction_count is not coalesce(t.count, 0)
      union all
      select null as account, null, null, 4 as triggers, n from (
        select count(*) as n from sqlite_schema where type = 'trigger' and name in
          ('accounts_balance', 'transactions_inserted', 'transactions_deleted', 'transactions_moved')
      ) where n <> 4`,
  },
  {
    check: 'account-months',
    faults: differing(
      `select account_id as account, month, inflow_minor as inflow, outflow_minor as outflow, transaction_count as count
       from account_months`,
      `select account_id, substr(booked_on, 1, 7), sum(max(amount_minor, 0)), sum(max(-amount_minor, 0)), count(*)
       from transactions group by 1, 2`,
    ),
  },
  {
    check: 'splits',
    faults: `
      select t.id as transaction_number, t.amount_minor as amount, s.total as splits, t.split_count as kept_count,
        coalesce(s.count, 0) as recomputed_count
      from transactions t
      left join (
        select transaction_id, sum(amount_minor) as total, count(*) as count from splits group by transaction_id
      ) s on s.transaction_id = t.id
      where t.split_count <> coalesce(s.count, 0) or (s.count > 0 and s.total <> t.amount_minor)`,
  },
  {
    check: 'transfers',
    faults: `
      select x.id as transfer, f.account_id as from_account, t.account_id as to_account
      from transfers x
      left join transactions f on f.id = x.from_transaction_id
      left join transactions t on t.id = x.to_transaction_id
      where f.id is null or t.id is null or f.account_id = t.account_id`,
  },
  {
    check: 'trades',
    faults: `
      select x.transaction_id as trade, x.account_id as kept_account, t.account_id as account,
        x.booked_on as kept_day, t.booked_on as day
      from trades x
      left join transactions t on t.id = x.transaction_id
      where t.id is null or x.account_id <> t.account_id or x.booked_on <> t.booked_on`,
  },
  {
    check: 'learner-counts',
    faults: differing(
      `select account_id as account, category_id as category, payee, direction, sum(count) as count
       from learner_counts group by 1, 2, 3, 4`,
      `select account_id as account, category_id as category, case when payee = '' then memo else payee end,
         sign(amount_minor), count(*) as count
       from transactions where category_source = 'user' and category_id is not null and split_count = 0
       group by 1, 2, 3, 4`,
      'account, category, count',
    ),
  },
  {
    check: 'flow-lines',
    faults: `${differing(
      `select transaction_id as transaction_number, part, account_id as account, booked_on as day,
         category_id as category, flow, amount_minor as amount from flow_lines`,
      `select transaction_id, part, account_id, booked_on, category_id, flow, amount_minor from flow_facts`,
    )}
      union all
      select 'triggers', n, 18, null, null, null, null, null from (
        select count(*) as n from sqlite_schema where type = 'trigger'
          and (name glob '*_flow_*' or name glob 'flow_line_*')
      ) where n <> 18`,
  },
  {
    check: 'flow-months',
    faults: differing(
      `select month, account_id as account, flow, category_id as category, inflow_minor as inflow,
         outflow_minor as outflow, line_count as count from flow_months`,
      `select substr(booked_on, 1, 7), account_id, flow, category_id, sum(max(amount_minor, 0)),
         sum(max(-amount_minor, 0)), count(*) from flow_facts group by 1, 2, 3, 4`,
    ),
  },
  {
    check: 'account-owners',
    faults: `
      select account_id as account, sum(share) as shares, 10000 as whole
      from account_owners group by account_id having sum(share) <> 10000`,
  },
  {
    check: 'dates',
    faults: `select id as transaction_number, booked_on as day from transactions where date(booked_on) is not booked_on`,
  },
  {
    // above 2^53 the figure would reach the program rounded
    check: 'amounts',
    faults: `
      select 'transaction' as kind, id as number, amount_minor as amount from transactions
        where amount_minor not between -${SAFE} and ${SAFE}
      union all select 'split', id, amount_minor from splits where amount_minor not between -${SAFE} and ${SAFE}
      union all select 'account', id, opening_minor from accounts where opening_minor not between -${SAFE} and ${SAFE}
      union all select 'balance', account_id, change_minor from account_balances
        where change_minor not between -${SAFE} and ${SAFE}
      union all select 'valuation', id, value_minor from valuations where value_minor not between -${SAFE} and ${SAFE}`,
  },
] as const satisfies readonly Check[]

/** How many faults of one check are spelt out. */
const SHOWN = 20

type Value = string | bigint | number | null

function describe(row: Readonly<Record<string, Value>>): string {
  return Object.entries(row)
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${value === null ? 'none' : String(value)}`)
    .join(', ')
}

function runCheck(vault: Vault, { check, faults }: (typeof checks)[number]): Finding {
  try {
    const statement = vault.driver.prepare<[], Record<string, Value>>(faults).safeIntegers()
    const shown: string[] = []
    let count = 0
    for (const row of statement.iterate()) {
      count += 1
      if (count <= SHOWN) shown.push(describe(row))
    }
    const more = count > SHOWN ? `; and ${count - SHOWN} more` : ''
    return { check, ok: count === 0, detail: shown.join('; ') + more }
  } catch (error) {
    // a damaged page stops a check: that is what there is to say
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return { check, ok: false, detail: `the check could not be finished (${code})` }
  }
}

/** That every block of the index says what its transactions say. A faulty one is no loss: it is made from them. */
async function checkSearchIndex(vault: Vault): Promise<Finding> {
  const check = 'search-index'
  try {
    const faults = await searchIndexFaults(vault)
    const shown = faults.slice(0, SHOWN).map((fault) => describe({ ...fault }))
    const more = faults.length > SHOWN ? `; and ${faults.length - SHOWN} more` : ''
    return { check, ok: faults.length === 0, detail: shown.join('; ') + more }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return { check, ok: false, detail: `the check could not be finished (${code})` }
  }
}

/**
 * Checks a vault: its pages (each read is also checked against its encryption's own sum), its foreign keys, and that
 * every maintained figure equals what the rows give when recomputed. One finding for each check, in a fixed order.
 * Changes nothing. Throws CoreError('cancelled').
 */
export async function verifyVault(vault: Vault, control: JobControl = {}): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const [index, check] of checks.entries()) {
    await checkpoint(control, index / checks.length)
    findings.push(runCheck(vault, check))
  }
  findings.push(await checkSearchIndex(vault))
  await checkpoint(control, 1)
  return findings
}

/** Throws CoreError('vault-damaged') naming the failed checks, if any failed. */
export function refuseFailedChecks(findings: readonly Finding[]): void {
  const failed = findings.filter((finding) => !finding.ok).map((finding) => finding.check)
  if (failed.length > 0) {
    throw new CoreError('vault-damaged', `The vault fails these checks: ${failed.join(', ')}.`, { part: 'figures' })
  }
}
