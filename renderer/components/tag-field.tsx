import { TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useClient } from '../app/client-context.tsx'
import { useCall } from '../app/queries.ts'

/** Tags by name; a new name makes a new tag. */
export function TagField({
  label,
  value,
  onChange,
}: {
  label: string
  value: readonly number[]
  onChange: (ids: number[]) => void
}) {
  const { t } = useTranslation()
  const client = useClient()
  const tags = useCall('tag.list', {}).data ?? []
  const names = value.flatMap((id) => tags.find((tag) => tag.id === id)?.name ?? [])
  const change = async (next: string[]) => {
    const ids: number[] = []
    for (const name of next) {
      const known = tags.find((tag) => tag.name === name)
      ids.push(known?.id ?? (await client.call('tag.create', { name })).id)
    }
    onChange(ids)
  }
  return (
    <TagsInput
      label={label}
      placeholder={value.length === 0 ? t('account.tagPlaceholder') : ''}
      data={tags.map((tag) => tag.name)}
      value={names}
      onChange={(next) => void change(next)}
    />
  )
}
