import type { Decimal } from '../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { openContainer } from './archive/open-container.ts'
import {
  type ByteSource,
  type Finding,
  type Importer,
  ImportRejection,
  type ParsedAccount,
  type ParsedTransaction,
} from './importer.ts'
import { withoutRepeatedBodies } from './mail-body.ts'
import { openPdf } from './pdf/open-pdf.ts'
import { importers, readItems } from './registry.ts'

export interface InspectedTransaction {
  readonly date: IsoDate
  readonly amount: Decimal
  readonly currency: string | null
  readonly kind: string
  readonly status?: string
  readonly payee?: string
  readonly memo?: string
  readonly reference?: string
  readonly security?: { readonly isin?: string; readonly symbol?: string; readonly name?: string }
  readonly quantity?: Decimal
  readonly price?: Decimal
  readonly fee?: Decimal
  readonly tax?: Decimal
}

export interface InspectedStatement {
  readonly account: ParsedAccount
  readonly currency: string | null
  opening: Decimal | null
  closing: Decimal | null
  from?: IsoDate
  to?: IsoDate
  positions?: number
  readonly transactions: InspectedTransaction[]
  /** The other sides of a double-entry book's records: what they do to this account. Each record is counted once. */
  counterparts?: InspectedTransaction[]
}

/** What `onebook inspect` says of one file. Amounts are in major units, credit to the account positive. */
export interface Inspection {
  readonly file: string
  status: 'parsed' | 'rejected'
  importer: string | null
  reason?: { readonly code: string; readonly message: string }
  readonly statements: InspectedStatement[]
  readonly findings: {
    readonly severity: string
    readonly code: string
    readonly message: string
    readonly record?: number
  }[]
  readonly rates?: number
  readonly prices?: number
}

/** Reasons that are a normal part of a file and not worth a warning. */
const QUIET: ReadonlySet<string> = new Set([
  'not-settled',
  'closed-order',
  'zero-amount',
  'balance-row',
  'totals-row',
  'repeated-header',
  'information-only',
])

