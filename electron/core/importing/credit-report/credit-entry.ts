import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { type Decimal, negateDecimal, tryParseDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import { endOfMonth, type IsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'

/** One numbered entry of the report's list of cards and loans. */
export interface CreditEntry {
  readonly institution: string
  readonly kind: 'credit-card' | 'loan' | 'line-of-credit'
  /** What the report calls it: 贷记卡, 个人住房商业贷款 … */
  readonly product: string
  readonly openedOn: IsoDate
  readonly currency: CurrencyCode
  /** The end of the month that its figures are of, or the day that it is of. */
  readonly asOf: IsoDate | null
  /** What is owed, as a balance: zero or negative. Null where the entry does not say. */
  readonly balance: Decimal | null
  readonly limit: Decimal | null
  /** Settled, cancelled or never activated: nothing is owed. */
  readonly closed: boolean
}

const CURRENCIES: Readonly<Record<string, string>> = {
  人民币: 'CNY',
  美元: 'USD',
  欧元: 'EUR',
  日元: 'JPY',
  港币: 'HKD',
  港元: 'HKD',
  英镑: 'GBP',
  澳大利亚元: 'AUD',
}

const OPENED = /^(\d{4})年(\d{1,2})月(\d{1,2})日/
const AS_OF = /截至(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?/
const LIMIT = /(?:信用额度|授信额度|信用总额)(?:折合人民币)?([\d,]+(?:\.\d+)?)/
const USED = /(?:已使用额度|已用额度|透支余额|余额)(?:折合人民币)?(?:为)?([\d,]+(?:\.\d+)?)/
const CURRENCY = /[（(]([\u4E00-\u9FFF]{2,6}?)(?:账户)?[）)]/
const CLOSED = /已(?:于\d{4}年\d{1,2}月(?:\d{1,2}日)?)?(?:结清|销户)|已结清|已销户|尚未激活|已转出/
/** The sum that was lent stands between the lender and the kind of loan. */
const LENT = /发放的(?:[\d,]+(?:\.\d+)?元)?(?:[（(][\u4E00-\u9FFF]{2,6}[）)])?/

const amountOf = (text: string | undefined): Decimal | null =>
  text === undefined ? null : tryParseDecimal(text.replaceAll(',', ''))

/** Reads the entry's text, spaces taken out; null where it is no card or loan of a known form. */
export function parseCreditEntry(text: string): CreditEntry | null {
  const opened = OPENED.exec(text)
  if (opened === null) return null
  const openedOn = tryIsoDate(Number(opened[1]), Number(opened[2]), Number(opened[3]))
  const rest = text.slice(opened[0].length)
  const lent = LENT.exec(rest)
  const granted = rest.indexOf('为')
  const end = lent?.index ?? granted
  if (openedOn === null || end <= 0 || end > 60) return null
  const after = rest.slice(lent === null ? end + 1 : end + lent[0].length)
  const product = /^[^，。（(]{1,24}/.exec(after)?.[0] ?? ''
  const kind = kindOf(product)
  if (kind === null) return null
  const asOf = AS_OF.exec(rest)
  const used = amountOf(USED.exec(rest)?.[1])
  const limit = amountOf(LIMIT.exec(rest)?.[1])
  const closed = CLOSED.test(rest)
  return {
    institution: rest.slice(0, end),
    kind,
    product,
    openedOn,
    currency: (CURRENCIES[CURRENCY.exec(rest)?.[1] ?? '人民币'] ?? 'CNY') as CurrencyCode,
    asOf: asOf === null ? null : dayOf(asOf),
    balance: used === null ? (closed ? ZERO : null) : used === ZERO ? ZERO : negateDecimal(used),
    limit,
    closed,
  }
}

function kindOf(product: string): CreditEntry['kind'] | null {
  if (product.includes('贷记卡')) return 'credit-card'
  if (product.includes('授信') || product.includes('额度')) return 'line-of-credit'
  return product.includes('贷款') ? 'loan' : null
}

function dayOf([, year, month, day]: RegExpExecArray): IsoDate | null {
  if (day !== undefined) return tryIsoDate(Number(year), Number(month), Number(day))
  const first = tryIsoDate(Number(year), Number(month), 1)
  return first === null ? null : endOfMonth(first)
}
