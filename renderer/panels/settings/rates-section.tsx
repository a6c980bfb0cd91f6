import { Button, TextInput } from '@mantine/core'
import { IconArrowsExchange, IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { OutputOf } from '../../../shared/ipc/contract.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Section } from '../../components/page.tsx'
import { EmptyState, Loaded } from '../../components/states.tsx'
import { formatDate } from '../../format/date-format.ts'
import { currencyName } from '../../format/money-format.ts'
import { formatCount, formatQuantity } from '../../format/number-format.ts'
import { textOr } from '../../i18n/texts.ts'
import { RateDrawer } from './rate-drawer.tsx'

type Rate = OutputOf<'fx.list'>[number]

/** A list longer than this can be searched. */
const manyRates = 12

export function RatesSection() {
  const { t } = useTranslation()
  const query = useCall('fx.list', {})
  const [adding, setAdding] = useState(false)
  const some = (query.data?.length ?? 0) > 0
  return (
    <>
      <Section
        title={t('settings.section.rates')}
        hint={t('settings.ratesText')}
        flush={some}
        actions={
          some ? (
            <Button
              variant="default"
              leftSection={<IconPlus size={16} aria-hidden="true" />}
              onClick={() => setAdding(true)}
            >
              {t('settings.addRate')}
            </Button>
          ) : undefined
        }
      >
        <Loaded query={query}>
          {(rates) =>
            rates.length === 0 ? (
              <EmptyState
                icon={<IconArrowsExchange size={28} stroke={1.4} />}
                title={t('settings.ratesEmpty')}
                action={<Button onClick={() => setAdding(true)}>{t('settings.addRate')}</Button>}
              >
                {t('settings.ratesEmptyText')}
              </EmptyState>
            ) : (
              <RatesTable rates={rates} />
            )
          }
        </Loaded>
      </Section>
      <Section title={t('settings.ratesImport')} hint={t('settings.ratesImportText')}>
        <Button component={Link} href="/import" variant="default">
          {t('common.import')}
        </Button>
      </Section>
      <RateDrawer opened={adding} onClose={() => setAdding(false)} />
    </>
  )
}

function RatesTable({ rates }: { rates: readonly Rate[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [text, setText] = useState('')
  const words = text.trim().toLowerCase()
  const shown = useMemo(
    () =>
      rates.filter(({ base, quote }) =>
        [base, quote, currencyName(base, language), currencyName(quote, language)].some((name) =>
          name.toLowerCase().includes(words),
        ),
      ),
    [rates, words, language],
  )
  const columns = useMemo<readonly Column<Rate>[]>(
    () => [
      {
        key: 'pair',
        title: t('settings.pair'),
        sortBy: ({ base, quote }) => `${base} ${quote}`,
        cell: ({ base, quote }) => (
          <span className="two-lines">
            <span>{t('settings.ratePair', { base, quote })}</span>
            <span className="faint small clip">
              {currencyName(base, language)} → {currencyName(quote, language)}
            </span>
          </span>
        ),
      },
      { key: 'rate', title: t('settings.rate'), align: 'end', lead: true, cell: ({ rate }) => formatQuantity(rate) },
      {
        key: 'on',
        title: t('settings.rateOn'),
        align: 'end',
        sortBy: ({ on }) => on,
        cell: ({ on }) => formatDate(on, language),
      },
      {
        key: 'source',
        title: t('settings.rateSource'),
        minor: true,
        sortBy: ({ source }) => source,
        cell: ({ source }) => textOr(`settings.rateSources.${source}`, source),
      },
      {
        key: 'days',
        title: t('settings.rateDays'),
        align: 'end',
        minor: true,
        sortBy: ({ count }) => count,
        cell: ({ count }) => formatCount(count, language),
      },
    ],
    [t, language],
  )
  return (
    <>
      {rates.length <= manyRates ? null : (
        <div className="add-line">
          <TextInput
            className="add-line-field"
            type="search"
            aria-label={t('common.search')}
            placeholder={t('common.searchPlaceholder')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </div>
      )}
      {shown.length === 0 ? (
        <p className="muted section-line">{t('common.noMatches')}</p>
      ) : (
        <DataTable
          label={t('settings.section.rates')}
          columns={columns}
          rows={shown}
          rowKey={({ base, quote }) => `${base} ${quote}`}
        />
      )}
    </>
  )
}
