import { type Assigner, type Candidate, FAIR } from './column-candidates.ts'
import { type HeaderConcept, statusOf } from './header-vocabulary.ts'
import { foldPhrase } from './vocabulary-text.ts'

/** Words that stand over one's own account in some files and over the other side's in others. */
const EITHER_SIDE = new Set(
  [
    'Kontonummer',
    'IBAN',
    'Tilinumero',
    'Account number',
    'Konto',
    'Kontonummer/IBAN',
    'IBAN / Kontonummer',
    '계좌번호',
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

export function assignAccounts(
  assigner: Assigner,
  ownAccount: string | null,
  rows: readonly (readonly string[])[],
): void {
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

export function assignStatus(assigner: Assigner, rows: readonly (readonly string[])[]): void {
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

export function assignTexts(assigner: Assigner): void {
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
  if (kind !== undefined && bare && kind.profile.distinct * 2 > kind.profile.filled) {
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

/** In a table without any other text, what it calls a reference tells what the payment was. */
export function assignReferenceAsPayee(assigner: Assigner): void {
  if (assigner.has('payee') || assigner.has('memo')) return
  const reference = assigner.candidates.find(({ index }) => index === assigner.indexOf('reference'))
  if (reference === undefined || reference.profile.filled === 0) return
  const { filled, numbers, identifiers, length } = reference.profile
  if (numbers + identifiers > 0 || length < 3 || filled * 2 < reference.profile.rows) return
  assigner.set(reference, 'payee')
}

export function assignTextsByShape(assigner: Assigner, headless: boolean): void {
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
