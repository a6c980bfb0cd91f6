import { Autocomplete, type ComboboxItem, type OptionsFilter } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { findNamed, type Named } from '../../../shared/domain/name-search.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'

/** More do not help: one types another letter. */
const SHOWN = 12

/**
 * Who the account is with: any name, or one of those in use and those we know, found by either language, short names and
 * pinyin initials.
 */
export function InstitutionField({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const used = useCall('institution.list', {}).data
  const known = useCall('institution.known', {}).data
  const named = useMemo(() => {
    const byLabel = new Map<string, Named>((used ?? []).map(({ name }) => [name, { names: [name], initials: '' }]))
    for (const { nameZh, nameEn, aliases, initials } of known ?? []) {
      const entry = { names: [nameZh, nameEn, ...aliases], initials }
      const inUse = [nameZh, nameEn, ...aliases].find((name) => byLabel.has(name))
      byLabel.set(inUse ?? (language === 'zh-CN' ? nameZh : nameEn), entry)
    }
    return byLabel
  }, [used, known, language])
  const labels = useMemo(() => [...named.keys()], [named])
  const filter = useMemo((): OptionsFilter => {
    const item = (label: string): ComboboxItem => ({ value: label, label })
    return ({ search }) => {
      if (search.trim() === '') return (used ?? []).slice(0, SHOWN).map(({ name }) => item(name))
      return findNamed(labels, (label) => named.get(label) ?? { names: [label], initials: '' }, search, SHOWN).map(item)
    }
  }, [labels, named, used])
  return (
    <Autocomplete
      label={t('account.institution')}
      data={labels}
      filter={filter}
      value={value}
      maxLength={500}
      onChange={onChange}
    />
  )
}
