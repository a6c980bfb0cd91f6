import { expect, it } from 'vitest'
import { alikeLines, largestLines, type SpendingLines } from './spending-lines.ts'

/** Lines of [account, day, minor], numbered from 1. */
const linesOf = (rows: readonly (readonly [account: number, day: number, minor: number])[]): SpendingLines => ({
  ids: Float64Array.from(rows, (_, index) => index + 1),
  accounts: Float64Array.from(rows, ([account]) => account),
  days: Int32Array.from(rows, ([, day]) => day),
  categories: new Float64Array(rows.length),
  minors: Float64Array.from(rows, ([, , minor]) => minor),
})

it.each([
  [0, []],
  [1, [2]],
  // of the two of 500 the first
  [2, [2, 0]],
  [3, [2, 0, 3]],
  [9, [2, 0, 3, 1, 4]],
])('the %i largest lines come largest first, of equal ones the first', (most, indexes) => {
  const lines = linesOf([
    [1, 1, 500],
    [1, 2, 70],
    [1, 3, 900],
    [2, 1, 500],
    [2, 9, 3],
  ])
  expect(largestLines(lines, most)).toEqual(indexes)
})

it('lines are alike that have account and amount in common within three days, whatever lies between', () => {
  const lines = linesOf([
    [1, 1, 500],
    [1, 2, 70],
    [1, 4, 500],
    [1, 8, 500],
    [1, 9, 80],
    [2, 4, 70],
    [2, 4, 70],
    [3, 2, 70],
  ])
  // the 1st and the 4th are three days apart, the 4th and the 8th four; both lines of account 2 are of one day
  expect(alikeLines(lines)).toEqual([0, 2, 5, 6])
})

it('of no lines none', () => expect([largestLines(linesOf([]), 5), alikeLines(linesOf([]))]).toEqual([[], []]))
