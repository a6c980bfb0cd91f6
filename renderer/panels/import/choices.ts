import type { FileChoice, FilePreview } from '../../../shared/model/importing.ts'

export type Choices = ReadonlyMap<string, FileChoice>
export type ChosenTarget = NonNullable<FileChoice['targets']>[number]['target']

/** What the user has said of a file so far; nothing yet: as proposed. */
export function choiceOf(choices: Choices, file: string): FileChoice {
  return choices.get(file) ?? { file }
}

export function withChoice(choices: Choices, file: string, change: Partial<FileChoice>): Choices {
  return new Map(choices).set(file, { ...choiceOf(choices, file), ...change })
}

/** Sends one statement of a file elsewhere; the file's other statements keep what was said of them. */
export function withTarget(choices: Choices, file: string, statement: number, target: ChosenTarget): Choices {
  const others = (choiceOf(choices, file).targets ?? []).filter((one) => one.statement !== statement)
  return withChoice(choices, file, { targets: [...others, { statement, target }] })
}

/** Ticks or unticks one record. */
export function withRow(choices: Choices, file: string, record: number, keep: boolean): Choices {
  const before = choiceOf(choices, file).leaveOut ?? []
  const leaveOut = keep ? before.filter((one) => one !== record) : [...new Set([...before, record])]
  return withChoice(choices, file, { leaveOut })
}

function brings(preview: FilePreview): boolean {
  const { counts } = preview
  const positions = preview.statements.some((statement) => statement.positions > 0)
  const besides = preview.rates > 0 || preview.prices > 0 || preview.creditReports > 0
  return counts.new > 0 || counts.replaced > 0 || besides || positions
}

/**
 * What is sent to be committed: files that are ready, or known but with something new in them, in the order they are
 * shown: the core decides as it did for the preview, for nothing else can have changed the vault in between.
 */
export function filesToCommit(previews: readonly FilePreview[], choices: Choices): FileChoice[] {
  return previews
    .filter((preview) => preview.status === 'ready' || (preview.status === 'known' && brings(preview)))
    .filter(
      (preview) => preview.statements.length === 0 || preview.statements.some((one) => one.target.type !== 'leave-out'),
    )
    .map((preview) => withHash(choiceOf(choices, preview.file), preview.sha256))
}

/** What was looked at is what is imported: a file that has changed since is refused. */
function withHash(choice: FileChoice, sha256: string | undefined): FileChoice {
  return sha256 === undefined ? choice : { ...choice, sha256 }
}

/** The sums over all files, with what the user unticked taken from the new ones. */
export function totalsOf(
  previews: readonly FilePreview[],
  choices: Choices,
): { new: number; duplicate: number; replaced: number; leftOut: number } {
  const totals = { new: 0, duplicate: 0, replaced: 0, leftOut: 0 }
  for (const preview of previews) {
    if (preview.status === 'refused') continue
    const leaveOut = new Set(choiceOf(choices, preview.file).leaveOut ?? [])
    // The core has not been asked again since: only rows that it counts as new are taken off here.
    const unticked = preview.firstRows.filter((row) => row.outcome === 'new' && leaveOut.has(row.record)).length
    totals.new += preview.counts.new - unticked
    totals.duplicate += preview.counts.duplicate
    totals.replaced += preview.counts.replaced
    totals.leftOut += unticked
  }
  return totals
}
