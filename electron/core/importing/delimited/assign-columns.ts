import type { ColumnRole } from '../../../../shared/model/delimited-layout.ts'
import {
  type ColumnProfile,
  isAmountColumn,
  isCurrencyColumn,
  isDateColumn,
  isDirectionColumn,
  isTimeColumn,
} from './column-profile.ts'
import { type HeaderConcept, directionOfKind, matchHeader, statusOf } from './header-vocabulary.ts'
import { foldPhrase } from './vocabulary-text.ts'

export interface ColumnAssignment {
  readonly columns: readonly { readonly index: number; readonly role: ColumnRole }[]
  /** Roles of date and amounts that were told by shape, not by the header: less sure. */
  readonly byShape: number
  /** Columns that could be the amount as well: the reader of a preview may want to know. */
  readonly rivals: number
}

const SURE = 0.6
const FAIR = 0.55

const DATE_RANK: Partial<Record<HeaderConcept, number>> = {
  'booking-date': 4,
  date: 3,
  'transaction-date': 2,
  time: 1.5,
  'value-date': 1,
}
const AMOUNT_RANK: Partial<Record<HeaderConcept, number>> = {
  'account-amount': 1.3,
  amount: 1,
  gross: 0.85,
  total: 0.8,
  net: 0.75,
}
const NUMERIC: ReadonlySet<HeaderConcept> = new Set([
  'amount',
  'account-amount',
  'net',
  'gross',
  'total',
  'debit',
  'credit',
  'balance',
  'fee',
  'tax',
  'original-amount',
  'rate',
])
const DATES: ReadonlySet<HeaderConcept> = new Set([
  'booking-date',
  'date',
  'transaction-date',
  'value-date',
  'other-date',
])

/** Whether the cells of the column can mean the concept. A column without cells can mean anything. */
function fits(concept: HeaderConcept, profile: ColumnProfile): boolean {
  if (concept === 'ignore') return true
  if (profile.filled === 0) return true
  if (DATES.has(concept)) return isDateColumn(profile)
  if (concept === 'time') return isTimeColumn(profile) || isDateColumn(profile)
  if (NUMERIC.has(concept)) return isAmountColumn(profile)
  if (concept === 'currency' || concept === 'original-currency') return isCurrencyColumn(profile)
  if (concept === 'direction') return isDirectionColumn(profile)
  if (concept === 'merchant-category') return true
  return !isDateColumn(profile)
}

interface Candidate {
  readonly index: number
  readonly profile: ColumnProfile
  readonly name: string
  readonly scores: ReadonlyMap<HeaderConcept, number>
  readonly best: number
}

/** A merged title over a currency and an amount ("Mutatie,,"): the name belongs to the number, the code is its currency. */
function unmerged(header: readonly string[], profiles: readonly ColumnProfile[]): string[] {
  const names = profiles.map((profile) => (header[profile.index] ?? '').trim())
  for (const [at, profile] of profiles.entries()) {
    const next = profiles[at + 1]
    const name = names[at] ?? ''
    if (next === undefined || name === '' || names[at + 1] !== '') continue
    if (!isCurrencyColumn(profile) || !isAmountColumn(next)) continue
    if (!matchHeader(name).some(({ concept, score }) => NUMERIC.has(concept) && score >= SURE)) continue
    names[at + 1] = name
    names[at] = 'Currency'
  }
  return names
}

function candidatesOf(header: readonly string[], profiles: readonly ColumnProfile[]): Candidate[] {
  const names = unmerged(header, profiles)
  return profiles.map((profile, at): Candidate => {
    const scores = new Map<HeaderConcept, number>()
    let best = 0
    for (const { concept, score } of matchHeader(names[at] ?? '')) {
      if (!fits(concept, profile)) continue
      scores.set(concept, score)
      best = Math.max(best, score)
    }
    return { index: profile.index, profile, name: names[at] ?? '', scores, best }
  })
}

class Assigner {
  readonly candidates: readonly Candidate[]
  readonly roles = new Map<number, ColumnRole>()
  byShape = 0
  rivals = 0

