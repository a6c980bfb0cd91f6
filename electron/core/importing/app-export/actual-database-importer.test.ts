import Database from 'better-sqlite3-multiple-ciphers'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { rowsAsText } from '../double-entry/test-support.ts'
import { inspectSource } from '../inspect.ts'
import { bytesSource, decodeHead } from '../text/decode.ts'
import { readWith, rejectionOf } from '../text/test-support.ts'
import { actualDatabaseImporter } from './actual-database-importer.ts'

/** A small budget as Actual keeps it; `more` are further statements. */
function budget(more: readonly string[] = []): Buffer {
  const base = new Database(':memory:')
  try {
    base.exec(`
      create table accounts (id text primary key, name text, offbudget integer default 0, closed integer default 0, tombstone integer default 0);
      create table category_groups (id text primary key, name text, is_income integer default 0, tombstone integer default 0);
      create table categories (id text primary key, name text, is_income integer default 0, cat_group text, tombstone integer default 0);
      create table category_mapping (id text primary key, transferId text);
      create table payees (id text primary key, name text, category text, tombstone integer default 0, transfer_acct text);
      create table payee_mapping (id text primary key, targetId text);
      create table transactions (id text primary key, isParent integer default 0, isChild integer default 0, acct text,
        category text, amount integer, description text, notes text, date integer, financial_id text, error text,
        imported_description text, starting_balance_flag integer default 0, transferred_id text, tombstone integer default 0, parent_id text);
      insert into accounts (id, name, closed) values ('a', 'Giro', 0), ('b', 'Savings', 0), ('c', 'Old', 1);
      insert into category_groups (id, name, is_income) values ('g', 'Daily', 0), ('i', 'Income', 1);
      insert into categories (id, name, is_income, cat_group) values ('f', 'Food', 0, 'g'), ('h', 'Home: things', 0, 'g'), ('w', 'Wages', 1, 'i');
      insert into category_mapping values ('f', 'f'), ('h', 'h'), ('w', 'w'), ('gone', 'f');
      insert into payees (id, name, transfer_acct) values ('p', 'Market', null), ('q', 'Merged', null), ('ta', '', 'a'), ('tb', '', 'b');
      insert into payee_mapping values ('p', 'p'), ('q', 'p'), ('ta', 'ta'), ('tb', 'tb');
      insert into transactions (id, acct, amount, date, description, category, starting_balance_flag) values ('t1', 'a', 50000, 20260101, null, 'w', 1);
      insert into transactions (id, acct, amount, date, description, category, notes, financial_id) values ('t2', 'a', -1250, 20260131, 'q', 'gone', 'weekly', 'BANK-0001');
      insert into transactions (id, acct, amount, date, description, isParent) values ('t3', 'a', -3000, 20260201, 'p', 1);
      insert into transactions (id, acct, amount, date, description, category, isChild, parent_id, notes) values ('x', 'a', -2000, 20260201, 'p', 'f', 1, 't3', 'bread');
      insert into transactions (id, acct, amount, date, description, category, isChild) values ('t3/2', 'a', -1000, 20260201, 'p', 'h', 1);
      insert into transactions (id, acct, amount, date, description) values ('t4', 'a', -10000, 20260202, 'tb');
      insert into transactions (id, acct, amount, date, description) values ('t5', 'b', 10000, 20260202, 'ta');
      insert into transactions (id, acct, amount, date, tombstone) values ('t6', 'a', -999, 20260202, 1);
    `)
    for (const statement of more) base.exec(statement)
    return base.serialize()
  } finally {
    base.close()
  }
}

const fates = (bytes: Uint8Array): readonly string[] =>
  readWith(actualDatabaseImporter, bytes).items.flatMap((item) => {
    if (item.type === 'transaction') return [`${item.record} transaction`]
    return item.type === 'failed' || item.type === 'skipped' ? [`${item.record} ${item.type} ${item.reason.code}`] : []
  })

describe('the database of Actual', () => {
  it('gives accounts, parts, transfers and the opening balance; deleted rows are not there', () => {
    const { items, failed, skipped } = readWith(actualDatabaseImporter, budget())
    expect(rowsAsText(items)).toEqual([
      'Giro: 500 opening',
      'Giro: -12.5 payment Daily:Food',
      'Giro: -30 payment {-20 Daily:Food}{-10 Daily:Home  things}',
      'Giro: -100 transfer [Savings]',
      'Savings: 100 transfer [Giro]',
    ])
    expect([failed, skipped]).toEqual([[], []])
  })

  it('keeps payees through merges, notes and the bank’s own id', () => {
    const { transactions } = readWith(actualDatabaseImporter, budget())
    expect(transactions[1]).toMatchObject({
      payee: 'Market',
      memo: 'weekly',
      reference: 'BANK-0001',
      date: '2026-01-31',
    })
    expect(transactions[2]?.splits?.map(({ memo }) => memo)).toEqual(['bread', undefined])
  })

  it('is known by its tables, and read out of the zip that Actual exports', async () => {
    const bytes = budget()
    const head = { name: 'db.sqlite', size: bytes.length, bytes, text: decodeHead(bytes, true) }
    expect(actualDatabaseImporter.identify(head)).toBe('yes')
    const zip = zipSync({
      'db.sqlite': Uint8Array.from(bytes),
      'metadata.json': new TextEncoder().encode('{"id":"x"}'),
    })
    const inspected = await inspectSource('home.zip', bytesSource('home.zip', zip), parseIsoDate('2026-03-01'))
    expect([inspected.status, inspected.importer]).toEqual(['parsed', 'actual'])
    expect(inspected.statements.map(({ account, transactions }) => [account.name, transactions.length])).toEqual([
      ['Giro', 4],
      ['Savings', 1],
    ])
  })

  it('names damaged rows and takes their neighbours', () => {
    const more = [
      `insert into transactions (id, acct, amount, date) values ('d1', 'a', 100, 20261301)`,
      `insert into transactions (id, acct, amount, date) values ('d2', 'a', null, 20260131)`,
      `insert into transactions (id, acct, amount, date) values ('d3', 'nowhere', 100, 20260131)`,
      `insert into transactions (id, acct, amount, date) values ('d4', 'b', 100, 20260131)`,
    ]
    expect(fates(budget(more)).slice(5)).toEqual([
      '6 failed bad-date',
      '7 failed bad-amount',
      '8 skipped information-only',
      '9 transaction',
    ])
  })

  it('completes parts that leave something open', () => {
    const { items } = readWith(actualDatabaseImporter, budget([`delete from transactions where id = 't3/2'`]))
    expect(rowsAsText(items)[2]).toBe('Giro: -30 payment {-20 Daily:Food}{-10 -}')
  })

  it('refuses another database', () => {
    expect(rejectionOf(actualDatabaseImporter, budget(['drop table payees']))?.code).toBe('wrong-kind')
  })
})
