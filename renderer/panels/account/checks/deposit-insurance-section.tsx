import { useTranslation } from 'react-i18next'
import { money } from '../../../../shared/domain/money.ts'
import { accountKindOf } from '../../../../shared/model/account-kinds.ts'
import type { DepositCover, DepositInsurance } from '../../../../shared/model/check.ts'
import { useViewedPerson } from '../../../app/person-view.tsx'
import { useLanguage } from '../../../app/preferences.tsx'
import { useCall } from '../../../app/queries.ts'
import { type Column, DataTable } from '../../../components/data-table.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { Section } from '../../../components/page.tsx'
import { Badge, RateNotes, Term } from '../../../components/small.tsx'
import { Loaded } from '../../../components/states.tsx'
import { formatDate } from '../../../format/date-format.ts'
import { AccountName } from './account-name.tsx'
import { Behind } from './behind.tsx'
import { LicenceChoice } from './licences-drawer.tsx'

/** What deposit insurers would pay, bank by bank, and what they would not. */
export function DepositInsuranceSection() {
  const { t } = useTranslation()
  const query = useCall('check.depositInsurance', { person: useViewedPerson() }, { keepPrevious: true })
  return (
    <Section title={t('check.insurance.title')}>
      <Loaded query={query}>{(view) => <Insurance view={view} />}</Loaded>
    </Section>
  )
}

type Other = DepositInsurance['notInsured' | 'unknown' | 'securities'][number]

function Insurance({ view }: { view: DepositInsurance }) {
  const { t } = useTranslation()
  const { exact } = useMoneyText()
  if (view.covers.length + view.unknown.length + view.notInsured.length + view.securities.length === 0) {
    return <p className="muted">{t('check.insurance.nothing')}</p>
  }
  const over = view.covers.filter(({ uncoveredMinor }) => uncoveredMinor > 0)
  const assumed = new Set(view.covers.filter((cover) => cover.assumed).flatMap(({ institutionIds }) => institutionIds))
    .size
  const text = (minor: number) => exact(money(minor, view.currency))
  return (
    <div className="stack">
      <p className="check-finding">
        <strong>
          {view.covers.length === 0
            ? t('check.insurance.noDeposits')
            : view.uncoveredMinor === 0
              ? t('check.insurance.allCovered', { amount: text(view.depositsMinor) })
              : t('check.insurance.finding', {
                  amount: text(view.uncoveredMinor),
                  total: text(view.depositsMinor),
                  banks: new Set(over.map(({ banks }) => banks[0])).size,
                })}
        </strong>{' '}
        {assumed === 0 ? null : `${t('check.insurance.assumedToo', { count: assumed })} `}
        {view.unknown.length === 0 ? null : `${t('check.insurance.unknownToo', { count: view.unknown.length })} `}
        <Term meaning={t('definition.checkInsurance.text')}>{t('check.how')}</Term>
      </p>
      {view.covers.length === 0 ? null : (
        <div className="bleed">
          <Covers view={view} />
        </div>
      )}
      <Behind label={t('check.insurance.title')}>
        <div className="stack">
          <Others
            title={t('check.insurance.notInsured')}
            hint={t('check.insurance.notInsuredHint')}
            rows={view.notInsured}
          />
          <Others title={t('check.insurance.unknown')} hint={t('check.insurance.unknownHint')} rows={view.unknown} />
          <Others
            title={t('check.insurance.securities')}
            hint={t('check.insurance.securitiesHint')}
            rows={view.securities}
          />
          <Schemes view={view} />
        </div>
      </Behind>
      {view.institutions.length < 2 && view.licences.length === 0 ? null : <LicenceChoice view={view} />}
      <RateNotes notes={view.notes} />
    </div>
  )
}

