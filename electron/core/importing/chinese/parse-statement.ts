import { type CurrencyCode, isCurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  negateDecimal,
  signOfDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import {
  type ByteSource,
  type Finding,
  ImportRejection,
  type ParsedAccount,
  type ParsedItem,
  type ParsedTransaction,
} from '../importer.ts'
import type { TableReader } from '../table/table-reader.ts'
import { parseNumberText } from '../text/number-text.ts'
import { BalanceChain } from './balance-chain.ts'
import { openStatement } from './open-statement.ts'
import { accountOfMethod, type Platform, walletOf } from './payment-method.ts'
import { currencyOf, institutionIn } from './preamble.ts'
import { directionOf, parseAmountCell, type RowView } from './row-view.ts'
import { settleRow, type Settlement } from './settle-row.ts'
import { Survey } from './survey.ts'
import { walkTable } from './walk-table.ts'

type Moved = Extract<Settlement, { type: 'moved' }>

interface OpenStatement {
  readonly number: number
  readonly chain: BalanceChain
}

interface Tally {
  rows: number
  readonly counts: Map<'in' | 'out' | 'neutral', { count: number; sum: Decimal }>
  guesses: number
  firstGuess: number
}

const PROGRESS_EVERY = 2000
const SERVICE_FEE = /服务费\s*[¥￥]?\s*([\d.,]+)/u

/** Statements opened so far: one for each account and currency that rows belong to. */
class Statements {
  readonly #open = new Map<string, OpenStatement>()

  all(): Iterable<OpenStatement> {
    return this.#open.values()
  }

  *find(account: ParsedAccount, currency: CurrencyCode): Generator<ParsedItem, OpenStatement, void> {
    const key = [account.institution, account.name, account.number, currency].join('\u0000')
    const known = this.#open.get(key)
    if (known !== undefined) return known
    const statement = { number: this.#open.size, chain: new BalanceChain() }
    this.#open.set(key, statement)
    yield { type: 'statement', statement: statement.number, account, currency }
    return statement
  }
}

function platformOf(row: RowView, survey: Survey): Platform {
  return { institution: row.layout.profile.institution, owner: survey.preamble.number ?? survey.preamble.holder }
}

/** The account a row belongs to: by its means of payment, its account column, its card, or the statement's own words. */
function accountOf(row: RowView, settlement: Moved, survey: Survey, context: string): ParsedAccount {
  const { profile } = row.layout
  const { preamble } = survey
  if (row.has('method') || profile.amount === 'magnitude') {
    const platform = platformOf(row, survey)
    if (settlement.account !== '') return accountOfMethod(settlement.account, platform)
    return walletOf(profile.wallet ?? '未注明', profile.kind, platform)
  }
  const named = row.get('account') || row.get('account-from')
  if (named !== '') {
    // A bookkeeping program's accounts have names of the user's choice.
    return { name: named }
  }
  const institution = institutionIn(`${preamble.text}\n${context}`) ?? profile.institution
  const card = row.get('card').replace(/^['"]+|['"]+$/g, '')
  const number = card === '' ? preamble.number : card
  const isCard = row.layout.isCard || /信用卡|贷记卡/u.test(preamble.accountType ?? '')
  const kind = isCard
    ? 'credit-card'
    : (profile.kind ?? (/借记|储蓄|活期|checking/iu.test(preamble.accountType ?? '') ? 'checking' : undefined))
  return {
    ...(number === undefined ? {} : { number }),
    ...(preamble.alias === undefined ? {} : { name: preamble.alias }),
    ...(profile.institution === undefined && institution === undefined
      ? {}
      : { institution: profile.institution ?? institution ?? '' }),
    ...(kind === undefined ? {} : { kind }),
  }
}

function currencyOfRow(row: RowView, survey: Survey): CurrencyCode | null {
  const stated = row.all('currency')
  for (const text of stated) {
    const code = currencyOf(text)
    if (code !== null) return code
  }
  if (stated.length > 0 && /^[a-z]{3}$/iu.test(stated[0] ?? '')) return null
  const prefix = /^([A-Z]{3})\s*[-+]?\d/.exec(row.get('amount'))?.[1]
  if (prefix !== undefined && isCurrencyCode(prefix)) return prefix
  const { currency } = row.layout.profile
  return survey.preamble.currency ?? (isCurrencyCode(currency) ? currency : null)
}

function originalOf(row: RowView, amount: Decimal, currency: CurrencyCode): ParsedTransaction['original'] {
  const other = currencyOf(row.get('original-currency'))
  const size = parseAmountCell(row.get('original-amount'))?.value
  if (other === null || other === currency || size === undefined) return undefined
  const magnitude = absoluteDecimal(size)
  return { amount: signOfDecimal(amount) < 0 ? negateDecimal(magnitude) : magnitude, currency: other }
}

function transactionOf(
  row: RowView,
  settlement: Moved,
  moments: Exclude<ReturnType<RowView['moments']>, string>,
  currency: CurrencyCode,
  platform: Platform,
): ParsedTransaction {
  const { booked, trade } = moments
  const isWallet = row.layout.profile.amount === 'magnitude'
  const notes = row.all('note')
  const items = row.all('item')
  const type = row.get('type')
  const lines = [...items, ...notes, settlement.remark, ...settlement.promotions]
  // A wallet's type ("扫二维码付款") says little beside the goods; a bank's ("网上快捷支付") is what the line is about.
  if (type !== '' && (!isWallet || items.length === 0) && directionOf(type) === null) lines.unshift(type)
  const charge = isWallet ? parseNumberText(row.get('fee'), '.') : null
  if (charge !== null && charge !== ZERO) lines.push(`服务费 ${charge}`)
  const memo = [...new Set(lines.filter((line) => line !== ''))].join(' · ')
  const category = [row.get('category'), row.get('subcategory')].filter((part) => part !== '').join(':')
  const reference = row.get('reference')
  const payee = row.get('payee')
  const counterparty = row.get('counterparty')
  const balance = row.has('balance') ? parseNumberText(row.get('balance'), '.') : null
  const fee = isWallet ? parseNumberText(SERVICE_FEE.exec(notes.join(' '))?.[1] ?? '', '.') : null
  const original = originalOf(row, settlement.amount, currency)
  const other = settlement.transferAccount
  const transferAccount = other === undefined || !isWallet ? other : accountOfMethod(other, platform).name
  return {
    date: booked.date,
    ...(booked.time === undefined ? {} : { time: booked.time }),
    ...(trade === null ? {} : { valueDate: trade.date }),
    amount: settlement.amount,
    kind: settlement.kind,
    ...(settlement.isPending ? { status: 'pending' as const } : {}),
    ...(payee === '' ? {} : { payee }),
    ...(memo === '' ? {} : { memo }),
    ...(reference === '' || /^0+$/.test(reference) ? {} : { reference }),
    ...(counterparty === '' ? {} : { counterparty }),
    ...(category === '' ? {} : { category }),
    ...(transferAccount === undefined ? {} : { transferAccount }),
    ...(balance === null ? {} : { balance }),
    ...(fee === null || fee === ZERO ? {} : { fee: absoluteDecimal(fee) }),
    ...(original === undefined ? {} : { original }),
  }
}

function count(tally: Tally, row: RowView): void {
  tally.rows += 1
  const { direction } = row
  if (direction === null) return
  const counted = tally.counts.get(direction) ?? { count: 0, sum: ZERO }
  const size = absoluteDecimal(parseAmountCell(row.get('amount'))?.value ?? ZERO)
  tally.counts.set(direction, { count: counted.count + 1, sum: addDecimal(counted.sum, size) })
}

const DIRECTION_NAMES = { in: '收入', out: '支出', neutral: '不计收支' }

/** Compares what the bill says it holds with what was found in it. */
function* totalsFindings(survey: Survey, tally: Tally): Generator<Finding, void, void> {
  const { preamble } = survey
  const wrongCounts: string[] = []
  const wrongSums: string[] = []
  if (preamble.count !== null && preamble.count !== tally.rows) {
    wrongCounts.push(`the file says ${preamble.count} records and holds ${tally.rows}`)
  }
  for (const [direction, stated] of preamble.totals) {
    const found = tally.counts.get(direction) ?? { count: 0, sum: ZERO }
    if (found.count !== stated.count) {
      wrongCounts.push(`${DIRECTION_NAMES[direction]}: ${stated.count} stated, ${found.count} found`)
    } else if (stated.sum !== null && stated.sum !== found.sum) {
      wrongSums.push(`${DIRECTION_NAMES[direction]}: ${stated.sum} stated, ${found.sum} found`)
    }
  }
  if (wrongCounts.length > 0) {
    yield {
      severity: 'warning',
      code: 'count-mismatch',
      message: `The totals in the file do not match its rows (${wrongCounts.join('; ')}). The file may be incomplete.`,
      values: { details: wrongCounts.join('; ') },
    }
  }
  if (wrongSums.length > 0) {
    // Wallets count refunds and discounts by rules of their own and say so; a difference alone proves nothing.
    yield {
      severity: 'info',
      code: 'count-mismatch',
      message: `Sums stated in the file differ from those of its rows (${wrongSums.join('; ')}).`,
      values: { details: wrongSums.join('; ') },
    }
  }
}

function* parseRow(
  row: RowView,
  survey: Survey,
  statements: Statements,
  tally: Tally,
  context: string,
): Generator<ParsedItem, void, void> {
  const { record } = row
  count(tally, row)
  const moments = row.moments(survey.preamble.yearContext)
  if (typeof moments === 'string') {
    const text = row.get('booked') || row.get('date') || row.get('moment')
    const message = moments === 'missing' ? 'The row has no date.' : `"${text.slice(0, 40)}" is not a date.`
    yield { type: 'failed', record, reason: { code: moments === 'missing' ? 'missing-date' : 'bad-date', message } }
    return
  }
  const settlement = settleRow(row, survey)
  if (settlement.type !== 'moved') {
    yield { type: settlement.type, record, reason: settlement.reason }
    return
  }
  const currency = currencyOfRow(row, survey)
  if (currency === null) {
    const text = row.get('currency')
    yield {
      type: 'failed',
      record,
      reason: { code: 'bad-currency', message: `"${text.slice(0, 20)}" is not a currency.` },
    }
    return
  }
  if (settlement.isGuess) {
    tally.guesses += 1
    tally.firstGuess ||= record
  }
  const statement = yield* statements.find(accountOf(row, settlement, survey, context), currency)
  const transaction = transactionOf(row, settlement, moments, currency, platformOf(row, survey))
  if (row.has('balance') && !settlement.isPending)
    statement.chain.add(transaction.date, transaction.amount, transaction.balance)
  yield { type: 'transaction', statement: statement.number, record, transaction }
}

function* closeStatements(statements: Statements, survey: Survey): Generator<ParsedItem, void, void> {
  const { from, to } = survey.preamble.period
  for (const { number, chain } of statements.all()) {
    if (from !== null || to !== null) yield { type: 'period', statement: number, from, to }
    const balances = chain.result
    if (balances === null) continue
    // Where most steps do not add up, the rows are in no order that would tell which balance is the last.
    if (balances.gaps * 2 <= balances.steps) {
      const { opening, closing } = balances
      yield { type: 'balance', statement: number, kind: 'opening', amount: opening.amount, on: null }
      yield { type: 'balance', statement: number, kind: 'closing', amount: closing.amount, on: closing.on }
    }
    if (balances.gaps > 0) {
      yield {
        type: 'finding',
        finding: {
          severity: 'warning',
          code: 'balance-gap',
          message: `The balance column does not follow from the amounts in ${balances.gaps} places: rows may be missing.`,
          values: { count: balances.gaps },
        },
      }
    }
  }
}

function* parseTable(
  table: TableReader,
  survey: Survey,
  statements: Statements,
  tally: Tally,
  context: string,
  isSheet: boolean,
): Generator<ParsedItem, void, void> {
  let steps = 0
  for (const step of walkTable(table, context, isSheet)) {
    steps += 1
    if (steps % PROGRESS_EVERY === 0) yield { type: 'progress', bytes: table.position() }
    if (step.type === 'passed') {
      yield {
        type: 'skipped',
        record: step.record,
        reason: {
          code: step.code,
          message: `Not a transaction: "${step.text.slice(0, 40)}".`,
          values: { text: step.text.slice(0, 40) },
        },
      }
    } else if (step.type === 'row') {
      yield* parseRow(step.row, survey, statements, tally, context)
    }
  }
}

/**
 * Reads a Chinese statement: a wallet's bill (one statement for each means of payment), a bank's or card's table, or
 * the export of a bookkeeping program. Two passes over the file, each through a window of memory.
 * Throws `ImportRejection` where no table of this kind is in it.
 */
export function* parseChineseStatement(source: ByteSource): Generator<ParsedItem, void, void> {
  if (source.size === 0) throw new ImportRejection('empty-file', 'The file is empty.')
  const { tables, isSheet } = openStatement(source)
  const statements = new Statements()
  const tally: Tally = { rows: 0, counts: new Map(), guesses: 0, firstGuess: 0 }
  const whole = new Survey()
  let hasTable = false
  for (const table of tables) {
    const context = table.name === '' ? source.name : `${source.name}\n${table.name}`
    let isTable = false
    for (const step of walkTable(table, context, isSheet)) {
      isTable ||= step.type === 'header'
      whole.add(step)
    }
    hasTable ||= isTable
  }
  if (!hasTable) {
    throw new ImportRejection('no-transactions-table', 'No table of transactions was found in this file.')
  }
  for (const table of tables) {
    const context = table.name === '' ? source.name : `${source.name}\n${table.name}`
    yield* parseTable(table, whole, statements, tally, context, isSheet)
  }
  yield* closeStatements(statements, whole)
  if (tally.guesses > 0) {
    yield {
      type: 'finding',
      finding: {
        severity: 'warning',
        code: 'ambiguous-sign',
        message: `${tally.guesses} rows do not say which way the money went. They were read as the most likely: look at them.`,
        record: tally.firstGuess,
        values: { count: tally.guesses },
      },
    }
  }
  for (const finding of totalsFindings(whole, tally)) yield { type: 'finding', finding }
  yield { type: 'progress', bytes: source.size }
}
