import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type IsoDate, parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { createTemporaryVault, type TemporaryVault } from '../../../../test/support/temporary-vault.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { KnownLines } from './known-lines.ts'

/** Lines of an account by month: few, more than are read at once, and more than a first and a second reading takes. */
const MONTHS: readonly (readonly [IsoDate, number])[] = [
  [parseIsoDate('2026-01-31'), 3],
  [parseIsoDate('2026-02-28'), 200],
  [parseIsoDate('2026-03-01'), 1500],
]
/** Of each third line the account knows another meaning, too, of the day before. */
const ALIASED = 3

const lineOf = (on: IsoDate, line: number): Buffer => fingerprintOf(on, `line ${line}`)
const aliasOf = (on: IsoDate, line: number): Buffer => fingerprintOf(on, `alias ${line}`)

let temporary: TemporaryVault

beforeAll(async () => {
  temporary = await createTemporaryVault()
  const { driver } = temporary.vault
  driver.exec(`insert into accounts (id, name, kind, currency, created_at) values
    (1, 'A', 'checking', 'EUR', 0), (2, 'B', 'checking', 'EUR', 0), (3, 'C', 'checking', 'EUR', 0)`)
  const add = driver.prepare(
    `insert into transactions (id, account_id, booked_on, amount_minor, kind, fingerprint, ordinal)
     values (?, ?, ?, 1, 'payment', ?, ?)`,
  )
  const alias = driver.prepare(
    `insert into transaction_aliases (transaction_id, account_id, fingerprint, ordinal) values (?, 1, ?, ?)`,
  )
  let id = 0
  for (const account of [1, 2]) {
    for (const [on, count] of MONTHS) {
      for (let line = 0; line < count; line += 1) {
        id += 1
        // each second meaning is there twice
        add.run(id, account, on, lineOf(on, line - (line % 2)), line % 2)
        if (account === 1 && line % ALIASED === 0) alias.run(id, aliasOf(on, line), 1)
      }
    }
  }
})
afterAll(() => temporary.close())

/** The number of a line as the vault was filled above. */
function idOf(account: number, month: number, line: number): number | undefined {
  const count = MONTHS[month]?.[1] ?? 0
  if (line >= count) return undefined
  const before = MONTHS.slice(0, month).reduce((sum, [, lines]) => sum + lines, 0)
  return (account - 1) * 1703 + before + line + 1
}

describe('the lines that an account holds', () => {
  it('are found by their meanings and ordinals, in whatever order and however often they are asked for', () => {
    const question = fc.tuple(fc.nat(MONTHS.length - 1), fc.nat(1600), fc.boolean())
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 3),
        fc.array(question, { minLength: 1, maxLength: 400, size: 'max' }),
        (account, asked) => {
          const lines = new KnownLines(temporary.vault, account)
          for (const [month, line, isAlias] of asked) {
            const on = MONTHS[month]?.[0] ?? parseIsoDate('2026-01-01')
            const held = account === 3 ? undefined : idOf(account, month, line)
            const isKnown = !isAlias || (account === 1 && line % ALIASED === 0)
            const [meaning, ordinal] = isAlias ? [aliasOf(on, line), 1] : [lineOf(on, line - (line % 2)), line % 2]
            expect(lines.find(meaning, ordinal)).toBe(isKnown ? held : undefined)
            expect(lines.find(meaning, ordinal + 2)).toBeUndefined()
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('are those of one account alone, and a line is found by its own meaning before another that is known by it', () => {
    const { driver } = temporary.vault
    const on = parseIsoDate('2026-02-28')
    // what line 2 means, line 5 is known by, too
    driver
      .prepare(
        `insert into transaction_aliases (id, transaction_id, account_id, fingerprint, ordinal) values (9999, ?, 1, ?, 0)`,
      )
      .run(idOf(1, 1, 5), lineOf(on, 2))
    try {
      const lines = new KnownLines(temporary.vault, 1)
      for (let time = 0; time < 40; time += 1) expect(lines.find(lineOf(on, 2), 0)).toBe(idOf(1, 1, 2))
      expect(new KnownLines(temporary.vault, 2).find(lineOf(on, 2), 0)).toBe(idOf(2, 1, 2))
    } finally {
      driver.exec('delete from transaction_aliases where id = 9999')
    }
  })
})
