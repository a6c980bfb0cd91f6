import { Button, Checkbox } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Forecast, ForecastEventView } from '../../../../shared/model/forecast.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { type Column, DataTable } from '../../../components/data-table.tsx'
import { Money } from '../../../components/money.tsx'
import { Section } from '../../../components/page.tsx'
import { Badge } from '../../../components/small.tsx'
import { formatDate } from '../../../format/date-format.ts'

const FIRST = 15
const MORE = 90

interface Row extends ForecastEventView {
  readonly id: string
}

/** What happens, soonest first; each series can be left out to see what the year is without it. */
export function UpcomingList({
  forecast,
  nameOf,
  without,
  onWithout,
}: {
  forecast: Forecast
  nameOf: (id: number) => string
  without: readonly string[]
  onWithout: (keys: readonly string[]) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [all, setAll] = useState(false)
  const rows = forecast.events
    .slice(0, all ? MORE : FIRST)
    .map((event, index): Row => Object.assign({ id: `${index}` }, event))
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      {
        key: 'on',
        title: t('common.date'),
        width: '150px',
        cell: (row) => <span className="numeric">{formatDate(row.on, language)}</span>,
      },
      {
        key: 'name',
        title: t('recurring.name'),
        cell: (row) => (
          <span className="two-lines">
            <span className="inline" style={{ flexWrap: 'nowrap', minWidth: 0 }} title={row.name}>
              <span className="clip">{row.name}</span>
              {row.likely ? <Badge>{t('recurring.likely')}</Badge> : null}
              {row.kind === 'extra' ? <Badge tone="information">{t('recurring.forecast.tried')}</Badge> : null}
            </span>
            <span className="faint small clip">
              {t(`recurring.forecast.kind.${row.kind}`)} · {nameOf(row.accountId)}
            </span>
          </span>
        ),
      },
      {
        key: 'amount',
        title: t('recurring.amount'),
        align: 'end',
        lead: true,
        width: '150px',
        cell: (row) => <Money value={row.amount} sign="always" estimate={row.kind === 'card'} />,
      },
      {
        key: 'without',
        title: t('recurring.forecast.leaveOut'),
        hideTitle: true,
        align: 'end',
        width: '110px',
        minor: true,
        cell: (row) =>
          row.key === null ? null : (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              aria-label={t('recurring.forecast.leaveOutNamed', { name: row.name })}
              onClick={() => onWithout([...without, row.key ?? ''])}
            >
              {t('recurring.forecast.leaveOut')}
            </Button>
          ),
      },
    ],
    [t, language, nameOf, without, onWithout],
  )
  return (
    <Section title={t('recurring.forecast.upcoming')} hint={t('recurring.forecast.upcomingHint')} flush>
      {without.length === 0 ? null : (
        <div className="section-foot inline">
          <Checkbox
            size="xs"
            checked
            label={t('recurring.forecast.leftOut', { count: without.length })}
            onChange={() => onWithout([])}
          />
        </div>
      )}
      {rows.length === 0 ? (
        <p className="section-foot muted">{t('recurring.forecast.nothing')}</p>
      ) : (
        <DataTable
          label={t('recurring.forecast.upcoming')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          dense
        />
      )}
      {all || forecast.events.length <= FIRST ? null : (
        <div className="section-foot">
          <Button variant="default" size="xs" onClick={() => setAll(true)}>
            {t('recurring.forecast.more')}
          </Button>
        </div>
      )}
    </Section>
  )
}
