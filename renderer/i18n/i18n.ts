import { changeLanguage, use } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '../format/language.ts'
import { chinese, english } from './resources.ts'

/** Starts the texts in one language. React escapes, so i18next does not. */
export async function startTexts(language: Language): Promise<void> {
  await use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: english }, 'zh-CN': { translation: chinese } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
}

/** Changes the language of all texts and of the document, for screen readers and fonts. */
export async function showLanguage(language: Language): Promise<void> {
  document.documentElement.lang = language
  await changeLanguage(language)
}
