import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { addDecimal, type Decimal, ZERO } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { SwiftAccount } from './account-field.ts'
import type { SwiftBalance, SwiftTotal } from './balance.ts'
import type { StatementLine } from './statement-line.ts'

/** What the fields at the top of a message say. */
export class MessageHeader {
  account: SwiftAccount = {}
  /** Field 28: statement number and page. */
  statementNumber: string | undefined
  page: number | undefined
  /** From field 34F. */
  currency: CurrencyCode | null = null
  accountName: string | undefined
  interim = false
  bank: string | undefined
  hasAccount = false

  readNumber(text: string): void {
    const [number = '', page = ''] = text.trim().split('/')
    this.statementNumber = /^\d{1,10}$/.test(number) ? String(Number(number)) : undefined
    this.page = /^\d{1,5}\s*$/.test(page) ? Number(page) : undefined
  }
}

/** One statement while it is read: pages that continue it included. */
export class Mt940Statement {
  readonly index: number
  header: MessageHeader
  currency: CurrencyCode | null = null
  announced = false
  opening: SwiftBalance | null = null
  closing: SwiftBalance | null = null
  available: SwiftBalance | null = null
  /** The closing balance is that of a page (62M): another should follow. */
  continues = false
  /** A balance field could not be read: sums cannot be checked. */
  unsure = false
  failures = 0
  reversals = 0
  first: IsoDate | null = null
  last: IsoDate | null = null
  /** Sums are signed. */
  readonly credits = { count: 0, sum: ZERO }
  readonly debits = { count: 0, sum: ZERO }
  toldCredits: SwiftTotal | null = null
  toldDebits: SwiftTotal | null = null

  constructor(index: number, header: MessageHeader) {
    this.index = index
    this.header = header
  }

  get sum(): Decimal {
    return addDecimal(this.credits.sum, this.debits.sum)
  }

  get bookings(): number {
    return this.credits.count + this.debits.count
  }

  /** Whether anything but its head has been seen. */
  get begun(): boolean {
    return this.bookings + this.failures > 0 || this.opening !== null || this.closing !== null || this.unsure
  }

  take({ amount, bookingDate, direction, reversal }: StatementLine): void {
    const side = direction === 'credit' ? this.credits : this.debits
    side.count += 1
    side.sum = addDecimal(side.sum, amount)
    if (reversal) this.reversals += 1
    if (this.first === null || bookingDate < this.first) this.first = bookingDate
    if (this.last === null || bookingDate > this.last) this.last = bookingDate
  }
}
