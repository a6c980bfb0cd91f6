import type { DocumentLine } from './lines.ts'
import { isMoney, labelledFigures } from './settlement-figures.ts'
import { kindMarksOf } from './settlement-kind.ts'

export interface Part {
  readonly lines: readonly DocumentLine[]
  /** Lines of the file in front of the first part, where this is not the first one itself. */
  readonly heading: readonly DocumentLine[] | undefined
}

/**
 * Divides a file into the documents it holds: a new one begins with a title once the one before has its amount. Later
 * pages that only repeat a title stay with what they belong to.
 */
export function partsOf(lines: readonly DocumentLine[]): Part[] {
  const titles = kindMarksOf(lines).filter(({ strong }) => strong)
  const amounts = labelledFigures(lines)
    .filter(({ label, figures, after }) => label === 'net1' && !after && figures.some(isMoney))
    .map(({ line }) => line)
  const starts: number[] = []
  const lastAmount = amounts.at(-1) ?? -1
  // both lists ascend: how many amounts stand in front of a title
  let passed = 0
  let atStart = 0
  for (const { line } of titles) {
    while (passed < amounts.length && (amounts[passed] ?? 0) < line) passed += 1
    // what follows must have an amount of its own
    const fresh = starts.length === 0 || (passed > atStart && lastAmount >= line)
    if (!fresh || starts.at(-1) === line) continue
    starts.push(line)
    atStart = passed
  }
  const first = starts[0]
  if (first === undefined || starts.length === 1) return [{ lines, heading: undefined }]
  const heading = lines.slice(0, first)
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? lines.length
    return index === 0
      ? { lines: lines.slice(0, end), heading: undefined }
      : { lines: lines.slice(start, end), heading }
  })
}