  constructor(candidates: readonly Candidate[]) {
    this.candidates = candidates
  }

  free(candidate: Candidate): boolean {
    return !this.roles.has(candidate.index)
  }

  has(role: ColumnRole): boolean {
    return [...this.roles.values()].includes(role)
  }

  indexOf(role: ColumnRole): number {
    for (const [index, known] of this.roles) if (known === role) return index
    return -1
  }

  set(candidate: Candidate | undefined, role: ColumnRole): boolean {
    if (candidate === undefined) return false
    this.roles.set(candidate.index, role)
    return true
  }

  /** Free columns that mean the concept, none of whose other meanings is likelier; the best first. */
  meaning(concept: HeaderConcept, least: number = SURE): Candidate[] {
    return this.candidates
      .filter((candidate) => {
        const score = candidate.scores.get(concept) ?? 0
        return this.free(candidate) && score >= least && score >= candidate.best
      })
      .toSorted((left, right) => (right.scores.get(concept) ?? 0) - (left.scores.get(concept) ?? 0))
  }
}

function assignDates(assigner: Assigner): void {
  const most = Math.max(0, ...assigner.candidates.map((candidate) => candidate.profile.dates))
  const ranked = assigner.candidates
    .map((candidate) => {
      let rank = 0
      for (const [concept, score] of candidate.scores) {
        const weight = DATE_RANK[concept] ?? 0
        if (concept === 'time' && !isDateColumn(candidate.profile)) continue
        if (weight * score > rank && score >= FAIR) rank = weight * score
      }
      // a column that is often blank (not yet booked) still names the booking date, one that nearly always is does not
      if (candidate.profile.filled > 0 && candidate.profile.dates < most / 3) rank /= 5
      return { candidate, rank }
    })
    .filter(({ rank }) => rank > 0)
    .toSorted((left, right) => right.rank - left.rank)
  const [first, ...others] = ranked
  if (first === undefined) {
    const shaped = assigner.candidates.filter(
      (candidate) => isDateColumn(candidate.profile) && !candidate.scores.has('other-date'),
    )
    if (assigner.set(shaped[0], 'date')) {
      assigner.byShape += 1
      assigner.set(shaped[1], 'value-date')
    }
    return
  }
  assigner.set(first.candidate, 'date')
  const valued = others.find(({ candidate }) => candidate.scores.has('value-date')) ?? others[0]
  if (valued !== undefined && valued.rank > 0.5) assigner.set(valued.candidate, 'value-date')
}

function assignTime(assigner: Assigner): void {
  const dateAt = assigner.indexOf('date')
  const timed = assigner.candidates.filter((candidate) => assigner.free(candidate) && isTimeColumn(candidate.profile))
  assigner.set(
    timed.find((candidate) => candidate.scores.has('time')) ??
      timed.find((candidate) => Math.abs(candidate.index - dateAt) === 1),
    'time',
  )
}

/** Two columns of which each row fills one: money out and money in. */
function complementary(rows: readonly (readonly string[])[], left: number, right: number): boolean {
  let one = 0
  let both = 0
  for (const cells of rows) {
    const a = /[1-9]/.test(cells[left] ?? '')
    const b = /[1-9]/.test(cells[right] ?? '')
    if (a && b) both += 1
    else if (a || b) one += 1
  }
  return one > 0 && both * 10 <= one
}

