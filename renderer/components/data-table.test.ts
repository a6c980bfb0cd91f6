import { describe, expect, it } from 'vitest'
import { type Column, mainColumnOf } from './data-table.tsx'

const column = (key: string, more: Partial<Column<string>> = {}): Column<string> => ({
  key,
  title: key,
  cell: () => key,
  ...more,
})

describe('the column that takes the room that is left', () => {
  it.each([
    ['is the one that says so', [column('a'), column('b', { main: true })], 'b'],
    ['is the first text', [column('a'), column('b')], 'a'],
    ['has no fixed width', [column('date', { width: '120px' }), column('name')], 'name'],
    ['holds no figures', [column('sum', { align: 'end' }), column('name')], 'name'],
    ['holds no buttons', [column('do', { hideTitle: true }), column('name')], 'name'],
    ['may be none', [column('sum', { align: 'end' })], null],
  ])('%s', (_, columns, main) => {
    expect(mainColumnOf(columns)).toBe(main)
  })
})
