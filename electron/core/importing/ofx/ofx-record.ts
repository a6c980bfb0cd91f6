import type { OfxScanner } from './ofx-scanner.ts'

/**
 * One group of elements ("aggregate") laid flat: the value under an element's name; under "GROUP/NAME" inside those
 * inner groups that have names of their own. The first value of a name wins.
 */
export interface OfxRecord {
  readonly name: string
  readonly values: ReadonlyMap<string, string>
  /** The group was not ended by its own closing tag. */
  readonly unclosed: boolean
}

/** Inner groups that only bundle elements of their parent. */
const TRANSPARENT = new Set('INVBUY INVSELL INVTRAN INVPOS SECINFO SECID OO'.split(' '))

/** Inner groups whose elements would be mistaken for those of the parent. */
const NAMESPACED = new Set(
  (
    'PAYEE BANKACCTTO CCACCTTO LOANACCTTO CURRENCY ORIGCURRENCY IMAGEDATA EXTDPAYEE STATUS FI LOANPMTINFO ' +
    'SECLIST PORTION FIPORTION FIASSETCLASS'
  ).split(' '),
)

/** Groups that never stand inside a record: meeting one means that the record was never closed. */
const OUTER = new Set(
  (
    'OFX STMTTRN STMTTRNP BANKTRANLIST BANKTRANLISTP INVTRANLIST INVPOSLIST INVBAL INVOOLIST STMTRS CCSTMTRS INVSTMTRS ' +
    'STMTTRNRS CCSTMTTRNRS INVSTMTTRNRS BANKMSGSRSV1 CREDITCARDMSGSRSV1 INVSTMTMSGSRSV1 SECLISTMSGSRSV1 SIGNONMSGSRSV1 ' +
    'LEDGERBAL AVAILBAL BUYSTOCK BUYMF BUYDEBT BUYOPT BUYOTHER SELLSTOCK SELLMF SELLDEBT SELLOPT SELLOTHER INCOME ' +
    'REINVEST INVEXPENSE TRANSFER INVBANKTRAN JRNLFUND JRNLSEC MARGININTEREST RETOFCAP SPLIT CLOSUREOPT POSSTOCK POSMF ' +
    'POSDEBT POSOPT POSOTHER STOCKINFO MFINFO DEBTINFO OPTINFO OTHERINFO'
  ).split(' '),
)

const MOST_VALUES = 500
const DEEPEST = 24

/**
 * Reads the group whose opening tag has just been read, up to its end. A record that is never closed ends where
 * something begins (or an outer group ends) that cannot be part of it, so that it cannot swallow its neighbours.
 */
export function readRecord(scanner: OfxScanner): OfxRecord {
  const { name } = scanner
  const values = new Map<string, string>()
  if (scanner.selfClosed) return { name, values, unclosed: false }
  /** Names of the inner groups that are open, and the prefix of their elements. */
  const open: string[] = []
  const prefixes: string[] = []
  let prefix = ''
  let leavesClosed = false
  let lastLeaf = ''
  for (;;) {
    const token = scanner.next()
    if (token === 'end') return { name, values, unclosed: true }
    const tag = scanner.name
    if (token === 'close') {
      if (tag === lastLeaf) {
        leavesClosed = true
        lastLeaf = ''
        continue
      }
      const depth = open.lastIndexOf(tag)
      if (depth >= 0) {
        prefix = prefixes[depth] ?? ''
        open.length = depth
        prefixes.length = depth
        continue
      }
      if (tag === name) return { name, values, unclosed: false }
      if (OUTER.has(tag)) {
        scanner.pushBack(token)
        return { name, values, unclosed: true }
      }
      continue
    }
    const { text } = scanner
    if (scanner.selfClosed) continue
    lastLeaf = tag
    if (text !== '') {
      const key = prefix === '' ? tag : prefix + tag
      if (!values.has(key) && values.size < MOST_VALUES) values.set(key, text)
      continue
    }
    if (OUTER.has(tag)) {
      scanner.pushBack(token)
      return { name, values, unclosed: true }
    }
    const transparent = TRANSPARENT.has(tag)
    // an unknown name without a value: in a file that closes its elements it is a group, else an empty element
    const group = transparent || NAMESPACED.has(tag) || (leavesClosed && !KNOWN_ELEMENTS.has(tag)) || tag.includes('.')
    if (group && open.length < DEEPEST) {
      open.push(tag)
      prefixes.push(prefix)
      if (!transparent) prefix = `${tag}/`
      lastLeaf = ''
    }
  }
}

/** Elements that often come empty. */
const KNOWN_ELEMENTS = new Set(
  (
    'TRNTYPE DTPOSTED DTUSER DTAVAIL TRNAMT FITID CORRECTFITID CORRECTACTION SRVRTID CHECKNUM REFNUM SIC PAYEEID NAME ' +
    'EXTDNAME MEMO INV401KSOURCE ADDR1 ADDR2 ADDR3 CITY STATE POSTALCODE COUNTRY PHONE BANKID BRANCHID ACCTID ACCTTYPE ' +
    'ACCTKEY BROKERID BALAMT DTASOF UNITS UNITPRICE TOTAL COMMISSION TAXES FEES LOAD DTTRADE DTSETTLE TICKER SECNAME ' +
    'UNIQUEID UNIQUEIDTYPE FIID RATING DTTRAN DTEXPIRE SUBACCTSEC SUBACCTFUND MESSAGE CODE SEVERITY'
  ).split(' '),
)
