import { Select } from '@mantine/core'
import { IconChartLine } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { money } from '../../../../shared/domain/money.ts'
import type { Account } from '../../../../shared/model/account.ts'
import type { Person } from '../../../../shared/model/person.ts'
import type { Forecast, WhatIf } from '../../../../shared/model/forecast.ts'
import { usePersonView } from '../../../app/person-view.tsx'
import { useLanguage } from '../../../app/preferences.tsx'
import { useCall } from '../../../app/queries.ts'
import { ChartFigure } from '../../../components/chart-figure.tsx'
import { useMoneyText } from '../../../components/money.tsx'
import { NothingTheirs, Whose } from '../../../components/people.tsx'
import { ImportAction } from '../../../components/import-action.tsx'
import { Page, PageHeader } from '../../../components/page.tsx'
import { Defined } from '../../../components/defined.tsx'
import { Notice, RateNotes } from '../../../components/small.tsx'
import { EmptyState, Loaded } from '../../../components/states.tsx'
import { formatDate } from '../../../format/date-format.ts'
import { AccountTabs } from '../account-tabs.tsx'
import { FloorTable } from './floor-table.tsx'
import { UpcomingList } from './upcoming-list.tsx'
import { WhatIfForm } from './what-if-form.tsx'

const noAccounts: readonly Account[] = []

/** The next twelve months: balances with a band, the first critical day, what happens, and what if. */
export function ForecastPage() {
  const { t } = useTranslation()
  const { person } = usePersonView()
  return (
    <Page>
      <PageHeader title={t('recurring.forecast.title')} subtitle={<Whose wholeItems />} />
      <AccountTabs />
      {/* what was chosen and tried out may be of accounts that the next person does not have */}
      <YearAhead key={person?.id ?? 'all'} person={person} />
    </Page>
  )
}

function YearAhead({ person }: { person: Person | null }) {
  const { t } = useTranslation()
  const accounts = useCall('account.list', {}).data ?? noAccounts
  const [accountId, setAccountId] = useState<number | null>(null)
  const [without, setWithout] = useState<readonly string[]>([])
  const [extra, setExtra] = useState<readonly WhatIf[]>([])
  const query = useCall(
    'forecast.get',
    { accountId, without: [...without], extra: [...extra], person: person?.id ?? null },
    { keepPrevious: true },
  )
  const nameOf = (id: number) => accounts.find((account) => account.id === id)?.name ?? ''
  return (
    <Loaded query={query}>
      {(forecast) =>
        forecast.accounts.length === 0 && person !== null ? (
          <NothingTheirs person={person} />
        ) : forecast.accounts.length === 0 ? (
          <EmptyState
            icon={<IconChartLine size={36} stroke={1.3} />}
            title={t('recurring.forecast.emptyTitle')}
            action={<ImportAction />}
          >
            {t('recurring.forecast.emptyText')}
          </EmptyState>
        ) : (
          <div className="stack">
            <Verdict forecast={forecast} nameOf={nameOf} />
            <ForecastChart
              forecast={forecast}
              controls={
                <Select
                  size="xs"
                  aria-label={t('recurring.forecast.shown')}
                  value={accountId === null ? 'all' : String(accountId)}
                  allowDeselect={false}
                  data={[
                    { value: 'all', label: t('recurring.forecast.all') },
                    ...forecast.accounts.map((one) => ({
                      value: String(one.accountId),
                      label: nameOf(one.accountId),
                    })),
                  ]}
                  onChange={(next) => setAccountId(next === null || next === 'all' ? null : Number(next))}
                />
              }
            />
            <RateNotes notes={forecast.notes} />
            <WhatIfForm
              accounts={accounts.filter(({ id }) => forecast.accounts.some((one) => one.accountId === id))}
              extra={extra}
              onChange={setExtra}
            />
            <UpcomingList forecast={forecast} nameOf={nameOf} without={without} onWithout={setWithout} />
            <FloorTable forecast={forecast} nameOf={nameOf} />
          </div>
        )
      }
    </Loaded>
  )
}

/** Three months: monthly bills have come three times, so that they are known of. */
const FEW_DAYS = 90

/** The answer in one sentence: the first day that an account falls below its floor, or that none does. */
function Verdict({ forecast, nameOf }: { forecast: Forecast; nameOf: (id: number) => string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = useMoneyText()
  const shown = forecast.accounts.filter(
    (one) => (one.counted || one.floorSet) && (forecast.accountId === null || one.accountId === forecast.accountId),
  )
  const first = (of: (one: Forecast['accounts'][number]) => string | null) =>
    shown
      .filter((one) => of(one) !== null)
      .toSorted((left, right) => ((of(left) ?? '') < (of(right) ?? '') ? -1 : 1))[0]
  const below = first((one) => one.belowOn)
  const risk = first((one) => one.riskOn)
  const say = (one: Forecast['accounts'][number], key: 'below' | 'risk') => {
    const on = key === 'below' ? one.belowOn : one.riskOn
    return t(one.floorSet ? `recurring.forecast.${key}Floor` : `recurring.forecast.${key}`, {
      account: nameOf(one.accountId),
      date: on === null ? '' : formatDate(on, language),
      floor: text.exact(money(one.floorMinor, one.balance.currency)),
      lowest: text.exact(money(one.lowestMinor, one.balance.currency)),
      lowestOn: formatDate(one.lowestOn, language),
    })
  }
  if (below !== undefined) return <Notice tone="attention">{say(below, 'below')}</Notice>
  if (risk !== undefined) return <Notice tone="attention">{say(risk, 'risk')}</Notice>
  // what a few weeks say of a year is no reassurance
  if (forecast.historyDays < FEW_DAYS) {
    return <Notice tone="information">{t('recurring.forecast.little', { count: forecast.historyDays })}</Notice>
  }
  return <Notice tone="positive">{t('recurring.forecast.fine')}</Notice>
}

function ForecastChart({ forecast, controls }: { forecast: Forecast; controls: ReactNode }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = useMoneyText()
  const of = (minor: number) => money(minor, forecast.currency)
  const last = forecast.days.at(-1)
  const end = forecast.expectedMinor.at(-1) ?? 0
  return (
    <section className="section">
      <div className="section-body">
        <ChartFigure
          title={t('recurring.forecast.chartTitle', {
            amount: text.compact(of(end)),
            date: last === undefined ? '' : formatDate(last, language),
          })}
          subtitle={t('recurring.forecast.chartSubtitle')}
          height={280}
          controls={controls}
          data={{
            kind: 'line',
            dates: forecast.days,
            series: [
              { name: t('recurring.forecast.expected'), minor: forecast.expectedMinor },
              { name: t('recurring.forecast.low'), minor: forecast.lowMinor },
              { name: t('recurring.forecast.high'), minor: forecast.highMinor },
            ],
            band: [1, 2],
            short: (minor) => text.compact(of(minor)),
            exact: (minor) => text.exact(of(minor)),
          }}
        />
        <p className="faint small">
          <Defined figure="forecastBalance" /> · <Defined figure="forecastBand" /> ·{' '}
          {t('recurring.forecast.history', { count: forecast.historyDays })}
        </p>
      </div>
    </section>
  )
}
