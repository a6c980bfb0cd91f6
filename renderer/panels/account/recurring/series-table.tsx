import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { daysBetween } from '../../../../shared/domain/iso-date.ts'
import { type Money as MoneyValue, money } from '../../../../shared/domain/money.ts'
import type { RecurringItem } from '../../../../shared/model/recurring.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { useChange } from '../../../app/queries.ts'
import { type Column, DataTable } from '../../../components/data-table.tsx'
import { Money, MoneyWithBase, useMoneyText } from '../../../components/money.tsx'
import { Badge } from '../../../components/small.tsx'
import { formatDate, formatDaysAway, todayHere } from '../../../format/date-format.ts'
import { unknown } from '../../../format/money-format.ts'
import { useRhythmWords } from './series-words.tsx'

const magnitude = (value: MoneyValue): MoneyValue => money(Math.abs(value.minor), value.currency)

/** The next day of a payment, how far away it is, and whether one is late. */
function NextDay({ item }: { item: RecurringItem }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (item.ended) {
    return (
      <span className="two-lines">
        <span>{t('recurring.ended')}</span>
        {item.lastOn === null ? null : (
          <span className="faint small">{t('recurring.lastOn', { date: formatDate(item.lastOn, language) })}</span>
        )}
      </span>
    )
  }
  if (item.nextOn === null) return <span>{unknown}</span>
  return (
    <span className="two-lines">
      <span className="numeric">{formatDate(item.nextOn, language)}</span>
      {item.overdueSince === null ? (
        <span className="faint small">{formatDaysAway(daysBetween(todayHere(), item.nextOn), language)}</span>
      ) : (
        <span className="small attention">
          {t('recurring.missing', { date: formatDate(item.overdueSince, language, 'short') })}
        </span>
      )}
    </span>
  )
}

/** Of an amount that drifts, or has its season, the next may lie outside what the last payments mostly were. */
function isWithin({ amount, lowestMinor, highestMinor }: RecurringItem): boolean {
  const next = Math.abs(amount.minor)
  return next >= lowestMinor && next <= highestMinor
}

function Amount({ item }: { item: RecurringItem }) {
  const { t } = useTranslation()
  const text = useMoneyText()
  const of = (minor: number) => text.exact(money(minor, item.amount.currency))
  return (
    <span className="two-lines">
      {/* a transfer is listed on both of its accounts: the sign tells which side this is */}
      {item.type === 'transfer' ? (
        <Money value={item.amount} sign="always" estimate={!item.fixed} />
      ) : (
        <Money value={magnitude(item.amount)} estimate={!item.fixed} />
      )}
      {item.original !== null ? (
        <span className="faint small">{text.exact(item.original)}</span>
      ) : item.fixed ? null : (
        <span className="faint small">
          {t(isWithin(item) ? 'recurring.range' : 'recurring.rangeSoFar', {
            low: of(item.lowestMinor),
            high: of(item.highestMinor),
          })}
        </span>
      )}
    </span>
  )
}

/** Series of one kind: what, how often, how much, when next, and what a year of it comes to. */
export function SeriesTable({
  label,
  items,
  accountName,
  onOpen,
}: {
  label: string
  items: readonly RecurringItem[]
  accountName: (id: number) => string
  onOpen: (item: RecurringItem) => void
}) {
  const { t } = useTranslation()
  const rhythm = useRhythmWords()
  const { mutate: decide } = useChange('recurring.decide', { undoable: true, done: t('recurring.decided') })
  const columns = useMemo<readonly Column<RecurringItem>[]>(
    () => [
      {
        key: 'name',
        title: t('recurring.name'),
        sortBy: (item) => item.name,
        cell: (item) => (
          <span className="two-lines">
            <span className="inline" style={{ flexWrap: 'nowrap', minWidth: 0 }} title={item.name}>
              <span className="clip">{item.name}</span>
              {item.status === 'detected' ? <Badge>{t('recurring.likely')}</Badge> : null}
            </span>
            <span className="faint small clip">
              <span className="table-tight-only">{rhythm(item)} · </span>
              {t(`recurring.type.${item.type}`)} · {accountName(item.accountId)}
            </span>
          </span>
        ),
      },
      {
        key: 'period',
        title: t('recurring.every'),
        width: '200px',
        wide: true,
        cell: (item) => rhythm(item),
      },
      {
        key: 'amount',
        title: t('recurring.amount'),
        align: 'end',
        width: '172px',
        lead: true,
        sortBy: (item) => Math.abs(item.amount.minor),
        cell: (item) => <Amount item={item} />,
      },
      {
        key: 'next',
        title: t('recurring.next'),
        width: '138px',
        minor: true,
        sortBy: (item) => item.nextOn ?? '9999',
        cell: (item) => <NextDay item={item} />,
      },
      {
        key: 'year',
        title: t('recurring.aYear'),
        align: 'end',
        width: '132px',
        minor: true,
        sortBy: (item) => Math.abs(item.yearlyBase?.minor ?? item.yearly.minor),
        cell: (item) => (
          <MoneyWithBase
            value={magnitude(item.yearly)}
            base={item.yearlyBase === null ? null : magnitude(item.yearlyBase)}
          />
        ),
      },
      {
        key: 'decide',
        title: t('recurring.actions'),
        hideTitle: true,
        width: '84px',
        align: 'end',
        cell: (item) =>
          item.status !== 'detected' ? null : (
            <span className="inline" style={{ flexWrap: 'nowrap', justifyContent: 'flex-end' }}>
              {(['confirmed', 'dismissed'] as const).map((status) => {
                const name = t(status === 'confirmed' ? 'recurring.confirmNamed' : 'recurring.dismissNamed', {
                  name: item.name,
                })
                return (
                  <Tooltip key={status} label={t(status === 'confirmed' ? 'recurring.confirm' : 'recurring.dismiss')}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={name}
                      onClick={(event) => {
                        event.stopPropagation()
                        decide({ key: item.key, status })
                      }}
                    >
                      {status === 'confirmed' ? <IconCheck size={16} /> : <IconX size={16} />}
                    </ActionIcon>
                  </Tooltip>
                )
              })}
            </span>
          ),
      },
    ],
    [t, rhythm, accountName, decide],
  )
  return <DataTable label={label} columns={columns} rows={items} rowKey={(item) => item.key} onOpen={onOpen} />
}
