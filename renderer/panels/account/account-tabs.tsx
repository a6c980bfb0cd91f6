import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { accountPages } from '../../app/places.ts'

/** Where the row is wider than the window, the page that is open stands in the middle of what is seen. */
function bringIntoSight(tab: HTMLAnchorElement | null): void {
  const row = tab?.parentElement
  if (tab === null || row === null || row === undefined) return
  row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2
}

/** The row of pages beneath the heading of each page of the account service. */
export function AccountTabs() {
  const { t } = useTranslation()
  const [location] = useLocation()
  return (
    <nav className="tabs" aria-label={t('account.tabs.label')}>
      {accountPages.map(({ key, to }) => {
        const here = to === '/account' ? location === to : location === to || location.startsWith(`${to}/`)
        return (
          <Link
            key={key}
            href={to}
            className="tab"
            ref={here ? bringIntoSight : null}
            aria-current={here ? 'page' : undefined}
          >
            {t(`account.tabs.${key}`)}
          </Link>
        )
      })}
    </nav>
  )
}
