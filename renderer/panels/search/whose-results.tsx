import { useTranslation } from 'react-i18next'
import { usePersonView } from '../../app/person-view.tsx'
import { PersonMark } from '../../components/people.tsx'

/** Whose results these are: a person's, or everyone's. Nothing while there is only one person. */
export function WhoseResults() {
  const { t } = useTranslation()
  const { choices, person } = usePersonView()
  if (choices.length === 0) return null
  if (person === null) return t('search.ofEveryone')
  return (
    <span className="whose muted small">
      <PersonMark person={person} />
      <span>{t('search.ofPerson', { name: person.name })}</span>
    </span>
  )
}
