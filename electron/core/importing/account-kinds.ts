import { z } from 'zod'
import resource from '../../../resources/import-kinds.json' with { type: 'json' }
import { allAccountKinds, isAccountKind } from '../../../shared/model/account-kinds.ts'
import type { AccountKindHint, ParsedAccount, SpecificKind } from './importer.ts'

const isSpecificKind = (key: string): key is SpecificKind => isAccountKind(key)

/** A key of `resources/account-kinds/`, for profiles that know an account's kind. */
export const specificKindSchema = z.string().refine(isSpecificKind, 'is no kind of account')

const pattern = z.string().transform((source) => new RegExp(source, 'iu'))

const schema = z.strictObject({
  about: z.string(),
  codes: z.record(
    z.enum(['ofx-account-type', 'camt-account-type']),
    z.strictObject({ source: z.string(), kinds: z.record(z.string(), specificKindSchema) }),
  ),
  rules: z.array(
    z.strictObject({
      from: z.array(specificKindSchema).min(1),
      institution: pattern.optional(),
      name: pattern.optional(),
      kind: specificKindSchema,
    }),
  ),
})

/** The tables of `resources/import-kinds.json`, checked once when the module loads. */
export const importKinds = schema.parse(resource)

export type KindCodes = keyof typeof importKinds.codes

const codeTables = new Map(
  Object.entries(importKinds.codes).map(([format, { kinds }]) => [format, new Map(Object.entries(kinds))] as const),
)

/** The kind of account that a format's code stands for; undefined for a code that the table does not have. */
export function kindOfCode(format: KindCodes, code: string): AccountKindHint | undefined {
  return codeTables.get(format)?.get(code.trim().toUpperCase())
}

const folded = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

/** Kinds by their names in both languages, where one has it alone. */
const named = new Map<string, string>()
for (const { key, nameZh, nameEn, valuedBy } of allAccountKinds()) {
  if (valuedBy === 'valuation' || valuedBy === 'points') continue
  for (const name of [nameZh, nameEn]) if (!named.has(folded(name))) named.set(folded(name), key)
}

/**
 * The account's kind as closely as its name and institution tell it: `kind` is what the file says, or words do. A name
 * that is a kind's own ("花呗", "房贷") counts where the file itself says nothing.
 */
export function narrowKind(kind: string, account: ParsedAccount): string {
  const name = account.name?.normalize('NFKC').trim() ?? ''
  const institution = account.institution?.normalize('NFKC') ?? ''
  for (const rule of importKinds.rules) {
    if (!rule.from.some((from) => from === kind)) continue
    if (rule.institution?.test(institution) === false || rule.name?.test(name) === false) continue
    return rule.kind
  }
  return account.kind === undefined ? (named.get(folded(name)) ?? kind) : kind
}
