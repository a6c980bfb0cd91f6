import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Account, accountClasses } from '../../../shared/model/account.ts'
import type { Owner } from '../../../shared/model/person.ts'
import { useChange } from '../../app/queries.ts'
import { OwnersField } from '../../components/owners-field.tsx'
import { useOwnerWords } from '../../components/people.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'

interface OwnersDrawerProps {
  readonly accounts: readonly Account[]
  readonly opened: boolean
  readonly onClose: () => void
}

/** The owners of many accounts at once. */
export function OwnersDrawer({ accounts, opened, onClose }: OwnersDrawerProps) {
  const { t } = useTranslation()
  return (
    <SideDrawer opened={opened} onClose={onClose} title={t('person.setOwners')}>
      <ManyOwners accounts={accounts} onClose={onClose} />
    </SideDrawer>
  )
}

function ManyOwners({ accounts, onClose }: { accounts: readonly Account[]; onClose: () => void }) {
  const { t } = useTranslation()
  const words = useOwnerWords()
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [owners, setOwners] = useState<readonly Owner[] | undefined>([])
  const save = useChange('person.setOwners', {
    done: t('person.ownersSaved', { count: chosen.size }),
    undoable: true,
    onDone: onClose,
  })
  const set = (ids: readonly number[], on: boolean) => {
    const next = new Set(chosen)
    for (const id of ids) {
      if (on) next.add(id)
      else next.delete(id)
    }
    setChosen(next)
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (owners !== undefined) save.mutate({ accountIds: [...chosen], owners: [...owners] })
      }}
    >
      <OwnersField value={owners ?? []} onChange={setOwners} />
      {accountClasses.map((accountClass) => {
        const rows = accounts.filter((account) => account.class === accountClass)
        if (rows.length === 0) return null
        const ids = rows.map(({ id }) => id)
        const some = ids.filter((id) => chosen.has(id)).length
        return (
          <fieldset key={accountClass} className="fieldset stack-tight">
            <legend>{t(`home.class.${accountClass}`)}</legend>
            {rows.length < 2 ? null : (
              <Checkbox
                label={t('person.allOfClass')}
                checked={some === ids.length}
                indeterminate={some > 0 && some < ids.length}
                onChange={(event) => set(ids, event.currentTarget.checked)}
              />
            )}
            {rows.map((account) => (
              <Checkbox
                key={account.id}
                label={account.name}
                description={words(account.owners)}
                checked={chosen.has(account.id)}
                onChange={(event) => set([account.id], event.currentTarget.checked)}
              />
            ))}
          </fieldset>
        )
      })}
      <div className="drawer-actions">
        <span />
        <span className="inline">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={chosen.size === 0 || owners === undefined} loading={save.isPending}>
            {chosen.size === 0 ? t('common.save') : t('person.setOwnersOf', { count: chosen.size })}
          </Button>
        </span>
      </div>
    </form>
  )
}
