import words from '../../../../resources/document-words.json' with { type: 'json' }
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { readAmount } from '../delimited/amount-text.ts'
import { type DateOrder, parseDateText } from '../delimited/date-text.ts'
import { currencyFromText } from '../delimited/header-vocabulary.ts'
import { foldPhrase } from '../delimited/vocabulary-text.ts'
import type { ParsedItem } from '../importer.ts'
import { decimalMarkOf } from '../text/number-text.ts'
import { accountNumberIn } from './account-headings.ts'
import { beginsWith } from './document-words.ts'
import { orderOf, statementTime } from './infer-years.ts'
import type { Token } from './line-tokens.ts'
import type { OutsideLine } from './read-tables.ts'

/** Documents that state what they state in single lines: a slip of pay, an account's balance. */

const folded = (list: readonly string[]): readonly string[] => list.map(foldPhrase)
const slip = {
  title: folded(words.paySlip.title),
  date: folded(words.paySlip.date),
  net: folded(words.paySlip.net),
}
const statementWords = folded(words.statement.any)

interface Labelled {
  readonly label: string
  readonly token: Token
}

/** The line's first sum or day with the words before it. */
function labelled(tokens: readonly Token[], fits: (token: Token) => boolean): Labelled | null {
  const at = tokens.findIndex(fits)
  const token = tokens[at]
  if (token === undefined) return null
  const label = tokens
    .slice(0, at)
    .map(({ text }) => text)
    .join(' ')
  return { label, token }
}

const isSum = ({ amount, date }: Token): boolean => amount && date === null
const isDay = ({ date }: Token): boolean => date === 'full'

function amountOf({ text }: Token): Decimal | null {
  const mark = decimalMarkOf(text)
  return readAmount(text, mark === ',' ? ',' : '.')
}

function currencyOf({ text }: Token): ReturnType<typeof currencyFromText> {
  const affix = text.replaceAll(/[\d.,\s'’+\-−–()]+/g, '')
  return affix === '' ? null : currencyFromText(affix)
}

const MASKED = /^[xX*•]{4,}\d{2,6}$/

/** The one account that pay went to, where the slip names one. */
function paidInto(lines: readonly OutsideLine[]): string | undefined {
  const found = new Set(lines.flatMap(({ line }) => line.text.split(' ').filter((word) => MASKED.test(word))))
  const [only] = found
  return found.size === 1 ? only : undefined
}

function* paySlip(
  lines: readonly OutsideLine[],
  order: DateOrder,
  thisYear: number,
): Generator<ParsedItem, void, void> {
  const title = lines.find(({ line }) => slip.title.some((phrase) => foldPhrase(line.text).startsWith(phrase)))
  if (title === undefined) return
  let paidOn: IsoDate | undefined
  let net: Token | undefined
  for (const { tokens } of lines) {
    const day = labelled(tokens, isDay)
    if (paidOn === undefined && day !== null && slip.date.includes(foldPhrase(day.label))) {
      paidOn = parseDateText(day.token.text, order, thisYear)?.date
    }
    const sum = labelled(tokens, isSum)
    if (net === undefined && sum !== null && slip.net.includes(foldPhrase(sum.label))) net = sum.token
  }
  const amount = net === undefined ? null : amountOf(net)
  if (paidOn === undefined || net === undefined || amount === null) return
  const number = paidInto(lines)
  const employer = lines[0]?.line.text
  yield {
    type: 'statement',
    statement: 0,
    account: number === undefined ? {} : { number },
    currency: currencyOf(net),
  }
  yield {
    type: 'transaction',
    statement: 0,
    record: title.record,
    transaction: {
      date: paidOn,
      amount,
      kind: 'deposit',
      ...(employer === undefined || employer === title.line.text ? {} : { payee: employer }),
      memo: title.line.text,
    },
  }
}

function* balanceAlone(
  lines: readonly OutsideLine[],
  order: DateOrder,
  thisYear: number,
): Generator<ParsedItem, void, void> {
  const text = ` ${lines.map(({ line }) => foldPhrase(line.text)).join(' ')} `
  if (!statementWords.some((word) => (word.charCodeAt(0) >= 0x2e80 ? text.includes(word) : text.includes(` ${word} `))))
    return
  const stated = lines.flatMap(({ record, tokens }) => {
    const sum = labelled(tokens, isSum)
    return sum !== null && beginsWith('balance', sum.label) ? [{ record, token: sum.token }] : []
  })
  const [only] = stated
  const amount = only === undefined || stated.length > 1 ? null : amountOf(only.token)
  if (only === undefined || amount === null) return
  const time = statementTime(
    lines.map(({ line, tokens }) => ({ text: line.text, tokens })),
    order,
    thisYear,
  )
  const number = lines.map(({ line }) => accountNumberIn(line.text)).find((found) => found !== null)
  yield {
    type: 'statement',
    statement: 0,
    account: number === undefined || number === null ? {} : { number },
    currency: currencyOf(only.token),
  }
  yield { type: 'balance', statement: 0, kind: 'closing', amount, on: time.to ?? time.near }
  yield {
    type: 'skipped',
    record: only.record,
    reason: { code: 'balance-row', message: 'The row states a balance, not a transaction.' },
  }
}

/** What a document without a table states: pay with its day, or the balance of an account. Nothing where it is neither. */
export function* readWithoutTable(lines: readonly OutsideLine[], thisYear: number): Generator<ParsedItem, void, void> {
  const told = lines.flatMap(({ tokens }) => tokens.flatMap((token) => (token.date === 'full' ? token.text : [])))
  // "$" and a day that could stand first or second: as it is written where dollars are paid
  const dollars = lines.some(({ line }) => /(?:^|[^A-Za-z])\$/.test(line.text))
  const { order: byEvidence } = orderOf(told)
  const order =
    byEvidence === 'dmy' && dollars && !told.some((text) => /^(?:1[3-9]|2\d|3[01])[-./]/.test(text))
      ? 'mdy'
      : byEvidence
  let given = false
  for (const item of paySlip(lines, order, thisYear)) {
    given = true
    yield item
  }
  if (!given) yield* balanceAlone(lines, order, thisYear)
}
