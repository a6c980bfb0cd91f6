import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'

/** The pages of the account service, in the order of their row. A page stands here once it works. */
const tabs = [
  { key: 'accounts', to: '/account' },
  { key: 'transactions', to: '/account/all' },
  { key: 'flow', to: '/account/flow' },
  { key: 'bills', to: '/account/bills' },
  { key: 'forecast', to: '/account/forecast' },
  { key: 'budgets', to: '/account/budgets' },
  { key: 'checks', to: '/account/checks' },
  { key: 'report', to: '/account/report' },
] as const

/** The row of pages beneath the heading of each page of the account service. */
export function AccountTabs() {
  const { t } = useTranslation()
  const [location] = useLocation()
  const row = useRef<HTMLElement>(null)
  // where the row is wider than the window, the page that is open is in sight
  useEffect(() => {
    const here = row.current?.querySelector<HTMLElement>('[aria-current]')
    if (row.current === null || here === null || here === undefined) return
    row.current.scrollLeft = here.offsetLeft - row.current.offsetLeft - (row.current.clientWidth - here.offsetWidth) / 2
  }, [location])
  return (
    <nav className="tabs" ref={row} aria-label={t('account.tabs.label')}>
      {tabs.map(({ key, to }) => {
        const here = to === '/account' ? location === to : location === to || location.startsWith(`${to}/`)
        return (
          <Link key={key} href={to} className="tab" aria-current={here ? 'page' : undefined}>
            {t(`account.tabs.${key}`)}
          </Link>
        )
      })}
    </nav>
  )
}
