import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTemporaryVault, type TemporaryVault } from '../../../test/support/temporary-vault.ts'
import { fillVault } from '../../../test/support/fill-vault.ts'
import { refuseFailedChecks, verifyVault } from './verify-vault.ts'

let temporary: TemporaryVault

beforeEach(async () => {
  temporary = await createTemporaryVault()
  fillVault(temporary.vault)
})
afterEach(() => temporary.close())

const failed = async (): Promise<string[]> =>
  (await verifyVault(temporary.vault)).filter((finding) => !finding.ok).map((finding) => finding.check)

describe('verifying a vault', () => {
  it('finds nothing wrong in a sound one, and says what it looked at', async () => {
    const findings = await verifyVault(temporary.vault)
    expect(findings.map((finding) => [finding.check, finding.ok, finding.detail])).toEqual(
      [
        'pages', 'foreign-keys', 'account-balances', 'account-months', 'splits', 'transfers', 'trades', 'learner-counts', 'flow-lines', 'flow-months', 'account-owners', 'dates', 'amounts', 'search-index',
      ].map((check) => [check, true, '']),
    ) // prettier-ignore
    expect(() => refuseFailedChecks(findings)).not.toThrow()
  })

  it.each([
    ['account-balances', 'update account_balances set change_minor = change_minor + 1 where account_id = 1'],
    ['account-balances', 'update account_balances set transaction_count = 0 where account_id = 1'],
    ['account-balances', 'delete from account_balances where account_id = 2'],
    ['account-balances', 'drop trigger transactions_inserted'],
    [
      'account-months',
      `update account_months set inflow_minor = inflow_minor + 1 where account_id = 1 and month = '2026-01'`,
    ],
    ['account-months', `update account_months set outflow_minor = 0 where account_id = 1`],
    ['account-months', `delete from account_months where account_id = 1 and month = '2026-01'`],
    ['account-months', `insert into account_months values (1, '1999-01', 0, 0, 0)`],
    ['splits', 'update splits set amount_minor = amount_minor + 1 where position = 0'],
    ['splits', 'update transactions set split_count = 3 where split_count = 2'],
    ['splits', 'delete from splits'],
    ['transfers', 'pragma foreign_keys = off; delete from transactions where id = 4'],
    ['transfers', 'update transfers set to_transaction_id = 1'],
    ['foreign-keys', `pragma foreign_keys = off; insert into account_identities values ('iban:1', 99)`],
    ['trades', `update trades set booked_on = '2026-03-04'`],
    ['trades', `update trades set account_id = 1`],
    ['learner-counts', `insert into learner_counts values ('Nobody', -1, 1, 9, '', 1, 2)`],
    ['flow-lines', `update flow_lines set flow = 'transfer' where transaction_id = 1`],
    ['flow-lines', 'delete from flow_lines where transaction_id = 2'],
    ['flow-lines', `insert into flow_lines values (1, '2026-01-01', 99, 0, 0, 'income', 1)`],
    ['flow-lines', 'drop trigger transfers_flow_added'],
    ['flow-months', 'update flow_months set outflow_minor = outflow_minor + 1'],
    ['flow-months', `delete from flow_months where flow = 'expense'`],
    [
      'account-owners',
      `insert into persons (id, name, colour, role, position, created_at) values (1, 'A', 'teal', 'adult', 0, 0); insert into account_owners values (1, 1, 9999)`,
    ],
    ['dates', `update transactions set booked_on = '2026-02-30' where id = 1`],
    ['amounts', `update transactions set amount_minor = 9007199254740992 where id = 1`],
    // fills every figure until adding them up is no longer possible
    [
      'account-months',
      `pragma ignore_check_constraints = on; update account_months set inflow_minor = 9223372036854775807`,
    ],
  ])('%s: notices %s', async (check, damage) => {
    expect(await failed()).toEqual([])
    temporary.vault.driver.exec(damage)
    expect(await failed()).toContain(check)
  })

  it('says of a fault which row it is and what the figures are, and no more than that', async () => {
    temporary.vault.driver.exec('update account_balances set change_minor = change_minor + 1 where account_id = 1')
    const finding = (await verifyVault(temporary.vault)).find((one) => one.check === 'account-balances')
    // account 1 of fill-vault: 100 000 − 2 500 − 40 000
    expect(finding?.detail).toBe('account 1, kept 57501, recomputed 57500, kept count 3, recomputed count 3')
  })

  it('does not list thousands of faults', async () => {
    temporary.vault.driver.exec(`
      with recursive n (i) as (select 1 union all select i + 1 from n where i < 500)
      insert into account_months select 1, 'm' || i, 1, 0, 1 from n`)
    const finding = (await verifyVault(temporary.vault)).find((one) => one.check === 'account-months')
    expect(finding?.detail).toContain('and 480 more')
  })

  it('reports its progress and can be stopped', async () => {
    const progress: number[] = []
    await verifyVault(temporary.vault, { onProgress: (fraction) => progress.push(fraction) })
    expect(progress.at(0)).toBe(0)
    expect(progress.at(-1)).toBe(1)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    const signal = AbortSignal.abort()
    await expect(verifyVault(temporary.vault, { signal })).rejects.toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    )
  })
})
