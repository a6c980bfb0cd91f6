import type { Language } from '../../format/language.ts'
import type { WeekStart } from './groups.ts'

/**
 * The day that a week begins with: that of the browser's own region where it shares the language (en-US begins on Sunday),
 * else Monday, which mainland China and ISO 8601 begin with.
 */
export function weekStartOf(language: Language, system: string = navigator.language): WeekStart {
  const [spoken] = system.toLowerCase().split('-')
  if (spoken !== language.slice(0, 2)) return 1
  return firstDay(system) === 7 ? 7 : 1
}

/** CLDR's first day of the week of a region; the typings of Intl do not know it everywhere yet. */
function firstDay(tag: string): number {
  try {
    const locale: { getWeekInfo?: () => { firstDay: number }; language: string } = new Intl.Locale(tag)
    // CLDR has Sunday for China as a whole; the mainland's calendars begin on Monday (GB/T 7408)
    if (locale.language === 'zh') return 1
    return locale.getWeekInfo?.().firstDay ?? 1
  } catch {
    return 1
  }
}
