import { type CurrencyCode, isCurrencyCode } from '../../../../shared/domain/currency.ts'
import type { ParsedAccount } from '../importer.ts'
import { accountOfMethod, type Platform, walletOf } from './payment-method.ts'
import { currencyOf } from './preamble.ts'
import type { RowView } from './row-view.ts'
import type { Section } from './sections.ts'

/** The wallet the row's bill is from, and whose it is. */
export function platformOf(row: RowView, section: Section): Platform {
  return { institution: row.layout.profile.institution, owner: section.owner }
}

/**
 * The account a row belongs to: by its means of payment (`method`, as settled), its account column, its card, or what
 * the statement says of itself.
 */
export function accountOfRow(row: RowView, method: string, section: Section): ParsedAccount {
  const { profile } = row.layout
  const { preamble } = section.survey
  if (row.has('method') || profile.amount === 'magnitude') {
    const platform = platformOf(row, section)
    if (method !== '') return accountOfMethod(method, platform)
    return walletOf(profile.wallet ?? '未注明', profile.kind, platform)
  }
  const named = row.get('account') || row.get('account-from')
  // A bookkeeping program's accounts have names of the user's choice.
  if (named !== '') return { name: named }
  const institution = profile.institution ?? section.institution
  const card = row.get('card').replace(/^['"]+|['"]+$/g, '')
  const number = card === '' ? preamble.number : card
  const type = preamble.accountType ?? ''
  const isCard = row.layout.isCard || /信用卡|贷记卡/u.test(type)
  const kind = isCard
    ? 'credit-card'
    : (profile.kind ?? (/借记|储蓄|活期|checking/iu.test(type) ? 'checking' : undefined))
  return {
    ...(number === undefined ? {} : { number }),
    ...(preamble.alias === undefined ? {} : { name: preamble.alias }),
    ...(institution === undefined ? {} : { institution }),
    ...(kind === undefined ? {} : { kind }),
  }
}

/** The currency of a row's amount: its own word, that of the amount cell, the statement's; null for an unknown one. */
export function currencyOfRow(row: RowView, section: Section): CurrencyCode | null {
  const { profile } = row.layout
  if (row.has('currency')) {
    const stated = row.all('currency')
    for (const text of stated) {
      const code = currencyOf(text)
      if (code !== null) return code
    }
    if (/^[a-z]{3}$/iu.test(stated[0] ?? '')) return null
  } else if (profile.amount !== 'magnitude') {
    const prefix = /^([A-Z]{3})\s*[-+]?\d/.exec(row.get('amount'))?.[1]
    if (prefix !== undefined && isCurrencyCode(prefix)) return prefix
  }
  return section.currency ?? (isCurrencyCode(profile.currency) ? profile.currency : null)
}
