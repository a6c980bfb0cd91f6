import { z } from 'zod'
import table from '../../../../resources/institutions.json' with { type: 'json' }

const institutionSchema = z.strictObject({
  key: z.string().regex(/^[a-z0-9-]+$/),
  nameZh: z.string().min(1),
  nameEn: z.string().min(1),
  country: z.string().length(2),
  kind: z.enum(['bank', 'broker', 'wallet', 'card-issuer']),
  aliases: z.array(z.string().min(1)),
})
export type KnownInstitution = z.output<typeof institutionSchema>

const institutions = z.array(institutionSchema).parse(table.institutions)

const fold = (name: string): string => name.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, ' ')

const byName: ReadonlyMap<string, KnownInstitution> = new Map(
  institutions.flatMap((institution) =>
    [institution.nameZh, institution.nameEn, ...institution.aliases].map((name) => [fold(name), institution] as const),
  ),
)

/** The institution that people call by this name, in either language or by its short name; null where none is known. */
export function knownInstitution(name: string): KnownInstitution | null {
  return byName.get(fold(name)) ?? null
}

export function allKnownInstitutions(): readonly KnownInstitution[] {
  return institutions
}
