import { execFileSync } from 'node:child_process'
import { addDecimal, type Decimal, parseDecimal, ZERO } from '../../shared/domain/decimal.ts'

/** The real programs that read journals, where this machine has them. */

export type JournalProgram = 'bean-check' | 'hledger' | 'ledger'

/** Whether the program can be run here. */
export function hasProgram(program: JournalProgram): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export type Balances = Map<string, Decimal>

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 500_000_000,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8' },
  })
}

/** Rows of CSV as these programs print it: quoted with doubled (ledger: escaped) quotes, or bare. */
export function csvRows(text: string): string[][] {
  return text
    .split(/\r?\n/)
    .filter((row) => row.trim() !== '')
    .map((row) => {
      const cells = row.match(/("(?:[^"\\]|""|\\.)*"|[^,]*)(,|$)/g) ?? []
      return cells.map((cell) =>
        cell
          .replace(/,$/, '')
          .replace(/^"(.*)"$/, '$1')
          .trim(),
      )
    })
}

function summed(rows: Iterable<readonly [account: string, commodity: string, amount: string]>): Balances {
  const balances: Balances = new Map()
  for (const [account, commodity, amount] of rows) {
    const key = `${account} ${commodity.replaceAll(/["\\]/g, '')}`
    balances.set(key, addDecimal(balances.get(key) ?? ZERO, parseDecimal(amount)))
  }
  return withoutZeros(balances)
}

export function withoutZeros(balances: Balances): Balances {
  return new Map([...balances].filter(([, amount]) => amount !== ZERO).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What the program says that a journal's accounts hold, by "account commodity"; throws with its words for a fault. */
export function balancesBy(program: JournalProgram, path: string): Balances {
  if (program === 'bean-check') {
    run('bean-check', ['--no-cache', path])
    // sums are printed rounded, so the postings are added up here
    const query = 'select account, currency, str(number) as amount'
    const rows = csvRows(run('bean-query', ['--no-errors', '-f', 'csv', path, query])).slice(1)
    return summed(
      rows.map(([account = '', currency = '', text = '']) => {
        return [account, currency, text.replace(/^Decimal\('(.*)'\)$/, '$1')] as const
      }),
    )
  }
  if (program === 'hledger') {
    const text = run('hledger', ['-f', path, 'balance', '--flat', '--no-total', '--layout=bare', '-O', 'csv'])
    const rows = csvRows(text).slice(1)
    return summed(rows.map(([account = '', commodity = '', total = '0']) => [account, commodity, total] as const))
  }
  const rows = csvRows(run('ledger', ['--args-only', '--pedantic', '-f', path, 'csv']))
  return summed(rows.map(([, , , account = '', commodity = '', amount = '0']) => [account, commodity, amount] as const))
}

/** What hledger says that accounts of a name hold at the end of the day before, by "account commodity". */
export function balancesBefore(path: string, day: string, accounts: string): Balances {
  const layout = ['--flat', '--no-total', '--layout=bare', '-O', 'csv']
  const rows = csvRows(run('hledger', ['-f', path, 'balance', accounts, '--end', day, ...layout])).slice(1)
  return summed(rows.map(([account = '', commodity = '', total = '0']) => [account, commodity, total] as const))
}

/** The line of the first stated balance that hledger finds not to hold; null where all hold. Throws for any other fault. */
export function brokenAssertionBy(path: string): number | null {
  try {
    run('hledger', ['-f', path, 'check', 'assertions'])
    return null
  } catch (error) {
    const words = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
    // as of 1.2x "(line 11, column 27)", since then "book.journal:11:"
    const line = /balance assertion/i.test(words) ? /line (\d+)|\.journal:(\d+)/.exec(words) : null
    if (line === null) throw error
    return Number(line[1] ?? line[2])
  }
}
