import { Button, NativeSelect, Radio, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Person, personColours, type PersonRole, personRoles } from '../../../shared/model/person.ts'
import { failureOf } from '../../app/failure.ts'
import { useCall, useChange } from '../../app/queries.ts'
import { DateField } from '../../components/fields.tsx'
import { PersonMark } from '../../components/people.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { useNotify } from '../../components/toast.tsx'

/** Null: closed; 'new': an empty form. */
export type PersonTarget = Person | 'new' | null

interface PersonDrawerProps {
  readonly target: PersonTarget
  readonly persons: readonly Person[]
  readonly onClose: () => void
}

export function PersonDrawer({ target, persons, onClose }: PersonDrawerProps) {
  const { t } = useTranslation()
  const person = target === 'new' ? null : target
  return (
    <SideDrawer opened={target !== null} title={person === null ? t('person.add') : person.name} onClose={onClose}>
      <div className="stack">
        <PersonForm key={person?.id ?? 'new'} person={person} onDone={onClose} />
        {person === null ? null : <Removal person={person} persons={persons} onDone={onClose} />}
      </div>
    </SideDrawer>
  )
}

function PersonForm({ person, onDone }: { person: Person | null; onDone: () => void }) {
  const { t } = useTranslation()
  const notify = useNotify()
  const [name, setName] = useState(person?.name ?? '')
  const [shortName, setShortName] = useState(
    person === null || person.shortName === person.name ? '' : person.shortName,
  )
  const [colour, setColour] = useState(person?.colour ?? null)
  const [role, setRole] = useState<PersonRole>(person?.role ?? 'adult')
  const [bornOn, setBornOn] = useState(person?.bornOn ?? null)
  const [archived, setArchived] = useState(person?.archived ?? false)
  const [taken, setTaken] = useState(false)
  const options = { undoable: true, quiet: true, onDone } as const
  const create = useChange('person.create', { ...options, done: t('person.added') })
  const update = useChange('person.update', { ...options, done: t('person.saved') })
  const onError = (error: unknown) => {
    const failure = failureOf(error)
    if (failure.code === 'conflict') setTaken(true)
    else notify.failed(failure)
  }
  const save = () => {
    const facts = { name: name.trim(), shortName: shortName.trim(), role, bornOn }
    if (facts.name === '') return
    if (person === null) create.mutate({ ...facts, colour }, { onError })
    else {
      update.mutate(
        { id: person.id, patch: { ...facts, archived, ...(colour === null ? {} : { colour }) } },
        { onError },
      )
    }
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <TextInput
        label={t('person.name')}
        value={name}
        maxLength={100}
        required
        withAsterisk={false}
        data-autofocus
        autoComplete="off"
        error={taken ? t('person.nameTaken') : undefined}
        onChange={(event) => {
          setName(event.currentTarget.value)
          setTaken(false)
        }}
      />
      <TextInput
        label={t('person.shortName')}
        description={t('person.shortNameHint')}
        inputWrapperOrder={['label', 'input', 'description']}
        value={shortName}
        placeholder={name}
        maxLength={40}
        autoComplete="off"
        onChange={(event) => setShortName(event.currentTarget.value)}
      />
      <Radio.Group
        label={t('person.colour')}
        value={colour ?? ''}
        onChange={(next) => setColour(personColours.find((one) => one === next) ?? null)}
      >
        <div className="person-colours">
          {personColours.map((one) => (
            <Radio.Card key={one} value={one} className="person-colour" aria-label={t(`person.colours.${one}`)}>
              <PersonMark person={{ shortName: shortName.trim() || name.trim() || '?', colour: one }} />
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      <div className="columns-2">
        <NativeSelect
          label={t('person.role')}
          value={role}
          data={personRoles.map((key) => ({ value: key, label: t(`person.roles.${key}`) }))}
          onChange={(event) => setRole(personRoles.find((one) => one === event.currentTarget.value) ?? 'adult')}
        />
        <DateField label={t('person.bornOn')} value={bornOn} onChange={setBornOn} />
      </div>
      {person === null ? null : (
        <Switch
          label={t('person.isArchived')}
          description={t('person.archivedHint')}
          checked={archived}
          onChange={(event) => setArchived(event.currentTarget.checked)}
        />
      )}
      <div className="drawer-actions">
        <span />
        <span className="inline">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={create.isPending || update.isPending}>
            {t('common.save')}
          </Button>
        </span>
      </div>
    </form>
  )
}

const HOUSEHOLD = 'household'

/** Says first what becomes of their accounts, and asks to whom they go. */
function Removal({ person, persons, onDone }: { person: Person; persons: readonly Person[]; onDone: () => void }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [giveTo, setGiveTo] = useState(HOUSEHOLD)
  const removal = useCall('person.removal', { id: person.id }, { enabled: asking }).data
  const remove = useChange('person.delete', { done: t('person.removed'), undoable: true, onDone })
  const others = persons.filter(({ id, archived }) => id !== person.id && !archived)
  if (!asking) {
    return (
      <div>
        <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
          {t('person.remove')}
        </Button>
      </div>
    )
  }
  const owns = removal !== undefined && removal.alone + removal.together > 0
  return (
    <fieldset className="fieldset stack-tight">
      <legend>{t('person.removeTitle', { name: person.name })}</legend>
      {removal === undefined ? null : owns ? (
        <>
          <p>
            {t('person.removeAlone', { count: removal.alone })}{' '}
            {t('person.removeTogether', { count: removal.together })}
          </p>
          <NativeSelect
            label={t('person.giveTo')}
            description={t(giveTo === HOUSEHOLD ? 'person.giveToHouseholdHint' : 'person.giveToPersonHint')}
            inputWrapperOrder={['label', 'input', 'description']}
            value={giveTo}
            data={[
              { value: HOUSEHOLD, label: t('person.giveToHousehold') },
              ...others.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            onChange={(event) => setGiveTo(event.currentTarget.value)}
          />
        </>
      ) : (
        <p>{t('person.removeOwnsNothing')}</p>
      )}
      <p className="muted small">{t('person.removeSafe')}</p>
      <div className="inline">
        <Button
          color="red"
          disabled={removal === undefined}
          loading={remove.isPending}
          onClick={() => remove.mutate({ id: person.id, giveTo: giveTo === HOUSEHOLD ? null : Number(giveTo) })}
        >
          {t('person.remove')}
        </Button>
        <Button variant="default" onClick={() => setAsking(false)}>
          {t('common.cancel')}
        </Button>
      </div>
    </fieldset>
  )
}
