import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { DelimitedLayout } from '../../../../shared/model/delimited-layout.ts'
import type { FileChoice } from '../../../../shared/model/importing.ts'
import type { Job } from '../../handler.ts'
import type { ByteSource, Importer, ParsedCreditReport, ParsedItem, ParsedPosition } from '../importer.ts'
import type { OccurrenceTable } from '../occurrence-table.ts'
import type { AccountDirectory, TargetAccount } from './account-directory.ts'
import type { Counts, Fate, FindingList, Placement, RowToPlace, StatementState } from './statement-state.ts'

/** Where a file's content goes: into a preview, or into the vault. */
export interface FileSink {
  openStatement(state: StatementState): void
  place(row: RowToPlace): Placement
  /** Whether the account already has the row of this meaning and ordinal. */
  knows(target: TargetAccount, fingerprint: Buffer, ordinal: number): boolean
  fate(fate: Fate): void
  position(state: StatementState, position: ParsedPosition): void
  price(item: Extract<ParsedItem, { type: 'price' }>): void
  rate(item: Extract<ParsedItem, { type: 'exchange-rate' }>): void
  category(item: Extract<ParsedItem, { type: 'category' }>): void
  /** Answers whether the vault did not have it yet. */
  creditReport(report: ParsedCreditReport): boolean
}

/** One file to be read, and all that says how. */
export interface FileTask {
  readonly source: ByteSource
  readonly choice: Omit<FileChoice, 'file'>
  readonly today: IsoDate
  readonly directory: AccountDirectory
  readonly job: Job
  /** The step that progress is told under: a key of `job.step.*`. */
  readonly step: string
  readonly importers: readonly Importer[]
  /** The layout that was remembered for this kind of file. */
  readonly rememberedLayout: (fingerprint: string) => DelimitedLayout | null
}

/** How a table was read. */
export interface FileLayout {
  readonly layout: DelimitedLayout
  readonly confidence: number
  readonly columns: readonly string[]
  readonly sample: readonly (readonly string[])[]
  readonly remembered: boolean
}

/** What became of a file. */
export interface FileResult {
  readonly importer: string
  readonly statements: readonly StatementState[]
  readonly counts: Counts
  readonly findings: FindingList
  readonly layout: FileLayout | null
  readonly rates: number
  readonly prices: number
  /** Credit reports that the vault did not have yet. */
  readonly creditReports: number
  /** How often each meaning occurred, by account. */
  readonly occurrences: ReadonlyMap<TargetAccount, OccurrenceTable>
}
