import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  negateDecimal,
  roundDecimal,
  signOfDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import { exponentOf } from '../../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { decimalFromMinor } from '../../../../shared/domain/money.ts'
import type { StoredAccount } from '../../storage/repositories/account-repository.ts'
import type {
  ExportedSecurity,
  ExportedTrade,
  ExportedTransaction,
} from '../../storage/repositories/export-repository.ts'
import type { ExportBook } from '../export-book.ts'
import type { ExportReports } from '../export-reports.ts'
import { amountText, minorText } from '../plain-text.ts'

/** Digits of a price that is worked out. */
const PRICE_DIGITS = 8

/** Text of XML 1.0: its five characters escaped, what it cannot hold left out. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
const element = (name: string, text: string | null): string =>
  text === null || text === '' ? '' : `<${name}>${escaped(text)}</${name}>`
const day = (on: IsoDate): string => on.replaceAll('-', '')
const status = '<STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>'

const types: ReadonlyMap<string, string> = new Map([
  ['interest', 'INT'],
  ['dividend', 'DIV'],
  ['fee', 'FEE'],
  ['transfer', 'XFER'],
  ['cash-withdrawal', 'CASH'],
  ['deposit', 'DEP'],
])

function typeOf({ kind, status: state, checkNumber, amountMinor }: ExportedTransaction): string {
  if (state === 'pending') return 'HOLD'
  if (checkNumber !== null && amountMinor < 0) return 'CHECK'
  return types.get(kind) ?? (amountMinor < 0 ? 'DEBIT' : 'CREDIT')
}

/** The longest NAME (OFX 2.1.1 §11.4.4.1); a longer one is repeated whole in EXTDNAME. */
const LONGEST_NAME = 32

/** A line of a bank, card or investment account (OFX 2.1.1 §11.4.4). */
function bankLine(transaction: ExportedTransaction, account: StoredAccount): string {
  const { payee, memo, bookedOn, valueOn, time } = transaction
  const characters = Array.from(payee)
  const name = characters.slice(0, LONGEST_NAME).join('').trim()
  const clock = time === null ? '' : time.replaceAll(':', '').padEnd(6, '0').slice(0, 6)
  return [
    '<STMTTRN>',
    element('TRNTYPE', typeOf(transaction)),
    element('DTPOSTED', day(bookedOn) + clock),
    valueOn === null ? '' : element('DTAVAIL', day(valueOn)),
    element('TRNAMT', minorText(transaction.amountMinor, account.currency)),
    element('FITID', `OB${transaction.id}`),
    element('CHECKNUM', transaction.checkNumber),
    element('REFNUM', transaction.reference),
    element('NAME', name),
    characters.length > LONGEST_NAME ? element('EXTDNAME', payee) : '',
    element('MEMO', memo),
    '</STMTTRN>\n',
  ].join('')
}

type SecurityShape = 'STOCK' | 'MF' | 'OTHER'

function shapeOf({ class: kind }: ExportedSecurity): SecurityShape {
  if (kind === 'equity' || kind === 'etf') return 'STOCK'
  return kind === 'fund' || kind === 'money-market' ? 'MF' : 'OTHER'
}

function securityId({ id, isin, otherScheme, otherValue, symbol }: ExportedSecurity): string {
  const [value, scheme] =
    isin !== null
      ? [isin, 'ISIN']
      : otherValue !== null
        ? [otherValue, otherScheme ?? 'OTHER']
        : symbol !== null
          ? [symbol, 'TICKER']
          : [`OB-${id}`, 'OTHER']
  return `<SECID>${element('UNIQUEID', value)}${element('UNIQUEIDTYPE', scheme)}</SECID>`
}

/** One account's statement while it is written. */
class StatementWriter {
  readonly #book: ExportBook
  readonly #account: StoredAccount
  readonly #securities: ReadonlyMap<number, ExportedSecurity>
  readonly #held = new Map<number, Decimal>()

  constructor(book: ExportBook, account: StoredAccount, securities: ReadonlyMap<number, ExportedSecurity>) {
    this.#book = book
    this.#account = account
    this.#securities = securities
  }

