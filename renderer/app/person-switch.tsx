import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePersonView } from './person-view.tsx'

/** More people than this, or too narrow a window: a list in place of buttons. */
const MOST_BUTTONS = 4
const EVERYONE = 'everyone'

/** Everyone's figures, or one person's part of them. Nothing while there is only one person. */
export function PersonSwitch() {
  const { t } = useTranslation()
  const { choices, person, choose } = usePersonView()
  const wide = useMediaQuery('(min-width: 1000px)', true, { getInitialValueInEffect: false })
  const [said, setSaid] = useState('')
  if (choices.length === 0) return null
  const data = [
    { value: EVERYONE, label: t('person.everyone') },
    ...choices.map(({ id, shortName }) => ({ value: String(id), label: shortName })),
  ]
  const value = person === null ? EVERYONE : String(person.id)
  const change = (next: string) => {
    const chosen = choices.find(({ id }) => String(id) === next)
    choose(chosen?.id ?? null)
    setSaid(chosen === undefined ? t('person.showsEveryone') : t('person.showsPerson', { name: chosen.name }))
  }
  return (
    <div className="person-switch">
      {wide && choices.length <= MOST_BUTTONS ? (
        <SegmentedControl size="xs" aria-label={t('person.switch')} data={data} value={value} onChange={change} />
      ) : (
        <NativeSelect
          size="xs"
          aria-label={t('person.switch')}
          data={data}
          value={value}
          onChange={(event) => change(event.currentTarget.value)}
        />
      )}
      <output className="visually-hidden">{said}</output>
    </div>
  )
}
