import { describe, expect, it } from 'vitest'
import type { FilePreview } from '../../../shared/model/importing.ts'
import { recordsOf, rowsAtOnce, showsRows } from './rows-at-once.ts'

const counts = { new: 3, duplicate: 2, skipped: 1, failed: 0, replaced: 1 }
const sure: Pick<FilePreview, 'layout' | 'counts' | 'findings'> = { layout: null, counts, findings: [] }
const finding = (severity: 'info' | 'warning') => ({
  code: 'x',
  severity,
  message: 'x',
  record: null,
  values: {},
})

describe('the first rows of a file before it is imported', () => {
  it.each<[what: string, preview: typeof sure, files: number, open: boolean]>([
    ['of one file', sure, 1, true],
    ['of two files', sure, 2, true],
    ['of many files', sure, 3, false],
    ['of many files, where a record is damaged', { ...sure, counts: { ...counts, failed: 1 } }, 3, true],
    ['of many files, where something is odd', { ...sure, findings: [finding('warning')] }, 3, true],
    ['of many files, where something is only worth knowing', { ...sure, findings: [finding('info')] }, 3, false],
  ])('%s are open or not', (_, preview, files, open) => expect(showsRows(preview, files)).toBe(open))

  it.each([
    [0, 0],
    [8, 8],
    [12, 12],
    [13, 8],
    [200, 8],
  ])('of %d rows %d are shown at once: no button hides a few', (rows, shown) => {
    expect(rowsAtOnce(rows)).toBe(shown)
  })

  it('a file has all its records, whatever becomes of them: 3 + 2 + 1 + 0 + 1', () => {
    expect(recordsOf({ counts })).toBe(7)
  })
})
