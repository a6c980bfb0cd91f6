import { z } from 'zod'
import chinaBanks from '../../../../resources/institutions/china-banks.json' with { type: 'json' }
import chinaInsurers from '../../../../resources/institutions/china-insurers-lenders.json' with { type: 'json' }
import chinaInvesting from '../../../../resources/institutions/china-investing.json' with { type: 'json' }
import chinaServices from '../../../../resources/institutions/china-services.json' with { type: 'json' }
import europe from '../../../../resources/institutions/europe.json' with { type: 'json' }
import hongKong from '../../../../resources/institutions/hong-kong.json' with { type: 'json' }
import unitedStates from '../../../../resources/institutions/united-states.json' with { type: 'json' }
import world from '../../../../resources/institutions/world.json' with { type: 'json' }
import { institutionKinds } from '../../../../shared/model/institution.ts'

const institutionSchema = z.strictObject({
  key: z.string().regex(/^[a-z0-9-]+$/),
  nameZh: z.string().min(1),
  nameEn: z.string().min(1),
  /** First letters of the Chinese name's syllables, by `scripts/pinyin-initials.ts`. */
  pinyin: z.string().regex(/^[a-z0-9]*$/),
  country: z.string().regex(/^[A-Z]{2}$/),
  kind: z.enum(institutionKinds),
  aliases: z.array(z.string().min(1)),
  /** Business identifier code (ISO 9362), 8 or 11 characters; null where we do not know it. */
  bic: z
    .string()
    .regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/)
    .nullable(),
  /** Checked against what the institution or the registrar publishes. */
  confirmed: z.boolean(),
})
export type KnownInstitution = z.output<typeof institutionSchema>

const tables = [chinaBanks, chinaInvesting, chinaInsurers, chinaServices, hongKong, unitedStates, europe, world]
const institutions = z.array(institutionSchema).parse(tables.flatMap((table) => table.institutions))

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

const byCode: ReadonlyMap<string, KnownInstitution> = new Map(
  institutions.flatMap((institution) => (institution.bic === null ? [] : [[institution.bic.slice(0, 8), institution]])),
)

/** The institution of a business identifier code (ISO 9362) of 8 or 11 characters, whatever the branch; null: not known. */
export function institutionOfCode(code: string): KnownInstitution | null {
  return code.length === 8 || code.length === 11 ? (byCode.get(code.slice(0, 8)) ?? null) : null
}

export function allKnownInstitutions(): readonly KnownInstitution[] {
  return institutions
}
