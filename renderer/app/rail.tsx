import {
  IconBell,
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
import { useViewedPerson } from './person-view.tsx'
import { railPlaces } from './places.ts'
import { usePreferences } from './preferences.tsx'
import { formatCount } from '../format/number-format.ts'
import { useCall, useChange } from './queries.ts'

const icons = {
  home: IconSmartHome,
  account: IconBuildingBank,
  wealth: IconChartPie,
  credit: IconCreditCard,
  life: IconHome,
  reminders: IconBell,
  import: IconFileImport,
  search: IconSearch,
  settings: IconSettings,
} as const

export function Rail() {
  const { t } = useTranslation()
  const [location] = useLocation()
  const { settings, language } = usePreferences()
  const toReview = useCall('match.list', { limit: 1 }).data?.total ?? 0
  const save = useChange('settings.set')
  const collapsed = settings.railCollapsed
  const due = useCall('reminder.next', { limit: 1, person: useViewedPerson() }).data?.count ?? 0
  const waiting = useCall('inbox.get', {}).data?.waiting.length ?? 0
  const Toggle = collapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  const toggleLabel = t(collapsed ? 'common.expandRail' : 'common.collapseRail')
  return (
    <nav className="rail" aria-label={t('common.mainNavigation')}>
      <ul className="rail-places">
        {railPlaces.map(({ key, to, service }) => {
          const Icon = icons[key]
          const here = to === '/' ? location === '/' : location === to || location.startsWith(`${to}/`)
          return (
            <li key={key} data-end={key === 'settings'}>
              <Tooltip label={t(`common.${key}`)} position="right" disabled={!collapsed}>
                <Link
                  href={to}
                  className="rail-link"
                  aria-current={here ? 'page' : undefined}
                  data-service={service}
                  aria-describedby={
                    key === 'import' && toReview > 0
                      ? 'links-to-review'
                      : key === 'reminders' && due > 0
                        ? 'reminders-due'
                        : undefined
                  }
                >
                  <Icon size={20} stroke={1.6} aria-hidden="true" />
                  <span className="rail-label">{t(`common.${key}`)}</span>
                  {key === 'reminders' && due > 0 ? (
                    <span className="rail-count numeric" aria-hidden="true">
                      {due > 99 ? '99+' : due}
                    </span>
                  ) : null}
                  {key === 'import' && toReview + waiting > 0 ? (
                    <span
                      className="rail-count numeric"
                      aria-hidden={waiting === 0}
                      title={waiting === 0 ? undefined : t('import.inboxWaiting', { count: waiting })}
                    >
                      {toReview + waiting > 99 ? '99+' : toReview + waiting}
                    </span>
                  ) : null}
                </Link>
              </Tooltip>
              {key === 'reminders' && due > 0 ? (
                <span id="reminders-due" hidden>
                  {t('reminders.count', { count: due, formatted: formatCount(due, language) })}
                </span>
              ) : null}
              {key === 'import' && toReview > 0 ? (
                <span id="links-to-review" hidden>
                  {t('match.openBadge', { count: toReview, formatted: formatCount(toReview, language) })}
                </span>
              ) : null}
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
