import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '../../shared/domain/money.ts'
import type { Fraction, Owner, Person } from '../../shared/model/person.ts'
import { usePersonView } from '../app/person-view.tsx'
import { useLanguage } from '../app/preferences.tsx'
import { formatPercent } from '../format/number-format.ts'
import { Defined } from './defined.tsx'
import { useMoneyText } from './money.tsx'
import { EmptyState } from './states.tsx'
import { Term } from './small.tsx'

/** The first letter or sign of a name, as people know it: 陈, A, 👶🏽. */
export function initialOf(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.trim())
  return (first?.segment ?? '').toLocaleUpperCase()
}

/** A person's initial in their colour; says nothing to screen readers, for the name stands beside it. */
export function PersonMark({ person }: { person: Pick<Person, 'shortName' | 'colour'> }) {
  return (
    <span className="person-mark" data-colour={person.colour} aria-hidden="true">
      {initialOf(person.shortName)}
    </span>
  )
}

/** Whose figures a screen shows, and what separates it from what follows. Nothing while there is only one person. */
export function Whose({
  before = '',
  after = '',
  wholeItems = false,
}: {
  before?: string
  after?: string
  wholeItems?: boolean
}) {
  const { t } = useTranslation()
  const { choices, person } = usePersonView()
  if (choices.length === 0) return null
  if (person === null) {
    return (
      <>
        {before}
        <Defined figure="everyonesFigures" />
        {after}
      </>
    )
  }
  return (
    <>
      {before}
      <span className="whose">
        <PersonMark person={person} />
        <Term meaning={t('definition.personsPart.text')}>{t('person.personsPart', { name: person.name })}</Term>
      </span>
      {wholeItems ? ` · ${t('person.wholeItems')}` : null}
      {after}
    </>
  )
}

/** On a screen that is always the whole household's, also in a person's view. Nothing while there is only one person. */
export function Households({ before = '' }: { before?: string }) {
  const { t } = useTranslation()
  const { choices, person } = usePersonView()
  if (choices.length === 0) return null
  return (
    <>
      {before}
      <Defined figure="everyonesFigures" />
      {person === null ? null : ` · ${t('person.householdOnly')}`}
    </>
  )
}

/** On a screen of what must be done: what concerns a person, in whole amounts. Nothing while there is only one person. */
export function Concerns({ before = '' }: { before?: string }) {
  const { t } = useTranslation()
  const { choices, person } = usePersonView()
  if (choices.length === 0) return null
  return (
    <>
      {before}
      {person === null ? (
        t('person.concernsEveryone')
      ) : (
        <>
          <PersonMark person={person} /> {t('person.concerns', { name: person.name })}
        </>
      )}
    </>
  )
}

/** "50 % of ¥200,000.00", beneath a part of something; nothing where all of it is theirs. */
export function PartOf({ part, whole }: { part: Fraction | null; whole: MoneyValue | null }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = useMoneyText()
  if (part === null || part.weight === part.of) return null
  const share = formatPercent(part.weight / part.of, language, 2)
  return (
    <span className="faint small numeric">
      {whole === null ? t('person.partOnly', { share }) : t('person.partOf', { share, amount: text.exact(whole) })}
    </span>
  )
}

/** In place of what a screen shows, where nothing of it is the viewed person's. */
export function NothingTheirs({ person }: { person: Person }) {
  const { t } = useTranslation()
  return <EmptyState title={t('person.nothingYet', { name: person.name })}>{t('person.nothingYetText')}</EmptyState>
}

/** Who owns an account, as marks with their names and shares in words; nothing for what is the whole household's. */
export function OwnerMarks({ owners }: { owners: readonly Owner[] }) {
  const { choices } = usePersonView()
  const words = useOwnerWords()
  if (choices.length === 0 || owners.length === 0) return null
  const text = words(owners)
  return (
    <span className="person-marks" title={text}>
      {owners.map(({ personId }) => {
        const person = choices.find(({ id }) => id === personId)
        return person === undefined ? null : <PersonMark key={personId} person={person} />
      })}
      <span className="visually-hidden">{text}</span>
    </span>
  )
}

/** "Anna 50 %, Bert 50 %"; the name alone where somebody owns all of it. */
export function useOwnerWords(): (owners: readonly Owner[]) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  const { choices } = usePersonView()
  const list = new Intl.ListFormat(language, { type: 'conjunction', style: 'narrow' })
  return (owners) => {
    if (owners.length === 0) return t('person.household')
    return list.format(
      owners.map(({ personId, share }) => {
        const name = choices.find(({ id }) => id === personId)?.shortName ?? '?'
        return owners.length === 1 ? name : `${name} ${formatPercent(share / 10_000, language, 2)}`
      }),
    )
  }
}
