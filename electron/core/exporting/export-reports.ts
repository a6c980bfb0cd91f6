import type { ExportNote } from '../../../shared/model/exporting.ts'

export interface ToldNote {
  readonly code: ExportNote
  readonly values: Readonly<Record<string, string>>
}

/** How a writer tells how far it is and what the format could not take. */
export interface ExportReports {
  /** After each record read. */
  readonly told: () => void
  readonly note: (note: ToldNote) => void
}
