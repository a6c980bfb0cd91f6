import { ActionIcon, Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../../shared/model/person.ts'
import { useOpenedRow } from '../../app/opened-row.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { PersonMark } from '../../components/people.tsx'
import { Section } from '../../components/page.tsx'
import { Badge } from '../../components/small.tsx'
import { EmptyState, Loaded } from '../../components/states.tsx'
import { formatDate } from '../../format/date-format.ts'
import { formatCount } from '../../format/number-format.ts'
import { PersonDrawer, type PersonTarget } from './person-drawer.tsx'

/** Who belongs to the household. */
export function PeopleSection() {
  const { t } = useTranslation()
  const query = useCall('person.list', {})
  const [chosen, setTarget] = useState<PersonTarget>(null)
  const [asked, setAsked] = useOpenedRow('person')
  const target = chosen ?? query.data?.find(({ id }) => id === asked) ?? null
  const some = (query.data?.length ?? 0) > 0
  return (
    <>
      <Section
        title={t('settings.section.people')}
        hint={t('person.sectionText')}
        flush={some}
        actions={
          <Button size="xs" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setTarget('new')}>
            {t('person.add')}
          </Button>
        }
      >
        <Loaded query={query}>
          {(persons) =>
            persons.length === 0 ? (
              <EmptyState icon={<IconUsers size={28} stroke={1.4} />} title={t('person.emptyTitle')}>
                {t('person.emptyText')}
              </EmptyState>
            ) : (
              <PeopleTable persons={persons} onOpen={setTarget} />
            )
          }
        </Loaded>
      </Section>
      {some ? <p className="muted small">{t('person.householdRule')}</p> : null}
      <PersonDrawer
        target={target}
        persons={query.data ?? []}
        onClose={() => {
          setTarget(null)
          setAsked(null)
        }}
      />
    </>
  )
}

function PeopleTable({ persons, onOpen }: { persons: readonly Person[]; onOpen: (person: Person) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const reorder = useChange('person.reorder')
  const move = (index: number, by: 1 | -1) => {
    const ids = persons.map(({ id }) => id)
    const [moved] = ids.splice(index, 1)
    if (moved === undefined) return
    ids.splice(index + by, 0, moved)
    reorder.mutate({ ids })
  }
  return (
    <div className="table-scroll">
      <table className="table" aria-label={t('settings.section.people')}>
        <thead>
          <tr>
            <th scope="col">{t('person.name')}</th>
            <th scope="col">{t('person.role')}</th>
            <th scope="col" data-minor="true">
              {t('person.bornOn')}
            </th>
            <th scope="col" data-align="end">
              {t('person.accounts')}
            </th>
            <th scope="col" data-minor="true">
              <span className="visually-hidden">{t('person.order')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {persons.map((person, index) => (
            <tr key={person.id}>
              <td>
                <button type="button" className="cell-button person-name" onClick={() => onOpen(person)}>
                  <PersonMark person={person} />
                  <span className="clip">{person.name}</span>
                  {person.archived ? <Badge>{t('person.archived')}</Badge> : null}
                </button>
              </td>
              <td className="person-role">{t(`person.roles.${person.role}`)}</td>
              <td data-minor="true">{person.bornOn === null ? '' : formatDate(person.bornOn, language)}</td>
              <td data-align="end" className="numeric">
                {formatCount(person.accountCount, language)}
              </td>
              <td data-align="end" data-minor="true">
                {persons.length < 2 ? null : (
                  <span className="person-order">
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t('person.moveUp', { name: person.name })}
                      disabled={index === 0}
                      onClick={() => move(index, -1)}
                    >
                      <IconArrowUp size={16} />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t('person.moveDown', { name: person.name })}
                      disabled={index === persons.length - 1}
                      onClick={() => move(index, 1)}
                    >
                      <IconArrowDown size={16} />
                    </ActionIcon>
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
