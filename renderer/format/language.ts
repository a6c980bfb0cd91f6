/** The languages the window speaks; also the locale that figures are written in. */
export type Language = 'zh-CN' | 'en'

export const languages: readonly Language[] = ['zh-CN', 'en']

/** The language to show: what the user chose, else Chinese where the system speaks any Chinese, else English. */
export function languageFor(setting: 'system' | Language, systemLanguage: string): Language {
  if (setting !== 'system') return setting
  return systemLanguage.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}
