import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { partsOfDate } from '../../../shared/domain/iso-date.ts'
import { decimalFromMinor, type Money } from '../../../shared/domain/money.ts'
import type { Reminder } from '../../../shared/model/reminder.ts'
import { type HostLanguage, hostWord, reminderKindName } from '../../../shared/model/reminder-words.ts'

const locale = (language: HostLanguage): string => (language === 'en' ? 'en-GB' : language)

/** 5 December, 12月5日. */
export function hostDate(date: IsoDate, language: HostLanguage): string {
  const { year, month, day } = partsOfDate(date)
  const format = new Intl.DateTimeFormat(locale(language), { month: 'short', day: 'numeric', timeZone: 'UTC' })
  return format.format(Date.UTC(year, month - 1, day))
}

/** An amount in words of the language; written from its exact decimal, not from a floating-point number. */
export function hostAmount(amount: Money, language: HostLanguage): string {
  const format = new Intl.NumberFormat(locale(language), { style: 'currency', currency: amount.currency })
  const exact: string = decimalFromMinor(amount.minor, amount.currency)
  return format.format(exact as Intl.StringNumericLiteral)
}

/** What stays out of sight: nothing, or amounts (privacy mode). */
export interface Sight {
  readonly language: HostLanguage
  readonly amounts: boolean
}

/** The amount of a reminder, or null where there is none or it must not be seen. */
export function reminderAmount({ amount, estimated }: Reminder, { language, amounts }: Sight): string | null {
  if (amount === null || !amounts) return null
  const written = hostAmount(amount, language)
  return estimated ? hostWord('estimated', language, { amount: written }) : written
}

/** "Visa · Card payment"; the name alone where the kind says nothing more. */
export function reminderTitle({ title, kind }: Pick<Reminder, 'title' | 'kind'>, language: HostLanguage): string {
  // what is about the vault as a whole has no name of its own
  const name = title === '' ? hostWord('vault', language) : title
  return kind === 'own' ? name : hostWord('title', language, { title: name, kind: reminderKindName(kind, language) })
}

/** When it is due, in words. */
export function reminderDay({ on, daysAway }: Reminder, language: HostLanguage): string {
  if (daysAway === 0) return hostWord('today', language)
  return hostWord(daysAway < 0 ? 'overdueSince' : 'due', language, { date: hostDate(on, language) })
}
