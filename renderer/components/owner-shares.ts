import { unitsAtScale } from '../../shared/domain/decimal.ts'
import { allocateMinor } from '../../shared/domain/money.ts'
import { type Owner, WHOLE_SHARE } from '../../shared/model/person.ts'
import { parseTypedPercent } from '../format/amount-input.ts'

/** Equal parts that add up to the whole; what does not divide goes to the first, a hundredth of a per cent each. */
export function equalShares(personIds: readonly number[]): Owner[] {
  if (personIds.length === 0) return []
  const shares = allocateMinor(
    WHOLE_SHARE,
    personIds.map(() => 1),
  )
  return personIds.map((personId, index) => ({ personId, share: shares[index] ?? 0 }))
}

/** A share as it stands in its field: 3,333 is "33.33". */
export function shareForInput(share: number): string {
  return String(share / 100)
}

/** Hundredths of a per cent of what was typed; 0 for an empty field, null where it is no share that can be kept. */
export function parseShare(text: string): number | null {
  if (text.trim() === '') return 0
  const fraction = parseTypedPercent(text)
  if (fraction === null) return null
  const { units, exact } = unitsAtScale(fraction, 4, 'down')
  return exact && units >= 0n && units <= BigInt(WHOLE_SHARE) ? Number(units) : null
}

export interface TypedShares {
  /** What is typed adds up to so much; null where a field holds no share. */
  readonly total: number | null
  /** The owners, once they add up to the whole; else undefined. */
  readonly owners: readonly Owner[] | undefined
}

/** What the fields of all people come to. */
export function sharesTyped(typed: ReadonlyMap<number, string>): TypedShares {
  const shares = [...typed].map(([personId, text]) => ({ personId, share: parseShare(text) }))
  if (shares.some(({ share }) => share === null)) return { total: null, owners: undefined }
  const owners = shares.flatMap(({ personId, share }) => (share === null || share === 0 ? [] : [{ personId, share }]))
  const total = owners.reduce((sum, { share }) => sum + share, 0)
  return { total, owners: total === WHOLE_SHARE ? owners : undefined }
}
