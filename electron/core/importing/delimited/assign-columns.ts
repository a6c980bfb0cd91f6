import type { ColumnRole } from '../../../../shared/model/delimited-layout.ts'
import {
  assignAmounts,
  assignCurrency,
  assignDates,
  assignDirection,
  assignNumbersByShape,
  assignTime,
} from './assign-figures.ts'
import {
  assignAccounts,
  assignReferenceAsPayee,
  assignStatus,
  assignTexts,
  assignTextsByShape,
} from './assign-texts.ts'
import { Assigner, candidatesOf } from './column-candidates.ts'
import type { ColumnProfile } from './column-profile.ts'

export interface ColumnAssignment {
  readonly columns: readonly { readonly index: number; readonly role: ColumnRole }[]
  /** Roles of date and amounts that were told by shape, not by the header: less sure. */
  readonly byShape: number
  /** Columns that could be the amount as well: the reader of a preview may want to know. */
  readonly rivals: number
}

/**
 * Gives the columns their roles: by the words over them where the cells agree, by the cells alone where there are no
 * words or unknown ones. `rows` are a sample of the data rows that `profiles` were made of; `ownAccount` is the account
 * that the lines above the table name.
 */
export function assignColumns(
  header: readonly string[] | null,
  profiles: readonly ColumnProfile[],
  rows: readonly (readonly string[])[],
  ownAccount: string | null = null,
): ColumnAssignment {
  const assigner = new Assigner(candidatesOf(header ?? [], profiles))
  assignDates(assigner)
  assignTime(assigner)
  assigner.set(
    assigner.meaning('balance').toSorted((left, right) => right.profile.filled - left.profile.filled)[0],
    'balance',
  )
  assignAmounts(assigner, rows)
  const dataKnown = profiles.some((profile) => profile.filled > 0)
  if (dataKnown) assignNumbersByShape(assigner, rows)
  assignCurrency(assigner, rows)
  for (const [concept, role] of [
    ['fee', 'fee'],
    ['tax', 'tax'],
    ['original-amount', 'original-amount'],
    ['rate', 'rate'],
  ] as const) {
    if (!assigner.has(role)) assigner.set(assigner.meaning(concept)[0], role)
  }
  if (assigner.has('amount')) assignDirection(assigner, rows)
  assignAccounts(assigner, ownAccount, rows)
  assignStatus(assigner, rows)
  assignTexts(assigner)
  assignTextsByShape(assigner, header === null)
  assignReferenceAsPayee(assigner)
  const columns = [...assigner.roles]
    .map(([index, role]) => ({ index, role }))
    .toSorted((left, right) => left.index - right.index)
  return { columns, byShape: assigner.byShape, rivals: assigner.rivals }
}
