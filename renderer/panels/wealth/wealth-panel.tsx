import { Button } from '@mantine/core'
import { IconChartPie } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { accountKindOf } from '../../../shared/model/account-kinds.ts'
import type { Holding, Wealth } from '../../../shared/model/wealth.ts'
import { useOpenedRow } from '../../app/opened-row.ts'
import { usePreferences } from '../../app/preferences.tsx'
import { usePersonView, useViewedPerson } from '../../app/person-view.tsx'
import { useCall } from '../../app/queries.ts'
import { Money, useMoneyText } from '../../components/money.tsx'
import { NothingTheirs, Whose } from '../../components/people.tsx'
import { Defined } from '../../components/defined.tsx'
import { Headline, Page, PageHeader, Section } from '../../components/page.tsx'
import { ClassBar, type ClassBarPart, Notice, RateNotes } from '../../components/small.tsx'
import { EmptyState, Loaded } from '../../components/states.tsx'
import { currencyName } from '../../format/money-format.ts'
import { formatPercent } from '../../format/number-format.ts'
import { textOr } from '../../i18n/texts.ts'
import { HoldingDrawer } from './holding-drawer.tsx'
import { HoldingsTable } from './holdings-table.tsx'

/** What can be invested, how it is spread, and every holding that statements brought. */
export function WealthPanel() {
  const { t } = useTranslation()
  const query = useCall('wealth.get', { person: useViewedPerson() }, { keepPrevious: true })
  return (
    <Page>
      <PageHeader title={t('wealth.title')} subtitle={<Whose />} />
      <Loaded query={query}>{(wealth) => <WealthContent wealth={wealth} />}</Loaded>
    </Page>
  )
}

function WealthContent({ wealth }: { wealth: Wealth }) {
  const { person } = usePersonView()
  const { t } = useTranslation()
  const { language } = usePreferences()
  const [asked, setAsked] = useOpenedRow('security')
  const [chosen, setOpened] = useState<Holding | null>(null)
  const opened = chosen ?? wealth.holdings.find((holding) => holding.security.id === asked) ?? null
  const unvalued = wealth.holdings.filter((holding) => holding.value === null).length

  if (wealth.holdings.length === 0 && wealth.total.minor === 0) {
    if (person !== null) return <NothingTheirs person={person} />
    return (
      <EmptyState
        icon={<IconChartPie size={32} stroke={1.4} />}
        title={t('wealth.emptyTitle')}
        action={
          <Button component={Link} href="/import">
            {t('wealth.emptyAction')}
          </Button>
        }
      >
        {t('wealth.emptyText')}
      </EmptyState>
    )
  }
  return (
    <div className="stack">
      <Headline
        label={<Defined figure="investments" />}
        figure={<Money value={wealth.total} />}
        notes={<RateNotes notes={wealth.notes} />}
      />
      <div className="columns-2">
        <Allocation
          title={t('wealth.byClass')}
          label={(list) => t('wealth.byClassBar', { list })}
          parts={wealth.byClass}
          wealth={wealth}
          nameOf={(key) =>
            textOr(`wealth.class.${key}`, accountKindOf(key)[language === 'zh-CN' ? 'nameZh' : 'nameEn'])
          }
        />
        <Allocation
          title={t('wealth.byCurrency')}
          label={(list) => t('wealth.byCurrencyBar', { list })}
          parts={wealth.byCurrency}
          wealth={wealth}
          nameOf={(key) => currencyName(key as Wealth['currency'], language)}
        />
      </div>
      {wealth.holdings.length === 0 ? (
        <Notice>{t('wealth.cashOnly')}</Notice>
      ) : (
        <HoldingsTable wealth={wealth} onOpen={setOpened} />
      )}
      {unvalued === 0 ? null : <Notice tone="attention">{t('wealth.unvalued', { count: unvalued })}</Notice>}
      <HoldingDrawer
        holding={opened}
        onClose={() => {
          setOpened(null)
          setAsked(null)
        }}
      />
    </div>
  )
}

interface AllocationProps {
  readonly title: string
  readonly label: (list: string) => string
  readonly parts: Wealth['byClass']
  readonly wealth: Wealth
  readonly nameOf: (key: string) => string
}

const SHOWN_PARTS = 7

/** At most seven parts; the small rest is one "other", so that colours stay apart. */
function Allocation({ title, label, parts, wealth, nameOf }: AllocationProps) {
  const { t } = useTranslation()
  const { language } = usePreferences()
  const text = useMoneyText()
  const head = parts.length > SHOWN_PARTS + 1 ? parts.slice(0, SHOWN_PARTS) : parts
  const rest = parts.slice(head.length)
  const rows = head.map(({ key, minor, share }) => ({ key, minor, share, name: nameOf(key) }))
  if (rest.length > 0) {
    rows.push({
      key: 'rest',
      name: t('common.other'),
      minor: rest.reduce((sum, part) => sum + part.minor, 0),
      share: rest.reduce((sum, part) => sum + part.share, 0),
    })
  }
  const shown: ClassBarPart[] = rows.map((row) => ({
    key: row.key,
    name: row.name,
    share: row.share,
    figure: <Money value={{ minor: row.minor, currency: wealth.currency }} />,
    detail: formatPercent(row.share, language),
  }))
  const list = rows
    .map(
      (row) =>
        `${row.name} ${text.exact({ minor: row.minor, currency: wealth.currency })} (${formatPercent(row.share, language)})`,
    )
    .join('; ')
  return (
    <Section title={title}>
      <ClassBar label={label(list)} parts={shown} />
    </Section>
  )
}
