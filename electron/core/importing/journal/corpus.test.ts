import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addDecimal, type Decimal, roundDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import { balancesBy, type Balances, hasProgram, withoutZeros } from '../../../../test/support/journal-programs.ts'
import { bytesSource } from '../text/decode.ts'
import { detectEncoding } from '../text/encoding.ts'
import { balanceEntry, RunningBalances } from './balance-entry.ts'
import { BeancountReader } from './beancount-reader.ts'
import { JournalCommodities } from './journal-commodities.ts'
import { LedgerReader } from './ledger-reader.ts'

/** Journals of other projects' examples, held to the programs that they were written for. */

const corpus = join(process.cwd(), '../shared/corpus/statements')
const isHere = existsSync(corpus)
const files = (folder: string): string[] =>
  isHere
    ? readdirSync(join(corpus, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(?:ledger|dat|journal|beancount)$/.test(name))
        .toSorted()
        .map((name) => join(corpus, folder, name))
    : []

/** Our sums of every posting, by "account commodity". */
function ownBalances(path: string): Balances {
  const bytes = readFileSync(path)
  const source = bytesSource(path, bytes)
  const encoding = detectEncoding(source)
  const commodities = new JournalCommodities(bytes.toString('utf8', 0, 65_536))
  const running = new RunningBalances()
  const sums = new Map<string, Decimal>()
  const reader = path.endsWith('.beancount')
    ? new BeancountReader(source, encoding)
    : new LedgerReader(source, encoding, { mark: '.', year: 2026, seen: null })
  for (const event of reader.read()) {
    if (event.type === 'failed') throw new Error(`${event.record}: ${event.reason.message}`)
    if (event.type !== 'entry') continue
    for (const { account, amount } of balanceEntry(event.entry, commodities, running).amounts) {
      const key = `${account} ${amount.commodity}`
      sums.set(key, addDecimal(sums.get(key) ?? ZERO, amount.quantity))
    }
  }
  return withoutZeros(sums)
}

function readBy(program: 'hledger' | 'ledger' | 'bean-check', path: string): Balances | null {
  try {
    return balancesBy(program, path)
  } catch {
    return null
  }
}

const hasBoth = hasProgram('ledger') && hasProgram('hledger')

describe.skipIf(!isHere || !hasBoth)('journals of the corpus (only where it and the programs are)', () => {
  it.each(files('journal'))('%s: every account holds what ledger or hledger says', { timeout: 60_000 }, (path) => {
    const text = readFileSync(path, 'utf8')
    const theirs = [readBy('ledger', path), readBy('hledger', path)].filter((balances) => balances !== null)
    // units that stand for one another (C) are converted by ledger; included files are not this file's entries
    const isComparable = theirs.length > 0 && !/^(?:C |include |!include )/m.test(text)
    const ours = ownBalances(path)
    const match = theirs.find((balances) => sameBalances(balances, ours))
    expect(isComparable && match === undefined ? theirs : []).toEqual([])
  })
})

/** Programs print balances with as many digits as the commodity is shown with: ours are rounded alike. */
function sameBalances(theirs: Balances, ours: Balances): boolean {
  if (theirs.size !== ours.size) return false
  return [...theirs].every(([key, amount]) => {
    const [, digits = ''] = amount.split('.')
    const own = ours.get(key)
    return own !== undefined && roundDecimal(own, digits.length) === amount
  })
}

it.skipIf(isHere && hasBoth)(
  'the corpus or ledger and hledger are not on this machine: its journals were not tried',
  () => {
    expect(isHere && hasBoth).toBe(false)
  },
)