function assignAmounts(assigner: Assigner, rows: readonly (readonly string[])[]): void {
  const debits = assigner.meaning('debit')
  const credits = assigner.meaning('credit')
  const [debit] = debits
  const [credit] = credits
  const amounts = assigner.candidates
    .map((candidate) => {
      let rank = 0
      for (const [concept, score] of candidate.scores) {
        const weight = AMOUNT_RANK[concept]
        if (weight === undefined || score < FAIR) continue
        // a likelier numeric meaning ("Amount (fee)", "Сумма в валюте операции") keeps the column from being the amount
        if (
          score < candidate.best &&
          [...candidate.scores].some(([other, value]) => value > score && !(other in AMOUNT_RANK))
        ) {
          continue
        }
        rank = Math.max(rank, weight * score)
      }
      if (candidate.profile.filled === 0) rank /= 10
      return { candidate, rank }
    })
    .filter(({ candidate, rank }) => rank > 0 && assigner.free(candidate))
    .toSorted((left, right) => right.rank - left.rank)
  const pair = debit !== undefined && credit !== undefined && debit !== credit
  if (pair && (rows.length === 0 || amounts.length === 0 || complementary(rows, debit.index, credit.index))) {
    assigner.set(debit, 'debit')
    assigner.set(credit, 'credit')
    return
  }
  const [best, second] = amounts
  // gross, fee and net side by side: what moved is the net
  const net = assigner.meaning('net')[0]
  const [fee] = assigner.meaning('fee')
  if (
    net !== undefined &&
    net.profile.filled > 0 &&
    fee !== undefined &&
    best?.candidate.scores.has('gross') === true
  ) {
    assigner.set(net, 'amount')
    return
  }
  if (best !== undefined && (best.candidate.profile.filled > 0 || (debit === undefined && credit === undefined))) {
    assigner.set(best.candidate, 'amount')
    if (second !== undefined && second.rank >= best.rank * 0.95 && second.candidate.profile.filled > 0) {
      assigner.rivals += 1
    }
    return
  }
  assigner.set(debit, 'debit')
  assigner.set(credit, 'credit')
}

function assignNumbersByShape(assigner: Assigner, rows: readonly (readonly string[])[]): void {
  if (assigner.has('amount') || assigner.has('debit') || assigner.has('credit')) return
  const currencyAt = new Set(
    assigner.candidates.filter((candidate) => isCurrencyColumn(candidate.profile)).map((candidate) => candidate.index),
  )
  const numeric = assigner.candidates.filter(
    (candidate) =>
      assigner.free(candidate) &&
      isAmountColumn(candidate.profile) &&
      candidate.best < SURE &&
      candidate.profile.identifiers * 2 < candidate.profile.filled,
  )
  if (numeric.length === 0) return
  // date, text, money out, money in, balance: the order that files without a header keep
  for (const left of numeric) {
    const right = assigner.candidates[left.index + 1]
    const balance = assigner.candidates[left.index + 2]
    if (right === undefined || balance === undefined || !numeric.includes(balance)) continue
    if (right.profile.filled > 0 && !numeric.includes(right)) continue
    if (
      balance.profile.filled < balance.profile.rows ||
      left.profile.filled + right.profile.filled !== left.profile.rows
    ) {
      continue
    }
    if ((left.profile.negatives > 0 && left.profile.positives > 0) || !complementary(rows, left.index, right.index))
      continue
    assigner.set(left, 'debit')
    assigner.set(right, 'credit')
    assigner.set(balance, 'balance')
    assigner.byShape += 1
    return
  }
  const rank = (candidate: Candidate): number => {
    const { profile, index } = candidate
    const beside = currencyAt.has(index + 1) || currencyAt.has(index - 1)
    return (
      (profile.negatives > 0 && profile.positives > 0 ? 3 : profile.negatives > 0 ? 1 : 0) +
      (2 * profile.decimals) / profile.filled +
      (2 * profile.filled) / profile.rows +
      (beside ? 1.5 : 0) -
      (profile.distinct === 1 && profile.filled > 2 ? 2 : 0)
    )
  }
  const ranked = numeric.toSorted((left, right) => rank(right) - rank(left) || left.index - right.index)
  assigner.set(ranked[0], 'amount')
  assigner.byShape += 1
  if (ranked.length > 1) assigner.rivals += 1
}

