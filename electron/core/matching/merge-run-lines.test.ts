import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../../shared/domain/currency.ts'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { createTemporaryVault, type TemporaryVault } from '../../../test/support/temporary-vault.ts'
import { beginChange, type Recorder } from '../changes/record.ts'
import { seedVault } from '../handlers/seed-vault.ts'
import { CategoryMatcher } from '../importing/committing/category-matcher.ts'
import { type LinePair, mergeRunLines } from './merge-run-lines.ts'
import { type MergeMode, mergeTransactions } from './merge-transactions.ts'

const STORED_RUN = 1
const RUN = 2

let temporary: TemporaryVault
beforeAll(async () => {
  temporary = await createTemporaryVault()
  const { driver } = temporary.vault
  seedVault(temporary.vault, { baseCurrency: parseCurrencyCode('EUR') })
  driver.exec('begin')
  driver.exec(`insert into accounts (id, name, kind, currency, created_at) values
    (1, 'A', 'checking', 'EUR', 0), (2, 'B', 'savings', 'EUR', 0)`)
  driver.exec(`insert into import_runs
    (id, started_at, file_name, file_sha256, file_bytes, importer, imported, duplicates, skipped, failed, replaced)
    values (1, 0, '', '', 0, 'csv', 0, 0, 0, 0, 0), (2, 0, '', '', 0, 'ofx', 0, 0, 0, 0, 0)`)
  driver.exec(`insert into tags (id, name) values (1, 'holiday')`)
  driver.exec(`insert into securities (id, name) values (1, 'Share')`)
  const line = driver.prepare(
    `insert into transactions (id, account_id, booked_on, amount_minor, kind, payee, raw_payee, memo, reference,
       import_run_id, fingerprint, ordinal) values (?, 1, ?, ?, 'payment', ?, ?, ?, ?, ?, ?, 0)`,
  )
  // 1 to 1200 stored, each with its double 2000 further on: every seventh of these knows more than the stored one
  for (let id = 1; id <= 1200; id += 1) {
    const on = `2026-03-${String(1 + (id % 28)).padStart(2, '0')}`
    line.run(id, on, -100 - id, `Shop ${id}`, `Shop ${id}`, '', null, STORED_RUN, Buffer.from(`stored ${id}`))
    const knows = id % 7 === 0
    const payee = knows ? `Shop ${id}, Main Street "1"` : `SHOP ${id}`
    const reference = knows ? `2026031000000${id}` : null
    line.run(2000 + id, on, -100 - id, payee, payee, '', reference, RUN, Buffer.from(`new ${id}`))
  }
  line.run(5001, '2026-03-02', 101, 'Other half', 'Other half', '', null, STORED_RUN, Buffer.from('other'))
  line.run(5002, '2026-03-02', 102, 'Other half', 'Other half', '', null, RUN, Buffer.from('other of the run'))
  driver.exec(`
    update transactions set account_id = 2 where id in (5001, 5002);
    insert into splits (transaction_id, position, amount_minor) values (2010, 0, -50), (2010, 1, -60);
    update transactions set split_count = 2 where id = 2010;
    insert into transaction_tags (transaction_id, tag_id) values (2020, 1);
    insert into trades (transaction_id, account_id, security_id, booked_on, quantity)
      select id, 1, 1, booked_on, '3' from transactions where id = 2030;
    insert into attachments (transaction_id, name, media_type, bytes, added_at)
      values (2040, 'bill.txt', 'text/plain', x'00', 0);
    insert into transaction_aliases (transaction_id, account_id, fingerprint, ordinal, import_run_id)
      values (2050, 1, x'0102', 0, 2);
    insert into transfers (from_transaction_id, to_transaction_id) values (2001, 5001), (2002, 5002);
    update transactions set import_run_id = 1 where id = 2060;
    update transactions set amount_minor = -1 where id = 2070;
    delete from transactions where id = 80;
    update transactions set account_id = 2 where id = 2090;
    commit;
  `)
})
afterAll(() => temporary.close())

/** What the work leaves in every table that a merge touches; taken back afterwards. */
function after(work: (recorder: Recorder, mode: MergeMode & { readonly runId: number }) => unknown): {
  answer: unknown
  tables: Record<string, unknown[]>
} {
  const { vault } = temporary
  vault.driver.exec('begin immediate')
  try {
    const clock = { now: () => 0, today: () => parseIsoDate('2026-04-01') }
    const recorder = beginChange(vault, clock, { label: 'import.commit', importRunId: RUN })
    const importers = new Map([
      [STORED_RUN, 'csv'],
      [RUN, 'ofx'],
    ])
    const answer = work(recorder, {
      runId: RUN,
      importerOf: (id) => (id === null ? '' : (importers.get(id) ?? '')),
      categories: new CategoryMatcher(vault),
    })
    const rows = (sql: string): unknown[] => vault.driver.prepare(sql).all()
    return {
      answer,
      tables: {
        transactions: rows('select * from transactions order by id'),
        // numbered in the order they were written in, which is nobody's business
        aliases: rows(
          `select transaction_id, account_id, hex(fingerprint) as print, ordinal, merged, import_run_id
           from transaction_aliases order by 1, 2, 3, 4`,
        ),
        splits: rows('select transaction_id, position, amount_minor from splits order by 1, 2'),
        tags: rows('select * from transaction_tags order by 1, 2'),
        trades: rows('select * from trades order by 1'),
        attachments: rows('select id, transaction_id from attachments'),
        transfers: rows('select from_transaction_id, to_transaction_id from transfers order by 1'),
        balances: rows('select * from account_balances order by 1'),
        months: rows('select * from account_months order by 1, 2'),
        recorded: rows(
          `select table_name, before, json_remove(after, '$.id') as after from change_rows
           where table_name <> 'transaction_aliases' order by table_name, before, after`,
        ),
      },
    }
  } finally {
    vault.driver.exec('rollback')
  }
}

const pairs: LinePair[] = Array.from({ length: 1200 }, (_, index) => ({ keptId: index + 1, goneId: 2001 + index }))

describe('the lines of a run are merged by few statements', () => {
  it('into what merging them one by one makes, whatever hangs on them', () => {
    const oneByOne = after((recorder, mode) =>
      pairs.filter(({ keptId, goneId }) => mergeTransactions(temporary.vault, recorder, keptId, goneId, mode)),
    )
    const together = after((recorder, mode) => mergeRunLines(temporary.vault, recorder, pairs, mode))
    expect(together.tables).toEqual(oneByOne.tables)
    const outcomes = together.answer as Map<number, string>
    expect([...outcomes.keys()].toSorted((a, b) => a - b)).toEqual(
      (oneByOne.answer as LinePair[]).map(({ goneId }) => goneId),
    )
    // other amount, no stored line any more, other account
    for (const gone of [2070, 2080, 2090]) expect(outcomes.has(gone)).toBe(false)
    // 7 knows more, 10 has splits, 11 is only shouted
    expect([2007, 2010, 2011].map((gone) => outcomes.get(gone))).toEqual(['changed', 'changed', 'unchanged'])
  })
})
