import { describe, expect, it } from 'vitest'
import type { DelimitedLayout } from '../../../shared/model/delimited-layout.ts'
import { roleOf, withRole } from './layout.ts'

const layout: DelimitedLayout = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  headerRow: 1,
  firstRow: 2,
  columns: [
    { index: 0, role: 'date' },
    { index: 2, role: 'memo' },
  ],
  dateOrder: 'ymd',
  decimalMark: '.',
  sign: 'as-written',
  currency: null,
  fingerprint: 'x',
}

describe('the roles of columns', () => {
  it('a role that only one column can have moves', () => {
    const moved = withRole(layout, 1, 'date')
    expect([roleOf(moved, 0), roleOf(moved, 1)]).toEqual([null, 'date'])
  })
  it('several columns may be memo, and a role can be taken away', () => {
    const two = withRole(layout, 3, 'memo')
    expect(two.columns).toHaveLength(3)
    expect(roleOf(withRole(two, 2, null), 2)).toBeNull()
  })
})