  /** DTSTART and DTEND. */
  period(): string {
    const { scope, spans, today } = this.#book
    const span = spans.get(this.#account.id)
    const from = scope.from ?? span?.first ?? today
    const to = scope.to ?? span?.last ?? today
    return element('DTSTART', day(from)) + element('DTEND', day(to < from ? from : to))
  }

  closing(): string {
    return minorText(this.#book.closingMinor.get(this.#account.id) ?? 0, this.#account.currency)
  }

  *bank(told: () => void): Generator<string, void, void> {
    for (const transaction of this.#book.transactionsOf(this.#account.id)) {
      told()
      yield bankLine(transaction, this.#account)
    }
  }

  *investment(told: () => void): Generator<string, void, void> {
    for (const transaction of this.#book.transactionsOf(this.#account.id)) {
      told()
      const security = transaction.trade === null ? undefined : this.#securities.get(transaction.trade.securityId)
      if (transaction.trade === null || security === undefined) yield this.#cash(transaction)
      else yield this.#trade(transaction, transaction.trade, security)
    }
  }

  #cash(transaction: ExportedTransaction): string {
    return `<INVBANKTRAN>${bankLine(transaction, this.#account)}<SUBACCTFUND>CASH</SUBACCTFUND></INVBANKTRAN>\n`
  }

  #head({ id, bookedOn, valueOn, memo, payee }: ExportedTransaction): string {
    const text = memo === '' ? payee : memo
    const settled = valueOn === null ? '' : element('DTSETTLE', day(valueOn))
    return `<INVTRAN>${element('FITID', `OB${id}`)}${element('DTTRADE', day(bookedOn))}${settled}${element('MEMO', text)}</INVTRAN>`
  }

  #trade(transaction: ExportedTransaction, trade: ExportedTrade, security: ExportedSecurity): string {
    const { amountMinor, kind } = transaction
    const { quantity } = trade
    const sign = signOfDecimal(quantity)
    const before = this.#held.get(security.id) ?? ZERO
    const after = addDecimal(before, quantity)
    this.#held.set(security.id, after)
    const head = this.#head(transaction)
    const id = securityId(security)
    if (sign === 0) return this.#income(transaction, trade, head, id)
    if (kind === 'split' && signOfDecimal(before) !== 0) {
      const cash = amountMinor === 0 ? '' : element('FRACCASH', minorText(amountMinor, this.#account.currency))
      const units = element('OLDUNITS', before) + element('NEWUNITS', after)
      const ratio = element('NUMERATOR', after) + element('DENOMINATOR', before)
      return `<SPLIT>${head}${id}<SUBACCTSEC>CASH</SUBACCTSEC>${units}${ratio}${cash}</SPLIT>\n`
    }
    if (sign > 0 && amountMinor < 0) return this.#exchange('BUY', transaction, trade, security, head)
    if (sign < 0 && amountMinor !== 0) return this.#exchange('SELL', transaction, trade, security, head)
    if (kind === 'reinvestment' && sign > 0 && amountMinor === 0) {
      const price = trade.price ?? ZERO
      const { currency } = this.#account
      const worth = roundDecimal(multiplyDecimal(quantity, price), exponentOf(currency))
      const figures = element('TOTAL', amountText(negateDecimal(worth), currency)) + element('SUBACCTSEC', 'CASH')
      const units = element('UNITS', quantity) + element('UNITPRICE', price)
      return `<REINVEST>${head}${id}<INCOMETYPE>DIV</INCOMETYPE>${figures}${units}</REINVEST>\n`
    }
    const price = trade.price === null ? '' : element('UNITPRICE', trade.price)
    const moved = `<TRANSFER>${head}${id}<SUBACCTSEC>CASH</SUBACCTSEC>${element('UNITS', absoluteDecimal(quantity))}${element(
      'TFERACTION',
      sign > 0 ? 'IN' : 'OUT',
    )}<POSTYPE>LONG</POSTYPE>${price}</TRANSFER>\n`
    // securities and cash that both come in are two records of OFX
    return amountMinor === 0 ? moved : moved + this.#cash(transaction)
  }

  #income(transaction: ExportedTransaction, trade: ExportedTrade, head: string, id: string): string {
    const { kind, amountMinor } = transaction
    const { currency } = this.#account
    const total = element('TOTAL', minorText(amountMinor, currency))
    if (kind === 'return-of-capital') {
      return `<RETOFCAP>${head}${id}${total}<SUBACCTSEC>CASH</SUBACCTSEC><SUBACCTFUND>CASH</SUBACCTFUND></RETOFCAP>\n`
    }
    if (kind !== 'dividend' && kind !== 'interest') return this.#cash(transaction)
    const type = kind === 'dividend' ? 'DIV' : 'INTEREST'
    const tax = trade.taxMinor === 0 ? '' : element('WITHHOLDING', minorText(trade.taxMinor, currency))
    return `<INCOME>${head}${id}<INCOMETYPE>${type}</INCOMETYPE>${total}<SUBACCTSEC>CASH</SUBACCTSEC><SUBACCTFUND>CASH</SUBACCTFUND>${tax}</INCOME>\n`
  }

  #exchange(
    side: 'BUY' | 'SELL',
    { amountMinor }: ExportedTransaction,
    { quantity, price, feeMinor, taxMinor }: ExportedTrade,
    security: ExportedSecurity,
    head: string,
  ): string {
    const { currency } = this.#account
    const shape = shapeOf(security)
    const worth = absoluteDecimal(decimalFromMinor(amountMinor, currency))
    const unit = price ?? divideDecimal(worth, absoluteDecimal(quantity), PRICE_DIGITS)
    const figures = [
      element('UNITS', quantity),
      element('UNITPRICE', unit),
      feeMinor === 0 ? '' : element('COMMISSION', minorText(feeMinor, currency)),
      taxMinor === 0 ? '' : element('TAXES', minorText(taxMinor, currency)),
      element('TOTAL', minorText(amountMinor, currency)),
    ].join('')
    const type = shape === 'OTHER' ? '' : element(`${side}TYPE`, side)
    const accounts = '<SUBACCTSEC>CASH</SUBACCTSEC><SUBACCTFUND>CASH</SUBACCTFUND>'
    return `<${side}${shape}><INV${side}>${head}${securityId(security)}${figures}${accounts}</INV${side}>${type}</${side}${shape}>\n`
  }

