import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { money } from '../../../../shared/domain/money.ts'
import type { Forecast } from '../../../../shared/model/forecast.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { useChange } from '../../../app/queries.ts'
import { type Column, DataTable } from '../../../components/data-table.tsx'
import { MoneyField } from '../../../components/fields.tsx'
import { Money } from '../../../components/money.tsx'
import { Section } from '../../../components/page.tsx'
import { PartOf } from '../../../components/people.tsx'
import { SideDrawer } from '../../../components/side-drawer.tsx'
import { formatDate } from '../../../format/date-format.ts'
import { unknown } from '../../../format/money-format.ts'

type Row = Forecast['accounts'][number]

/** Each account: where it goes, and the balance it should stay above. */
export function FloorTable({ forecast, nameOf }: { forecast: Forecast; nameOf: (id: number) => string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [editing, setEditing] = useState<number | null>(null)
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      {
        key: 'name',
        title: t('recurring.account'),
        sortBy: (row) => nameOf(row.accountId),
        cell: (row) => (
          <span className="two-lines">
            <span className="clip">{nameOf(row.accountId)}</span>
            <PartOf part={row.part} whole={null} />
          </span>
        ),
      },
      {
        key: 'now',
        title: t('recurring.forecast.now'),
        align: 'end',
        lead: true,
        minor: true,
        cell: (row) => <Money value={row.balance} />,
      },
      {
        key: 'lowest',
        title: t('recurring.forecast.lowest'),
        align: 'end',
        cell: (row) => (
          <span className="two-lines">
            <Money value={money(row.lowestMinor, row.balance.currency)} estimate />
            <span className="faint small">{formatDate(row.lowestOn, language)}</span>
          </span>
        ),
      },
      {
        key: 'below',
        title: t('recurring.forecast.firstBelow'),
        minor: true,
        sortBy: (row) => row.belowOn ?? row.riskOn ?? '9999',
        cell: (row) =>
          row.belowOn !== null ? (
            formatDate(row.belowOn, language)
          ) : row.riskOn === null ? (
            unknown
          ) : (
            <span className="muted">{t('recurring.forecast.maybe', { date: formatDate(row.riskOn, language) })}</span>
          ),
      },
      {
        key: 'floor',
        title: t('recurring.forecast.floor'),
        align: 'end',
        cell: (row) =>
          row.counted || row.floorSet ? <Money value={money(row.floorMinor, row.balance.currency)} /> : unknown,
      },
    ],
    [t, language, nameOf],
  )
  const row = forecast.accounts.find(({ accountId }) => accountId === editing)
  return (
    <Section title={t('recurring.forecast.accounts')} hint={t('recurring.forecast.accountsHint')} flush>
      <DataTable
        label={t('recurring.forecast.accounts')}
        columns={columns}
        rows={forecast.accounts}
        rowKey={({ accountId }) => accountId}
        onOpen={({ accountId }) => setEditing(accountId)}
      />
      <SideDrawer
        opened={row !== undefined}
        title={row === undefined ? '' : nameOf(row.accountId)}
        onClose={() => setEditing(null)}
      >
        {row === undefined ? null : <FloorForm key={row.accountId} row={row} onDone={() => setEditing(null)} />}
      </SideDrawer>
    </Section>
  )
}

function FloorForm({ row, onDone }: { row: Row; onDone: () => void }) {
  const { t } = useTranslation()
  const [minor, setMinor] = useState<number | null | undefined>(row.floorSet ? row.floorMinor : null)
  const save = useChange('forecast.setFloor', { done: t('recurring.saved'), undoable: true, onDone })
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (minor !== undefined) save.mutate({ accountId: row.accountId, floorMinor: minor })
      }}
    >
      <MoneyField
        label={t('recurring.forecast.floor')}
        description={t(row.counted ? 'recurring.forecast.floorHint' : 'recurring.forecast.floorHintOwn')}
        value={minor}
        currency={row.balance.currency}
        onChange={setMinor}
      />
      <div className="spread">
        <span />
        <Button type="submit" disabled={minor === undefined} loading={save.isPending}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}
