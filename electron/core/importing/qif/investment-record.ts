import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  negateDecimal,
  parseDecimal,
  roundDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { ParsedSecurity, ParsedSplit, ParsedTransaction, TransactionKind } from '../importer.ts'
import { dateOf, memoOf } from './bank-record.ts'
import { readCategory } from './category-text.ts'
import { failed, type QifConventions, type QifOutcome } from './qif-context.ts'
import { parseQifNumber, parseQifQuantity } from './qif-number.ts'
import { fieldOf, type QifField } from './qif-records.ts'

/**
 * What an action does. `cash`: +1 the total comes in, −1 it goes out, 0 no cash moves, `signed` as the total is written.
 * `units`: +1 securities come in, −1 they go out. `reinvested`: income and purchase in one.
 */
interface Action {
  readonly kind: TransactionKind
  readonly cash: 1 | -1 | 0 | 'signed'
  readonly units?: 1 | -1
  readonly reinvested?: true
}

const BUY: Action = { kind: 'buy', cash: -1, units: 1 }
const SELL: Action = { kind: 'sell', cash: 1, units: -1 }
const DIVIDEND: Action = { kind: 'dividend', cash: 'signed' }
const INTEREST: Action = { kind: 'interest', cash: 'signed' }
const INCOME: Action = { kind: 'other', cash: 'signed' }
const EXPENSE: Action = { kind: 'fee', cash: -1 }
const REINVESTED: Action = { kind: 'reinvestment', cash: 0, units: 1, reinvested: true }
const SHARES_IN: Action = { kind: 'security-in', cash: 0, units: 1 }
const SHARES_OUT: Action = { kind: 'security-out', cash: 0, units: -1 }

/** Actions of Quicken and Money, and of their French and German editions; an "x" behind them moves the cash on. */
const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['buy', BUY],
  ['achat', BUY],
  ['kauf', BUY],
  ['bought', BUY],
  ['purchase', BUY],
  ['cvrshrt', BUY],
  ['exercise', BUY],
  ['exercis', BUY],
  ['sell', SELL],
  ['vente', SELL],
  ['verkauf', SELL],
  ['sold', SELL],
  ['shtsell', SELL],
  ['div', DIVIDEND],
  ['dividend', DIVIDEND],
  ['dividende', DIVIDEND],
  ['cglong', DIVIDEND],
  ['cgmid', DIVIDEND],
  ['cgshort', DIVIDEND],
  ['intinc', INTEREST],
  ['margint', { kind: 'interest', cash: -1 }],
  ['miscinc', INCOME],
  ['miscexp', EXPENSE],
  ['rtrncap', { kind: 'return-of-capital', cash: 'signed' }],
  ['reinvdiv', REINVESTED],
  ['reinvint', REINVESTED],
  ['reinvlg', REINVESTED],
  ['reinvmd', REINVESTED],
  ['reinvsh', REINVESTED],
  ['shrsin', SHARES_IN],
  ['add', SHARES_IN],
  ['vest', SHARES_IN],
  ['shrsout', SHARES_OUT],
  ['remove', SHARES_OUT],
  ['expire', { kind: 'other', cash: 0 }],
  ['grant', { kind: 'other', cash: 0 }],
  ['stksplit', { kind: 'split', cash: 0 }],
  ['xin', { kind: 'transfer', cash: 1 }],
  ['contrib', { kind: 'transfer', cash: 1 }],
  ['xout', { kind: 'transfer', cash: -1 }],
  ['withdrw', { kind: 'transfer', cash: -1 }],
  ['cash', { kind: 'payment', cash: 'signed' }],
])

/** Actions whose "x" is part of the name or whose cash comes from the other account by their very meaning. */
const MOVES: ReadonlySet<string> = new Set(['xin', 'xout', 'contrib', 'withdrw'])

function lookUp(name: string): { action: Action; passesOn: boolean; key: string } | null {
  const key = name.toLowerCase().replaceAll(/[\s_-]/g, '')
  const plain = ACTIONS.get(key)
  if (plain !== undefined) return { action: plain, passesOn: false, key }
  const base = key.endsWith('x') ? key.slice(0, -1) : ''
  const action = ACTIONS.get(base)
  return action === undefined ? null : { action, passesOn: !MOVES.has(base), key: base }
}

/** Whether the N line names an investment action. */
export function isInvestmentAction(name: string | undefined): boolean {
  return name !== undefined && lookUp(name) !== null
}

function securityOf(name: string | undefined, conventions: QifConventions): ParsedSecurity | undefined {
  return name === undefined ? undefined : (conventions.securities.get(name) ?? { name })
}

interface Numbers {
  readonly total?: Decimal
  readonly quantity?: Decimal
  readonly price?: Decimal
  readonly fee?: Decimal
  readonly moved?: Decimal
}

function numbersOf(fields: readonly QifField[], conventions: QifConventions): Numbers | QifOutcome {
  const numbers: { -readonly [Key in keyof Numbers]: Numbers[Key] } = {}
  const slots = [
    ['T', 'total'],
    ['Q', 'quantity'],
    ['I', 'price'],
    ['O', 'fee'],
    ['$', 'moved'],
  ] as const
  for (const [code, slot] of slots) {
    const text = fieldOf(fields, code) ?? (code === 'T' ? fieldOf(fields, 'U') : undefined)
    if (text === undefined) continue
    const isUnits = slot === 'quantity' || slot === 'price'
    const value = isUnits ? parseQifQuantity(text, conventions.mark) : parseQifNumber(text, conventions.mark)
    if (value === null) return failed('bad-amount', `"${text.slice(0, 40)}" is no number.`, { text: text.slice(0, 40) })
    numbers[slot] = value
  }
  return numbers
}

