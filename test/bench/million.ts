import { createHash } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allAccountKinds } from '../../shared/model/account-kinds.ts'
import { parseCurrencyCode } from '../../shared/domain/currency.ts'
import { addDays, addMonths } from '../../shared/domain/iso-date.ts'
import { loadReadings } from '../../electron/core/analysis/account/search/pinyin-reading.ts'
import { seedVault } from '../../electron/core/handlers/seed-vault.ts'
import { createVault } from '../../electron/core/storage/create-vault.ts'
import { migrations } from '../../electron/core/storage/migrations/index.ts'
import { indexNextBlock } from '../../electron/core/storage/repositories/search-index-repository.ts'
import { openVault, type WritableVault } from '../../electron/core/storage/open-vault.ts'
import { cheapArgon2 } from '../support/temporary-vault.ts'
import { ACCOUNTS, BUSY_ACCOUNTS, FIRST_DAY, householdLines, LAST_DAY } from './household-rows.ts'
import { sequence } from './sample-data.ts'

/** Everyone may know it: the rows are invented. */
export const LARGE_VAULT_PASSPHRASE = 'correct horse battery staple'
const VERSION = 5
const FILE = 'bench.onebook'
const KEY = 'data-key.hex'

export interface LargeVault {
  readonly vault: WritableVault
  readonly path: string
  readonly dataKey: Buffer
  /** The day that the household's history ends on. */
  readonly today: typeof LAST_DAY
  /** Removes the copy; the vault must be closed. */
  remove(): void
  /** Closes the vault and removes the copy. */
  close(): Promise<void>
}