  positions(): string {
    const { currency, id } = this.#account
    const on = this.#book.scope.to ?? this.#book.today
    const lines = this.#book.closingHoldings.flatMap(({ accountId, securityId: held, quantity, price, valueMinor }) => {
      const security = this.#securities.get(held)
      const nothing = accountId !== id || signOfDecimal(quantity) === 0
      if (nothing || security === undefined || price === null || valueMinor === null) return []
      const shape = shapeOf(security)
      const figures = [
        element('UNITS', quantity),
        element('UNITPRICE', price),
        element('MKTVAL', minorText(valueMinor, currency)),
        element('DTPRICEASOF', day(on)),
      ].join('')
      const side = signOfDecimal(quantity) > 0 ? 'LONG' : 'SHORT'
      return `<POS${shape}><INVPOS>${securityId(security)}<HELDINACCT>CASH</HELDINACCT><POSTYPE>${side}</POSTYPE>${figures}</INVPOS></POS${shape}>\n`
    })
    return lines.length === 0 ? '' : `<INVPOSLIST>\n${lines.join('')}</INVPOSLIST>\n`
  }
}

type Group = 'bank' | 'card' | 'investment'

const bankTypes: ReadonlyMap<string, string> = new Map([
  ['savings', 'SAVINGS'],
  ['deposit', 'CD'],
  ['call-deposit', 'SAVINGS'],
  ['large-certificate', 'CD'],
  ['money-market', 'MONEYMRKT'],
  ['money-fund', 'MONEYMRKT'],
])

function groupOf({ kind }: StoredAccount): Group | null {
  if (kind.valuedBy === 'valuation' || kind.valuedBy === 'points') return null
  if (kind.valuedBy === 'holdings') return 'investment'
  return kind.class === 'credit-card' ? 'card' : 'bank'
}

