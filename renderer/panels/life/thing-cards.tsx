import { useTranslation } from 'react-i18next'
import { subtractMoney } from '../../../shared/domain/money.ts'
import type { Life } from '../../../shared/model/life.ts'
import { usePreferences } from '../../app/preferences.tsx'
import { Money } from '../../components/money.tsx'
import { PartOf } from '../../components/people.tsx'
import { formatDate } from '../../format/date-format.ts'
import { formatPercent } from '../../format/number-format.ts'

type Thing = Life['homes'][number] | Life['vehicles'][number]

/** Homes or vehicles as cards: value, what is owed on it, and what is the owner's. */
export function ThingCards<T extends Thing>({
  things,
  beneath,
  onOpen,
}: {
  things: readonly T[]
  beneath: (thing: T) => string
  onOpen: (thing: T) => void
}) {
  return (
    <ul className="thing-grid">
      {things.map((thing) => (
        <li key={thing.accountId}>
          <button type="button" className="thing-card" onClick={() => onOpen(thing)}>
            <span className="two-lines">
              <strong className="clip">{thing.name}</strong>
              <span className="faint small clip">{beneath(thing)}</span>
            </span>
            <ThingFigures thing={thing} />
          </button>
        </li>
      ))}
    </ul>
  )
}

function ThingFigures({ thing }: { thing: Thing }) {
  const { t } = useTranslation()
  const { language } = usePreferences()
  const { value, owed, valuedOn } = thing
  const comparable = value !== null && owed !== null && value.currency === owed.currency
  return (
    <>
      <span className="two-lines">
        <span className="thing-card-value">
          <Money value={value} title={t('life.noValue')} />
        </span>
        <PartOf part={thing.part} whole={null} />
        <span className="faint small">
          {valuedOn === null ? t('life.noValue') : t('life.valuedOn', { date: formatDate(valuedOn, language) })}
        </span>
      </span>
      {owed === null ? null : (
        <span className="spread small">
          <span className="muted">{t('life.owed')}</span>
          <Money value={owed} />
        </span>
      )}
      {comparable ? (
        <>
          <span className="spread small">
            <span className="muted">{t('life.equity')}</span>
            <Money value={subtractMoney(value, owed)} />
          </span>
          {value.minor === 0 ? null : (
            <span className="faint small">
              {t('life.loanToValue', { share: formatPercent(owed.minor / value.minor, language) })}
            </span>
          )}
        </>
      ) : null}
    </>
  )
}
