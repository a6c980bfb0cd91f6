import { describe, expect, it } from 'vitest'
import type { FilePreview } from '../../../shared/model/importing.ts'
import { type Choices, choiceOf, filesToCommit, totalsOf, withRow, withTarget } from './choices.ts'

const none: Choices = new Map()
const preview = (file: string, change: Partial<FilePreview>): FilePreview => ({
  file,
  name: file,
  bytes: 1,
  status: 'ready',
  importer: 'ofx',
  reason: null,
  knownFrom: null,
  layout: null,
  statements: [],
  counts: { new: 0, duplicate: 0, skipped: 0, failed: 0, replaced: 0 },
  rates: 0,
  prices: 0,
  creditReports: 0,
  matches: { merged: 0, linked: 0, toReview: 0, groups: [] },
  firstRows: [],
  findings: [],
  ...change,
})
const counts = { new: 3, duplicate: 2, skipped: 0, failed: 0, replaced: 1 }

describe('what is said of files before they are imported', () => {
  it('one statement is redirected, the others stay', () => {
    const first = withTarget(none, 'a', 0, { type: 'existing', accountId: 7 })
    const both = withTarget(first, 'a', 1, { type: 'leave-out' })
    const again = withTarget(both, 'a', 0, { type: 'existing', accountId: 8 })
    expect(choiceOf(again, 'a').targets).toEqual([
      { statement: 1, target: { type: 'leave-out' } },
      { statement: 0, target: { type: 'existing', accountId: 8 } },
    ])
  })
  it('rows are unticked and ticked again', () => {
    const off = withRow(withRow(none, 'a', 4, false), 'a', 4, false)
    expect(choiceOf(off, 'a').leaveOut).toEqual([4])
    expect(choiceOf(withRow(off, 'a', 4, true), 'a').leaveOut).toEqual([])
  })
  it('refused files and files that bring nothing again are not sent', () => {
    const files = [
      preview('ready', { counts }),
      preview('refused', { status: 'refused' }),
      preview('known', { status: 'known', counts: { ...counts, new: 0, replaced: 0 } }),
      preview('known-new', { status: 'known', counts }),
    ]
    expect(filesToCommit(files, none).map(({ file }) => file)).toEqual(['ready', 'known-new'])
  })
  it('a file is sent with the hash of what was looked at, and what is inside an archive by its own token', () => {
    const sha256 = 'a'.repeat(64)
    const said = withRow(none, 'zip-token#2', 4, false)
    expect(filesToCommit([preview('zip-token#2', { counts, sha256 })], said)).toEqual([
      { file: 'zip-token#2', leaveOut: [4], sha256 },
    ])
  })
  it('sums leave out refused files and unticked rows', () => {
    const files = [preview('a', { counts }), preview('b', { counts, status: 'refused' })]
    expect(totalsOf(files, none)).toEqual({ new: 3, duplicate: 2, replaced: 1, leftOut: 0 })
  })
})