function inspectedTransaction(transaction: ParsedTransaction, currency: string | null): InspectedTransaction {
  const { date, amount, kind, status, payee, memo, reference, security, quantity, price, fee, tax } = transaction
  return {
    date,
    amount,
    currency,
    kind,
    ...(status === undefined ? {} : { status }),
    ...(payee === undefined ? {} : { payee }),
    ...(memo === undefined ? {} : { memo }),
    ...(reference === undefined ? {} : { reference }),
    ...(security === undefined
      ? {}
      : {
          security: {
            ...(security.isin === undefined ? {} : { isin: security.isin }),
            ...(security.symbol === undefined ? {} : { symbol: security.symbol }),
            ...(security.name === undefined ? {} : { name: security.name }),
          },
        }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(price === undefined ? {} : { price }),
    ...(fee === undefined ? {} : { fee }),
    ...(tax === undefined ? {} : { tax }),
  }
}

interface Gathered {
  importer: string | null
  readonly statements: InspectedStatement[]
  readonly findings: Inspection['findings']
  rates: number
  prices: number
}

function addFinding(gathered: Gathered, { severity, code, message, record }: Finding): void {
  gathered.findings.push({ severity, code, message, ...(record === undefined ? {} : { record }) })
}

/** Reads one source into what was gathered so far. Throws `ImportRejection`. */
function gather(source: ByteSource, today: IsoDate, among: readonly Importer[], gathered: Gathered): void {
  const byNumber = new Map<number, InspectedStatement>()
  const onImporter = (importer: Importer): void => {
    gathered.importer ??= importer.id
  }
  for (const item of readItems(source, { today, onImporter }, among)) {
    switch (item.type) {
      case 'statement': {
        const { account, currency } = item
        const statement = { account, currency, opening: null, closing: null, transactions: [] }
        byNumber.set(item.statement, statement)
        gathered.statements.push(statement)
        break
      }
      case 'transaction': {
        const statement = byNumber.get(item.statement)
        if (statement === undefined) break
        const list = item.side === 'counterpart' ? (statement.counterparts ??= []) : statement.transactions
        list.push(inspectedTransaction(item.transaction, statement.currency))
        break
      }
      case 'balance': {
        const statement = byNumber.get(item.statement)
        if (statement === undefined) break
        if (item.kind === 'opening') statement.opening = item.amount
        if (item.kind === 'closing') statement.closing = item.amount
        break
      }
      case 'day-balance':
        break
      case 'period': {
        const statement = byNumber.get(item.statement)
        if (statement !== undefined && item.from !== null) statement.from = item.from
        if (statement !== undefined && item.to !== null) statement.to = item.to
        break
      }
      case 'position': {
        const statement = byNumber.get(item.statement)
        if (statement !== undefined) statement.positions = (statement.positions ?? 0) + 1
        break
      }
      case 'skipped':
        addFinding(gathered, {
          severity: QUIET.has(item.reason.code) ? 'info' : 'warning',
          code: item.reason.code,
          message: item.reason.message,
          record: item.record,
        })
        break
      case 'failed':
        addFinding(gathered, {
          severity: 'error',
          code: item.reason.code,
          message: item.reason.message,
          record: item.record,
        })
        break
      case 'finding':
        addFinding(gathered, item.finding)
        break
      case 'exchange-rate':
        gathered.rates += 1
        break
      case 'price':
        gathered.prices += 1
        break
      case 'category':
      case 'credit-report':
      case 'layout':
      case 'progress':
        break
    }
  }
}

function rejected(file: string, importer: string | null, error: unknown): Inspection {
  const reason =
    error instanceof ImportRejection
      ? { code: error.code, message: error.message }
      : { code: 'damaged', message: 'The file cannot be read: it seems to be damaged.' }
  return { file, status: 'rejected', importer, reason, statements: [], findings: [] }
}

/**
 * What a file holds, without a vault. `file` is the name to print. An archive's files are told together; one of them
 * that cannot be read becomes a warning as long as another can. Never throws.
 */
export async function inspectSource(
  file: string,
  source: ByteSource,
  today: IsoDate,
  among: readonly Importer[] = importers,
): Promise<Inspection> {
  const gathered: Gathered = { importer: null, statements: [], findings: [], rates: 0, prices: 0 }
  try {
    const members = openContainer(source)
    if (members === null) gather((await openPdf(source)) ?? source, today, among, gathered)
    else await gatherMembers(members, today, among, gathered)
  } catch (error) {
    return rejected(file, gathered.importer, error)
  }
  const { importer, statements, findings, rates, prices } = gathered
  return {
    file,
    status: 'parsed',
    importer,
    statements,
    findings,
    ...(rates > 0 ? { rates } : {}),
    ...(prices > 0 ? { prices } : {}),
  }
}

async function gatherMembers(
  members: readonly ByteSource[],
  today: IsoDate,
  among: readonly Importer[],
  gathered: Gathered,
): Promise<void> {
  let first: ImportRejection | undefined
  let read = 0
  const left = await withoutRepeatedBodies(members, { today, among })
  for (const member of members.filter((known) => !left.has(known))) {
    const own: Gathered = { importer: null, statements: [], findings: [], rates: 0, prices: 0 }
    try {
      gather((await openPdf(member)) ?? member, today, among, own)
      read += 1
      gathered.importer ??= own.importer
      gathered.statements.push(...own.statements)
      gathered.findings.push(...own.findings)
      gathered.rates += own.rates
      gathered.prices += own.prices
    } catch (error) {
      if (!(error instanceof ImportRejection)) throw error
      first ??= error
      addFinding(gathered, { severity: 'warning', code: error.code, message: `${member.name}: ${error.message}` })
    }
  }
  if (read === 0 && first !== undefined) throw first
}
