import { useTranslation } from 'react-i18next'
import type { Category } from '../../../shared/model/category.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { categoryName } from '../../components/categories.ts'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { CategoryForm } from './category-form.tsx'
import { CategoryMore } from './category-more.tsx'

export type CategoryTarget =
  | { readonly type: 'new'; readonly kind: Category['kind']; readonly parentId: number | null }
  | { readonly type: 'edit'; readonly id: number }

/** One category, or a new one. */
export function CategoryDrawer({
  target,
  categories,
  onOpen,
  onClose,
}: {
  target: CategoryTarget | null
  categories: readonly Category[]
  onOpen: (target: CategoryTarget) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const edited = target?.type === 'edit' ? (categories.find((category) => category.id === target.id) ?? null) : null
  const shown = target?.type === 'new' || edited !== null
  return (
    <SideDrawer
      opened={shown}
      title={edited === null ? t('settings.newCategory') : categoryName(edited, language)}
      onClose={onClose}
      size={440}
    >
      {target?.type === 'new' ? (
        <CategoryForm
          key={`new ${target.parentId ?? 0}`}
          category={null}
          kind={target.kind}
          parentId={target.parentId}
          categories={categories}
          onDone={onClose}
        />
      ) : null}
      {edited === null ? null : (
        <div className="stack" key={edited.id}>
          <CategoryForm
            category={edited}
            kind={edited.kind}
            parentId={edited.parentId}
            categories={categories}
            onDone={onClose}
          />
          <CategoryMore category={edited} categories={categories} onOpen={onOpen} onClose={onClose} />
        </div>
      )}
    </SideDrawer>
  )
}
