import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Category } from '../../../shared/model/category.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useChange } from '../../app/queries.ts'
import { categoryName } from '../../components/categories.ts'

/** The names of a category in both languages, and where it lies. */
export function CategoryForm({
  category,
  kind,
  parentId,
  categories,
  onDone,
}: {
  category: Category | null
  kind: Category['kind']
  parentId: number | null
  categories: readonly Category[]
  onDone: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [nameZh, setNameZh] = useState(category?.nameZh ?? '')
  const [nameEn, setNameEn] = useState(category?.nameEn ?? '')
  const [inside, setInside] = useState(parentId)
  const create = useChange('category.create', { done: t('settings.categoryAdded'), undoable: true, onDone })
  const update = useChange('category.update', { done: t('settings.categorySaved'), undoable: true, onDone })
  const hasInside = category !== null && categories.some((one) => one.parentId === category.id)
  const parents = categories.filter(
    (one) =>
      one.kind === kind &&
      one.parentId === null &&
      one.id !== category?.id &&
      (!one.archived || one.id === category?.parentId),
  )
  const named = nameZh.trim() !== '' || nameEn.trim() !== ''
  const chinese = (
    <TextInput
      key="zh"
      label={t('settings.nameZh')}
      lang="zh-CN"
      autoComplete="off"
      maxLength={100}
      {...(language === 'zh-CN' ? { 'data-autofocus': true } : {})}
      value={nameZh}
      onChange={(event) => setNameZh(event.currentTarget.value)}
    />
  )
  const english = (
    <TextInput
      key="en"
      label={t('settings.nameEn')}
      lang="en"
      autoComplete="off"
      maxLength={100}
      {...(language === 'en' ? { 'data-autofocus': true } : {})}
      value={nameEn}
      onChange={(event) => setNameEn(event.currentTarget.value)}
    />
  )
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!named) return
        const names = { nameZh: nameZh.trim(), nameEn: nameEn.trim() }
        if (category === null) create.mutate({ kind, parentId: inside, ...names })
        else if (inside === category.parentId) update.mutate({ id: category.id, patch: names })
        else update.mutate({ id: category.id, patch: { ...names, parentId: inside } })
      }}
    >
      <div className="stack-tight">
        {language === 'zh-CN' ? [chinese, english] : [english, chinese]}
        <p className="muted small">{t('settings.oneNameEnough')}</p>
      </div>
      <Select
        label={t('settings.inCategory')}
        allowDeselect={false}
        searchable
        nothingFoundMessage={t('common.noMatches')}
        disabled={hasInside}
        {...(hasInside ? { description: t('settings.hasInside') } : {})}
        data={[
          { value: 'main', label: t('settings.mainCategory') },
          ...parents.map((one) => ({ value: String(one.id), label: categoryName(one, language) })),
        ]}
        value={inside === null ? 'main' : String(inside)}
        onChange={(next) => setInside(next === null || next === 'main' ? null : Number(next))}
      />
      <div className="inline-end">
        <Button type="submit" disabled={!named} loading={create.isPending || update.isPending}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}
