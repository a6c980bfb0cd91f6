import { type Kysely, sql } from 'kysely'

/**
 * A fingerprint was the first 16 bytes of a hash; now its first three bytes are the day (months × 31 + day, from year 0)
 * and the hash fills the rest, so that the rows of a file lie together in the index. The day is that of the file, which
 * the user may have changed since: the log of changes knows it, whose images are rewritten, too.
 */
const day = (date: string): string =>
  `printf('%06X', (cast(substr(${date}, 1, 4) as integer) * 12 + cast(substr(${date}, 6, 2) as integer) - 1) * 31
    + cast(substr(${date}, 9, 2) as integer) - 1)`

/** 26 hexadecimal digits of the hash are left beside the day. */
const renewed = (hexadecimal: string, date: string): string => `${day(date)} || substr(${hexadecimal}, 1, 26)`

const images = (column: 'before' | 'after'): string => `
  select change_id, sequence, ${column === 'before' ? 0 : 1} as later,
    json_extract(${column}, '$.fingerprint') as print, json_extract(${column}, '$.booked_on') as booked_on
  from change_rows where table_name = 'transactions' and ${column} is not null`

const dayOf = (hexadecimal: string): string =>
  `(select booked_on from temp.fingerprint_days where print = ${hexadecimal})`

const rewriteImages = (column: 'before' | 'after', field: 'fingerprint' | 'settled_fingerprint'): string => {
  const value = `json_extract(${column}, '$.${field}')`
  return `update change_rows set ${column} = json_set(${column}, '$.${field}', ${renewed(value, dayOf(value))})
    where table_name = 'transactions' and ${column} is not null and ${dayOf(value)} is not null`
}

const statements: readonly string[] = [
  `create temp table fingerprint_days (print text primary key, booked_on text not null) without rowid`,
  `insert or ignore into temp.fingerprint_days
   select print, booked_on from (${images('before')} union all ${images('after')}) where print is not null
   order by change_id, sequence, later`,
  `insert or ignore into temp.fingerprint_days
   select hex(fingerprint), booked_on from transactions where fingerprint is not null`,
  ...(['before', 'after'] as const).flatMap((column) => [
    rewriteImages(column, 'settled_fingerprint'),
    rewriteImages(column, 'fingerprint'),
  ]),
  // a pending line whose day nobody knows any more is forgotten: a file that still lists it will show it once more
  `update transactions set settled_ordinal = null, settled_fingerprint = null
   where settled_fingerprint is not null and ${dayOf('hex(settled_fingerprint)')} is null`,
  `update transactions set settled_fingerprint = unhex(${renewed('hex(settled_fingerprint)', dayOf('hex(settled_fingerprint)'))})
   where settled_fingerprint is not null`,
  `update transactions set fingerprint = unhex(${renewed('hex(fingerprint)', dayOf('hex(fingerprint)'))})
   where fingerprint is not null`,
  `drop table temp.fingerprint_days`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
