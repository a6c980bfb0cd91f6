import { isCurrencyCode } from '../../../../shared/domain/currency.ts'
import { accountNumber, type Details, joinLines, tidy } from './details.ts'
import { looksLikeIban } from './account-field.ts'
import { realReference } from './statement-line.ts'
import { parseSwiftAmount } from './swift-values.ts'

/** Code words of field 86 between slashes: the Dutch banks' (Betaalvereniging), SWIFT's own, ING's and HSBC's. */
const WORDS: ReadonlySet<string> = new Set(
  (
    'TRTP IBAN BBAN BIC NAME REMI EREF KREF PREF IREF MREF MARF CSID ORDP BENM CNTP ULTC ULTD ULTB ULTR PURP RTRN TRCD ' +
    'INIT ISDT ADDR ACCW SVCL NRTX CDTRREFTP CDTRREF CD ISSR USTD STRD OCMT CHGS EXCH CHGA OGB VA SUM BREF ' +
    'ROC OBI RFB ACC INS RCPT BNF PAYR DBTR CDTR NAMB ABWA ABWE'
  ).split(' '),
)

/** A code word where no other text shows the dialect. */
const OPENING = /^\s*\/([A-Z]{2,9})\//

/** Whether a line begins with a code word between slashes. */
export function isSlashed(first: string): boolean {
  const word = OPENING.exec(first)?.[1]
  return word !== undefined && WORDS.has(word)
}

interface Slashed {
  readonly lead: string
  /** The first value of each word that has one. */
  readonly values: ReadonlyMap<string, string>
}

/** Divides a text at its code words; a slash within a value stays as it is. */
function divide(text: string): Slashed {
  const values = new Map<string, string>()
  let word = ''
  let lead = ''
  let from = 0
  const take = (end: number): void => {
    const value = text.slice(from, end)
    if (word === '') lead = value
    else if (value.trim() !== '' && !values.has(word)) values.set(word, value)
  }
  for (let slash = text.indexOf('/'); slash >= 0;) {
    const end = text.indexOf('/', slash + 1)
    if (end < 0) break
    const candidate = end - slash <= 10 ? text.slice(slash + 1, end).trim() : ''
    if (WORDS.has(candidate)) {
      take(slash)
      word = candidate
      from = end + 1
    }
    // the slash that closes one word may open the next: "/REMI/USTD//text"
    slash = end
  }
  take(text.length)
  return { lead, values }
}

const MONEY = /^\s*([A-Z]{3})\s?(\d[\d.,]{0,20})\/?(.*)$/s

type Money = NonNullable<Details['original']>

/** "EUR11,85" and the text behind it. */
export function moneyOf(text: string | undefined): { money: Money; rest: string } | null {
  const match = text === undefined ? null : MONEY.exec(text)
  const currency = match?.[1] ?? ''
  if (match === null || !isCurrencyCode(currency)) return null
  const amount = parseSwiftAmount(match[2] ?? '', currency)
  return amount === null ? null : { money: { amount, currency }, rest: match[3] ?? '' }
}

function party(value: string | undefined): {
  account?: string | undefined
  name?: string | undefined
  rest?: string | undefined
} {
  if (value === undefined) return {}
  const parts = value.split('/').map((part) => part.trim())
  const first = parts[0] ?? ''
  const account = /^[A-Z]{0,2}\d[A-Z0-9 ]{4,33}$/.test(first) ? accountNumber(first) : undefined
  const others = account === undefined ? parts : parts.slice(1)
  return {
    account,
    name: tidy(others[0]),
    rest: tidy(
      others
        .slice(1)
        .filter((part) => part !== '')
        .join(' '),
    ),
  }
}

/** ING: "/CNTP/account/BIC/name/city/". */
function counterpartyOf(value: string | undefined): { account?: string | undefined; name?: string | undefined } {
  if (value === undefined) return {}
  const [account = '', , name = ''] = value.split('/')
  return { account: accountNumber(account), name: tidy(name) }
}

const withoutSlashes = (text: string | undefined): string | undefined => {
  const inner = text?.trim().replace(/^\/+/, '') ?? ''
  let end = inner.length
  while (end > 0 && inner.charAt(end - 1) === '/') end -= 1
  return tidy(inner.slice(0, end))
}

/** Reads field 86 with code words between slashes. */
export function readSlashedDetails(lines: readonly string[]): Details {
  const { lead, values } = divide(joinLines(lines))
  const inner = (word: string): string | undefined => withoutSlashes(values.get(word))
  const counterparty = counterpartyOf(values.get('CNTP'))
  const other = party(values.get('BENM') ?? values.get('ORDP'))
  const ordered = moneyOf(values.get('OCMT'))
  const words = [tidy(lead), inner('REMI'), inner('USTD'), inner('STRD'), other.rest, tidy(ordered?.rest)]
  words.push(inner('RFB'), inner('ROC'), inner('OBI'))
  const purpose = words.filter((text) => text !== undefined).join(' ')
  return {
    bookingText: inner('TRTP'),
    payee: inner('NAME') ?? counterparty.name ?? other.name,
    purpose: purpose === '' ? inner('CDTRREF') : purpose,
    counterparty: accountNumber(inner('IBAN') ?? inner('BBAN')) ?? counterparty.account ?? other.account,
    endToEndId: realReference(inner('EREF')),
    customerReference: realReference(inner('KREF') ?? inner('PREF')),
    returned: values.has('RTRN'),
    original: ordered?.money,
    charge: moneyOf(values.get('CHGS'))?.money,
  }
}

/** What the lines below a booking say: "/OCMT/EUR11,85//CHGS/EUR0,50/", an IBAN, or words. */
export function readSupplement(text: string): Details {
  if (text === '') return {}
  if (text.startsWith('/')) {
    if (!text.includes('/OCMT/') && !text.includes('/CHGS/')) return {}
    const { original, charge } = readSlashedDetails([text])
    return { original, charge }
  }
  return looksLikeIban(text) ? { counterparty: text } : { bookingText: tidy(text) }
}
