import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dataHandlers } from '../../../electron/core/handlers/data-handlers.ts'
import { createDispatcher } from '../../../electron/core/dispatcher.ts'
import { verifyVault } from '../../../electron/core/storage/verify-vault.ts'
import type { CallOf, ChannelName, OutputOf } from '../../../shared/ipc/contract.ts'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { type LargeVault, openLargeVault } from '../../bench/million.ts'
import { csvRows, hasProgram } from '../../support/journal-programs.ts'
import { ImportStand } from '../../support/import-stand.ts'

/**
 * The long-history household: fifteen years in 123 accounts, a hundredth of the million rows. Its rows are written as a
 * journal by this test, apart from Onebook's own export, and hledger says what they come to; Onebook must agree on every
 * account at the end of every year, and on every category of every year. Yuan only: rates are another test's matter.
 */
const LINES = 10_000
const YEARS = Array.from({ length: 15 }, (_, index) => 2012 + index)

interface Row {
  readonly id: number
  readonly account: number
  readonly on: string
  readonly minor: number
  readonly category: string | null
  readonly partner: number | null
  readonly purchaseCategory: string | null
  readonly kind: string
  readonly split: number
}
interface Part {
  readonly transaction: number
  readonly minor: number
  readonly category: string | null
}

const withHledger = hasProgram('hledger')
let large: LargeVault
let folder: string
let accounts: number[]

const yuan = (minor: number): string => `${(minor / 100).toFixed(2)} CNY`

/** Every row with its other side: the account of the other half, the category, or what nothing is known of. */
function journal(): string {
  const { driver } = large.vault
  const openings = driver
    .prepare(`select id, opening_minor as minor, opening_on as day from accounts where currency = 'CNY' order by id`)
    .all() as { id: number; minor: number; day: string }[]
  const rows = driver
    .prepare(
      `select t.id, t.account_id as account, booked_on as "on", amount_minor as minor, c.key as category, t.kind,
         coalesce(o.to_transaction_id, i.from_transaction_id) as partner, split_count as split,
         (select pc.key from matches m join transactions p on p.id = m.first_transaction_id
            join categories pc on pc.id = p.category_id
            where m.second_transaction_id = t.id and m.kind = 'refund' and m.status = 'confirmed') as purchaseCategory
       from transactions t join accounts a on a.id = t.account_id and a.currency = 'CNY'
       left join categories c on c.id = t.category_id
       left join transfers o on o.from_transaction_id = t.id left join transfers i on i.to_transaction_id = t.id
       order by t.id`,
    )
    .all() as Row[]
  const parts = Map.groupBy(
    driver
      .prepare(
        `select transaction_id as "transaction", amount_minor as minor, c.key as category
         from splits left join categories c on c.id = category_id`,
      )
      .all() as Part[],
    ({ transaction }) => transaction,
  )
  const text = openings.map(({ id, minor, day }) => `${day} opening\n  account:${id}  ${yuan(minor)}\n  opening\n`)
  for (const { id, account, on, minor, category, kind, partner, purchaseCategory, split } of rows) {
    const others =
      split > 0
        ? (parts.get(id) ?? []).map((part) => `  category:${part.category ?? 'none'}  ${yuan(-part.minor)}`)
        : [
            partner !== null
              ? '  transit'
              : kind === 'buy'
                ? '  trades'
                : `  category:${purchaseCategory ?? category ?? 'none'}`,
          ]
    text.push(`${on} row ${id}\n  account:${account}  ${yuan(minor)}\n${others.join('\n')}\n`)
  }
  return text.join('\n')
}

/** hledger's answer as amounts in fen, by account and year; the columns of its table are the years. */
function asked(path: string, ...args: readonly string[]): Map<string, number[]> {
  const text = execFileSync('hledger', ['-f', path, 'balance', ...args, '--yearly', '--no-total', '-O', 'csv'], {
    encoding: 'utf8',
    maxBuffer: 100_000_000,
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })
  const [head = [], ...rows] = csvRows(text)
  const columns = YEARS.map((year) => head.findIndex((name) => name.includes(String(year))))
  return new Map(
    rows.map((cells) => [
      cells[0] ?? '',
      columns.map((column) => Math.round(Number((cells[column] ?? '0').replaceAll(/[^\d.-]/g, '')) * 100) + 0),
    ]),
  )
}

