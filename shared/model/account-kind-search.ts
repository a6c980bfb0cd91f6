import { z } from 'zod'
import table from '../../resources/account-kind-search.json' with { type: 'json' }
import { findNamed, type Named } from '../domain/name-search.ts'
import { type AccountKind, accountKindOf, allAccountKinds, kindRegions } from './account-kinds.ts'

const searchSchema = z.strictObject({
  about: z.string(),
  common: z.record(z.enum([...kindRegions, 'INT']), z.array(z.string())),
  kinds: z.array(z.strictObject({ key: z.string(), pinyin: z.string(), aliases: z.array(z.string().min(1)) })),
})
const { common, kinds } = searchSchema.parse(table)

const words: ReadonlyMap<string, Named> = new Map(
  kinds.map(({ key, pinyin, aliases }) => {
    const { nameZh, nameEn } = accountKindOf(key)
    return [key, { names: [nameZh, nameEn, ...aliases], initials: pinyin }]
  }),
)

const namedOf = (kind: AccountKind): Named => words.get(kind.key) ?? { names: [kind.nameZh, kind.nameEn], initials: '' }

/** The kinds that what was typed names (either language, other names, pinyin initials), best first. */
export function findKinds(typed: string, limit = 30): AccountKind[] {
  return findNamed(allAccountKinds(), namedOf, typed, limit)
}

const regionOfCurrency: ReadonlyMap<string, (typeof kindRegions)[number]> = new Map([
  ['CNY', 'CN'],
  ['USD', 'US'],
  ['EUR', 'EU'],
  ['GBP', 'UK'],
  ['HKD', 'HK'],
  ['INR', 'IN'],
])

/** The kinds that most households of the base currency have, in the order to offer them. */
export function commonKinds(baseCurrency: string): AccountKind[] {
  return common[regionOfCurrency.get(baseCurrency) ?? 'INT'].map(accountKindOf)
}
