import { Progress } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { daysBetween, type IsoDate } from '../../../shared/domain/iso-date.ts'
import type { Credit } from '../../../shared/model/credit.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Money } from '../../components/money.tsx'
import { PartOf } from '../../components/people.tsx'
import { formatDate, formatDaysAway, todayHere } from '../../format/date-format.ts'
import { unknown } from '../../format/money-format.ts'
import { formatPercent } from '../../format/number-format.ts'

type Card = Credit['cards'][number]

/** A date with how far away it is. */
export function DueDate({ on }: { on: IsoDate | null }) {
  const language = useLanguage()
  if (on === null) return <span>{unknown}</span>
  return (
    <span className="two-lines">
      <span className="numeric">{formatDate(on, language)}</span>
      <span className="faint small">{formatDaysAway(daysBetween(todayHere(), on), language)}</span>
    </span>
  )
}

/** The account's name with its institution and masked number beneath. */
export function AccountName({
  name,
  institution,
  maskedNumber = null,
}: {
  name: string
  institution: string | null
  maskedNumber?: string | null
}) {
  const beneath = [institution, maskedNumber].filter((part) => part !== null && part !== '').join(' ')
  return (
    <span className="two-lines">
      <span className="clip" title={name}>
        {name}
      </span>
      {beneath === '' ? null : <span className="faint small clip">{beneath}</span>}
    </span>
  )
}

/** From this share on, a limit counts as heavily used. */
const HEAVY_USE = 0.8

function Utilisation({ share }: { share: number | null }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (share === null) return <span>{unknown}</span>
  const text = formatPercent(share, language)
  return (
    <span className="meter">
      <Progress
        value={Math.min(100, share * 100)}
        size="sm"
        {...(share >= HEAVY_USE ? { color: 'red' } : {})}
        aria-label={t('credit.utilisationOf', { share: text })}
      />
      <span className="numeric small">{text}</span>
    </span>
  )
}

export function CardsTable({ cards, onOpen }: { cards: readonly Card[]; onOpen: (card: Card) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const columns = useMemo<readonly Column<Card>[]>(
    () => [
      {
        key: 'name',
        title: t('credit.card'),
        sortBy: (card) => card.name,
        cell: (card) => (
          <AccountName name={card.name} institution={card.institution} maskedNumber={card.maskedNumber} />
        ),
      },
      {
        key: 'owed',
        title: t('credit.cardOwed'),
        align: 'end',
        lead: true,
        sortBy: (card) => card.owed.minor,
        cell: (card) => (
          <span className="two-lines">
            <Money value={card.owed} />
            <PartOf part={card.part} whole={null} />
          </span>
        ),
      },
      {
        key: 'limit',
        title: t('credit.limit'),
        align: 'end',
        minor: true,
        cell: (card) =>
          card.limit === null ? <span className="link-like">{t('credit.noTerms')}</span> : <Money value={card.limit} />,
      },
      {
        key: 'utilisation',
        title: t('credit.utilisation'),
        width: '150px',
        sortBy: (card) => card.utilisation ?? -1,
        cell: (card) => <Utilisation share={card.utilisation} />,
      },
      {
        key: 'statement',
        title: t('credit.statementDay'),
        align: 'end',
        minor: true,
        cell: (card) => (card.nextStatementOn === null ? unknown : formatDate(card.nextStatementOn, language)),
      },
      {
        key: 'due',
        title: t('credit.due'),
        align: 'end',
        sortBy: (card) => card.nextDueOn ?? '9999',
        cell: (card) => <DueDate on={card.nextDueOn} />,
      },
    ],
    [t, language],
  )
  return (
    <DataTable
      label={t('credit.cards')}
      columns={columns}
      rows={cards}
      rowKey={(card) => card.accountId}
      onOpen={onOpen}
    />
  )
}
