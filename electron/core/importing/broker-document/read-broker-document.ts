import { type CurrencyCode, parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Finding, ParsedAccount, Reason } from '../importer.ts'
import { isAmerican } from './figures.ts'
import { readList } from './list-rows.ts'
import type { DocumentLine } from './lines.ts'
import type { BrokerProfile } from './profiles.ts'
import { accountOf, readSettlement, type Settlement, type SettlementOptions } from './settlement.ts'
import { labelledFigures } from './settlement-figures.ts'
import { type Part, partsOf } from './settlement-parts.ts'
import { hasStatementTitle, latestOf, readSections, type StatementRow } from './statement.ts'

/** A document's rows with the account that they belong to. */
export interface DocumentPart {
  readonly account: ParsedAccount
  /** Where a row does not carry its own. */
  readonly currency: CurrencyCode | null
  readonly opening: string | null
  readonly closing: string | null
  readonly rows: readonly StatementRow[]
  readonly findings: readonly Finding[]
}

export interface DocumentReading {
  readonly parts: readonly DocumentPart[]
  readonly failures: readonly { readonly record: number; readonly reason: Reason }[]
}

const DOLLAR = parseCurrencyCode('USD')

/** The currency that the heading names before any amount, or that most figures carry. */
function currencyOf(lines: readonly DocumentLine[], profile: BrokerProfile | null): CurrencyCode | null {
  const counts = new Map<CurrencyCode, number>()
  for (const { figures } of lines) {
    for (const figure of figures)
      if (figure.type === 'currency') counts.set(figure.value, (counts.get(figure.value) ?? 0) + 1)
  }
  const [usual] = [...counts].toSorted((left, right) => right[1] - left[1])[0] ?? []
  return usual ?? profile?.currency ?? (isAmerican(lines.map(({ text }) => text)) ? DOLLAR : null)
}

function profileParts(
  lines: readonly DocumentLine[],
  profile: BrokerProfile,
): { part: Part; options: SettlementOptions }[] {
  const begins: { at: number; text: string; options: SettlementOptions }[] = []
  let securityLine: DocumentLine | undefined
  for (const [at, line] of lines.entries()) {
    if (line.figures.some(({ type }) => type === 'isin')) securityLine = line
    for (const { starts, kind } of profile.settlements ?? []) {
      const match = starts.match(line)
      if (match === null) continue
      begins.push({ at, text: line.text.trim(), options: { kind, match, securityLine } })
      break
    }
  }
  // the same beginning again is the next page of the same settlement
  const starts = begins.filter(({ text }, index) => begins[index - 1]?.text !== text)
  const heading = lines.slice(0, starts[0]?.at ?? 0)
  return starts.map(({ at, options }, index) => ({
    part: { lines: lines.slice(at, starts[index + 1]?.at ?? lines.length), heading },
    options: Object.assign({ heading }, options),
  }))
}

function settlementsOf(lines: readonly DocumentLine[], profile: BrokerProfile | null): Settlement[] {
  if (profile?.settlements !== undefined) {
    const parts = profileParts(lines, profile)
    if (parts.length > 0) return parts.map(({ part, options }) => readSettlement(part.lines, options))
  }
  return partsOf(lines).map(({ lines: own, heading }) => readSettlement(own, { heading }))
}

function readingOf(settlements: readonly Settlement[], usual: CurrencyCode | null): DocumentReading {
  const parts: DocumentPart[] = []
  const failures: { record: number; reason: Reason }[] = []
  for (const settlement of settlements) {
    if (!settlement.ok) {
      failures.push({ record: settlement.record, reason: settlement.reason })
      continue
    }
    const { transactions, currency, account, findings, record } = settlement
    const rows = transactions.map((transaction) => ({ type: 'transaction' as const, record, transaction, currency }))
    parts.push({ account, currency: currency ?? usual, opening: null, closing: null, rows, findings })
  }
  return { parts, failures }
}

const transactionsIn = (rows: readonly StatementRow[]): number =>
  rows.filter(({ type }) => type === 'transaction').length

/**
 * Reads a document as what it is: a list by its profile's rows, an account statement, or one settlement or several.
 * An institution without a profile is read by the general words alone.
 */
export function readBrokerDocument(lines: readonly DocumentLine[], profile: BrokerProfile | null): DocumentReading {
  const latest = latestOf(lines)
  const account = accountOf(lines, labelledFigures(lines))
  const currency = currencyOf(lines, profile)
  if (profile?.rows !== undefined) {
    const rows = readList(lines, profile, latest)
    if (transactionsIn(rows) > 0)
      return { parts: [{ account, currency, opening: null, closing: null, rows, findings: [] }], failures: [] }
  }
  const titled = hasStatementTitle(lines)
  const sections = readSections(lines, account, currency)
  const rows = sections.reduce((sum, section) => sum + transactionsIn(section.rows), 0)
  const statement = (): DocumentReading => ({ parts: sections, failures: [] })
  const divided = profile?.settlements !== undefined && profileParts(lines, profile).length > 0
  if (titled && rows >= 2 && !divided) return statement()
  const reading = readingOf(settlementsOf(lines, profile), currency)
  if (reading.parts.length > 0) return reading
  return rows > 0 && (titled || rows >= 3) ? statement() : reading
}
