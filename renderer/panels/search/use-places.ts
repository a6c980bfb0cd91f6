import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { allPlaces, railPlaces } from '../../app/places.ts'
import type { Place } from './results.ts'

/** What is offered before anything is typed. */
const first: ReadonlySet<string> = new Set([...railPlaces.map(({ to }) => to), '/account/all'])

/** Every place of the app by its name in either language; for who reads Chinese also by how that is read. */
export function usePlaces(): { main: readonly Place[]; all: readonly Place[] } {
  const { t, i18n } = useTranslation()
  return useMemo(() => {
    const readsChinese = i18n.language === 'zh-CN'
    const languages = [i18n.getFixedT('zh-CN'), i18n.getFixedT('en')]
    const all = allPlaces.map(({ to, text, within, reading }): Place => ({
      to,
      title: within === null ? t(text) : `${t(within)} › ${t(text)}`,
      names: [
        ...languages.map((said) => said(text)),
        ...(within === null ? [] : languages.map((said) => `${said(within)} ${said(text)}`)),
      ],
      syllables: readsChinese ? reading.split(' ') : [],
    }))
    return { main: all.filter(({ to }) => first.has(to)), all }
  }, [t, i18n])
}
