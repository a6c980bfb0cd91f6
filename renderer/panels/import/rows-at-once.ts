import type { FilePreview } from '../../../shared/model/importing.ts'

/** With more files than this their rows wait folded: the files are to be seen side by side. */
const FEW_FILES = 2
/** Rows that are shown at once; the others behind a button, which is not worth its room for a few. */
const ROWS_AT_ONCE = 8
const NOT_WORTH_HIDING = 4

/** How many of the rows that are known are shown before the user asks for all. */
export function rowsAtOnce(rows: number): number {
  return rows <= ROWS_AT_ONCE + NOT_WORTH_HIDING ? rows : ROWS_AT_ONCE
}

/** Whether how the columns are to be read is a guess that nobody has confirmed. */
export function isGuessed({ layout }: Pick<FilePreview, 'layout'>): boolean {
  return layout !== null && layout.confidence < 0.9 && !layout.remembered
}

/**
 * Whether the first rows of a file are open from the beginning: where there are few files, as what will be imported is
 * what a person wants to see, and wherever there is doubt about them.
 */
export function showsRows(preview: Pick<FilePreview, 'layout' | 'counts' | 'findings'>, files: number): boolean {
  if (files <= FEW_FILES || isGuessed(preview)) return true
  return preview.counts.failed > 0 || preview.findings.some(({ severity }) => severity !== 'info')
}

/** How many records a file has, whatever will become of them. */
export function recordsOf({ counts }: Pick<FilePreview, 'counts'>): number {
  return counts.new + counts.duplicate + counts.replaced + counts.skipped + counts.failed
}
