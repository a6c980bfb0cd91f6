import {
  absoluteDecimal,
  type Decimal,
  negateDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { Reason, ReasonCode, TransactionKind } from '../importer.ts'
import { isBank, parseMethod, type PaymentMethod } from './payment-method.ts'
import { type Direction, rules } from './profile.ts'
import { parseAmountCell, type RowView } from './row-view.ts'
import { fundsOf, statusOf } from './status.ts'
import type { Survey } from './survey.ts'

/** What became of the money of one row. */
export type Settlement =
  | {
      readonly type: 'moved'
      /** Signed: into the account positive. */
      readonly amount: Decimal
      readonly kind: TransactionKind
      readonly isPending: boolean
      /** The means of payment the amount belongs to; '' for the statement's own account. */
      readonly account: string
      readonly promotions: readonly string[]
      readonly transferAccount?: string
      /** What the amount cell said in brackets. */
      readonly remark: string
      /** Set where nothing in the row said which way the money went. */
      readonly isGuess: boolean
    }
  | { readonly type: 'skipped' | 'failed'; readonly reason: Reason }

/** A row whose money moved. */
export type Moved = Extract<Settlement, { type: 'moved' }>

const skipped = (code: ReasonCode, message: string): Settlement => ({ type: 'skipped', reason: { code, message } })
const failed = (code: ReasonCode, message: string): Settlement => ({ type: 'failed', reason: { code, message } })

const shown = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

function kindOf(text: string, sign: -1 | 0 | 1): TransactionKind {
  const side = sign < 0 ? 'out' : 'in'
  return (
    rules.kinds.find((rule) => (rule.sign === undefined || rule.sign === side) && rule.match.test(text))?.kind ??
    'payment'
  )
}

/** What a row says it is. Of its state only a repayment counts: "已存入零钱通" tells where money is, not what it was. */
function describing(row: RowView): string {
  const status = row.get('status')
  return `${row.get('type')} ${row.all('item').join(' ').slice(0, 60)} ${status.startsWith('还款') ? status : ''}`.trim()
}

interface Movement {
  readonly direction: Direction
  readonly kind: TransactionKind
  readonly account: string
  readonly transferAccount: string | undefined
  readonly isGuess: boolean
}

/** What money did in a row that counts as neither income nor spending: by the first rule that fits. */
function neutralMovement(row: RowView, method: PaymentMethod): Movement | 'information-only' {
  const texts = [row.get('type'), row.all('item').join(' '), row.get('category'), row.get('payee')].filter(
    (text) => text !== '',
  )
  const platform = row.layout.profile.id
  for (const rule of rules.movements) {
    if (rule.platforms !== undefined && !rule.platforms.includes(platform)) continue
    if (rule.whenMethod !== undefined && !rule.whenMethod.test(method.name)) continue
    const match = texts.map((text) => rule.match.exec(text)).find((found) => found !== null)
    if (match === undefined || match === null) continue
    if (rule.skip !== undefined) return rule.skip
    const fill = (template: string | undefined): string | undefined => {
      if (template === '$1') return match[1]?.trim()
      if (template === '$method') return method.name
      if (template === '$bank') return isBank(method.name) ? method.name : row.get('payee')
      return template
    }
    const transferAccount = fill(rule.to)
    return {
      direction: rule.direction ?? 'out',
      kind: rule.kind ?? 'transfer',
      account: fill(rule.account) ?? method.name,
      transferAccount: transferAccount === '' ? undefined : transferAccount,
      isGuess: false,
    }
  }
  return { direction: 'out', kind: 'transfer', account: method.name, transferAccount: undefined, isGuess: true }
}

/** Where a wallet put money that came in, as its state says: "已存入零钱" → 零钱. */
function depositedTo(status: string): string {
  return /^已存入(.+)$/u.exec(status)?.[1] ?? ''
}

/**
 * Whether a closed order had been paid before it was closed: by the state of its funds where the bill has that; else the
 * bill counts it as spent, names the means it was paid with, or holds its refund.
 */
function wasPaid(row: RowView, survey: Survey, hasFundsMoved: boolean): boolean {
  if (row.has('fund-status'))
    return hasFundsMoved || signOfDecimal(parseAmountCell(row.get('refunded'))?.value ?? ZERO) > 0
  const { direction } = row
  return (
    direction === 'in' || direction === 'out' || row.get('method') !== '' || survey.isRefunded(row.get('reference'))
  )
}

/** A row of a wallet's bill: the amount is a magnitude, direction, state and means of payment say the rest. */
function settleWallet(row: RowView, survey: Survey, isPending: boolean): Settlement {
  const { profile } = row.layout
  const method = parseMethod(row.get('method'))
  if (rules.othersMoney.test(method.name)) {
    return skipped('information-only', `Paid with someone else's money (${shown(method.name)}).`)
  }
  const text = row.get('amount')
  if (text === '') return failed('missing-amount', 'The row has no amount.')
  const cell = row.amount
  if (cell === null) return failed('bad-amount', `"${shown(text)}" is not an amount.`)
  const size = absoluteDecimal(cell.value)
  const status = row.get('status')
  const fundStatus = row.get('fund-status')
  const funds = fundsOf(fundStatus)
  const word = row.direction
  if (funds.isAside) {
    return skipped('information-only', `Money was only set aside (${shown(fundStatus)}).`)
  }
  const { isRefund, isClosed } = statusOf(status)
  const hasFundsMoved = funds.hasComeIn || funds.hasGoneOut
  if (isPending && (row.has('fund-status') ? !hasFundsMoved : word !== 'in' && word !== 'out')) {
    // An unpaid order; one that the bill counts as spent all the same is kept as pending.
    return skipped('not-settled', `Not paid yet: ${shown(status)}.`)
  }
  const isPaidForSure = profile.closed === 'evidence' && wasPaid(row, survey, hasFundsMoved)
  if (isClosed && !isPaidForSure) return skipped('closed-order', `No money moved: ${shown(status)}.`)
  const moved = (movement: Movement): Settlement => ({
    type: 'moved',
    amount: movement.direction === 'in' ? size : negateDecimal(size),
    kind: movement.kind,
    isPending,
    account: movement.account,
    promotions: method.promotions,
    ...(movement.transferAccount === undefined ? {} : { transferAccount: movement.transferAccount }),
    remark: cell.remark,
    isGuess: movement.isGuess,
  })
  const plain = (direction: Direction, kind: TransactionKind, account = method.name): Settlement =>
    moved({ direction, kind, account, transferAccount: undefined, isGuess: false })
  if (isRefund && word !== 'in') {
    const movement = neutralMovement(row, method)
    const kind = movement !== 'information-only' && movement.direction === 'in' ? movement.kind : 'refund'
    return plain('in', kind)
  }
  if (word === 'in' || word === 'out') {
    const account = word === 'in' && method.name === '' ? depositedTo(status) : method.name
    const kind = isRefund ? 'refund' : row.saysTransfer ? 'transfer' : kindOf(describing(row), word === 'in' ? 1 : -1)
    return plain(word, kind, account)
  }
  // An order refunded in full counts as neither; the money went out all the same, and comes back in a row of its own.
  if (isClosed || /全额退款/u.test(cell.remark)) return plain('out', 'payment')
  const movement = neutralMovement(row, method)
  if (movement === 'information-only') return skipped('information-only', 'No money of this account moved.')
  if (funds.hasComeIn) return moved({ ...movement, direction: 'in', isGuess: false })
  if (funds.hasGoneOut) return moved({ ...movement, direction: 'out', isGuess: false })
  return moved(movement)
}

function pairAmount(row: RowView): Decimal | Settlement {
  const read = (role: 'debit' | 'credit'): Decimal | null | 'bad' => {
    const text = row.get(role)
    if (text === '') return null
    return parseAmountCell(text)?.value ?? 'bad'
  }
  const debit = read('debit')
  const credit = read('credit')
  if (debit === 'bad' || credit === 'bad') {
    return failed('bad-amount', `"${shown(row.get(debit === 'bad' ? 'debit' : 'credit'))}" is not an amount.`)
  }
  if (debit === null && credit === null) return failed('missing-amount', 'The row has no amount.')
  return subtractDecimal(credit ?? ZERO, debit ?? ZERO)
}

/** A row of a bank's, card's or bookkeeping program's table. */
function settleLedger(row: RowView, survey: Survey, isPending: boolean): Settlement {
  const { profile } = row.layout
  const status = row.get('status')
  if (statusOf(status).isClosed) return skipped('closed-order', `No money moved: ${shown(status)}.`)
  const adjustment = profile.adjustments?.[row.get('type')]
  const direction = row.direction
  const words = describing(row)
  let amount: Decimal
  let isGuess = false
  let remark = ''
  if (row.has('amount')) {
    const text = row.get('amount')
    if (text === '') return failed('missing-amount', 'The row has no amount.')
    const cell = row.amount
    if (cell === null) return failed('bad-amount', `"${shown(text)}" is not an amount.`)
    remark = cell.remark
    amount = cell.value
    if (adjustment !== undefined) {
      if (adjustment === 'out') amount = negateDecimal(amount)
    } else if (direction === 'out') {
      if (!survey.directionIsInSign) amount = negateDecimal(amount)
    } else if (direction === 'in') {
      // as written: a negative amount takes an income back
    } else if (profile.amount === 'spending') {
      isGuess = !/收入|工资|薪|奖金/u.test(row.get('category'))
      if (isGuess) amount = negateDecimal(amount)
    } else if (profile.program === true && row.has('account-to') && row.get('account-to') !== '') {
      amount = negateDecimal(absoluteDecimal(amount))
    } else if (row.layout.isCard) {
      const reading = survey.cardSign
      if (reading === 'inverted' || (reading === 'by-words' && !rules.cardWords.in.test(words)))
        amount = negateDecimal(amount)
    } else {
      isGuess = survey.isOneSided && !row.has('balance') && direction === null
    }
  } else {
    const pair = pairAmount(row)
    if (typeof pair !== 'string') return pair
    amount = pair
  }
  const method = parseMethod(row.get('method'))
  const transferAccount = row.get('account-to')
  return {
    type: 'moved',
    amount,
    kind:
      adjustment !== undefined
        ? 'other'
        : transferAccount !== '' || row.saysTransfer
          ? 'transfer'
          : kindOf(words, signOfDecimal(amount)),
    isPending,
    account: method.name,
    promotions: method.promotions,
    ...(transferAccount === '' ? {} : { transferAccount }),
    remark,
    isGuess,
  }
}

/** Decides what a row means for the account it belongs to. */
export function settleRow(row: RowView, survey: Survey): Settlement {
  const status = row.get('status')
  const { isInformation, isUnsettled: isPending } = statusOf(status)
  if (isInformation) return skipped('information-only', `Money was not moved: ${shown(status)}.`)
  return row.layout.profile.amount === 'magnitude'
    ? settleWallet(row, survey, isPending)
    : settleLedger(row, survey, isPending)
}
