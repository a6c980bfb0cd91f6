import { normalizeName } from './cell.ts'
import { GENERIC_ID, type Profile, type Role, roles, rules } from './profile.ts'

/** How one table's columns are to be read. */
export interface TableLayout {
  readonly profile: Profile
  readonly isCard: boolean
  /** The header's own cells, evened out: a row equal to them is the header again. */
  readonly header: readonly string[]
  /** Column indexes of each role, the most telling first. */
  readonly columns: ReadonlyMap<Role, readonly number[]>
}

type Vocabulary = ReadonlyMap<Role, readonly string[]>

const vocabulary: Vocabulary = new Map(
  roles.map((role): [Role, readonly string[]] => [role, (rules.columns[role] ?? []).map(normalizeName)]),
)

const known: ReadonlySet<string> = new Set([...vocabulary.values()].flat())

interface Signature {
  readonly profile: Profile
  readonly cells: readonly string[]
  readonly signature: RegExp | undefined
  readonly isCard: boolean
}

const signatures: readonly Signature[] = rules.profiles.flatMap((profile) =>
  profile.headers.map(({ cells, signature, card }) => ({
    profile,
    cells: cells.map(normalizeName),
    signature,
    isCard: card ?? false,
  })),
)

/** Columns of trades in securities: such tables are a broker's and not for the generic profile. */
const SECURITIES = /^(?:证券|股票|基金|合约)(?:代码|名称)$|^(?:成交|委托)(?:数量|价格|均价|金额)$/u

/** The title of a card's bill; a mere mention of cards in the notes does not make one. */
const CARD_TITLE = /(?:信用卡|贷记卡)(?:电子)?(?:对?账单|交易|账户|明细|流水)/u

const generic = rules.profiles.find(({ id }) => id === GENERIC_ID)

/** A header cell under the name the vocabulary knows it by: bilingual headings ("交易日期 Trans Date") count as either. */
function knownName(cell: string): string {
  const name = normalizeName(cell)
  if (name === '' || name.length > 40 || known.has(name)) return name
  const chinese = name.replace(/[a-z#. ]+/g, '')
  if (chinese !== '' && known.has(chinese)) return chinese
  const latin = cell.normalize('NFKC').replace(/[^\u{20}-\u{7E}]+/gu, '')
  const latinName = normalizeName(latin)
  return latinName !== '' && known.has(latinName) ? latinName : name
}

function columnsOf(header: readonly string[], profile: Profile): Map<Role, readonly number[]> {
  const columns = new Map<Role, readonly number[]>()
  for (const role of roles) {
    const wanted = profile.columns?.[role]?.map(normalizeName) ?? vocabulary.get(role) ?? []
    const found: number[] = []
    for (const name of wanted) for (const [index, cell] of header.entries()) if (cell === name) found.push(index)
    if (found.length > 0) columns.set(role, found)
  }
  // One of a pair alone is no pair: 入账金额 is the amount of a card's bill but the credit side beside 出账金额.
  const isPair = columns.has('debit') && columns.has('credit')
  const isAmount = columns.has('amount')
  if (isPair) columns.delete('amount')
  else if (isAmount) {
    columns.delete('debit')
    columns.delete('credit')
  }
  return columns
}

const hasAny = (columns: ReadonlyMap<Role, unknown>, ...wanted: Role[]): boolean =>
  wanted.some((role) => columns.has(role))

function isReadable(columns: ReadonlyMap<Role, readonly number[]>): boolean {
  return hasAny(columns, 'booked', 'date', 'moment') && hasAny(columns, 'amount', 'debit', 'credit')
}

/**
 * The layout of a table whose header is this row, or null where the row is no header. `context` is what stands around
 * it: preamble, sheet name, file name. The profile with the most matching header cells wins, a signature counting as
 * three; where none fits but the vocabulary knows enough of the columns, the generic profile reads it.
 */
export function findLayout(cells: readonly string[], context: string): TableLayout | null {
  if (cells.length < 3) return null
  const header = cells.map(knownName)
  const recognized = header.filter((cell) => known.has(cell)).length
  if (recognized < 3) return null
  const present = new Set(header)
  let best: Signature | null = null
  let bestScore = 0
  for (const candidate of signatures) {
    if (!candidate.cells.every((cell) => present.has(cell))) continue
    if (candidate.signature !== undefined && !candidate.signature.test(context)) continue
    const score = candidate.cells.length + (candidate.signature === undefined ? 0 : 3)
    if (score > bestScore) {
      best = candidate
      bestScore = score
    }
  }
  const profile = best?.profile ?? generic
  if (profile === undefined) return null
  const columns = columnsOf(header, profile)
  if (!isReadable(columns)) return null
  if (best === null) {
    const isChinese = header.filter((cell) => known.has(cell) && /\p{Script=Han}/u.test(cell)).length >= 3
    if (!isChinese || recognized < 4 || header.some((cell) => SECURITIES.test(cell))) return null
  }
  return { profile, isCard: best?.isCard === true || CARD_TITLE.test(context), header, columns }
}

/**
 * The id of the profile whose header cells all occur somewhere in a piece of text, for workbooks of which only the
 * beginning can be seen; null where none has.
 */
export function guessProfile(text: string, context: string): string | null {
  const normalized = normalizeName(text)
  let best: Signature | null = null
  for (const candidate of signatures) {
    if (candidate.signature !== undefined && !candidate.signature.test(`${context}\n${text}`)) continue
    if (!candidate.cells.every((cell) => normalized.includes(cell))) continue
    if (best === null || candidate.cells.length > best.cells.length) best = candidate
  }
  return best?.profile.id ?? null
}