function assignCurrency(assigner: Assigner): void {
  const [original] = assigner.meaning('original-currency')
  assigner.set(original, 'original-currency')
  const money = Math.max(assigner.indexOf('amount'), assigner.indexOf('credit'), assigner.indexOf('debit'))
  const coded = assigner.candidates.filter(
    (candidate) =>
      assigner.free(candidate) &&
      (candidate.profile.filled === 0 ? candidate.scores.has('currency') : isCurrencyColumn(candidate.profile)) &&
      !candidate.scores.has('ignore'),
  )
  // of several the one beside the amount; ties go to the right-hand side ("-2,90;EUR")
  const distance = (candidate: Candidate): number => {
    const score = candidate.scores.get('currency') ?? 0
    const named = score >= SURE ? 10 * (1 - score) : 20
    const off = candidate.index - money
    return named + (off > 0 ? off : 0.5 - off)
  }
  const [nearest] = coded.toSorted((left, right) => distance(left) - distance(right))
  assigner.set(nearest, 'currency')
}

/** Whether the signs of the amounts already say what the column's words say. */
function signsAgree(rows: readonly (readonly string[])[], directionAt: number, amountAt: number): boolean {
  let agree = 0
  let all = 0
  for (const cells of rows) {
    const direction = directionOfKind((cells[directionAt] ?? '').trim())
    const amount = cells[amountAt] ?? ''
    if (direction === null || !/[1-9]/.test(amount)) continue
    all += 1
    if ((direction === 'debit') === /[-−–(]/.test(amount)) agree += 1
  }
  return all > 0 && agree * 20 >= all * 19
}

function assignDirection(assigner: Assigner, rows: readonly (readonly string[])[]): void {
  const [named] = assigner.meaning('direction')
  if (named !== undefined) {
    assigner.set(named, 'direction')
    return
  }
  const money = assigner.candidates.find((candidate) => candidate.index === assigner.indexOf('amount'))
  if (money === undefined) return
  const shaped = assigner.candidates.find(
    (candidate) =>
      assigner.free(candidate) &&
      (candidate.best < SURE || candidate.scores.has('kind')) &&
      isDirectionColumn(candidate.profile) &&
      candidate.profile.filled * 10 >= candidate.profile.rows * 9 &&
      !signsAgree(rows, candidate.index, money.index),
  )
  if (shaped !== undefined) {
    assigner.set(shaped, 'direction')
    return
  }
  // "Purchase", "Top-up" … say the direction where the amounts do not
  if (money.profile.negatives > 0) return
  const kinds = assigner.candidates.find(
    (candidate) =>
      assigner.free(candidate) &&
      candidate.profile.filled === candidate.profile.rows &&
      candidate.profile.filled > 0 &&
      candidate.profile.kinds === candidate.profile.filled &&
      (candidate.best < SURE || candidate.scores.has('kind') || candidate.scores.has('description')),
  )
  assigner.set(kinds, 'direction')
}

/** Words that stand over one's own account in some files and over the other side's in others. */
const EITHER_SIDE = new Set(
  [
    'Kontonummer',
    'IBAN',
    'Tilinumero',
    'Account number',
    'Konto',
    'Kontonummer/IBAN',
    'Numero conto',
    'Conto',
    'Cuenta',
  ]
    .concat([
      'Número de cuenta',
      'Rekeningnummer',
      'Rekening',
      'Compte',
      'Numéro de compte',
      'Rachunek',
      'Numer rachunku',
    ])
    .concat(['Číslo účtu', 'Účet', 'Conta', 'Account', 'Bank account', 'Compte bancaire', 'Numer konta'])
    .map(foldPhrase),
)

function assignAccounts(assigner: Assigner, ownAccount: string | null, rows: readonly (readonly string[])[]): void {
  const own = assigner.meaning('account', FAIR)
  const other = assigner.meaning('counterparty', FAIR)
  const digitsOf = (text: string): string => text.replaceAll(/\D/g, '')
  const differs = ({ index }: Candidate): boolean => {
    if (ownAccount === null) return false
    const known = digitsOf(ownAccount)
    const cell = digitsOf(rows.find((cells) => (cells[index] ?? '').trim() !== '')?.[index] ?? '')
    return known.length >= 6 && cell.length >= 6 && !known.endsWith(cell.slice(-6)) && !cell.endsWith(known.slice(-6))
  }
  const varied = (candidate: Candidate): boolean => {
    const { profile, name } = candidate
    if (EITHER_SIDE.has(foldPhrase(name))) {
      if (profile.filled < profile.rows || differs(candidate)) return true
      if (profile.rows > 1 && profile.distinct === profile.filled && profile.numbers + profile.ibans > 0) return true
    }
    return profile.distinct > Math.max(4, profile.filled * 0.3) || profile.filled * 4 < profile.rows
  }
  const constant = (candidate: Candidate): boolean =>
    candidate.profile.filled > 1 &&
    candidate.profile.filled === candidate.profile.rows &&
    candidate.profile.distinct === 1 &&
    !differs(candidate)
  const account = own.find((candidate) => !varied(candidate) && candidate.profile.filled > 0) ?? other.find(constant)
  assigner.set(account, 'account')
  const counterparty = other.find((candidate) => candidate !== account) ?? own.find((candidate) => varied(candidate))
  assigner.set(counterparty, 'counterparty')
}

function assignStatus(assigner: Assigner, rows: readonly (readonly string[])[]): void {
  const [named] = assigner.meaning('status', FAIR)
  if (assigner.set(named, 'status')) return
  for (const candidate of assigner.candidates) {
    if (!assigner.free(candidate) || candidate.profile.distinct > 6 || candidate.profile.filled === 0) continue
    if (candidate.scores.has('payee') || candidate.scores.has('category')) continue
    if (rows.some((cells) => statusOf((cells[candidate.index] ?? '').trim()) !== 'booked')) {
      assigner.set(candidate, 'status')
      return
    }
  }
}

/** An identity is worth keeping where it tells rows apart; a reference that repeats is rather a text. */
const identifies = ({ profile }: Candidate): boolean =>
  profile.filled < 3 || profile.distinct * 10 >= profile.filled * 8

function assignReference(assigner: Assigner): Candidate[] {
  const found = assigner.meaning('reference', FAIR)
  const filled = found.filter(({ profile }) => profile.filled > 0)
  assigner.set(filled.find(identifies) ?? (filled.length === 0 ? found[0] : undefined), 'reference')
  return filled.filter((candidate) => assigner.free(candidate) && candidate.profile.length > 12)
}

function assignTexts(assigner: Assigner): void {
  for (const [concept, role] of [
    ['check-number', 'check-number'],
    ['merchant-category', 'merchant-category'],
    ['category', 'category'],
    ['tags', 'tags'],
  ] as const) {
    const found = assigner.meaning(concept, FAIR)
    assigner.set(found.find((candidate) => candidate.profile.filled > 0) ?? found[0], role)
  }
  const references = assignReference(assigner)
  const kinds = assigner
    .meaning('kind', FAIR)
    .toSorted((left, right) => left.profile.distinct - right.profile.distinct || left.index - right.index)
  const [kind, ...longer] = kinds
  const wordy = longer.filter(({ profile }) => profile.length > 12)
  const payees = assigner.meaning('payee', FAIR)
  const payers = assigner.meaning('payer', FAIR)
  const descriptions = [...assigner.meaning('description', FAIR), ...wordy]
  const memos = assigner.meaning('memo', FAIR)
  const bare = payees.length + payers.length + descriptions.length + memos.length === 0
  // a column of types that never repeats, in a table without other texts, is the description
  if (kind !== undefined && bare && kind.profile.length > 15 && kind.profile.distinct * 2 > kind.profile.filled) {
    descriptions.push(kind)
  } else assigner.set(kind, 'kind')
  // among equals the column that tells more: "Description" rather than "Product"
  const telling = (list: readonly Candidate[], concept: HeaderConcept): Candidate | undefined =>
    list.toSorted(
      (left, right) =>
        (right.scores.get(concept) ?? 0) * Math.min(1, right.profile.filled) -
          (left.scores.get(concept) ?? 0) * Math.min(1, left.profile.filled) ||
        right.profile.distinct - left.profile.distinct ||
        right.profile.length - left.profile.length,
    )[0]
  const payee = telling(payees, 'payee')
  const payer = telling(payers, 'payer')
  // payer and payee side by side: the reader takes the one that is the other side of the row
  if (payee !== undefined || payer !== undefined) {
    assigner.set(payee, 'payee')
    assigner.set(payer, 'payee')
  } else assigner.set(telling(descriptions, 'description') ?? telling(memos, 'memo'), 'payee')
  for (const candidate of [...payees, ...payers, ...descriptions, ...memos, ...references]) {
    const { filled, rows, distinct } = candidate.profile
    // what is the same in every row tells nothing of any of them
    const idle = filled === 0 || (rows > 4 && filled === rows && distinct === 1)
    if (assigner.free(candidate) && !idle) assigner.set(candidate, 'memo')
  }
}

function assignTextsByShape(assigner: Assigner, headless: boolean): void {
  const texts = assigner.candidates
    .filter(
      ({ index, profile, best }) =>
        !assigner.roles.has(index) &&
        (headless || best === 0) &&
        profile.filled > 0 &&
        profile.numbers * 2 < profile.filled &&
        profile.dates === 0 &&
        profile.times * 2 < profile.filled,
    )
    .toSorted((left, right) => right.profile.length - left.profile.length)
  if (!assigner.has('payee')) {
    const payee = texts.find(({ profile }) => profile.ibans * 2 < profile.filled)
    if (assigner.has('memo') && !headless) return
    assigner.set(payee, 'payee')
  }
  if (!headless) return
  for (const candidate of texts) {
    if (!assigner.free(candidate)) continue
    const { profile } = candidate
    if (profile.ibans * 2 >= profile.filled) {
      if (!assigner.has('counterparty')) assigner.set(candidate, 'counterparty')
    } else if (profile.length >= 3) assigner.set(candidate, 'memo')
  }
  const first = assigner.candidates.find(
    ({ index, profile }) =>
      !assigner.roles.has(index) &&
      profile.filled === profile.rows &&
      profile.rows > 1 &&
      profile.distinct === 1 &&
      (profile.identifiers === profile.filled || profile.ibans === profile.filled),
  )
  if (!assigner.has('account')) assigner.set(first, 'account')
}

/**
 * Gives the columns their roles: by the words over them where the cells agree, by the cells alone where there are no
 * words or unknown ones. `rows` are a sample of the data rows that `profiles` were made of; `ownAccount` is the account
 * that the lines above the table name.
 */
export function assignColumns(
  header: readonly string[] | null,
  profiles: readonly ColumnProfile[],
  rows: readonly (readonly string[])[],
  ownAccount: string | null = null,
): ColumnAssignment {
  const assigner = new Assigner(candidatesOf(header ?? [], profiles))
  assignDates(assigner)
  assignTime(assigner)
  assigner.set(
    assigner.meaning('balance').toSorted((left, right) => right.profile.filled - left.profile.filled)[0],
    'balance',
  )
  assignAmounts(assigner, rows)
  const dataKnown = profiles.some((profile) => profile.filled > 0)
  if (dataKnown) assignNumbersByShape(assigner, rows)
  assignCurrency(assigner)
  for (const [concept, role] of [
    ['fee', 'fee'],
    ['tax', 'tax'],
    ['original-amount', 'original-amount'],
    ['rate', 'rate'],
  ] as const) {
    assigner.set(assigner.meaning(concept)[0], role)
  }
  if (assigner.has('amount')) assignDirection(assigner, rows)
  assignAccounts(assigner, ownAccount, rows)
  assignStatus(assigner, rows)
  assignTexts(assigner)
  assignTextsByShape(assigner, header === null)
  const columns = [...assigner.roles]
    .map(([index, role]) => ({ index, role }))
    .toSorted((left, right) => left.index - right.index)
  return { columns, byShape: assigner.byShape, rivals: assigner.rivals }
}
