import { type CamtElement, elementAt, elementsOf, textAt, textsOf } from './camt-element.ts'
import {
  amountOf,
  type CurrencyAmount,
  type Direction,
  directionOf,
  nameIn,
  referenceIn,
  sideAmount,
} from './camt-values.ts'

/** One side of a payment. */
export interface CamtParty {
  readonly name: string | undefined
  /** On whose behalf the party acts. */
  readonly ultimate: string | undefined
  /** IBAN or account number. */
  readonly account: string | undefined
}

/** What TxDtls says of one payment, in a form small enough to keep thousands. */
export interface CamtDetail {
  readonly amount: CurrencyAmount | null
  readonly direction: Direction | null
  readonly debtor: CamtParty
  readonly creditor: CamtParty
  /** What the payer wrote, and references of structured remittance. */
  readonly remittance: string
  /** The bank's own words. */
  readonly additional: string | undefined
  /** Why it came back. */
  readonly returned: string | undefined
}

const PARTY_CHOICES: readonly (readonly string[])[] = [['Nm'], ['Pty', 'Nm'], ['Agt', 'FinInstnId', 'Nm']]

function partyName(party: CamtElement | undefined): string | undefined {
  if (party === undefined) return undefined
  for (const path of PARTY_CHOICES) {
    const name = nameIn(textAt(party, ...path))
    if (name !== undefined) return name
  }
  return undefined
}

const ACCOUNT_CHOICES: readonly (readonly string[])[] = [
  ['Id', 'IBAN'],
  ['Id', 'Othr', 'Id'],
  ['Id', 'BBAN'],
  ['Id', 'PrtryAcct', 'Id'],
  ['Id', 'UPIC'],
]

/** The number of an account, by whichever scheme it is named (IBAN, other, and those of version 01). */
export function accountNumber(account: CamtElement | undefined): string | undefined {
  if (account === undefined) return undefined
  for (const path of ACCOUNT_CHOICES) {
    const number = referenceIn(textAt(account, ...path))
    if (number !== undefined) return number
  }
  return undefined
}

const NOBODY: CamtParty = { name: undefined, ultimate: undefined, account: undefined }

function partyOf(parties: CamtElement | undefined, role: 'Dbtr' | 'Cdtr'): CamtParty {
  if (parties === undefined) return NOBODY
  const account = elementAt(parties, `${role}Acct`)
  return {
    name: partyName(elementAt(parties, role)) ?? nameIn(textAt(account, 'Nm')),
    ultimate: partyName(elementAt(parties, `Ultmt${role}`)),
    account: accountNumber(account),
  }
}

/** A marker of the Swiss payment slip clearing, not a message: "nothing was rejected". */
const NO_MESSAGE = /^\?REJECT\?0?$/

function structured(remittance: CamtElement): string[] {
  const reference = elementAt(remittance, 'CdtrRefInf')
  const parts = [
    referenceIn(textAt(reference, 'Ref') ?? textAt(reference, 'CdtrRef')),
    ...elementsOf(remittance, 'RfrdDocInf').map((document) =>
      referenceIn(textAt(document, 'Nb') ?? textAt(document, 'RfrdDocNb')),
    ),
    ...textsOf(remittance, 'AddtlRmtInf'),
  ]
  return parts.filter((part) => part !== undefined).filter((part) => part !== '' && !NO_MESSAGE.test(part))
}

function remittanceOf(detail: CamtElement): string {
  const texts: string[] = []
  for (const information of elementsOf(detail, 'RmtInf')) {
    const free = textsOf(information, 'Ustrd')
    texts.push(free.join(' ').trim())
    for (const one of elementsOf(information, 'Strd')) texts.push(...structured(one))
  }
  return joinTexts(texts)
}