/** The first commit of what is measured would else wait until the system has written the whole copy. */
function copyDurably(from: string, to: string): void {
  copyFileSync(from, to)
  const file = openSync(to, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** As the vault writes decimals: no zeros at the end. */
const canonical = (value: number, digits: number): string => String(Number(value.toFixed(digits)))

function fillAccounts({ driver }: WritableVault): void {
  const insert = driver.prepare(
    `insert into accounts (id, name, kind, currency, opening_minor, opening_on, position, institution_id, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, 0)`,
  )
  const bank = driver.prepare(`insert into institutions (id, name, country, kind) values (?, ?, 'CN', 'bank')`)
  for (let id = 1; id <= 30; id += 1) bank.run(id, `示例银行 ${id}`)
  const kinds = allAccountKinds()
  for (let id = 1; id <= ACCOUNTS; id += 1) {
    const busy = ['checking', 'savings', 'credit-card', 'e-wallet'][id % 4] ?? 'checking'
    const kind = id <= BUSY_ACCOUNTS ? busy : (kinds[id % kinds.length]?.key ?? 'checking')
    const currency = id <= 100 ? 'CNY' : (['USD', 'EUR', 'HKD', 'JPY'][id % 4] ?? 'USD')
    insert.run(id, `示例账户 Account ${id}`, kind, currency, id * 100_000, FIRST_DAY, id, 1 + (id % 30))
  }
}

function fillRates({ driver }: WritableVault): void {
  const insert = driver.prepare(
    `insert into fx_rates (base, quote, as_of, rate, source) values ('EUR', ?, ?, ?, 'bench')`,
  )
  const next = sequence(3)
  for (let on = FIRST_DAY; on <= LAST_DAY; on = addDays(on, 1)) {
    for (const [quote, rate] of [
      ['CNY', 7.6],
      ['USD', 1.1],
      ['HKD', 8.5],
      ['JPY', 145],
    ] as const) {
      insert.run(quote, on, canonical(rate * (0.95 + next() / 10), 4))
    }
  }
}

function fillSecurities({ driver }: WritableVault): void {
  const security = driver.prepare(
    `insert into securities (id, symbol, name, class, currency) values (?, ?, ?, 'equity', 'CNY')`,
  )
  const price = driver.prepare(`insert into prices (security_id, as_of, price, currency) values (?, ?, ?, 'CNY')`)
  const line = driver.prepare(
    `insert into transactions (account_id, booked_on, amount_minor, kind, payee) values (?, ?, ?, 'buy', '示例证券')`,
  )
  const trade = driver.prepare(
    `insert into trades (transaction_id, account_id, security_id, booked_on, quantity, price) values (?, ?, ?, ?, ?, ?)`,
  )
  const next = sequence(5)
  const holders = driver.prepare(`select id from accounts where kind in ('brokerage', 'fund-account', 'retirement')`)
  const accounts = (holders.all() as { id: number }[]).map(({ id }) => id)
  for (let id = 1; id <= 100; id += 1) {
    security.run(id, `SAMPLE${id}`, `示例股票 ${id}`)
    let worth = 10 + next() * 90
    for (let month = FIRST_DAY, index = 0; month <= LAST_DAY; month = addMonths(month, 1), index += 1) {
      worth *= 0.97 + next() * 0.07
      price.run(id, month, canonical(worth, 3))
      const account = accounts[id % accounts.length]
      if (account === undefined || (index + id) % 12 !== 0) continue
      const units = 100 + Math.floor(next() * 9) * 100
      const { lastInsertRowid } = line.run(account, month, -Math.round(units * worth * 100))
      trade.run(lastInsertRowid, account, id, month, String(units), canonical(worth, 3))
    }
  }
}

function fillLines({ driver }: WritableVault, count: number): void {
  const categories = new Map(
    (driver.prepare('select key, id from categories').all() as { key: string; id: number }[]).map(({ key, id }) => [
      key,
      id,
    ]),
  )
  const insert = driver.prepare(
    `insert into transactions
       (account_id, booked_on, amount_minor, kind, payee, raw_payee, memo, category_id, category_source, notes, split_count)
     values (?, ?, ?, ?, ?, ?, ?, ?, 'user', ?, ?)`,
  )
  const transfer = driver.prepare('insert into transfers (from_transaction_id, to_transaction_id) values (?, ?)')
  const part = driver.prepare(
    'insert into splits (transaction_id, position, amount_minor, category_id) values (?, ?, ?, ?)',
  )
  const tag = driver.prepare('insert into transaction_tags (transaction_id, tag_id) values (?, ?)')
  const refund = driver.prepare(
    `insert into matches (kind, status, first_transaction_id, second_transaction_id, score, certain)
     values ('refund', 'confirmed', ?, ?, 20, 1)`,
  )
  for (let id = 1; id <= 20; id += 1)
    driver.prepare('insert into tags (id, name) values (?, ?)').run(id, `标签 tag ${id}`)
  const next = sequence(9)
  let row = 0
  for (const line of householdLines(count)) {
    row += 1
    const roll = next()
    const splitted = roll < 0.005 && line.transferTo === null
    const category = line.category === null || splitted ? null : (categories.get(line.category) ?? null)
    const add = (accountId: number, minor: number): number | bigint =>
      insert.run(
        accountId,
        line.on,
        minor,
        line.kind,
        line.payee,
        line.payee.toUpperCase(),
        line.memo,
        category,
        roll > 0.995 ? `备注 note ${row}` : '',
        splitted ? 2 : 0,
      ).lastInsertRowid
    const id = add(line.accountId, line.minor)
    if (line.transferTo !== null) {
      const other = add(line.transferTo, -line.minor)
      const [from, to] = line.minor < 0 ? [id, other] : [other, id]
      transfer.run(from, to)
    }
    if (splitted) {
      const first = Math.trunc(line.minor / 3)
      part.run(id, 0, first, categories.get('groceries'))
      part.run(id, 1, line.minor - first, categories.get('daily-goods'))
    }
    if (roll > 0.02 && roll < 0.04) tag.run(id, 1 + (row % 20))
    if (roll > 0.04 && roll < 0.042 && line.minor < 0 && line.transferTo === null) {
      refund.run(id, add(line.accountId, Math.round(-line.minor / 2)))
    }
  }
}

async function make(folder: string, count: number): Promise<void> {
  const path = join(folder, FILE)
  const created = await createVault({
    path,
    passphrase: LARGE_VAULT_PASSPHRASE,
    now: Date.UTC(2026, 10, 25),
    holder: 'test',
    argon2: cheapArgon2,
  })
  const vault = openVault({ path, dataKey: created.dataKey, access: 'write' })
  seedVault(vault, { baseCurrency: parseCurrencyCode('CNY') })
  vault.driver
    .transaction(() => {
      fillAccounts(vault)
      fillRates(vault)
      fillSecurities(vault)
      fillLines(vault, count)
    })
    .immediate()
  const readingOf = await loadReadings()
  while (indexNextBlock(vault, readingOf));
  vault.driver.exec('analyze')
  vault.driver.pragma('wal_checkpoint(TRUNCATE)')
  await vault.close()
  writeFileSync(join(folder, KEY), created.dataKey.toString('hex'), { mode: 0o600 })
}

/**
 * A copy, open for writing, of a vault with about so many transactions over fifteen years in 123 accounts: made once for
 * each schema, then kept in the system's temporary folder. Invented rows, a passphrase that everyone may know.
 */
export async function openLargeVault(transactions: number): Promise<LargeVault> {
  const facts = JSON.stringify([VERSION, transactions, Object.keys(migrations)])
  const key = createHash('sha256').update(facts).digest('hex').slice(0, 16)
  const kept = join(tmpdir(), 'onebook-bench', key)
  if (!existsSync(kept)) {
    mkdirSync(join(tmpdir(), 'onebook-bench'), { recursive: true })
    const making = mkdtempSync(join(tmpdir(), 'onebook-bench', 'making-'))
    await make(making, transactions)
    if (existsSync(kept)) rmSync(making, { recursive: true, force: true })
    else renameSync(making, kept)
  }
  const folder = mkdtempSync(join(tmpdir(), 'onebook-bench-copy-'))
  for (const name of readdirSync(kept)) copyDurably(join(kept, name), join(folder, name))
  const path = join(folder, FILE)
  const dataKey = Buffer.from(readFileSync(join(folder, KEY), 'utf8'), 'hex')
  const vault = openVault({ path, dataKey, access: 'write' })
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  return {
    vault,
    path,
    dataKey,
    today: LAST_DAY,
    remove,
    async close() {
      await vault.close()
      remove()
    },
  }
}
