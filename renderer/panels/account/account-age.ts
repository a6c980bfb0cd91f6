import type { TFunction } from 'i18next'
import type { Account } from '../../../shared/model/account.ts'
import { dateOfInstant, formatDate } from '../../format/date-format.ts'
import type { Language } from '../../format/language.ts'

/**
 * What day the figures of an account in the list are of, in words, and what that day is: that of its latest transaction,
 * else of its last import. Null where there is neither.
 */
export function accountAge(
  { lastBookedOn, lastImportAt }: Pick<Account, 'lastBookedOn' | 'lastImportAt'>,
  t: TFunction,
  language: Language,
): { readonly text: string; readonly meaning: string } | null {
  const imported =
    lastImportAt === null ? null : `${t('account.lastImport')} ${formatDate(dateOfInstant(lastImportAt), language)}`
  if (lastBookedOn === null) return imported === null ? null : { text: imported, meaning: imported }
  const date = formatDate(lastBookedOn, language)
  const booked = `${t('account.lastBooked')} ${date}`
  return {
    text: t('account.asOf', { date }),
    meaning: imported === null ? booked : `${booked} · ${imported}`,
  }
}
