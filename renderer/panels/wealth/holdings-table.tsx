import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Decimal, decimalToNumber, roundDecimal } from '../../../shared/domain/decimal.ts'
import type { Holding, Wealth } from '../../../shared/model/wealth.ts'
import { usePreferences } from '../../app/preferences.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Change, Money, MoneyWithBase, useMoneyText } from '../../components/money.tsx'
import { PartOf } from '../../components/people.tsx'
import { Section } from '../../components/page.tsx'
import { formatDate } from '../../format/date-format.ts'
import { masked, unknown } from '../../format/money-format.ts'
import { formatPercent, formatQuantity } from '../../format/number-format.ts'

/** More rows than this get a field to find one. */
const FIND_FROM = 12

/** Digits after the point that a table has room for; the drawer shows all of them. */
const SHOWN_DIGITS = 4

function ShortNumber({ value }: { value: Decimal }) {
  return (
    <span className="numeric" title={formatQuantity(value)}>
      {formatQuantity(roundDecimal(value, SHOWN_DIGITS))}
    </span>
  )
}

/** Whether every word of the text is in the holding's names or codes. */
export function matchesHolding(holding: Holding, text: string): boolean {
  const { name, isin, symbol } = holding.security
  const all = [name, isin ?? '', symbol ?? '', holding.accountName].join(' ').toLocaleLowerCase()
  return text
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}

export function HoldingsTable({ wealth, onOpen }: { wealth: Wealth; onOpen: (holding: Holding) => void }) {
  const { t } = useTranslation()
  const text = useMoneyText()
  const [wanted, setWanted] = useState('')
  const columns = useColumns()
  const rows = useMemo(
    () => wealth.holdings.filter((holding) => matchesHolding(holding, wanted.trim())),
    [wealth.holdings, wanted],
  )
  const valued = wealth.holdings.reduce((sum, holding) => sum + (holding.baseValue?.minor ?? 0), 0)
  return (
    <Section
      title={t('wealth.holdings')}
      hint={t('wealth.holdingsHint', {
        count: wealth.holdings.length,
        value: text.exact({ minor: valued, currency: wealth.currency }),
      })}
      flush
      actions={
        wealth.holdings.length < FIND_FROM ? undefined : (
          <TextInput
            size="xs"
            aria-label={t('wealth.find')}
            placeholder={t('wealth.find')}
            leftSection={<IconSearch size={14} aria-hidden="true" />}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        )
      }
    >
      <DataTable
        label={t('wealth.holdings')}
        columns={columns}
        rows={rows}
        rowKey={(holding) => `${holding.accountId}-${holding.security.id}`}
        onOpen={onOpen}
      />
    </Section>
  )
}

function useColumns(): readonly Column<Holding>[] {
  const { t } = useTranslation()
  const { language, mask } = usePreferences()
  return useMemo(
    () => [
      {
        key: 'security',
        title: t('wealth.security'),
        sortBy: (holding) => holding.security.name,
        cell: ({ security, accountName }) => (
          <span className="two-lines">
            <span className="clip" title={security.name}>
              {security.name}
            </span>
            <span className="faint small clip">
              {[security.symbol, security.isin].filter((code) => code !== null).join(' · ')}
              <span className="table-tight-only">
                {' · '}
                {accountName}
              </span>
            </span>
          </span>
        ),
      },
      {
        key: 'account',
        title: t('wealth.account'),
        sortBy: (holding) => holding.accountName,
        wide: true,
        cell: (holding) => (
          <span className="two-lines">
            <span className="muted clip" title={holding.accountName}>
              {holding.accountName}
            </span>
            <PartOf part={holding.part} whole={null} />
          </span>
        ),
      },
      {
        key: 'quantity',
        title: t('wealth.quantity'),
        align: 'end',
        sortBy: (holding) => decimalToNumber(holding.quantity),
        cell: (holding) => (mask ? masked : <ShortNumber value={holding.quantity} />),
      },
      {
        key: 'price',
        title: t('wealth.price'),
        align: 'end',
        minor: true,
        cell: ({ price, pricedOn }) =>
          price === null ? (
            <span title={t('wealth.noValue')}>{unknown}</span>
          ) : (
            <span className="two-lines">
              <ShortNumber value={price} />
              {pricedOn === null ? null : <span className="faint small">{formatDate(pricedOn, language)}</span>}
            </span>
          ),
      },
      {
        key: 'value',
        title: t('wealth.value'),
        align: 'end',
        lead: true,
        sortBy: (holding) => holding.baseValue?.minor ?? Number.NEGATIVE_INFINITY,
        cell: ({ value, baseValue }) =>
          value === null ? (
            <Money value={null} title={t('wealth.noValue')} />
          ) : (
            <MoneyWithBase value={value} base={baseValue} />
          ),
      },
      {
        key: 'share',
        title: t('wealth.share'),
        align: 'end',
        minor: true,
        sortBy: (holding) => holding.share ?? -1,
        cell: (holding) => <span className="numeric muted">{formatPercent(holding.share, language)}</span>,
      },
      {
        key: 'gain',
        title: t('wealth.gain'),
        align: 'end',
        sortBy: (holding) => holding.gain?.minor ?? Number.NEGATIVE_INFINITY,
        cell: ({ gain, cost }) => (
          <Change
            value={gain}
            fraction={gain === null || cost === null || cost.minor <= 0 ? null : gain.minor / cost.minor}
          />
        ),
      },
    ],
    [t, language, mask],
  )
}
