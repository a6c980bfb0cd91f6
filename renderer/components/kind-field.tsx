import { type ComboboxItem, type OptionsFilter, Select, type SelectProps } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { createElement, startTransition, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { commonKinds, findKinds } from '../../shared/model/account-kind-search.ts'
import { type AccountKind, accountKindOf, allAccountKinds, kindGroups } from '../../shared/model/account-kinds.ts'
import { useLanguage, usePreferences } from '../app/preferences.tsx'
import { kindIcons } from './kind-icons.ts'

function KindIcon({ kind }: { kind: string }) {
  const icon = kindIcons.get(accountKindOf(kind).icon)
  return icon === undefined ? null : createElement(icon, { size: 16, stroke: 1.6, 'aria-hidden': true, opacity: 0.75 })
}

const renderOption: NonNullable<SelectProps['renderOption']> = ({ option, checked }) => (
  <span className="kind-option">
    <KindIcon kind={option.value} />
    <span>{option.label}</span>
    {checked === true ? <IconCheck size={14} stroke={2} aria-hidden="true" /> : null}
  </span>
)

/**
 * What kind an account is, of all there are. Before anything is typed: the usual ones first, then the rest by group; what
 * is typed finds by either language, other names and pinyin initials, best first. The list opens with the usual ones at
 * once; the rest, hundreds of rows, follows while they are being looked at.
 */
export function KindField({
  value,
  onChange,
  size,
}: {
  value: string
  onChange: (kind: string) => void
  size?: 'xs' | 'sm'
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { baseCurrency } = usePreferences()
  const groups = useMemo(() => {
    const itemOf = (kind: AccountKind): ComboboxItem => ({
      value: kind.key,
      label: language === 'zh-CN' ? kind.nameZh : kind.nameEn,
    })
    const common = commonKinds(baseCurrency ?? (language === 'zh-CN' ? 'CNY' : ''))
    const rest = allAccountKinds().filter((kind) => !common.includes(kind))
    return [
      { group: t('kind.common'), items: common.map(itemOf) },
      ...kindGroups.map((group) => ({
        group: t(`kind.group.${group}`),
        items: rest.filter((kind) => kind.group === group).map(itemOf),
      })),
    ]
  }, [t, language, baseCurrency])
  const [whole, setWhole] = useState(false)
  // the kind that is chosen is always among them: the field takes its name from here
  const first = useMemo(
    () =>
      groups.flatMap(({ group, items }, index) => {
        const kept = index === 0 ? items : items.filter((item) => item.value === value)
        return kept.length === 0 ? [] : [{ group, items: kept }]
      }),
    [groups, value],
  )
  const filter = useMemo((): OptionsFilter => {
    const items = new Map(groups.flatMap((group) => group.items.map((item) => [item.value, item] as const)))
    return ({ options, search }) =>
      search.trim() === '' ? options : findKinds(search).flatMap(({ key }) => items.get(key) ?? [])
  }, [groups])
  return (
    <Select
      {...(size === undefined ? {} : { size })}
      label={t('account.kind')}
      data={whole ? groups : first}
      value={value}
      searchable
      selectFirstOptionOnChange
      allowDeselect={false}
      maxDropdownHeight={360}
      filter={filter}
      onDropdownOpen={() => requestAnimationFrame(() => startTransition(() => setWhole(true)))}
      onDropdownClose={() => setWhole(false)}
      onSearchChange={(typed) => {
        // what is found may be any of them, also before the rest has followed
        if (typed !== '' && !first.some(({ items }) => items.some(({ label }) => label === typed))) setWhole(true)
      }}
      leftSection={<KindIcon kind={value} />}
      renderOption={renderOption}
      nothingFoundMessage={t('common.noMatches')}
      onChange={(kind) => {
        if (kind !== null) onChange(kind)
      }}
    />
  )
}
