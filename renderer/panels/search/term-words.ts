import type { TFunction } from 'i18next'
import type { SearchTerm } from '../../../shared/model/search.ts'
import { daysInMonth, type IsoDate, partsOfDate } from '../../../shared/domain/iso-date.ts'
import { formatDate } from '../../format/date-format.ts'
import type { Language } from '../../format/language.ts'
import { formatQuantity } from '../../format/number-format.ts'

type Meaning = SearchTerm['meaning']
type Amount = Extract<Meaning, { is: 'amount' }>

/** A year, a month, a day or from – to, each as it is said. */
export function daysInWords(from: IsoDate, to: IsoDate, language: Language): string {
  const [first, last] = [partsOfDate(from), partsOfDate(to)]
  if (from === to) return formatDate(from, language)
  const wholeMonths = first.day === 1 && last.day === daysInMonth(last.year, last.month)
  if (wholeMonths && first.year === last.year) {
    if (first.month === 1 && last.month === 12) return formatDate(from, language, 'year')
    if (first.month === last.month) return formatDate(from, language, 'month-year')
  }
  return `${formatDate(from, language)} – ${formatDate(to, language)}`
}

function amountInWords({ least, most }: Amount, t: TFunction): string {
  const low = least === null ? '' : formatQuantity(least.value)
  const high = most === null ? '' : formatQuantity(most.value)
  if (least !== null && most !== null) {
    return low === high ? t('search.amountIs', { low }) : t('search.amountBetween', { low, high })
  }
  if (least !== null) return t(least.included ? 'search.amountFrom' : 'search.amountOver', { low })
  return t(most?.included === true ? 'search.amountUpTo' : 'search.amountUnder', { high })
}

function meaningInWords(meaning: Meaning, t: TFunction, language: Language): string {
  const list = (values: readonly string[]): string => values.join(language === 'zh-CN' ? '、' : ', ')
  if (meaning.is === 'text') {
    const text = meaning.exact ? t('search.exactText', { text: meaning.text }) : meaning.text
    return meaning.scope === 'any' ? text : t('search.scoped', { what: t(`search.operator.${meaning.scope}`), text })
  }
  if (meaning.is === 'name') {
    return t('search.scoped', { what: t(`search.operator.${meaning.of}`), text: list(meaning.values) })
  }
  if (meaning.is === 'amount') return amountInWords(meaning, t)
  if (meaning.is === 'date') {
    const { from, to } = meaning
    if (from !== null && to !== null) return daysInWords(from, to, language)
    if (from !== null) return t('search.since', { date: formatDate(from, language) })
    return to === null ? '' : t('search.until', { date: formatDate(to, language) })
  }
  if (meaning.is === 'state') return t(`search.state.${meaning.state}`)
  return t('search.scoped', {
    what: t('search.operator.kind'),
    text: list(meaning.kinds.map((kind) => t(`account.kinds.${kind}`))),
  })
}

/** A part of a query as it was understood, in words. */
export function termInWords({ meaning, negated }: SearchTerm, t: TFunction, language: Language): string {
  const words = meaningInWords(meaning, t, language)
  return negated ? t('search.not', { what: words }) : words
}

/** Whether anything was understood that is more than a word to look for. */
export function isWorthTelling(terms: readonly SearchTerm[]): boolean {
  return terms.some(
    ({ meaning, negated }) => negated || meaning.is !== 'text' || meaning.scope !== 'any' || meaning.exact,
  )
}

/** A query without one of its parts. */
export function withoutTerm(text: string, { from, to }: Pick<SearchTerm, 'from' | 'to'>): string {
  return `${text.slice(0, from).trimEnd()} ${text.slice(to).trimStart()}`.trim()
}
