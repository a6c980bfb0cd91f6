import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Owner, type Person, WHOLE_SHARE } from '../../shared/model/person.ts'
import { useCall } from '../app/queries.ts'
import { useLanguage } from '../app/preferences.tsx'
import { formatPercent } from '../format/number-format.ts'
import { equalShares, parseShare, shareForInput, sharesTyped } from './owner-shares.ts'
import { PersonMark } from './people.tsx'

interface OwnersFieldProps {
  readonly value: readonly Owner[]
  /** `undefined` while what is typed does not add up: the form must not be saved then. */
  readonly onChange: (owners: readonly Owner[] | undefined) => void
}

const HOUSEHOLD = 'household'
const SEVERAL = 'several'

/** Whose an account is: the whole household's, one person's, or several people's in parts. */
export function OwnersField({ value, onChange }: OwnersFieldProps) {
  const { t } = useTranslation()
  const persons = useCall('person.list', {}).data ?? []
  const [several, setSeveral] = useState(value.length > 1)
  const offered = persons.filter(({ id, archived }) => !archived || value.some(({ personId }) => personId === id))
  // with one person there is nothing to tell apart
  if (offered.length < 2 && value.length === 0) return null
  const only = value[0]
  const chosen = several ? SEVERAL : only === undefined ? HOUSEHOLD : String(only.personId)
  const choose = (next: string) => {
    setSeveral(next === SEVERAL)
    if (next === HOUSEHOLD) onChange([])
    else if (next !== SEVERAL) onChange([{ personId: Number(next), share: WHOLE_SHARE }])
    else onChange(value.length > 1 ? value : equalShares(sharing(offered)))
  }
  return (
    <div className="stack-tight">
      <NativeSelect
        label={t('person.belongsTo')}
        description={t('person.belongsToHint')}
        inputWrapperOrder={['label', 'input', 'description']}
        value={chosen}
        data={[
          { value: HOUSEHOLD, label: t('person.household') },
          ...offered.map(({ id, name }) => ({ value: String(id), label: name })),
          ...(offered.length > 1 ? [{ value: SEVERAL, label: t('person.several') }] : []),
        ]}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {several ? <SharesFields persons={offered} value={value} onChange={onChange} /> : null}
    </div>
  )
}

/** Equal parts are among the adults, as long as there are two. */
function sharing(persons: readonly Person[]): number[] {
  const adults = persons.filter(({ role }) => role === 'adult')
  return (adults.length > 1 ? adults : persons).map(({ id }) => id)
}

function SharesFields({ persons, value, onChange }: OwnersFieldProps & { persons: readonly Person[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const typedOf = (owners: readonly Owner[]): ReadonlyMap<number, string> =>
    new Map(
      persons.map(({ id }) => {
        const share = owners.find(({ personId }) => personId === id)?.share
        return [id, share === undefined ? '' : shareForInput(share)]
      }),
    )
  const [typed, setTyped] = useState(() => typedOf(value.length > 1 ? value : equalShares(sharing(persons))))
  const { total } = sharesTyped(typed)
  const set = (next: ReadonlyMap<number, string>) => {
    setTyped(next)
    onChange(sharesTyped(next).owners)
  }
  const equal = () => {
    const some = persons.filter(({ id }) => (parseShare(typed.get(id) ?? '') ?? 0) > 0).map(({ id }) => id)
    set(typedOf(equalShares(some.length > 1 ? some : sharing(persons))))
  }
  const rest = total === null ? null : WHOLE_SHARE - total
  return (
    <fieldset className="fieldset stack-tight">
      <legend>{t('person.shares')}</legend>
      {persons.map((person) => {
        const text = typed.get(person.id) ?? ''
        return (
          <div key={person.id} className="share-row">
            <PersonMark person={person} />
            <span className="clip">{person.name}</span>
            <TextInput
              size="xs"
              aria-label={t('person.shareOf', { name: person.name })}
              inputMode="decimal"
              autoComplete="off"
              classNames={{ input: 'numeric' }}
              rightSection={<span className="field-symbol">%</span>}
              value={text}
              error={parseShare(text) === null ? t('person.shareInvalid') : undefined}
              onChange={(event) => set(new Map(typed).set(person.id, event.currentTarget.value))}
            />
          </div>
        )
      })}
      <div className="spread">
        <output className="small" data-wrong={rest !== 0}>
          {rest === null
            ? ''
            : rest === 0
              ? t('person.sharesWhole')
              : t(rest > 0 ? 'person.sharesMissing' : 'person.sharesTooMany', {
                  share: formatPercent(Math.abs(rest) / WHOLE_SHARE, language, 2),
                })}
        </output>
        <Button size="xs" variant="default" onClick={equal}>
          {t('person.equalParts')}
        </Button>
      </div>
    </fieldset>
  )
}
