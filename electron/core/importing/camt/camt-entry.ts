import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { addDecimal, absoluteDecimal, type Decimal, signOfDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type {
  Finding,
  ParsedSecurity,
  ParsedSplit,
  ParsedTransaction,
  Reason,
  ReasonCode,
  TransactionKind,
} from '../importer.ts'
import { type CamtDetail, type CamtOwner, joinTexts, otherSide, readDetail } from './camt-detail.ts'
import { type CamtElement, elementAt, findElement, readElement, textAt, tidyText } from './camt-element.ts'
import { type AmountSources, convertedEntry, feeOf, originalOf } from './camt-exchange.ts'
import { type BankCode, bankCodeOf, kindOf, NO_CODE } from './camt-kind.ts'
import type { CamtScanner } from './camt-scanner.ts'
import {
  type CamtMoment,
  currencyIn,
  currencyText,
  dayOf,
  type Direction,
  directionOf,
  momentText,
  parseAmount,
  parseMoment,
  referenceIn,
  signed,
} from './camt-values.ts'

/** Most payments of one batch that are kept as parts of its entry. */
const MOST_PARTS = 5_000

/** One Ntry as read: the element without its details, and these in small form. */
export interface EntrySource {
  readonly element: CamtElement
  readonly unclosed: boolean
  /** The detail of an entry that has exactly one. */
  readonly only: CamtElement | undefined
  /** All details, or none where there are more than can be kept. */
  readonly details: readonly CamtDetail[]
  readonly count: number
}

/** What is read against. */
export interface EntryContext {
  readonly currency: CurrencyCode | null
  readonly owner: CamtOwner
  /** The statement's own day, for an entry that has none. */
  readonly day: IsoDate | null
}

export type EntryFinding = Pick<Finding, 'severity' | 'code' | 'message' | 'values'>

export interface BookedEntry {
  readonly type: 'transaction'
  readonly transaction: ParsedTransaction
  readonly findings: readonly EntryFinding[]
  /** Set where the entry is in another currency than its account; null where the file has no figure in the account's. */
  readonly converted?: Pick<ParsedTransaction, 'amount' | 'original'> | null
  readonly writtenIn?: CurrencyCode
}

export type EntryOutcome = BookedEntry | { readonly type: 'skipped' | 'failed'; readonly reason: Reason }

/** Reads an entry whose opening tag has just been passed. */
export function readEntrySource(scanner: CamtScanner, outside: ReadonlySet<string>): EntrySource {
  let only: CamtElement | undefined
  let details: CamtDetail[] = []
  let count = 0
  const take = (detail: CamtElement): void => {
    count += 1
    only = count === 1 ? detail : undefined
    if (count <= MOST_PARTS) details.push(readDetail(detail))
    else details = []
  }
  const { element, unclosed } = readElement(scanner, { each: { name: 'TxDtls', take }, outside })
  return { element, unclosed, only, details, count }
}

function failed(code: ReasonCode, message: string, values?: Reason['values']): EntryOutcome {
  return { type: 'failed', reason: { code, message, ...(values === undefined ? {} : { values }) } }
}

/** How a message calls an entry. */
function labelOf({ element, details }: EntrySource): string {
  const first = details[0]
  const label =
    referenceIn(textAt(element, 'AcctSvcrRef')) ??
    first?.creditor.name ??
    first?.debtor.name ??
    textAt(element, 'AddtlNtryInf') ??
    textAt(element, 'NtryRef')
  return label === undefined ? '' : ` (${label.slice(0, 60)})`
}

const statusOf = (element: CamtElement): string => {
  const status = elementAt(element, 'Sts')
  return (textAt(status, 'Cd') ?? textAt(status, 'Prtry') ?? textAt(status) ?? '').toUpperCase()
}

const PENDING: ReadonlySet<string> = new Set(['PDNG', 'FUTR', 'PENDING'])

/** Dates of a detail that can stand for the booking, best first. */
const DETAIL_DATES = ['TxDtTm', 'AccptncDtTm', 'IntrBkSttlmDt', 'TradDt', 'SttlmDt']

type Dated = { readonly moment: CamtMoment; readonly finding?: EntryFinding }

function dateOf(source: EntrySource, context: EntryContext): Dated | EntryOutcome {
  const { element, only } = source
  const booked = momentText(elementAt(element, 'BookgDt'))
  const moment = booked === undefined ? null : parseMoment(booked)
  if (moment !== null) return { moment }
  const value = dayOf(elementAt(element, 'ValDt'))
  if (booked !== undefined) {
    const text = booked.slice(0, 40)
    const message = `The entry${labelOf(source)} is booked on "${text}", which is no day`
    if (value === null) return failed('bad-date', `${message}.`, { text })
    const finding: EntryFinding = {
      severity: 'warning',
      code: 'bad-date',
      message: `${message}: its value date stands for it.`,
      values: { text },
    }
    return { moment: { date: value }, finding }
  }
  if (value !== null) return { moment: { date: value } }
  const dates = elementAt(only, 'RltdDts')
  for (const name of DETAIL_DATES) {
    const text = textAt(dates, name)
    const date = text === undefined ? undefined : parseMoment(text)?.date
    if (date !== undefined) return { moment: { date } }
  }
  if (context.day === null) return failed('missing-date', `The entry${labelOf(source)} has no date.`)
  const message = `The entry${labelOf(source)} has no date: that of the statement, ${context.day}, stands for it.`
  return {
    moment: { date: context.day },
    finding: { severity: 'warning', code: 'missing-date', message, values: { date: context.day } },
  }
}

function codeOf({ element, only }: EntrySource): BankCode {
  return bankCodeOf(elementAt(element, 'BkTxCd')) ?? bankCodeOf(elementAt(only, 'BkTxCd')) ?? NO_CODE
}

/** The identity that the bank gives the entry, else one that came with the payment. */
function referenceOf({ element, only }: EntrySource): string | undefined {
  const details = elementAt(element, 'NtryDtls')
  const batch = elementAt(details ?? element, 'Btch') ?? elementAt(element, 'Btch')
  const refs = elementAt(only, 'Refs')
  const candidates = [
    textAt(element, 'AcctSvcrRef'),
    textAt(refs, 'AcctSvcrRef'),
    textAt(refs, 'TxId'),
    textAt(refs, 'Prtry', 'Ref'),
    textAt(refs, 'EndToEndId'),
    textAt(refs, 'InstrId'),
    textAt(refs, 'AcctSvcrTxId'),
    textAt(batch, 'PmtInfId'),
    textAt(batch, 'MsgId'),
    textAt(refs, 'PmtInfId'),
    textAt(refs, 'MsgId'),
    textAt(element, 'NtryRef'),
  ]
  return candidates.map(referenceIn).find((reference) => reference !== undefined)
}

/** The payments of a batch as parts of its entry, where they add up to it. */
function splitsOf(source: EntrySource, amount: Decimal, isReturn: boolean, context: EntryContext): ParsedSplit[] {
  const direction: Direction = signOfDecimal(amount) < 0 ? 'debit' : 'credit'
  const splits: ParsedSplit[] = []
  let sum = ZERO
  if (source.details.length < 2) return []
  for (const detail of source.details) {
    const { amount: stated, remittance, additional } = detail
    if (stated === null || (stated.currency !== null && stated.currency !== context.currency)) return []
    const part = signed(stated.amount, detail.direction ?? direction)
    sum = addDecimal(sum, part)
    const side = otherSide(detail, direction, isReturn || detail.returned !== undefined, context.owner)
    const memo = joinTexts([side.name ?? side.ultimate, remittance, additional])
    splits.push({ amount: part, ...(memo === '' ? {} : { memo }) })
  }
  return sum === amount ? splits : []
}

interface Parties {
  readonly payee?: string
  readonly counterparty?: string
  /** On whose behalf, where that is somebody else. */
  readonly behalf?: string
}

/** Payee and account of the other side: of the only payment, or what all payments of a batch share. */
function partiesOf(source: EntrySource, direction: Direction, isReturn: boolean, context: EntryContext): Parties {
  const sides = source.details.map((detail) => otherSide(detail, direction, isReturn, context.owner))
  const [first] = sides
  if (first === undefined) return {}
  const payee = first.name ?? first.ultimate
  if (sides.some((side) => (side.name ?? side.ultimate) !== payee)) return {}
  const { account, ultimate } = first
  const isShared = sides.every((side) => side.account === account)
  return {
    ...(payee === undefined ? {} : { payee }),
    ...(account !== undefined && isShared ? { counterparty: account } : {}),
    ...(ultimate === undefined || ultimate.toLowerCase() === payee?.toLowerCase() ? {} : { behalf: ultimate }),
  }
}

function memoOf(source: EntrySource, { payee, behalf }: Parties, hasSplits: boolean): string {
  const { element, details, only } = source
  const own = textAt(element, 'AddtlNtryInf')
  const texts: (string | undefined)[] = []
  if (!hasSplits) {
    for (const { remittance } of details.slice(0, 20)) texts.push(remittance)
    texts.push(behalf)
    for (const { additional } of details.slice(0, 20)) texts.push(additional)
  }
  texts.push(own)
  for (const { returned } of details.slice(0, 20)) texts.push(returned)
  const memo = joinTexts(texts.filter((text) => text !== payee))
  if (memo !== '') return memo
  return referenceIn(textAt(only, 'Refs', 'EndToEndId')) ?? ''
}

function securityOf(only: CamtElement | undefined): ParsedSecurity | undefined {
  const instrument = elementAt(only, 'FinInstrmId')
  const isin = textAt(instrument, 'ISIN')
  const name = textAt(instrument, 'Desc') ?? textAt(instrument, 'Nm')
  if (isin === undefined || !/^[A-Z]{2}[A-Z0-9]{9}\d$/.test(isin)) return undefined
  return { isin, ...(name === undefined ? {} : { name }) }
}

type SecurityPart = Pick<ParsedTransaction, 'kind'> & Partial<Pick<ParsedTransaction, 'security' | 'quantity'>>

/** A trade where instrument and units are there; dividends and interest name what pays them. */
function securityPart(source: EntrySource, code: BankCode, kind: TransactionKind, direction: Direction): SecurityPart {
  const security = securityOf(source.only)
  if (security === undefined) return { kind }
  if (kind === 'dividend' || kind === 'interest') return { kind, security }
  const unit = findElement(elementAt(source.only, 'RltdQties'), 'Unit')?.text
  const quantity = unit === undefined ? null : parseAmount(unit)
  const isTrade =
    code.domain === 'SECU' && (code.subFamily === 'TRAD' || code.subFamily === 'SUBS' || code.subFamily === 'REDM')
  if (!isTrade || kind !== 'other' || quantity === null || signOfDecimal(quantity) <= 0) return { kind }
  const units = absoluteDecimal(quantity)
  return direction === 'debit'
    ? { kind: 'buy', security, quantity: units }
    : { kind: 'sell', security, quantity: signed(units, 'debit') }
}

const isTrue = (text: string | undefined): boolean => text !== undefined && /^(?:true|1)$/i.test(text)

/** Turns one entry (Ntry) into its fate. */
export function readEntry(source: EntrySource, context: EntryContext): EntryOutcome {
  const { element, only, details } = source
  const status = statusOf(element)
  if (status === 'INFO') {
    const message = `The entry${labelOf(source)} is for information only: the bank has not booked it.`
    return { type: 'skipped', reason: { code: 'information-only', message } }
  }
  const amountElement = elementAt(element, 'Amt') ?? (only === undefined ? undefined : elementAt(only, 'Amt'))
  if (amountElement === undefined || tidyText(amountElement) === '') {
    return failed('missing-amount', `The entry${labelOf(source)} has no amount.`)
  }
  const magnitude = parseAmount(amountElement.text)
  if (magnitude === null) {
    const text = tidyText(amountElement).slice(0, 40)
    return failed('bad-amount', `The entry${labelOf(source)} has "${text}" for an amount.`, { text })
  }
  const direction = directionOf(textAt(element, 'CdtDbtInd')) ?? details[0]?.direction ?? null
  if (direction === null) {
    return failed('bad-record', `The entry${labelOf(source)} does not say whether it is a credit or a debit.`)
  }
  const dated = dateOf(source, context)
  if ('type' in dated) return dated
  const findings: EntryFinding[] = []
  if (dated.finding !== undefined) findings.push(dated.finding)
  if (magnitude.startsWith('-')) {
    const message = `The entry${labelOf(source)} has a minus sign in its amount, which the format does not know: it was read as a debit.`
    findings.push({ severity: 'warning', code: 'ambiguous-sign', message })
  }
  const amount = signed(magnitude, direction)
  const flow: Direction = signOfDecimal(amount) < 0 ? 'debit' : direction
  const isReturn = isTrue(textAt(element, 'RvslInd')) || details.some(({ returned }) => returned !== undefined)
  const code = codeOf(source)
  const parties = partiesOf(source, flow, isReturn, context)
  const { payee, counterparty } = parties
  const splits = splitsOf(source, amount, isReturn, context)
  const memo = memoOf(source, parties, splits.length > 0)
  const reference = referenceOf(source)
  const check = referenceIn(textAt(only, 'Refs', 'ChqNb'))
  const merchant = textAt(findElement(only, 'MrchntCtgyCd')) ?? ''
  const valueDate = dayOf(elementAt(element, 'ValDt'))
  const { date, time } = dated.moment
  const sources: AmountSources = { entry: element, detail: only }
  const writtenIn = currencyIn(currencyText(amountElement))
  const isForeign = writtenIn !== null && context.currency !== null && writtenIn !== context.currency
  const original = isForeign ? undefined : originalOf(sources, amount, context.currency)
  const fee = isForeign ? undefined : feeOf(sources, amount, context.currency)
  const transaction: ParsedTransaction = {
    date,
    ...(valueDate === null || valueDate === date ? {} : { valueDate }),
    ...(time === undefined ? {} : { time }),
    amount,
    ...securityPart(source, code, kindOf(code, flow, isReturn), flow),
    ...(PENDING.has(status) ? { status: 'pending' } : {}),
    ...(payee === undefined ? {} : { payee }),
    ...(memo === '' ? {} : { memo }),
    ...(reference === undefined ? {} : { reference }),
    ...(check === undefined ? {} : { checkNumber: check }),
    ...(counterparty === undefined ? {} : { counterparty }),
    ...(/^\d{4}$/.test(merchant) ? { merchantCategory: merchant } : {}),
    ...(original === undefined ? {} : { original }),
    ...(splits.length === 0 ? {} : { splits }),
    ...(fee === undefined ? {} : { fee }),
  }
  if (source.count > MOST_PARTS) {
    const message = `The entry${labelOf(source)} is a batch of ${source.count} payments: it was read as one.`
    findings.push({ severity: 'info', code: 'unsupported-record', message, values: { count: source.count } })
  }
  if (!isForeign) return { type: 'transaction', transaction, findings }
  const converted = convertedEntry(sources, amount, writtenIn, context.currency)
  return { type: 'transaction', transaction, findings, converted, writtenIn }
}
