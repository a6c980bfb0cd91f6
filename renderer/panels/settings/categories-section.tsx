import { Button, Select, Switch, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Category, categoryKinds } from '../../../shared/model/category.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useChange } from '../../app/queries.ts'
import { categoryName } from '../../components/categories.ts'
import { CategoryPicker, useCategories } from '../../components/category-picker.tsx'
import { Section } from '../../components/page.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { Badge, ConfirmInline } from '../../components/small.tsx'

type Editing = { category: Category | null; parentId: number | null; kind: Category['kind'] }

/** The tree of categories: add, rename, move, put out of use, delete with a replacement. */
export function CategoriesSection() {
  const { t } = useTranslation()
  const { choices } = useCategories()
  const [showArchived, setShowArchived] = useState(false)
  const [editing, setEditing] = useState<Editing | null>(null)
  const shown = choices.filter(({ category }) => showArchived || !category.archived)
  return (
    <Section
      flush
      title={t('settings.sections.categories')}
      hint={t('settings.categoriesHint')}
      actions={
        <>
          {choices.some(({ category }) => category.archived) ? (
            <Switch
              size="xs"
              label={t('settings.showArchived')}
              checked={showArchived}
              onChange={(event) => setShowArchived(event.currentTarget.checked)}
            />
          ) : null}
          <Button
            leftSection={<IconPlus size={16} />}
            onClick={() => setEditing({ category: null, parentId: null, kind: 'expense' })}
          >
            {t('settings.addCategory')}
          </Button>
        </>
      }
    >
      <ul className="tree">
        {shown.map(({ category, name, depth }) => (
          <li key={category.id} className="tree-row" style={{ paddingInlineStart: 16 + depth * 22 }}>
            <button
              type="button"
              className="tree-name clip"
              data-depth={depth}
              onClick={() => setEditing({ category, parentId: category.parentId, kind: category.kind })}
            >
              {name}
            </button>
            {category.archived ? <Badge>{t('settings.archived')}</Badge> : null}
            {depth === 0 ? <span className="faint small">{t(`settings.kinds.${category.kind}`)}</span> : null}
            {depth < 3 ? (
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                className="tree-action"
                onClick={() => setEditing({ category: null, parentId: category.id, kind: category.kind })}
              >
                {t('settings.addChild')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <SideDrawer
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={t(editing?.category === null ? 'settings.addCategory' : 'settings.rename')}
        size={420}
      >
        {editing === null ? null : (
          <CategoryForm key={editing.category?.id ?? 'new'} editing={editing} onDone={() => setEditing(null)} />
        )}
      </SideDrawer>
    </Section>
  )
}

function CategoryForm({ editing, onDone }: { editing: Editing; onDone: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { category } = editing
  const [nameZh, setNameZh] = useState(category?.nameZh ?? '')
  const [nameEn, setNameEn] = useState(category?.nameEn ?? '')
  const [parentId, setParentId] = useState(editing.parentId)
  const [kind, setKind] = useState(editing.kind)
  const [replaceWithId, setReplaceWithId] = useState<number | null>(null)
  const done = { done: t('settings.categorySaved'), undoable: true, onDone }
  const create = useChange('category.create', done)
  const update = useChange('category.update', done)
  const remove = useChange('category.delete', { done: t('settings.categoryDeleted'), undoable: true, onDone })
  const usable = nameZh.trim() !== '' || nameEn.trim() !== ''
  const names = [
    <TextInput
      key="zh"
      label={t('settings.nameZh')}
      value={nameZh}
      maxLength={500}
      onChange={(event) => setNameZh(event.currentTarget.value)}
    />,
    <TextInput
      key="en"
      label={t('settings.nameEn')}
      value={nameEn}
      maxLength={500}
      onChange={(event) => setNameEn(event.currentTarget.value)}
    />,
  ]
  return (
    <div className="stack">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!usable) return
          if (category === null) create.mutate({ parentId, kind, nameZh, nameEn })
          else update.mutate({ id: category.id, patch: { nameZh, nameEn, parentId } })
        }}
      >
        {language === 'zh-CN' ? names : names.toReversed()}
        <CategoryPicker
          label={t('settings.parent')}
          value={parentId}
          {...(category === null ? {} : { exclude: category.id })}
          onChange={setParentId}
        />
        {category === null && parentId === null ? (
          <Select
            label={t('settings.kind')}
            allowDeselect={false}
            value={kind}
            data={categoryKinds.map((one) => ({ value: one, label: t(`settings.kinds.${one}`) }))}
            onChange={(value) => setKind(categoryKinds.find((one) => one === value) ?? 'expense')}
          />
        ) : null}
        <div className="inline-end">
          {category === null ? null : (
            <Button
              variant="subtle"
              color="gray"
              onClick={() => update.mutate({ id: category.id, patch: { archived: !category.archived } })}
            >
              {t(category.archived ? 'settings.unarchive' : 'settings.archive')}
            </Button>
          )}
          <Button type="submit" disabled={!usable} loading={create.isPending || update.isPending}>
            {t('common.save')}
          </Button>
        </div>
      </form>
      {category === null ? null : (
        <fieldset className="fieldset">
          <legend>{t('settings.deleteCategory', { name: categoryName(category, language) })}</legend>
          <CategoryPicker
            label={t('settings.replaceWith')}
            placeholder={t('account.uncategorised')}
            value={replaceWithId}
            exclude={category.id}
            onChange={setReplaceWithId}
          />
          <div>
            <ConfirmInline
              label={t('common.delete')}
              busy={remove.isPending}
              onConfirm={() => remove.mutate({ id: category.id, replaceWithId })}
            />
          </div>
        </fieldset>
      )}
    </div>
  )
}
