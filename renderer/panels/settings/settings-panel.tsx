import './settings.css'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Redirect } from 'wouter'
import type { AppInfo } from '../../../shared/ipc/channels/host-channels.ts'
import { settingsPages } from '../../app/places.ts'
import { Page, PageHeader } from '../../components/page.tsx'
import { AboutSection } from './about-section.tsx'
import { BackupsSection } from './backups-section.tsx'
import { CategoriesSection } from './categories-section.tsx'
import { CheckSection } from './check-section.tsx'
import { ExportSection } from './export-section.tsx'
import { GeneralSection } from './general-section.tsx'
import { PeopleSection } from './people-section.tsx'
import { PrivacySection } from './privacy-section.tsx'
import { RatesSection } from './rates-section.tsx'
import { RemindersSection } from './reminders-section.tsx'
import { RulesSection } from './rules-section.tsx'
import { sectionOf, type SettingsSection } from './sections.ts'
import { TagsSection } from './tags-section.tsx'

/** All that can be set, one part at a time, each at its own address. */
export function SettingsPanel({ info, section }: { info: AppInfo; section: string }) {
  const { t } = useTranslation()
  const shown = sectionOf(section)
  if (shown === null) return <Redirect to="/settings" replace />
  return (
    <Page>
      <PageHeader title={t('settings.title')} />
      <div className="settings">
        <nav className="settings-nav" aria-label={t('settings.sections')}>
          <ul>
            {settingsPages.map(({ key }) => (
              <li key={key}>
                <Link
                  href={`/settings/${key}`}
                  className="settings-link"
                  aria-current={key === shown ? 'page' : undefined}
                >
                  {t(`settings.section.${key}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="settings-body stack">
          <Shown section={shown} info={info} />
        </div>
      </div>
    </Page>
  )
}

function Shown({ section, info }: { section: SettingsSection; info: AppInfo }): ReactNode {
  const parts: Record<SettingsSection, ReactNode> = {
    general: <GeneralSection />,
    people: <PeopleSection />,
    privacy: <PrivacySection info={info} />,
    backups: <BackupsSection />,
    export: <ExportSection />,
    check: <CheckSection />,
    categories: <CategoriesSection />,
    rules: <RulesSection />,
    tags: <TagsSection />,
    reminders: <RemindersSection info={info} />,
    rates: <RatesSection />,
    about: <AboutSection info={info} />,
  }
  return parts[section]
}
