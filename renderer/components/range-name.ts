import type { TFunction } from 'i18next'
import type { IsoDate } from '../../shared/domain/iso-date.ts'
import type { Range } from '../../shared/model/figures.ts'
import { formatDate } from '../format/date-format.ts'
import type { Language } from '../format/language.ts'

/**
 * The time that a change is of, in words: "over the past year", or since the records began where that is less. `since` as
 * the core tells it; on its own day nothing can have changed yet.
 */
export function rangeName(
  range: Range,
  since: IsoDate | null,
  today: IsoDate,
  t: TFunction,
  language: Language,
): string {
  if (since === null) return t(`common.rangeNames.${range}`)
  return since === today ? t('common.rangeFromToday') : t('common.rangeSince', { date: formatDate(since, language) })
}
