import {
  IconBuildingBank,
  IconChartPie,
  IconCreditCard,
  IconFileImport,
  IconHome,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconSearch,
  IconSettings,
  IconSmartHome,
} from '@tabler/icons-react'
import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { usePreferences } from './preferences.tsx'
import { useChange } from './queries.ts'

const places = [
  { key: 'home', to: '/', Icon: IconSmartHome, service: undefined },
  { key: 'account', to: '/account', Icon: IconBuildingBank, service: 'account' },
  { key: 'wealth', to: '/wealth', Icon: IconChartPie, service: 'wealth' },
  { key: 'credit', to: '/credit', Icon: IconCreditCard, service: 'credit' },
  { key: 'life', to: '/life', Icon: IconHome, service: 'life' },
  { key: 'import', to: '/import', Icon: IconFileImport, service: undefined },
  { key: 'search', to: '/search', Icon: IconSearch, service: undefined },
  { key: 'settings', to: '/settings', Icon: IconSettings, service: undefined },
] as const

export function Rail() {
  const { t } = useTranslation()
  const [location] = useLocation()
  const { settings } = usePreferences()
  const save = useChange('settings.set')
  const collapsed = settings.railCollapsed
  const Toggle = collapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  const toggleLabel = t(collapsed ? 'common.expandRail' : 'common.collapseRail')
  return (
    <nav className="rail" aria-label={t('common.mainNavigation')}>
      <ul className="rail-places">
        {places.map(({ key, to, Icon, service }) => {
          const here = to === '/' ? location === '/' : location === to || location.startsWith(`${to}/`)
          return (
            <li key={key} data-end={key === 'settings'}>
              <Tooltip label={t(`common.${key}`)} position="right" disabled={!collapsed}>
                <Link href={to} className="rail-link" aria-current={here ? 'page' : undefined} data-service={service}>
                  <Icon size={20} stroke={1.6} aria-hidden="true" />
                  <span className="rail-label">{t(`common.${key}`)}</span>
                </Link>
              </Tooltip>
            </li>
          )
        })}
      </ul>
      <button
        type="button"
        className="rail-link rail-toggle"
        aria-label={toggleLabel}
        title={toggleLabel}
        onClick={() => save.mutate({ railCollapsed: !collapsed })}
      >
        <Toggle size={20} stroke={1.6} aria-hidden="true" />
      </button>
    </nav>
  )
}
