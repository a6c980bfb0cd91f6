import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useViewedPerson } from '../../app/person-view.tsx'
import { useLanguage, usePreferences } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'
import { Money, useMoneyText } from '../../components/money.tsx'
import { Section } from '../../components/page.tsx'
import { EmptyState, Waiting } from '../../components/states.tsx'
import { formatCount } from '../../format/number-format.ts'
import { HitLine } from './hit-line.tsx'
import {
  exactAmount,
  type Found,
  groupsOf,
  type Hit,
  type HitGroup,
  transactionHit,
  transactionsAddress,
} from './results.ts'

interface FoundGroupsProps {
  readonly found: Found
  /** The text that it was found for. */
  readonly text: string
  readonly waiting: boolean
  readonly pageSize: number
}

/** How many there are, as far as they were counted. */
export function useCountText(): (found: Pick<Found, 'count' | 'countIsExact'>) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  return ({ count, countIsExact }) =>
    t(countIsExact ? 'search.count' : 'search.countOver', { count, formatted: formatCount(count, language) })
}

/** What was found, by group, with how much of it there is. */
export function FoundGroups({ found, text, waiting, pageSize }: FoundGroupsProps) {
  const { t } = useTranslation()
  const { baseCurrency } = usePreferences()
  const amount = useMoneyText()
  const countText = useCountText()
  const groups = groupsOf(found)
  const others = groups.reduce((sum, group) => sum + (group.name === 'transactions' ? 0 : group.hits.length), 0)
  const exact = baseCurrency === null ? null : exactAmount(found, baseCurrency)
  if (groups.length === 0) {
    return waiting ? (
      <Waiting />
    ) : (
      <EmptyState title={t('search.nothing', { text })}>{t('search.nothingText')}</EmptyState>
    )
  }
  return (
    <>
      <output className="visually-hidden">{waiting ? '' : t('search.found', { count: found.count + others })}</output>
      {groups.map((group) =>
        group.name === 'transactions' ? (
          <Section
            key={group.name}
            title={t('search.transactions')}
            flush
            {...(exact === null ? {} : { hint: t('search.exactly', { amount: amount.exact(exact) }) })}
            actions={<Link href={transactionsAddress(text)}>{t('search.asList')}</Link>}
          >
            <p className="hit-sums muted small">
              <span className="numeric">{countText(found)}</span>
              <Sums sums={found.sums} />
            </p>
            <HitList hits={group.hits} group={group.name} />
            {found.next === null ? null : <MorePages key={text} text={text} after={found.next} pageSize={pageSize} />}
          </Section>
        ) : (
          <Section key={group.name} title={group.name === 'more' ? '' : t(`search.${group.name}`)} flush>
            <HitList hits={group.hits} group={group.name} />
          </Section>
        ),
      )}
    </>
  )
}

function Sums({ sums }: Pick<Found, 'sums'>) {
  const { t } = useTranslation()
  return sums.slice(0, 3).map((sum) => (
    <span key={sum.in.currency} className="inline">
      {sum.in.minor === 0 ? null : (
        <span>
          {t('account.sumIn')} <Money value={sum.in} />
        </span>
      )}
      {sum.out.minor === 0 ? null : (
        <span>
          {t('account.sumOut')} <Money value={sum.out} />
        </span>
      )}
    </span>
  ))
}

interface PageProps {
  readonly text: string
  readonly after: NonNullable<Found['next']>
  readonly pageSize: number
}

/** The older ones, a page at each press. */
function MorePages(props: PageProps) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(false)
  if (asked) return <NextPage {...props} />
  return (
    <div className="hit-note">
      <Button size="xs" variant="default" onClick={() => setAsked(true)}>
        {t('search.more')}
      </Button>
    </div>
  )
}

function NextPage({ text, after, pageSize }: PageProps) {
  const { data } = useCall(
    'search.query',
    { text, limit: pageSize, after, person: useViewedPerson() },
    { keepPrevious: true },
  )
  if (data === undefined) return <Waiting />
  const hits = data.transactions.map((one, index) => transactionHit(one, data.marks[index]))
  return (
    <>
      <HitList hits={hits} group="transactions" />
      {data.next === null ? null : <MorePages text={text} after={data.next} pageSize={pageSize} />}
    </>
  )
}

function HitList({ hits, group }: { hits: readonly Hit[]; group: HitGroup['name'] }) {
  return (
    <ul className="hit-list">
      {hits.map((hit) => (
        <li key={hit.key}>
          <Link href={hit.to} className="hit">
            <HitLine hit={hit} group={group} />
          </Link>
        </li>
      ))}
    </ul>
  )
}
