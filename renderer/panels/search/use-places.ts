import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Place } from './results.ts'

const main = ['home', 'account', 'wealth', 'credit', 'life', 'import', 'settings'] as const
const settings = ['privacy', 'backups', 'check', 'categories', 'tags', 'rates', 'about'] as const

/** Every place of the app by its name, as the rail and the settings call it. */
export function usePlaces(): { main: readonly Place[]; all: readonly Place[] } {
  const { t } = useTranslation()
  return useMemo(() => {
    const first = [
      ...main.map((key) => ({ to: key === 'home' ? '/' : `/${key}`, title: t(`common.${key}`) })),
      { to: '/account/all', title: t('account.all') },
    ]
    const inSettings = settings.map((key) => ({
      to: `/settings/${key}`,
      title: `${t('common.settings')} › ${t(`settings.section.${key}`)}`,
    }))
    return { main: first, all: [...first, ...inSettings] }
  }, [t])
}
