import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { money } from '../../../../shared/domain/money.ts'
import type { Account } from '../../../../shared/model/account.ts'
import type { RecurringItem } from '../../../../shared/model/recurring.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { useCall, useChange } from '../../../app/queries.ts'
import { useCategories } from '../../../components/category-picker.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { Facts, Section } from '../../../components/page.tsx'
import { SideDrawer } from '../../../components/side-drawer.tsx'
import { Loaded } from '../../../components/states.tsx'
import { formatDate } from '../../../format/date-format.ts'
import { unknown } from '../../../format/money-format.ts'
import { formatPercent } from '../../../format/number-format.ts'
import { SeriesForm } from './series-form.tsx'
import { EvidenceWords, useRhythmWords } from './series-words.tsx'

/** One series: what is known of it and why, its prices and payments, and what the user says of it. */
export function SeriesDrawer({
  item,
  accounts,
  onClose,
}: {
  item: RecurringItem | null
  accounts: readonly Account[]
  onClose: () => void
}) {
  return (
    <SideDrawer opened={item !== null} title={item?.name ?? ''} onClose={onClose} size={560}>
      {item === null ? null : <Content key={item.key} item={item} accounts={accounts} onClose={onClose} />}
    </SideDrawer>
  )
}

function Content({
  item,
  accounts,
  onClose,
}: {
  item: RecurringItem
  accounts: readonly Account[]
  onClose: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const rhythm = useRhythmWords()
  const { nameOf } = useCategories()
  const [editing, setEditing] = useState(false)
  const decide = useChange('recurring.decide', { undoable: true, done: t('recurring.decided'), onDone: onClose })
  const remove = useChange('recurring.remove', { undoable: true, done: t('recurring.removed'), onDone: onClose })
  if (editing) return <SeriesForm item={item} accounts={accounts} onDone={() => setEditing(false)} />
  const day = (on: RecurringItem['lastOn']) => (on === null ? unknown : formatDate(on, language))
  return (
    <div className="stack">
      <Facts
        rows={[
          { name: t('recurring.amount'), value: <Money value={item.amount} estimate={!item.fixed} /> },
          { name: t('recurring.every'), value: rhythm(item) },
          { name: t('recurring.next'), value: item.ended ? t('recurring.ended') : day(item.nextOn) },
          { name: t('recurring.aYear'), value: <Money value={item.yearly} estimate={!item.fixed} /> },
          { name: t('recurring.category'), value: nameOf(item.categoryId) ?? unknown },
          {
            name: t('recurring.account'),
            value: (
              <Link href={`/account/${item.accountId}`}>
                {accounts.find(({ id }) => id === item.accountId)?.name ?? unknown}
              </Link>
            ),
          },
          ...(item.own
            ? []
            : [
                {
                  name: t('recurring.seen'),
                  value: t('recurring.seenText', {
                    count: item.occurrences,
                    from: day(item.firstOn),
                    to: day(item.lastOn),
                  }),
                },
              ]),
        ]}
      />
      <div className="inline wrap">
        {item.status === 'confirmed' ? null : (
          <Button size="xs" onClick={() => decide.mutate({ key: item.key, status: 'confirmed' })}>
            {t('recurring.confirm')}
          </Button>
        )}
        {item.status === 'dismissed' || item.own ? null : (
          <Button size="xs" variant="default" onClick={() => decide.mutate({ key: item.key, status: 'dismissed' })}>
            {t('recurring.dismiss')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={() => setEditing(true)}>
          {t('recurring.edit')}
        </Button>
        {item.own || item.status !== 'detected' ? (
          <Button size="xs" variant="subtle" color="gray" onClick={() => remove.mutate({ key: item.key })}>
            {t(item.own ? 'recurring.remove' : 'recurring.reset')}
          </Button>
        ) : null}
      </div>
      {item.prices.length === 0 ? null : <Prices item={item} />}
      {item.evidence.length === 0 ? null : (
        <Section
          title={t('recurring.why', { share: formatPercent(Math.min(0.99, item.confidence / 1000), language, 0) })}
        >
          <EvidenceWords evidence={item.evidence} />
        </Section>
      )}
      {item.own ? null : <Rows itemKey={item.key} />}
    </div>
  )
}

function Prices({ item }: { item: RecurringItem }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = useMoneyText()
  return (
    <Section title={t('recurring.prices')}>
      <ul className="plain-list">
        {item.prices
          .toReversed()
          .slice(0, 12)
          .map(({ on, fromMinor, toMinor, currency }) => (
            <li key={on}>
              {t('recurring.priceChange', {
                date: formatDate(on, language),
                from: text.exact(money(fromMinor, currency)),
                to: text.exact(money(toMinor, currency)),
                share: `${toMinor > fromMinor ? '+' : ''}${formatPercent((toMinor - fromMinor) / Math.max(1, fromMinor), language)}`,
              })}
            </li>
          ))}
      </ul>
      {item.yearDifference === null || item.yearDifference.minor === 0 ? null : (
        <p className="muted small">
          {t(item.yearDifference.minor < 0 ? 'recurring.dearer' : 'recurring.better', {
            amount: text.exact(money(Math.abs(item.yearDifference.minor), item.yearDifference.currency)),
          })}
        </p>
      )}
    </Section>
  )
}

const SHOWN = 24

/** The payments, each linking to its row. */
function Rows({ itemKey }: { itemKey: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const query = useCall('recurring.rows', { key: itemKey })
  return (
    <Section title={t('recurring.payments')} flush>
      <Loaded query={query}>
        {(rows) => (
          <table className="table" data-dense="true" aria-label={t('recurring.payments')}>
            <thead>
              <tr>
                <th scope="col">{t('common.date')}</th>
                <th scope="col">{t('recurring.payee')}</th>
                <th scope="col" data-align="end">
                  {t('recurring.amount')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, SHOWN).map((row) => (
                <tr key={row.transactionId}>
                  <td className="numeric">
                    <Link href={`/account/${row.accountId}?open=${row.transactionId}`}>
                      {formatDate(row.bookedOn, language)}
                    </Link>
                  </td>
                  <td className="payment-payee clip" title={row.payee}>
                    {row.payee}
                  </td>
                  <td data-align="end">
                    <Money value={row.amount} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </Section>
  )
}
