import type { ParsedAccount } from '../importer.ts'
import { foldWord } from './fold.ts'
import type { DocumentLine } from './lines.ts'
import { isMoney } from './settlement-figures.ts'
import { balanceWordOf, columnsOf } from './statement-rows.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'

/** The rows of one account within a statement, with what the document calls the account. */
export interface Span {
  readonly lines: readonly DocumentLine[]
  readonly account: Pick<ParsedAccount, 'name' | 'number'> | undefined
}

const LONGEST_TITLE = 14
/** How far above its opening balance an account's name may stand, and how many words it has. */
const HEADING_LINES = 5
const MOST_WORDS = 20
const NAME_WORDS = 4

interface Listed {
  readonly folded: readonly string[]
  readonly name: string
  readonly number: string | undefined
}

const foldedWords = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).flatMap((word) => foldWord(word) || [])

/** The text of a line in front of its figures. */
function nameIn(line: DocumentLine): string {
  const first = line.figures[0]?.start ?? line.text.length
  return line.text.slice(0, first).trim()
}

/** Accounts that an overview lists with their balances: name, number, sum. */
function listedIn(lines: readonly DocumentLine[]): Listed[] {
  return lines.flatMap((line): Listed[] => {
    if (line.words.length > LONGEST_TITLE || !line.figures.some(isMoney) || balanceWordOf(line, 0) !== null) return []
    const name = nameIn(line)
    const folded = foldedWords(name)
    if (!/\p{L}{3}/u.test(name) || folded.length > NAME_WORDS) return []
    const iban = line.figures.find((figure) => figure.type === 'iban')
    return [{ folded, name, number: iban?.type === 'iban' ? iban.value : undefined }]
  })
}

/** The account that the lines above an opening balance name: one of the overview's, else by its first words. */
function accountAbove(lines: readonly DocumentLine[], at: number, listed: readonly Listed[]): Span['account'] {
  const above = lines
    .slice(Math.max(0, at - HEADING_LINES), at)
    .toReversed()
    .filter((line) => columnsOf(line) === null && balanceWordOf(line, 0) === null)
  for (const line of above) {
    const words = foldedWords(line.text)
    const known = listed.find(({ folded }) => folded.every((word, index) => words[index] === word))
    if (known !== undefined)
      return { name: known.name, ...(known.number === undefined ? {} : { number: known.number }) }
  }
  for (const line of above) {
    const name = nameIn(line).split(/\s+/).slice(0, NAME_WORDS).join(' ')
    if (/\p{L}{3}/u.test(name) && line.words.length <= MOST_WORDS) return { name }
  }
  return undefined
}

/**
 * The parts of a statement for several accounts: a new one begins with an opening balance behind a closing one, unless
 * it only carries that one over to the next page. One part where not all of them have a name.
 */
export function spansOf(lines: readonly DocumentLine[]): readonly Span[] {
  const starts: { at: number; account: Span['account'] }[] = []
  let closed: Decimal | null = null
  let listed: readonly Listed[] | null = null
  for (const [at, line] of lines.entries()) {
    if (line.words.length > LONGEST_TITLE) continue
    const money = line.figures.findLast(isMoney)
    if (money === undefined) continue
    const word = balanceWordOf(line, 0)
    if (word === 'closing') closed = money.value
    else if (word === 'opening' && (closed !== null || starts.length === 0)) {
      listed ??= listedIn(lines.slice(0, at))
      const account = accountAbove(lines, at, listed)
      const isKnown = listed.some(({ name }) => name === account?.name)
      if (starts.length === 0) starts.push({ at: 0, account: isKnown ? account : undefined })
      else if (isKnown || money.value !== closed) starts.push({ at, account })
      closed = null
    }
  }
  const whole = [{ lines, account: undefined }]
  if (starts.length < 2 || starts.slice(1).some(({ account }) => account === undefined)) return whole
  return starts.map(({ at, account }, index) => ({ lines: lines.slice(at, starts[index + 1]?.at), account }))
}
