interface Identified {
  readonly id: number
}

/**
 * All ids in the order after moving the row at `index` of a visible group by one place: it changes places with its
 * neighbour in the group, whatever stands between them in the whole list.
 */
export function movedIds(
  all: readonly Identified[],
  group: readonly Identified[],
  index: number,
  step: -1 | 1,
): number[] {
  const moved = group[index]?.id
  const other = group[index + step]?.id
  return all.map(({ id }) => {
    if (moved === undefined || other === undefined) return id
    return id === moved ? other : id === other ? moved : id
  })
}
