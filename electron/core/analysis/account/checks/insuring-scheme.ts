import { type AccountKind, insuranceSchemeOf, type KindRegion } from '../../../../../shared/model/account-kinds.ts'
import type { InstitutionKind } from '../../../../../shared/model/institution.ts'
import { insurance, type Scheme } from './check-tables.ts'

/** What is known of an institution; null: not known. */
export interface InstitutionFacts {
  /** Its key of `resources/institutions`. */
  readonly key?: string | null
  readonly country: string | null
  readonly kind: InstitutionKind | null
}

const doubts: ReadonlyMap<string, 'not-itself' | 'depends'> = new Map(
  insurance.doubts.map(({ institution, why }) => [institution, why]),
)
const byKey: ReadonlyMap<string, Scheme> = new Map(insurance.schemes.map((scheme) => [scheme.key, scheme]))

function typesOf(kind: AccountKind): ReadonlySet<Scheme['type'] | undefined> {
  return new Set(Object.values(kind.insuredBy).map((key) => byKey.get(key)?.type))
}

/** Whether a deposit insurer covers accounts of the kind somewhere. */
export const isDeposit = (kind: AccountKind): boolean => typesOf(kind).has('deposits')

/** Whether accounts of the kind hold securities for their owner. */
export const holdsSecurities = (kind: AccountKind): boolean =>
  !isDeposit(kind) && (typesOf(kind).has('securities') || (kind.group === 'securities' && kind.valuedBy === 'holdings'))

/** Whether it looks like money at a bank or wallet, and no deposit insurer covers it anywhere. */
export const looksInsured = (kind: AccountKind): boolean =>
  kind.side === 'asset' &&
  (kind.group === 'bank' || kind.group === 'securities') &&
  kind.valuedBy === 'balance' &&
  !kind.inHand &&
  !isDeposit(kind)

/** The region of the table of kinds that a country lies in; null: none. */
function regionOf(country: string | null): KindRegion | null {
  if (country === null) return null
  return insurance.schemes.find(({ countries }) => countries.includes(country))?.region ?? null
}

/**
 * The scheme of this type that protects an account of the kind with the institution. Whether it is protected at all is a
 * matter of the kind (`insuredBy`) and the region; by which scheme, of the institution: an insurer follows its members,
 * so that a savings account with a credit union of the United States is the NCUA's, with a bank the FDIC's. Where the
 * institution's country is not known the kind's own scheme counts, or that of the country the household counts in. Null
 * for deposits with what is no bank itself, or may be none.
 */
export function insuringScheme(
  kind: AccountKind,
  { country, kind: institution, key: member = null }: InstitutionFacts,
  home: string | null,
  type: Scheme['type'],
): Scheme | null {
  if (type === 'deposits' && member !== null && doubts.has(member)) return null
  const region = regionOf(country ?? home)
  const key =
    region !== null ? insuranceSchemeOf(kind, region) : country === null ? (kind.insuredBy['*'] ?? null) : null
  const named = key === null ? undefined : byKey.get(key)
  if (named?.type !== type) return null
  if (country === null) return named
  const ofCountry = insurance.schemes.filter(
    ({ type: itsType, countries, notMembers }) =>
      itsType === type && countries.includes(country) && (member === null || !notMembers.includes(member)),
  )
  if (institution !== null) return ofCountry.find(({ institutions }) => institutions.includes(institution)) ?? null
  return ofCountry.includes(named) ? named : (ofCountry[0] ?? null)
}

/**
 * Why nothing is said of a deposit that no scheme is known for: its institution is no bank itself, it depends on which
 * company or bank the money is with, or it is with no member of a scheme that is known.
 */
export function whyNoScheme({ key = null, kind }: InstitutionFacts): 'not-itself' | 'depends' | 'no-scheme' {
  const doubt = key === null ? undefined : doubts.get(key)
  if (doubt !== undefined) return doubt
  if (kind === 'wallet') return 'not-itself'
  return kind === null || kind === 'bank' || kind === 'credit-union' ? 'no-scheme' : 'depends'
}
