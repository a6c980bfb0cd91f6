import { Button, Switch } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Category } from '../../../shared/model/category.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'
import { Section } from '../../components/page.tsx'
import { Loaded } from '../../components/states.tsx'
import { CategoryDrawer, type CategoryTarget } from './category-drawer.tsx'
import { rowsOfKind } from './category-order.ts'
import { CategoryTree } from './category-tree.tsx'
import { useMoveCategory } from './move-category.ts'

const kinds = ['expense', 'income', 'transfer'] as const
const nothingOpen: ReadonlySet<number> = new Set()

/** All categories by kind: added, renamed, moved, archived, deleted. */
export function CategoriesSection() {
  const query = useCall('category.list', {})
  return <Loaded query={query}>{(categories) => <Kinds categories={categories} />}</Loaded>
}

function Kinds({ categories }: { categories: readonly Category[] }) {
  const { t } = useTranslation()
  const [archived, setArchived] = useState(false)
  const [target, setTarget] = useState<CategoryTarget | null>(null)
  const some = categories.some((category) => category.archived)
  return (
    <>
      <div className="spread settings-lead">
        <p className="muted">{t('settings.categoriesText')}</p>
        {some ? (
          <Switch
            size="xs"
            label={t('settings.showArchived')}
            checked={archived}
            onChange={(event) => setArchived(event.currentTarget.checked)}
          />
        ) : null}
      </div>
      {kinds.map((kind) => (
        <Kind key={kind} kind={kind} categories={categories} archived={archived} onOpen={setTarget} />
      ))}
      <CategoryDrawer target={target} categories={categories} onOpen={setTarget} onClose={() => setTarget(null)} />
    </>
  )
}

function Kind({
  kind,
  categories,
  archived,
  onOpen,
}: {
  kind: Category['kind']
  categories: readonly Category[]
  archived: boolean
  onOpen: (target: CategoryTarget) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const move = useMoveCategory(categories)
  const [opened, setOpened] = useState(nothingOpen)
  const isOpen = useCallback((id: number) => opened.has(id), [opened])
  const rows = useMemo(
    () => rowsOfKind(categories, kind, { language, archived, isOpen }),
    [categories, kind, language, archived, isOpen],
  )
  const toggle = (id: number, open: boolean) =>
    setOpened((now) => {
      const next = new Set(now)
      if (open) next.add(id)
      else next.delete(id)
      return next
    })
  const title = t(`settings.categoryKind.${kind}`)
  return (
    <Section
      title={title}
      flush={rows.length > 0}
      actions={
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => onOpen({ type: 'new', kind, parentId: null })}
        >
          {t('settings.addCategory')}
        </Button>
      }
    >
      {rows.length === 0 ? (
        <p className="muted">{t('settings.categoryEmpty')}</p>
      ) : (
        <CategoryTree
          label={title}
          rows={rows}
          isOpen={isOpen}
          onToggle={toggle}
          onEdit={({ category }) => onOpen({ type: 'edit', id: category.id })}
          onMove={({ category }, step) => void move(category.id, step)}
        />
      )}
    </Section>
  )
}
