import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EmergencyFund } from '../../../../shared/model/check.ts'
import { useChange } from '../../../app/queries.ts'
import type { CategoryChoice } from '../../../components/categories.ts'
import { useCategories } from '../../../components/category-picker.tsx'
import { SideDrawer } from '../../../components/side-drawer.tsx'

/** Which categories the household cannot leave off; opens from the finding that it changes. */
export function EssentialChoice({ fund }: { fund: Pick<EmergencyFund, 'essentialIds' | 'chosen'> }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  return (
    <div>
      <Button variant="default" size="xs" onClick={() => setOpened(true)}>
        {t('check.emergency.choose')}
      </Button>
      <SideDrawer opened={opened} title={t('check.emergency.chooseTitle')} onClose={() => setOpened(false)}>
        <EssentialForm fund={fund} onDone={() => setOpened(false)} />
      </SideDrawer>
    </div>
  )
}

function EssentialForm({ fund, onDone }: { fund: Pick<EmergencyFund, 'essentialIds' | 'chosen'>; onDone: () => void }) {
  const { t } = useTranslation()
  const { choices } = useCategories()
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set(fund.essentialIds))
  const save = useChange('check.saveSettings', { done: t('check.emergency.chosen'), undoable: true, onDone })
  const spending = choices.filter(({ category }) => category.kind === 'expense')
  const parents = new Map(spending.map(({ category }) => [category.id, category.parentId]))
  const byParent = (id: number): boolean => {
    for (let at = parents.get(id) ?? null, depth = 0; at !== null && depth < 20; depth += 1) {
      if (ids.has(at)) return true
      at = parents.get(at) ?? null
    }
    return false
  }
  const toggle = ({ category: { id } }: CategoryChoice, on: boolean) => {
    const next = new Set(ids)
    if (on) next.add(id)
    else next.delete(id)
    setIds(next)
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ essentialCategoryIds: [...ids] })
      }}
    >
      <p className="muted small">{t('check.emergency.chooseHint')}</p>
      <fieldset className="stack-tight check-categories" aria-label={t('check.emergency.categories')}>
        {spending
          .filter(({ category, depth }) => !category.archived && depth < 3)
          .map((choice) => {
            const { category, name, depth, path } = choice
            const covered = byParent(category.id)
            return (
              <Checkbox
                key={category.id}
                className="check-category"
                wrapperProps={{ 'data-depth': depth }}
                size="sm"
                label={name}
                aria-label={path}
                checked={covered || ids.has(category.id)}
                disabled={covered}
                onChange={(event) => toggle(choice, event.currentTarget.checked)}
              />
            )
          })}
      </fieldset>
      <div className="inline">
        <Button type="submit" loading={save.isPending}>
          {t('common.save')}
        </Button>
        {fund.chosen ? (
          <Button variant="default" onClick={() => save.mutate({ essentialCategoryIds: null })}>
            {t('check.emergency.usual')}
          </Button>
        ) : null}
      </div>
    </form>
  )
}
