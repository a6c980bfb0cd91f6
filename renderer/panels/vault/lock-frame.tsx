import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../app/preferences.tsx'
import { useChange } from '../../app/queries.ts'

/** The frame of every screen before the vault is open: the name, one card, and the language. */
export function LockFrame({ children, aside }: { children: ReactNode; aside?: ReactNode }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const settings = useChange('settings.set')
  return (
    <div className="lock" data-split={aside !== undefined}>
      {aside === undefined ? null : <aside className="lock-aside">{aside}</aside>}
      <main className="lock-main">
        <div className="lock-card">{children}</div>
        <SegmentedControl
          size="xs"
          aria-label={t('vault.language')}
          value={language}
          onChange={(next) => settings.mutate({ language: next === 'zh-CN' ? 'zh-CN' : 'en' })}
          data={[
            { value: 'zh-CN', label: '简体中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </main>
    </div>
  )
}

/** The mark: an open book whose two pages balance. */
export function Mark({ size = 40 }: { size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 40 40" aria-hidden="true">
      <rect width="40" height="40" rx="10" className="mark-ground" />
      <path
        d="M20 12.5c-2.6-1.9-6-2.4-9-1.9v17c3-.5 6.4 0 9 1.9 2.6-1.9 6-2.4 9-1.9v-17c-3-.5-6.4 0-9 1.9Z"
        className="mark-page"
      />
      <path d="M20 12.5v17M14 16.2h3M14 20h3M23 20h3" className="mark-line" />
    </svg>
  )
}