function Covers({ view }: { view: DepositInsurance }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const people = useCall('person.list', {}).data ?? []
  const list = new Intl.ListFormat(language, { type: 'conjunction', style: 'narrow' })
  const schemeName = (key: string): string => {
    const scheme = view.schemes.find((entry) => entry.key === key)
    return scheme === undefined ? key : language === 'zh-CN' ? scheme.nameZh : scheme.nameEn
  }
  const depositor = ({ personId, joint }: DepositCover): string => {
    const name =
      personId === null ? t('check.insurance.household') : (people.find(({ id }) => id === personId)?.name ?? '')
    return joint ? t('check.insurance.jointly', { name }) : name
  }
  const columns: Column<DepositCover>[] = [
    {
      key: 'bank',
      title: t('check.insurance.bank'),
      cell: (row) => (
        <span className="two-lines">
          <span className="inline">
            {list.format(row.banks)}
            {row.assumed ? <Badge tone="attention">{t('check.unconfirmed')}</Badge> : null}
          </span>
          <span className="muted small check-scheme">
            {schemeName(row.scheme)}
            {row.assumed ? ` · ${t('check.insurance.assumed')}` : ''}
          </span>
        </span>
      ),
    },
    { key: 'who', title: t('check.insurance.depositor'), cell: depositor },
    {
      key: 'balance',
      title: t('check.balance'),
      align: 'end',
      lead: true,
      cell: (row) => <Money value={money(row.balanceMinor, row.currency)} />,
    },
    {
      key: 'limit',
      title: t('check.insurance.limit'),
      align: 'end',
      minor: true,
      cell: (row) => <Money value={money(row.limitMinor, row.currency)} />,
    },
    {
      key: 'covered',
      title: t('check.insurance.covered'),
      align: 'end',
      cell: (row) => <Money value={money(row.coveredMinor, row.currency)} />,
    },
    {
      key: 'uncovered',
      title: t('check.insurance.uncovered'),
      align: 'end',
      cell: (row) =>
        row.uncoveredMinor === 0 ? (
          <span className="faint">0</span>
        ) : (
          <Money value={money(row.uncoveredMinor, row.currency)} />
        ),
    },
  ]
  return (
    <DataTable
      label={t('check.insurance.title')}
      columns={columns}
      rows={view.covers}
      rowKey={(row) => `${row.institutionIds.join()} ${row.scheme} ${row.personId ?? ''} ${String(row.joint)}`}
    />
  )
}

function Others({ title, hint, rows }: { title: string; hint: string; rows: readonly Other[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (rows.length === 0) return null
  const columns: Column<Other>[] = [
    { key: 'name', title: t('check.account'), cell: (row) => <AccountName {...row} /> },
    {
      key: 'kind',
      title: t(rows.some((row) => 'why' in row) ? 'check.insurance.whyUnknown' : 'check.insurance.product'),
      cell: (row) => {
        if ('why' in row) return <span className="muted">{t(`check.insurance.why.${row.why}`)}</span>
        if (!('kind' in row)) return ''
        const kind = accountKindOf(row.kind)
        return language === 'zh-CN' ? kind.nameZh : kind.nameEn
      },
    },
    {
      key: 'amount',
      title: t('check.balance'),
      align: 'end',
      lead: true,
      cell: ({ amount }) => <Money value={amount} />,
    },
  ]
  return (
    <div className="stack-tight">
      <h3>{title}</h3>
      <p className="muted small">{hint}</p>
      <DataTable label={title} columns={columns} rows={rows} rowKey={(row) => row.accountId} dense />
    </div>
  )
}

function Schemes({ view }: { view: DepositInsurance }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const columns: Column<DepositInsurance['schemes'][number]>[] = [
    {
      key: 'name',
      title: t('check.insurance.scheme'),
      cell: (row) => (
        <span className="two-lines">
          <span className="inline">
            {language === 'zh-CN' ? row.nameZh : row.nameEn}
            {row.confirmed ? null : <Badge tone="attention">{t('check.unconfirmed')}</Badge>}
          </span>
          <span className="muted small check-scheme">{row.source}</span>
        </span>
      ),
    },
    {
      key: 'limit',
      title: t('check.insurance.limit'),
      align: 'end',
      cell: (row) => <Money value={row.limitMinor === null ? null : money(row.limitMinor, row.currency)} />,
    },
    {
      key: 'from',
      title: t('check.insurance.since'),
      align: 'end',
      cell: (row) => formatDate(row.validFrom, language),
    },
  ]
  return (
    <div className="stack-tight">
      <h3>{t('check.insurance.schemes')}</h3>
      <p className="muted small">{t('check.insurance.asOf', { date: formatDate(view.asOf, language) })}</p>
      <DataTable
        label={t('check.insurance.schemes')}
        columns={columns}
        rows={view.schemes}
        rowKey={(row) => row.key}
        dense
      />
    </div>
  )
}
