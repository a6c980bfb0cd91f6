import { type Kysely, sql } from 'kysely'

/**
 * Payments that an import turned from pending to booked before `2026-11-27-watch-settled` are looked at again, too: what
 * an import changed is in the log of changes as long as its run. Only their payees are named, so that a long history is
 * not looked through for some lines.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `insert or ignore into recurring_dirty (text)
        select case when t.payee = '' then t.memo else t.payee end
        from change_rows r join transactions t on t.id = json_extract(r.row_key, '$[0]')
        where r.table_name = 'transactions' and r.before is not null and r.after is not null
          and t.status = 'booked' and t.id <= (select seen_id from recurring_state where id = 1)
          and json_extract(r.before, '$.status') = 'pending' and json_extract(r.after, '$.status') = 'booked'`,
    )
    .execute(db)
}