/**
 * OFX 2.1.1: a statement for each account (banks and loans, cards, investments with their holdings), and the list of
 * securities. Homes, vehicles and what else is known by its value alone have no place in OFX, nor have
 * points, which are no money; they are told as left out.
 */
export function* writeOfx(book: ExportBook, { told, note }: ExportReports): Generator<string, void, void> {
  const securities = new Map(book.securities.map((security) => [security.id, security]))
  const groups = Map.groupBy(book.accounts, groupOf)
  const left = groups.get(null) ?? []
  if (left.length > 0)
    note({ code: 'accounts-left-out', values: { accounts: left.map(({ name }) => name).join(', ') } })
  const asOf = day(book.scope.to ?? book.today)
  yield '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
  yield '<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n<OFX>\n'
  yield `<SIGNONMSGSRSV1><SONRS>${status}<DTSERVER>${day(book.today)}</DTSERVER><LANGUAGE>${
    book.language === 'en' ? 'ENG' : 'CHI'
  }</LANGUAGE></SONRS></SIGNONMSGSRSV1>\n`
  const numberOf = (account: StoredAccount): string => account.number ?? `OB-${account.id}`
  const bankOf = (account: StoredAccount): string => account.institution?.name ?? 'Onebook'
  const parts = [
    ['bank', 'BANKMSGSRSV1', 'STMTTRNRS', 'STMTRS'],
    ['card', 'CREDITCARDMSGSRSV1', 'CCSTMTTRNRS', 'CCSTMTRS'],
    ['investment', 'INVSTMTMSGSRSV1', 'INVSTMTTRNRS', 'INVSTMTRS'],
  ] as const
  for (const [group, set, response, statement] of parts) {
    const accounts = groups.get(group) ?? []
    if (accounts.length === 0) continue
    yield `<${set}>\n`
    for (const account of accounts) {
      const writer = new StatementWriter(book, account, securities)
      yield `<${response}>${element('TRNUID', String(account.id))}${status}<${statement}>\n`
      if (group === 'investment') {
        yield `${element('DTASOF', asOf)}${element('CURDEF', account.currency)}<INVACCTFROM>`
        yield `${element('BROKERID', bankOf(account))}${element('ACCTID', numberOf(account))}</INVACCTFROM>\n`
        yield `<INVTRANLIST>${writer.period()}\n`
        yield* writer.investment(told)
        yield `</INVTRANLIST>\n${writer.positions()}`
        yield `<INVBAL>${element('AVAILCASH', writer.closing())}<MARGINBALANCE>0</MARGINBALANCE><SHORTBALANCE>0</SHORTBALANCE></INVBAL>\n`
      } else {
        const type = account.kind.side === 'liability' ? 'CREDITLINE' : (bankTypes.get(account.kindKey) ?? 'CHECKING')
        yield element('CURDEF', account.currency)
        yield group === 'card'
          ? `<CCACCTFROM>${element('ACCTID', numberOf(account))}</CCACCTFROM>\n`
          : `<BANKACCTFROM>${element('BANKID', bankOf(account))}${element('ACCTID', numberOf(account))}${element('ACCTTYPE', type)}</BANKACCTFROM>\n`
        yield `<BANKTRANLIST>${writer.period()}\n`
        yield* writer.bank(told)
        yield '</BANKTRANLIST>\n'
        yield `<LEDGERBAL>${element('BALAMT', writer.closing())}${element('DTASOF', asOf)}</LEDGERBAL>\n`
      }
      yield `</${statement}></${response}>\n`
    }
    yield `</${set}>\n`
  }
  if (book.securities.length > 0) {
    yield '<SECLISTMSGSRSV1><SECLIST>\n'
    for (const security of book.securities) {
      const shape = shapeOf(security)
      yield `<${shape}INFO><SECINFO>${securityId(security)}${element('SECNAME', security.name)}${element('TICKER', security.symbol)}</SECINFO></${shape}INFO>\n`
    }
    yield '</SECLIST></SECLISTMSGSRSV1>\n'
  }
  yield '</OFX>\n'
}
