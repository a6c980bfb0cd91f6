import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { accountClasses } from '../../shared/model/account.ts'
import { allAccountKinds } from '../../shared/model/account-kinds.ts'
import { useLanguage } from '../app/preferences.tsx'

/** What kind an account is, of all there are, by class. */
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
  const kinds = useMemo(
    () =>
      accountClasses.map((accountClass) => ({
        group: t(`home.class.${accountClass}`),
        items: allAccountKinds()
          .filter((kind) => kind.class === accountClass)
          .map((kind) => ({ value: kind.key, label: language === 'zh-CN' ? kind.nameZh : kind.nameEn })),
      })),
    [t, language],
  )
  return (
    <Select
      {...(size === undefined ? {} : { size })}
      label={t('account.kind')}
      data={kinds}
      value={value}
      searchable
      allowDeselect={false}
      maxDropdownHeight={320}
      nothingFoundMessage={t('common.noMatches')}
      onChange={(kind) => {
        if (kind !== null) onChange(kind)
      }}
    />
  )
}
