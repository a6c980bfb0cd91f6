import type { MatchKind } from '../../../shared/model/matching.ts'
import type { MatchLine } from '../analysis/matching/match-line.ts'

const sideOf = ({ id, accountId, meaning }: Pick<MatchLine, 'id' | 'accountId' | 'meaning'>): string =>
  meaning === null ? `#${id}` : `${accountId}:${meaning}`

/**
 * What stands for a pair of lines by their meaning, whichever comes first: the same after an import was undone and made
 * again. A line that the user entered is known by its number alone.
 */
export function pairKey(
  kind: MatchKind,
  left: Pick<MatchLine, 'id' | 'accountId' | 'meaning'>,
  right: Pick<MatchLine, 'id' | 'accountId' | 'meaning'>,
): string {
  return `${kind}|${[sideOf(left), sideOf(right)].toSorted().join('|')}`
}
