import { describe, expect, it } from 'vitest'
import { movedIds } from './reorder.ts'

const of = (...ids: number[]) => ids.map((id) => ({ id }))

describe('reordering', () => {
  it('changes places with the neighbour of the same group', () => {
    expect(movedIds(of(1, 2, 3, 4), of(1, 3, 4), 1, -1)).toEqual([3, 2, 1, 4])
    expect(movedIds(of(1, 2, 3, 4), of(1, 3, 4), 1, 1)).toEqual([1, 2, 4, 3])
  })
  it('does nothing at the ends', () => expect(movedIds(of(1, 2), of(1, 2), 0, -1)).toEqual([1, 2]))
})
