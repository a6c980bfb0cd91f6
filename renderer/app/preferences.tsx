import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { CurrencyCode } from '../../shared/domain/currency.ts'
import type { AppSettings } from '../../shared/model/settings.ts'
import type { Language } from '../format/language.ts'

/** How the user likes things shown, known to every component. */
export interface Preferences {
  readonly language: Language
  readonly settings: AppSettings
  /** Amounts are masked now. */
  readonly mask: boolean
  /** Null while the vault is locked. */
  readonly baseCurrency: CurrencyCode | null
}

const PreferencesContext = createContext<Preferences | null>(null)

export function PreferencesProvider({
  language,
  settings,
  baseCurrency,
  children,
}: Omit<Preferences, 'mask'> & { children: ReactNode }) {
  const value = useMemo(
    () => ({ language, settings, baseCurrency, mask: settings.maskAmounts }),
    [language, settings, baseCurrency],
  )
  return <PreferencesContext.Provider value={value}>{children}</PreferencesContext.Provider>
}

export function usePreferences(): Preferences {
  const value = useContext(PreferencesContext)
  if (value === null) throw new Error('there are no preferences here')
  return value
}

export function useLanguage(): Language {
  return usePreferences().language
}
