import { type Kysely, sql } from 'kysely'

const looks = (row: string): string => `case when ${row}.payee = '' then ${row}.memo else ${row}.payee end`

/** A line that turns from pending to booked without any other change is a payment from then on: it is looked at again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('drop trigger recurring_row_changed').execute(db)
  await sql
    .raw(
      `create trigger recurring_row_changed
        after update of payee, memo, amount_minor, booked_on, account_id, original_minor, kind, category_id, status
        on transactions
        when old.id <= (select seen_id from recurring_state where id = 1) begin
        insert or ignore into recurring_dirty (text) values (${looks('old')});
        insert or ignore into recurring_dirty (text) values (${looks('new')});
      end`,
    )
    .execute(db)
}
