import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { AppInfo } from '../../../shared/ipc/channels/host-channels.ts'
import { Page, PageHeader } from '../../components/page.tsx'
import { AboutSection } from './about-section.tsx'
import { BackupsSection } from './backups-section.tsx'
import { CategoriesSection } from './categories-section.tsx'
import { GeneralSection } from './general-section.tsx'
import { RatesSection } from './rates-section.tsx'
import { SecuritySection } from './security-section.tsx'
import { TagsSection } from './tags-section.tsx'

const sections = ['general', 'security', 'backups', 'categories', 'tags', 'rates', 'about'] as const
type SectionKey = (typeof sections)[number]

export function SettingsPanel({ info, section }: { info: AppInfo; section: string }) {
  const { t } = useTranslation()
  const current = sections.find((one) => one === section) ?? 'general'
  return (
    <Page>
      <PageHeader title={t('settings.title')} />
      <div className="settings">
        <nav className="settings-nav" aria-label={t('settings.title')}>
          <ul>
            {sections.map((key) => (
              <li key={key}>
                <Link
                  href={`/settings/${key}`}
                  className="settings-link"
                  aria-current={key === current ? 'page' : undefined}
                >
                  {t(`settings.sections.${key}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="stack settings-body">
          <Body current={current} info={info} />
        </div>
      </div>
    </Page>
  )
}

function Body({ current, info }: { current: SectionKey; info: AppInfo }) {
  switch (current) {
    case 'general':
      return <GeneralSection />
    case 'security':
      return <SecuritySection info={info} />
    case 'backups':
      return <BackupsSection />
    case 'categories':
      return <CategoriesSection />
    case 'tags':
      return <TagsSection />
    case 'rates':
      return <RatesSection />
    case 'about':
      return <AboutSection info={info} />
  }
}
