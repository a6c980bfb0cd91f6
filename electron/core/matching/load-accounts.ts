import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import { accountKindOf } from '../../../shared/model/account-kinds.ts'
import { allKnownInstitutions, knownInstitution } from '../analysis/account/known-institutions.ts'
import type { MatchAccount } from '../analysis/matching/match-line.ts'
import { foldText, processorsIn } from '../analysis/matching/words.ts'
import { comparableNumber } from '../importing/committing/account-number.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import type { Vault } from '../storage/open-vault.ts'

interface AccountRow {
  id: number
  name: string
  kind: string
  currency: CurrencyCode
  number: string | null
  institution: string | null
}

const WALLETS: ReadonlySet<string> = new Set([
  'e-wallet',
  'money-market',
  'alipay-balance',
  'wechat-balance',
  'digital-yuan',
  'paypal-balance',
  'yuebao',
  'lingqiantong',
])

/** Names too short, or too common, to tell an account by. */
function isTelling(name: string): boolean {
  if (/^\d+$/.test(name)) return false
  return /\p{Script=Han}/u.test(name) ? name.length >= 2 : name.length >= 4
}

/** Kinds of account that people name theirs after: said in a statement they mean no account in particular. */
const COMMON: ReadonlySet<string> = new Set([
  ...'account accounts checking savings saving current giro girokonto konto card credit cash wallet bank joint main'.split(
    ' ',
  ),
  ...'loan broker brokerage depot 储蓄 活期 现金 银行 信用卡 储蓄卡 钱包 余额 账户'.split(' '),
  'credit card',
  'e-wallet',
])

function institutionNames(institution: string | null): string[] {
  if (institution === null) return []
  const part = isTelling(institution)
    ? allKnownInstitutions().find(
        ({ nameZh }) => isTelling(nameZh) && (institution.includes(nameZh) || nameZh.includes(institution)),
      )
    : undefined
  const known = knownInstitution(institution) ?? part ?? null
  return known === null ? [institution] : [institution, known.nameZh, known.nameEn, ...known.aliases]
}

/** An account as statements may speak of it, by its row. */
export function matchAccountOf({ id, name, kind, currency, number, institution }: AccountRow): MatchAccount {
  const comparable = comparableNumber(number)
  // "招商银行 ··1234" is spoken of as 招商银行
  const plainName = name.replace(/(?<![·•*])[·•*]+\s{0,3}\w{3,4}$/u, '').trimEnd()
  const names = [plainName, ...institutionNames(institution)].map(foldText)
  return {
    id,
    currency,
    names: [...new Set(names)].filter((text) => isTelling(text) && !COMMON.has(text)),
    number: comparable?.full ?? null,
    lastFour: comparable === null || comparable.tail.length < 4 ? null : comparable.tail.slice(-4),
    isLiability: accountKindOf(kind).side === 'liability',
    isWallet: WALLETS.has(kind),
    platforms: processorsIn(`${name} ${institution ?? ''}`),
  }
}

/** Every account as statements may speak of it. */
export function loadMatchAccounts(vault: Vault): Map<number, MatchAccount> {
  const rows = sqlRows<AccountRow>(
    vault,
    `select a.id, a.name, a.kind, a.currency, a.number, i.name as institution
     from accounts a left join institutions i on i.id = a.institution_id`,
  )
  return new Map(rows.map((row) => [row.id, matchAccountOf(row)]))
}
