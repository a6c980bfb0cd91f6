import { Button, Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { CategoryPicker } from '../../components/category-picker.tsx'
import { ConfirmInline, Notice } from '../../components/small.tsx'
import { formatCount } from '../../format/number-format.ts'

const most = 50_000

/** What can be done with the selected rows: each is one change that can be undone. */
export function BulkBar({ ids, onClear }: { ids: ReadonlySet<number>; onClear: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const tags = useCall('tag.list', {}).data ?? []
  const update = useChange('transaction.update', {
    done: ({ updated }) => t('account.updated', { count: updated }),
    undoable: true,
  })
  const remove = useChange('transaction.delete', {
    done: ({ deleted }) => t('account.deletedRows', { count: deleted }),
    undoable: true,
    onDone: onClear,
  })
  const list = [...ids]
  const formatted = formatCount(ids.size, language)
  if (ids.size > most) return <Notice tone="attention">{t('account.tooMany')}</Notice>
  return (
    <div className="bulk-bar">
      <strong className="numeric" aria-live="polite">
        {t('account.selected', { count: ids.size, formatted })}
      </strong>
      <div className="bulk-category">
        <CategoryPicker
          look="cell"
          label={t('account.setCategory')}
          placeholder={t('account.setCategory')}
          value={null}
          onChange={(categoryId) => update.mutate({ ids: list, patch: { categoryId } })}
        />
      </div>
      <TagMenu
        label={t('account.addTag')}
        tags={tags}
        onPick={(id) => update.mutate({ ids: list, patch: { addTagIds: [id] } })}
      />
      <TagMenu
        label={t('account.removeTag')}
        tags={tags}
        onPick={(id) => update.mutate({ ids: list, patch: { removeTagIds: [id] } })}
      />
      <ConfirmInline
        size="xs"
        label={t('account.deleteSelected')}
        question={t('account.deleteSelectedQuestion', { count: ids.size, formatted })}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ ids: list })}
      />
      <Button size="xs" variant="subtle" color="gray" onClick={onClear}>
        {t('account.clearSelection')}
      </Button>
    </div>
  )
}

function TagMenu({
  label,
  tags,
  onPick,
}: {
  label: string
  tags: readonly { id: number; name: string }[]
  onPick: (id: number) => void
}) {
  if (tags.length === 0) return null
  return (
    <Menu shadow="md" position="bottom-start">
      <Menu.Target>
        <Button size="xs" variant="default">
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={300} style={{ overflowY: 'auto' }}>
        {tags.map((tag) => (
          <Menu.Item key={tag.id} onClick={() => onPick(tag.id)}>
            {tag.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
