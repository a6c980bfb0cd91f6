import { Combobox, InputBase, useCombobox } from '@mantine/core'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Category } from '../../shared/model/category.ts'
import { useLanguage } from '../app/preferences.tsx'
import { useCall } from '../app/queries.ts'
import { type CategoryChoice, categoryTree, matchingChoices } from './categories.ts'

const noCategories: readonly Category[] = []

/** Every category in tree order, and by id. */
export function useCategories(): {
  choices: readonly CategoryChoice[]
  nameOf: (id: number | null) => string | null
} {
  const language = useLanguage()
  const categories = useCall('category.list', {}).data ?? noCategories
  return useMemo(() => {
    const choices = categoryTree(categories, language)
    const byId = new Map(choices.map((choice) => [choice.category.id, choice]))
    return { choices, nameOf: (id) => (id === null ? null : (byId.get(id)?.path ?? null)) }
  }, [categories, language])
}

interface PickerProps {
  readonly label: string
  readonly value: number | null
  readonly onChange: (id: number | null) => void
  /** How the closed picker looks: a field of a form, or bare text in a table. */
  readonly look?: 'field' | 'cell'
  readonly placeholder?: string
  /** Offers "none". */
  readonly clearable?: boolean
  readonly exclude?: number
  /** Opens at once; `onClosed` when it is left again. */
  readonly opened?: boolean
  readonly onClosed?: () => void
}

/** A category by search and arrow keys; Enter takes it, Escape leaves. */
export function CategoryPicker({
  label,
  value,
  onChange,
  look = 'field',
  placeholder,
  clearable = true,
  exclude,
  opened = false,
  onClosed,
}: PickerProps) {
  const { t } = useTranslation()
  const { choices, nameOf } = useCategories()
  const [text, setText] = useState('')
  const combobox = useCombobox({
    defaultOpened: opened,
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setText('')
      combobox.focusTarget()
      onClosed?.()
    },
    onDropdownOpen: () => {
      combobox.updateSelectedOptionIndex('active', { scrollIntoView: true })
      combobox.focusSearchInput()
    },
  })
  const focusSearch = useEffectEvent(() => combobox.focusSearchInput())
  useEffect(() => {
    if (opened) focusSearch()
  }, [opened])
  const shown = combobox.dropdownOpened
    ? matchingChoices(
        choices.filter(({ category }) => !category.archived && category.id !== exclude),
        text,
      ).slice(0, 200)
    : []
  const name = nameOf(value)
  const shownName = name ?? placeholder ?? t('common.none')
  return (
    <Combobox
      store={combobox}
      width={280}
      position="bottom-start"
      shadow="md"
      onOptionSubmit={(option) => {
        onChange(option === 'none' ? null : Number(option))
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target targetType="button">
        {look === 'field' ? (
          <InputBase
            component="button"
            type="button"
            label={label}
            pointer
            rightSection={<Combobox.Chevron />}
            rightSectionPointerEvents="none"
            onClick={() => combobox.toggleDropdown()}
          >
            <span className={name === null ? 'faint' : ''}>{shownName}</span>
          </InputBase>
        ) : (
          <button
            type="button"
            className="cell-button clip"
            aria-label={`${label}: ${shownName}`}
            data-empty={name === null}
            onClick={() => combobox.toggleDropdown()}
          >
            {shownName}
          </button>
        )}
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={text}
          aria-label={t('common.search')}
          placeholder={t('common.searchPlaceholder')}
          onChange={(event) => {
            setText(event.currentTarget.value)
            combobox.updateSelectedOptionIndex()
          }}
        />
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={label} tabIndex={0}>
          {clearable && text === '' ? (
            <Combobox.Option value="none">
              <span className="faint">{t('common.none')}</span>
            </Combobox.Option>
          ) : null}
          {shown.map(({ category, name: optionName, path, depth }) => (
            <Combobox.Option key={category.id} value={String(category.id)} active={category.id === value}>
              <span style={{ paddingInlineStart: text === '' ? depth * 14 : 0 }}>
                {text === '' ? optionName : path}
              </span>
            </Combobox.Option>
          ))}
          {shown.length === 0 ? <Combobox.Empty>{t('common.noMatches')}</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
