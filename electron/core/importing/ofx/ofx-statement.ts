import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { isCurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { kindOfCode } from '../account-kinds.ts'
import type { AccountKindHint, ParsedAccount, ParsedPosition } from '../importer.ts'
import type { OfxRecord } from './ofx-record.ts'

const CURRENCY_ALIASES: ReadonlyMap<string, string> = new Map([
  ['RMB', 'CNY'],
  ['NTD', 'TWD'],
  ['NIS', 'ILS'],
  ['R$', 'BRL'],
  ['€', 'EUR'],
  ['$', 'USD'],
  ['£', 'GBP'],
])

/** A currency as files write it; null where it is none. */
export function statementCurrency(text: string): CurrencyCode | null {
  const code = text.trim().toUpperCase()
  const known = CURRENCY_ALIASES.get(code) ?? code
  return isCurrencyCode(known) ? known : null
}

export type StatementGroup = 'bank' | 'card' | 'investment' | 'loan'

/** One statement while it is read. */
export class OfxStatement {
  readonly index: number
  readonly group: StatementGroup
  account: OfxRecord | null = null
  currency: CurrencyCode | null = null
  /** Has been told to the reader of items: account and currency are fixed from then on. */
  announced = false
  retirement = false
  /** DTASOF of an investment statement. */
  asOf: IsoDate | null = null
  from: IsoDate | null = null
  to: IsoDate | null = null
  records = 0
  /** Lists of transactions that have begun and not ended. */
  openLists = 0
  /** Values of positions that are cash by another name (sweep and money market funds). */
  readonly cashPositions = new Set<Decimal>()

  constructor(index: number, group: StatementGroup) {
    this.index = index
    this.group = group
  }

  /** Widens the period: a file may hold several lists for one statement. */
  extend(from: IsoDate | null, to: IsoDate | null): void {
    if (from !== null && (this.from === null || from < this.from)) this.from = from
    if (to !== null && (this.to === null || to > this.to)) this.to = to
  }

  notePosition(position: ParsedPosition): void {
    if (position.value === undefined || this.cashPositions.size > 1000) return
    const { class: kind, name = '' } = position.security
    if (kind === 'money-market' || /\b(?:CASH|SWEEP|CORE|MONEY)\b/i.test(name)) this.cashPositions.add(position.value)
  }

  describe(institution: string | undefined): ParsedAccount {
    const values = this.account?.values ?? new Map<string, string>()
    const number = values.get('ACCTID') ?? values.get('LOANACCTID') ?? values.get('ACCTKEY')
    const type = (values.get('ACCTTYPE') ?? values.get('LOANACCTTYPE'))?.toUpperCase()
    const bank = institution ?? values.get('BANKID') ?? values.get('BROKERID')
    const kind = this.#kind(type)
    return {
      ...(number === undefined ? {} : { number }),
      ...(bank === undefined ? {} : { institution: bank }),
      ...(kind === undefined ? {} : { kind }),
    }
  }

  #kind(type: string | undefined): AccountKindHint | undefined {
    if (this.group === 'card') return 'credit-card'
    if (this.group === 'investment') return this.retirement ? 'retirement' : 'brokerage'
    const known = type === undefined ? undefined : kindOfCode('ofx-account-type', type)
    return known ?? (this.group === 'loan' ? 'loan' : undefined)
  }
}