/** Return information: reason code and words; '' where it only says that it is a return. */
function returnOf(detail: CamtElement): string | undefined {
  const information = elementAt(detail, 'RtrInf')
  if (information === undefined) return undefined
  const reason = elementAt(information, 'Rsn') ?? elementAt(information, 'RtrRsn')
  const code = textAt(reason, 'Cd') ?? textAt(reason, 'Prtry') ?? textAt(reason) ?? ''
  const words = textsOf(information, 'AddtlInf')
  return [code, ...words].filter((part) => part !== '').join(' ')
}

export function readDetail(element: CamtElement): CamtDetail {
  const parties = elementAt(element, 'RltdPties')
  const amounts = elementAt(element, 'AmtDtls')
  return {
    amount: amountOf(elementAt(element, 'Amt')) ?? sideAmount(amounts, 'TxAmt') ?? sideAmount(amounts, 'InstdAmt'),
    direction: directionOf(textAt(element, 'CdtDbtInd')),
    debtor: partyOf(parties, 'Dbtr'),
    creditor: partyOf(parties, 'Cdtr'),
    remittance: remittanceOf(element),
    additional: textAt(element, 'AddtlTxInf'),
    returned: returnOf(element),
  }
}

/** Whose account a statement is: to tell the other side of a payment. */
export interface CamtOwner {
  /** Without spaces, upper case. */
  readonly account: string
  readonly name: string
}

const bareAccount = (text: string): string => (text.includes(' ') ? text.replaceAll(' ', '') : text).toUpperCase()

export function ownerOf(account: string | undefined, name: string | undefined): CamtOwner {
  return { account: bareAccount(account ?? ''), name: name?.toLowerCase() ?? '' }
}

/** A national account number is the end of its IBAN. */
const SHORTEST_NATIONAL = 8

function isAccountOf(account: string, owner: CamtOwner): boolean {
  const bare = bareAccount(account)
  return bare === owner.account || (bare.length >= SHORTEST_NATIONAL && owner.account.endsWith(bare))
}

function isOwn(party: CamtParty, owner: CamtOwner): boolean {
  if (party.account !== undefined && owner.account !== '') return isAccountOf(party.account, owner)
  return party.name !== undefined && party.name.toLowerCase() === owner.name
}

/** Certainly somebody else's account. */
const isForeign = (party: CamtParty, owner: CamtOwner): boolean =>
  party.account !== undefined && owner.account !== '' && !isAccountOf(party.account, owner)

const isBlank = (party: CamtParty): boolean =>
  party.name === undefined && party.account === undefined && party.ultimate === undefined

/**
 * The other side: the debtor of a credit, the creditor of a debit. A return keeps the roles of the payment that comes
 * back, so there it is the other way round; and nobody is his own counterparty.
 */
export function otherSide(detail: CamtDetail, direction: Direction, isReturn: boolean, owner: CamtOwner): CamtParty {
  const isDebtor = (direction === 'credit') !== isReturn
  const expected = isDebtor ? detail.debtor : detail.creditor
  const opposite = isDebtor ? detail.creditor : detail.debtor
  if (isBlank(expected)) {
    return isForeign(opposite, owner) || (isReturn && !isOwn(opposite, owner)) ? opposite : NOBODY
  }
  if (isOwn(expected, owner) && !isBlank(opposite) && !isOwn(opposite, owner)) return opposite
  return expected
}

const LONGEST_MEMO = 4_000

/** Texts one after the other; one that an earlier one contains is left out. */
export function joinTexts(texts: readonly (string | undefined)[]): string {
  const kept: string[] = []
  for (const text of texts) {
    if (text === undefined || text === '' || NO_MESSAGE.test(text)) continue
    if (kept.length === 0) kept.push(text)
    else {
      const folded = text.toLowerCase()
      if (!kept.some((earlier) => earlier.toLowerCase().includes(folded))) kept.push(text)
    }
  }
  const joined = kept.join(' · ')
  return joined.length > LONGEST_MEMO ? `${joined.slice(0, LONGEST_MEMO - 1)}…` : joined
}
