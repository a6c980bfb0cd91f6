import { lazy, Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import type { AppInfo } from '../../shared/ipc/channels/host-channels.ts'
import { Waiting } from '../components/states.tsx'
import { HomePanel } from '../panels/home/home-panel.tsx'

const AccountsPanel = lazy(async () => ({
  default: (await import('../panels/account/accounts-panel.tsx')).AccountsPanel,
}))
const BudgetsPage = lazy(async () => ({
  default: (await import('../panels/account/budget/budgets-page.tsx')).BudgetsPage,
}))
const ChecksPage = lazy(async () => ({
  default: (await import('../panels/account/checks/checks-page.tsx')).ChecksPage,
}))
const AccountPage = lazy(async () => ({ default: (await import('../panels/account/account-page.tsx')).AccountPage }))
const ReconcilePage = lazy(async () => ({
  default: (await import('../panels/account/reconcile-page.tsx')).ReconcilePage,
}))
const AllTransactions = lazy(async () => ({
  default: (await import('../panels/account/all-transactions.tsx')).AllTransactions,
}))
const FlowPage = lazy(async () => ({ default: (await import('../panels/account/flow/flow-page.tsx')).FlowPage }))
const ReportPage = lazy(async () => ({
  default: (await import('../panels/account/report/report-page.tsx')).ReportPage,
}))
const ForecastPage = lazy(async () => ({
  default: (await import('../panels/account/forecast/forecast-page.tsx')).ForecastPage,
}))
const BillsPage = lazy(async () => ({
  default: (await import('../panels/account/recurring/bills-page.tsx')).BillsPage,
}))
const WealthPanel = lazy(async () => ({ default: (await import('../panels/wealth/wealth-panel.tsx')).WealthPanel }))
const CreditPanel = lazy(async () => ({ default: (await import('../panels/credit/credit-panel.tsx')).CreditPanel }))
const LifePanel = lazy(async () => ({ default: (await import('../panels/life/life-panel.tsx')).LifePanel }))
const ImportPanel = lazy(async () => ({ default: (await import('../panels/import/import-panel.tsx')).ImportPanel }))
const ReviewPage = lazy(async () => ({ default: (await import('../panels/import/review-page.tsx')).ReviewPage }))
const RemindersPanel = lazy(async () => ({
  default: (await import('../panels/reminders/reminders-panel.tsx')).RemindersPanel,
}))
const SearchPanel = lazy(async () => ({ default: (await import('../panels/search/search-panel.tsx')).SearchPanel }))
const SettingsPanel = lazy(async () => ({
  default: (await import('../panels/settings/settings-panel.tsx')).SettingsPanel,
}))

/** Every address in the window. */
export function Routes({ info }: { info: AppInfo }) {
  return (
    <Suspense fallback={<Waiting />}>
      <Switch>
        <Route path="/">
          <HomePanel />
        </Route>
        <Route path="/account">
          <AccountsPanel />
        </Route>
        <Route path="/account/budgets">
          <BudgetsPage />
        </Route>
        <Route path="/account/checks">
          <ChecksPage />
        </Route>
        <Route path="/account/all">
          <AllTransactions />
        </Route>
        <Route path="/account/flow">
          <FlowPage />
        </Route>
        <Route path="/account/report/:month?">{({ month }) => <ReportPage month={month} />}</Route>
        <Route path="/account/forecast">
          <ForecastPage />
        </Route>
        <Route path="/account/bills">
          <BillsPage />
        </Route>
        <Route path="/account/:id/reconcile">{({ id }) => <ReconcilePage key={id} id={Number(id)} />}</Route>
        <Route path="/account/:id">{({ id }) => <AccountPage key={id} id={Number(id)} />}</Route>
        <Route path="/wealth">
          <WealthPanel />
        </Route>
        <Route path="/credit">
          <CreditPanel />
        </Route>
        <Route path="/life">
          <LifePanel />
        </Route>
        <Route path="/import">
          <ImportPanel />
        </Route>
        <Route path="/import/review">
          <ReviewPage />
        </Route>
        <Route path="/reminders">
          <RemindersPanel view="list" />
        </Route>
        <Route path="/reminders/calendar">
          <RemindersPanel view="calendar" />
        </Route>
        <Route path="/search">
          <SearchPanel />
        </Route>
        <Route path="/settings">
          <SettingsPanel info={info} section="general" />
        </Route>
        <Route path="/settings/:section">{({ section }) => <SettingsPanel info={info} section={section} />}</Route>
        <Route>
          <Redirect to="/" />
        </Route>
      </Switch>
    </Suspense>
  )
}
