import type { WritableVault } from '../../electron/core/storage/open-vault.ts'

/**
 * A small household for tests of storage, by plain statements: account 1 (100 000 in, 2 500 and 40 000 out), account 2
 * (40 000 in from account 1, by a transfer), account 3 with a purchase of securities; one transaction in two splits.
 * `marker` is put into every text that a user or a statement supplies.
 */
export function fillVault(vault: WritableVault, marker = 'Example'): void {
  const { driver } = vault
  const run = (statement: string, ...values: readonly (string | number | null | Buffer)[]): void => {
    driver.prepare(statement).run(...values)
  }
  driver.transaction(() => {
    run(`insert into settings values ('test.marker', ?)`, JSON.stringify(marker))
    run(`insert into institutions (id, name) values (1, ?)`, `${marker} bank`)
    for (const id of [1, 2, 3]) {
      run(
        `insert into accounts (id, name, kind, institution_id, number, currency, notes, terms, created_at)
         values (?, ?, 'checking', 1, ?, 'EUR', ?, ?, 0)`,
        id,
        `${marker} account ${id}`,
        `${marker}-number-${id}`,
        `${marker} note`,
        JSON.stringify({ lender: marker }),
      )
    }
    run(`insert into account_identities values (?, 1)`, `${marker}-identity`)
    run(`insert into categories (id, kind, name_zh, name_en) values (1, 'expense', ?, ?)`, marker, marker)
    run(`insert into tags (id, name) values (1, ?)`, `${marker} tag`)
    run(`insert into securities (id, name, symbol) values (1, ?, ?)`, `${marker} share`, marker)
    run(
      `insert into import_runs
         (id, started_at, file_name, file_sha256, file_bytes, importer, imported, duplicates, skipped, failed, replaced)
       values (1, 0, ?, '00', 1, 'ofx', 5, 0, 1, 0, 0)`,
      `${marker}.ofx`,
    )
    run(`insert into import_run_accounts (import_run_id, account_id, imported) values (1, 1, 3)`)
    run(`insert into import_records values (1, 6, 'skipped', 'not-booked', ?, null)`, `${marker} record`)
    run(`insert into import_layouts values (?, ?)`, marker, JSON.stringify({ column: marker }))
    const transaction = (id: number, account: number, day: string, amount: number): void =>
      run(
        `insert into transactions
           (id, account_id, booked_on, amount_minor, kind, payee, raw_payee, memo, reference, check_number, counterparty,
            source_category, notes, import_run_id, source_record, fingerprint)
         values (?, ?, ?, ?, 'other', ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`,
        id,
        account,
        day,
        amount,
        ...['payee', 'raw payee', 'memo', 'reference', 'check', 'counterparty', 'category', 'note'].map(
          (field) => `${marker} ${field} ${id}`,
        ),
        id,
        Buffer.from([id]),
      )
    transaction(1, 1, '2026-01-31', 100_000)
    transaction(2, 1, '2026-02-01', -2_500)
    transaction(3, 1, '2026-02-28', -40_000)
    transaction(4, 2, '2026-03-01', 40_000)
    transaction(5, 3, '2026-03-02', -12_345)
    run(
      `insert into splits (transaction_id, position, amount_minor, category_id, memo) values (2, 0, -2000, 1, ?)`,
      marker,
    )
    run(`insert into splits (transaction_id, position, amount_minor, memo) values (2, 1, -500, ?)`, `${marker} split`)
    run(`update transactions set split_count = 2 where id = 2`)
    run(`insert into transaction_tags values (1, 1)`)
    run(`insert into transfers (id, from_transaction_id, to_transaction_id) values (1, 3, 4)`)
    run(
      `insert into trades (transaction_id, account_id, security_id, booked_on, quantity) values (5, 3, 1, '2026-03-02', '10')`,
    )
    run(
      `insert into valuations (account_id, as_of, value_minor, note) values (2, '2026-03-31', 40000, ?)`,
      `${marker} value`,
    )
    run(`insert into documents (id, kind, name, holder, notes) values (1, 'passport', ?, ?, ?)`, marker, marker, marker)
    run(
      `insert into attachments (document_id, name, media_type, bytes, added_at) values (1, ?, 'text/plain', ?, 0)`,
      `${marker}.txt`,
      Buffer.from(`${marker} attachment `.repeat(2_000)),
    )
    run(`insert into changes (id, made_at, label, facts) values (1, 0, 'test', ?)`, JSON.stringify({ name: marker }))
    run(`insert into change_rows values (1, 0, 'tags', '1', null, ?)`, JSON.stringify({ name: marker }))
  })()
}
