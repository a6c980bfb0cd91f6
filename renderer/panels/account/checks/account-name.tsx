import type { Fraction } from '../../../../shared/model/person.ts'
import { PartOf } from '../../../components/people.tsx'

/** An account in a table of a check, and how much of it is the viewed person's. */
export function AccountName({ name, part }: { name: string; part: Fraction | null }) {
  return (
    <span className="two-lines">
      <span className="clip" title={name}>
        {name}
      </span>
      <PartOf part={part} whole={null} />
    </span>
  )
}