/** The total where the record leaves it out: quantity × price, with the commission on top or off. */
function totalOf(numbers: Numbers, action: Action): Decimal | undefined {
  const { total, quantity, price, fee = ZERO } = numbers
  if (total !== undefined) return total
  // without securities in play, the cash passed on is all that moved
  if (quantity === undefined || price === undefined) return numbers.moved
  const worth = roundDecimal(multiplyDecimal(absoluteDecimal(quantity), price), 2)
  return action.cash === 1 ? subtractDecimal(worth, absoluteDecimal(fee)) : addDecimal(worth, absoluteDecimal(fee))
}

function signed(total: Decimal, cash: Action['cash']): Decimal {
  if (cash === 0) return ZERO
  if (cash === 'signed') return total
  // a total below zero against the action's direction is a writer's own sign for buys, a correction for the rest
  return cash === 1 ? total : negateDecimal(absoluteDecimal(total))
}

/** The two sides of a record whose cash is passed on from or to another account: together they leave nothing here. */
function passedOn(
  effect: Decimal,
  moved: Decimal | undefined,
  account: string | undefined,
  label: string,
): ParsedSplit[] {
  const size = moved === undefined ? absoluteDecimal(effect) : absoluteDecimal(moved)
  const transfer = effect.startsWith('-') ? size : negateDecimal(size)
  return [
    { amount: effect, memo: label },
    { amount: transfer, ...(account === undefined ? {} : { transferAccount: account }) },
  ]
}

function splitMemo(quantity: Decimal | undefined, memo: string | undefined): string | undefined {
  if (quantity === undefined) return memo
  // Quicken writes a split as new shares for ten old ones
  const ratio = `${divideDecimal(quantity, parseDecimal('10'), 8)}:1`
  return memo === undefined ? ratio : `${memo} (${ratio})`
}

/** Reads a line of an investment account. `account` is the account's own name, if it has one. */
export function readInvestmentRecord(
  fields: readonly QifField[],
  account: string | undefined,
  conventions: QifConventions,
): QifOutcome {
  const date = dateOf(fields, conventions)
  if (typeof date === 'object') return date
  const name = fieldOf(fields, 'N')
  if (name?.toLowerCase() === 'reminder') {
    return { type: 'skipped', reason: { code: 'information-only', message: 'A reminder, not a transaction.' } }
  }
  const found =
    name === undefined ? { action: ACTIONS.get('cash') ?? INCOME, passesOn: false, key: 'cash' } : lookUp(name)
  if (found === null) {
    const shown = (name ?? '').slice(0, 40)
    return failed('unsupported-record', `"${shown}" is no investment action that Onebook knows.`, { text: shown })
  }
  const numbers = numbersOf(fields, conventions)
  if ('type' in numbers) return numbers
  const { action, passesOn, key } = found
  const total = totalOf(numbers, action)
  if (total === undefined && action.cash !== 0) return failed('missing-amount', 'The transaction has no amount.')
  const read = readCategory(fieldOf(fields, 'L'))
  const other = read.transferAccount === account ? undefined : read.transferAccount
  const effect = signed(total ?? ZERO, action.cash)
  let amount = effect
  let splits: readonly ParsedSplit[] | undefined
  if (passesOn && action.cash !== 0) {
    splits = passedOn(effect, numbers.moved, other, name ?? '')
    amount = splits.reduce((sum, part) => addDecimal(sum, part.amount), ZERO)
  } else if (action.reinvested === true && total !== undefined && total !== ZERO) {
    const worth = absoluteDecimal(total)
    splits = [
      { amount: worth, memo: name ?? '' },
      { amount: negateDecimal(worth), memo: 'reinvested' },
    ]
  }
  const kind = key === 'cash' && other !== undefined ? 'transfer' : action.kind
  const units = numbers.quantity
  const quantity =
    units === undefined || action.units === undefined
      ? undefined
      : action.units === 1
        ? absoluteDecimal(units)
        : negateDecimal(absoluteDecimal(units))
  const security = securityOf(fieldOf(fields, 'Y'), conventions)
  const payee = fieldOf(fields, 'P')
  const memo = kind === 'split' ? splitMemo(units, memoOf(fields)) : memoOf(fields)
  const { price, fee } = numbers
  const transaction: ParsedTransaction = {
    date,
    amount,
    kind,
    ...(payee === undefined ? {} : { payee }),
    ...(memo === undefined ? {} : { memo }),
    ...(read.category === undefined ? {} : { category: read.category }),
    ...(read.tags === undefined ? {} : { tags: read.tags }),
    ...(other === undefined || splits !== undefined ? {} : { transferAccount: other }),
    ...(splits === undefined ? {} : { splits }),
    ...(security === undefined ? {} : { security }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(price === undefined || price === ZERO ? {} : { price }),
    ...(fee === undefined || fee === ZERO || action.cash === 0 ? {} : { fee: absoluteDecimal(fee) }),
  }
  return { type: 'transaction', transaction, ...(kind === 'split' && units !== undefined && { splitRatio: units }) }
}