const stand = () => new ImportStand(large.vault).context
const dispatch = createDispatcher(dataHandlers, { write: () => undefined })
async function call<N extends ChannelName>(channel: N, input: CallOf<N>, today = large.today): Promise<OutputOf<N>> {
  const context = stand()
  const reply = await dispatch(channel, input, { ...context, clock: { ...context.clock, today: () => today } })
  if (!reply.ok) throw new Error(`${channel}: ${reply.error.code}: ${reply.error.message}`)
  return reply.value as OutputOf<N>
}

beforeAll(async () => {
  large = await openLargeVault(LINES)
  folder = mkdtempSync(join(tmpdir(), 'onebook-history-'))
  accounts = large.vault.driver
    .prepare(`select id from accounts where currency = 'CNY' order by id`)
    .pluck()
    .all() as number[]
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await large.close()
})

describe('fifteen years', () => {
  it('hold together: every kept figure is what the rows come to', async () => {
    expect((await verifyVault(large.vault)).filter(({ ok }) => !ok)).toEqual([])
  })

  it.runIf(withHledger)(
    'hold what hledger says, each account at the end of each year',
    async () => {
      const path = join(folder, 'accounts.journal')
      writeFileSync(path, journal())
      const wanted = asked(path, 'account:', '--historical', '--end', '2027')
      expect(wanted.size).toBeGreaterThan(90)
      const { driver } = large.vault
      // holdings have prices; their cash is what the rows say
      const valued = new Set(driver.prepare('select distinct account_id from trades').pluck().all() as number[])
      const wrong: string[] = []
      let compared = 0
      for (const id of accounts) {
        if (valued.has(id)) continue
        const known = wanted.get(`account:${id}`) ?? YEARS.map(() => 0)
        for (const [index, year] of YEARS.entries()) {
          const last = parseIsoDate(`${year}-12-31`)
          const { points } = await call('account.history', { id, range: '1m' }, last)
          const { on, minor } = points.at(-1) ?? { on: null, minor: null }
          compared += 1
          if (on !== last || minor !== known[index]) wrong.push(`${id} in ${year}: ${minor}, hledger ${known[index]}`)
        }
      }
      expect(compared).toBeGreaterThan(80 * YEARS.length)
      expect(wrong).toEqual([])
      // the same through net worth, where every account counts: the sum of all that hold no securities
      const closing = await call('account.list', {})
      for (const account of closing) {
        if (valued.has(account.id) || account.currency !== 'CNY') continue
        expect([account.id, account.balance.minor]).toEqual([
          account.id,
          wanted.get(`account:${account.id}`)?.at(-1) ?? 0,
        ])
      }
    },
    120_000,
  )

  it.runIf(withHledger)(
    'were spent and earned as hledger says, each category in each year',
    async () => {
      const path = join(folder, 'categories.journal')
      writeFileSync(path, journal())
      const wanted = asked(path, 'category:', '--end', '2027')
      const categories = await call('category.list', {})
      const wrong: string[] = []
      let compared = 0
      for (const [index, year] of YEARS.entries()) {
        const report = await call('flow.report', {
          from: `${year}-01-01`,
          to: `${year}-12-31`,
          group: 'year',
          filter: { accountIds: accounts },
        })
        for (const { key, id, kind } of categories) {
          if (kind === 'transfer' || key === null) continue
          const found = report.categories.filter(({ categoryId }) => categoryId === id)
          // income is a credit of the category, so negative in a journal
          const told = found.reduce((sum, { flow, minor }) => sum + (flow === 'income' ? -minor : minor), 0)
          const due = wanted.get(`category:${key}`)?.[index] ?? 0
          if (due !== 0) compared += 1
          if (told !== due) wrong.push(`${key} in ${year}: ${told}, hledger ${due}`)
        }
      }
      expect(compared).toBeGreaterThan(200)
      expect(wrong).toEqual([])
    },
    120_000,
  )
})
