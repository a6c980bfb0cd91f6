import { z } from 'zod'
import americas from '../../../../resources/broker-profiles/americas.json' with { type: 'json' }
import asia from '../../../../resources/broker-profiles/asia.json' with { type: 'json' }
import china from '../../../../resources/broker-profiles/china.json' with { type: 'json' }
import crypto from '../../../../resources/broker-profiles/crypto.json' with { type: 'json' }
import europe from '../../../../resources/broker-profiles/europe.json' with { type: 'json' }
import wallets from '../../../../resources/broker-profiles/wallets.json' with { type: 'json' }
import { foldPhrase } from '../delimited/vocabulary-text.ts'
import { specificKindSchema } from '../account-kinds.ts'
import type { Overrides } from './column-links.ts'
import { type Role, roles } from './roles.ts'
import { actionSchema } from './vocabulary.ts'

const pattern = z.string().transform((source) => new RegExp(source, 'iu'))
const role = z.enum(roles)

/** Headings and what they mean; `-` leaves a column alone. */
const columns = z.record(z.string(), role.or(z.literal('-'))).transform((given): Overrides => {
  const overrides = new Map<string, Role | null>()
  for (const [heading, name] of Object.entries(given)) overrides.set(foldPhrase(heading), name === '-' ? null : name)
  return overrides
})

const rules = {
  columns: columns.optional(),
  /** Actions by the words of the action columns and the description, joined by " | "; the first that matches counts. */
  actions: z.array(z.strictObject({ match: pattern, as: actionSchema })).optional(),
  /** Rows that are no activity, by the words of all cells joined by " | ". */
  skip: z
    .array(
      z.strictObject({
        match: pattern,
        reason: z.enum(['information-only', 'not-settled', 'totals-row', 'balance-row', 'closed-order']),
      }),
    )
    .optional(),
  /** Whether the amounts contain the fees and taxes beside them. Found by arithmetic where absent. */
  amount: z.enum(['with-fees', 'without-fees']).optional(),
  sign: z.enum(['written', 'by-action', 'inverted']).optional(),
  /** Rows that belong together: those that share a reference, or a moment. */
  group: z.enum(['reference', 'moment']).optional(),
  /**
   * Tables in which a row names what was sent and what was received, though the account may have had one side only: by
   * the words of the action columns, the first that matches counts.
   */
  sides: z.array(z.strictObject({ match: pattern, keep: z.enum(['in', 'out', 'both']) })).optional(),
  /** What every row of the table is, whatever its words say. */
  action: actionSchema.optional(),
}

const schema = z.strictObject({
  /** Short name of the layout; the importer's id is `csv:` and this. */
  id: z.string().regex(/^[a-z0-9-]+$/),
  institution: z.string().optional(),
  /** False where the layout is known from descriptions only, not from a file. */
  confirmed: z.boolean().optional(),
  about: z.string().optional(),
  match: z.strictObject({
    /** Header cells that must all be there; any of the lists will do. */
    headers: z.array(z.array(z.string()).min(2)).optional(),
    /** Must be found in the lines before the table, or in the file's name. */
    text: pattern.optional(),
  }),
  currency: z.string().length(3).optional(),
  /** What the account is, where it is none of securities. */
  kind: specificKindSchema.optional(),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']).optional(),
  /** The class of what is held where the file does not say. */
  class: z.enum(['equity', 'fund', 'etf', 'crypto']).optional(),
  /** False where the account column names wallets within one account. */
  accounts: z.boolean().optional(),
  ...rules,
  /** Files whose lines begin with the name of their section and the kind of the line. */
  sections: z
    .strictObject({
      header: z.string(),
      data: z.string(),
      tables: z.record(z.string(), z.strictObject(rules)),
      /** The section that tells securities apart: symbol, name, ISIN. */
      instruments: z
        .strictObject({ section: z.string(), symbol: z.string(), name: z.string(), id: z.string(), class: z.string() })
        .optional(),
      /** Section and fields (first cell) that name account and owner's currency. */
      account: z.strictObject({ section: z.string(), number: z.string() }).optional(),
    })
    .optional(),
})

export type Profile = z.infer<typeof schema>
export type TableRules = Pick<
  Profile,
  'columns' | 'actions' | 'skip' | 'amount' | 'sign' | 'group' | 'action' | 'sides'
>

const file = z.strictObject({ about: z.string(), profiles: z.array(schema) })

/** The layouts of `resources/broker-profiles/`, checked once when the module loads. */
export const profiles: readonly Profile[] = [americas, europe, asia, china, crypto, wallets].flatMap(
  (resource) => file.parse(resource).profiles,
)

interface Signature {
  readonly profile: Profile
  readonly headers: readonly ReadonlySet<string>[]
}

const signatures: readonly Signature[] = profiles.map((profile) => ({
  profile,
  headers: (profile.match.headers ?? []).map((list) => new Set(list.map(foldPhrase))),
}))

/** A heading for comparison, and the same without what stands in brackets: "Amount (EUR)" is an amount. */
export function headingForms(heading: string): readonly string[] {
  const whole = foldPhrase(heading)
  const bare = foldPhrase(heading.replaceAll(/\([^)]{0,30}\)/g, ' '))
  return bare === '' || bare === whole ? [whole] : [whole, bare]
}

/** The profile whose headings are all in the row, the one with the most of them first; `above` are the lines before. */
export function profileOfHeader(header: readonly string[], above: string): Profile | null {
  const present = new Set(header.flatMap(headingForms))
  let best: Profile | null = null
  let size = 0
  for (const { profile, headers } of signatures) {
    if (profile.sections !== undefined) continue
    if (profile.match.text !== undefined && !profile.match.text.test(above)) continue
    for (const wanted of headers) {
      if (wanted.size <= size) continue
      if ([...wanted].every((heading) => present.has(heading))) {
        best = profile
        size = wanted.size
      }
    }
  }
  return best
}

/** The profile of a file in sections, by its first lines. */
export function sectionedProfile(first: readonly (readonly string[])[]): Profile | null {
  for (const profile of profiles) {
    const { sections } = profile
    if (sections === undefined) continue
    const known = first.filter(
      ([name = '', kind = '']) =>
        kind === sections.header && (Object.hasOwn(sections.tables, name) || name === 'Statement'),
    )
    if (known.length > 0) return profile
  }
  return null
}
