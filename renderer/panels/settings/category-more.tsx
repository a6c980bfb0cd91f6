import { Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Category } from '../../../shared/model/category.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { categoryName } from '../../components/categories.ts'
import { CategoryPicker } from '../../components/category-picker.tsx'
import { ConfirmInline } from '../../components/small.tsx'
import { formatCount } from '../../format/number-format.ts'
import type { CategoryTarget } from './category-drawer.tsx'
import { positionsAfterMove } from './category-order.ts'
import { useMoveCategory } from './move-category.ts'

/** What else can be done with a category: its order, what is inside, the archive, deletion. */
export function CategoryMore({
  category,
  categories,
  onOpen,
  onClose,
}: {
  category: Category
  categories: readonly Category[]
  onOpen: (target: CategoryTarget) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const move = useMoveCategory(categories)
  const archive = useChange('category.update', {
    done: t(category.archived ? 'settings.categoryUnarchived' : 'settings.categoryArchived'),
    undoable: true,
    onDone: onClose,
  })
  const canMove = (step: -1 | 1) => positionsAfterMove(categories, category.id, step).length > 0
  return (
    <>
      <div className="fieldset category-more">
        {category.parentId === null ? (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => onOpen({ type: 'new', kind: category.kind, parentId: category.id })}
          >
            {t('settings.addCategoryTo', { name: categoryName(category, language) })}
          </Button>
        ) : null}
        <div className="columns-2">
          <Button
            variant="default"
            leftSection={<IconArrowUp size={16} aria-hidden="true" />}
            disabled={!canMove(-1)}
            onClick={() => void move(category.id, -1)}
          >
            {t('settings.moveUp')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconArrowDown size={16} aria-hidden="true" />}
            disabled={!canMove(1)}
            onClick={() => void move(category.id, 1)}
          >
            {t('settings.moveDown')}
          </Button>
        </div>
        <div>
          <Button
            variant="default"
            fullWidth
            loading={archive.isPending}
            onClick={() => archive.mutate({ id: category.id, patch: { archived: !category.archived } })}
          >
            {t(category.archived ? 'settings.unarchive' : 'settings.archive')}
          </Button>
          {category.archived ? null : <p className="muted small category-hint">{t('settings.archiveHint')}</p>}
        </div>
      </div>
      <DeleteCategory category={category} categories={categories} onDone={onClose} />
    </>
  )
}

function DeleteCategory({
  category,
  categories,
  onDone,
}: {
  category: Category
  categories: readonly Category[]
  onDone: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [replacement, setReplacement] = useState<number | null>(null)
  const sums = useCall('transaction.sums', { filter: { categoryIds: [category.id] } }).data
  const used = sums?.reduce((count, sum) => count + sum.count, 0) ?? null
  const remove = useChange('category.delete', { done: t('settings.categoryDeleted'), undoable: true, onDone })
  const usage =
    used === null
      ? ''
      : used === 0
        ? t('settings.notUsed')
        : t('settings.usedBy', { count: used, formatted: formatCount(used, language) })
  if (categories.some((one) => one.parentId === category.id)) {
    return (
      <div className="fieldset">
        <div>
          <h3>{t('settings.deleteCategory')}</h3>
          <p className="muted small">
            {used === 0 ? '' : usage} {t('settings.deleteFirst')}
          </p>
        </div>
      </div>
    )
  }
  return (
    <div className="fieldset">
      <div>
        <h3>{t('settings.deleteCategory')}</h3>
        <p className="muted small">{usage}</p>
      </div>
      {used === 0 ? null : (
        <CategoryPicker
          label={t('settings.moveInstead')}
          placeholder={t('settings.leaveUncategorised')}
          value={replacement}
          onChange={setReplacement}
          exclude={category.id}
        />
      )}
      <div className="category-delete">
        <ConfirmInline
          label={t('common.delete')}
          name={t('settings.deleteCategory')}
          busy={remove.isPending}
          onConfirm={() => remove.mutate({ id: category.id, replaceWithId: used === 0 ? null : replacement })}
        />
      </div>
    </div>
  )
}
