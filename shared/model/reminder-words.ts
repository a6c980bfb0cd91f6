import words from '../../resources/reminder-words.json' with { type: 'json' }
import { type ReminderKind, reminderKinds } from './reminder.ts'

/** Languages that hosts speak outside the window: in the tray, in notifications, in calendar files. */
export type HostLanguage = 'en' | 'zh-CN'
export type HostWord = keyof typeof words.host

/** The name of what falls due: "Card payment", "信用卡还款". */
export function reminderKindName(kind: ReminderKind, language: HostLanguage): string {
  return words.kinds[kind][language]
}

/** The names of all kinds in a language, for the window: it shows the same as the tray, notifications and calendar files. */
export function reminderKindNames(language: HostLanguage): Readonly<Record<ReminderKind, string>> {
  const { kinds }: { kinds: Readonly<Record<ReminderKind, Readonly<Record<HostLanguage, string>>>> } = words
  const names: Partial<Record<ReminderKind, string>> = {}
  for (const kind of reminderKinds) names[kind] = kinds[kind][language]
  return names as Record<ReminderKind, string>
}

/** A text outside the window, its `{names}` filled in. */
export function hostWord(
  word: HostWord,
  language: HostLanguage,
  values: Readonly<Record<string, string>> = {},
): string {
  return words.host[word][language].replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  )
}
