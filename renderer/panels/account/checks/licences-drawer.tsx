import { Button, MultiSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CheckSettings, DepositInsurance } from '../../../../shared/model/check.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { useCall, useChange } from '../../../app/queries.ts'
import { SideDrawer } from '../../../components/side-drawer.tsx'
import { Badge } from '../../../components/small.tsx'
import { Loaded } from '../../../components/states.tsx'

type View = Pick<DepositInsurance, 'institutions' | 'licences'>

/** Which institutions count as one bank: what is known, and what the user knows better. */
export function LicenceChoice({ view }: { view: View }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  return (
    <div>
      <Button variant="subtle" size="compact-sm" color="gray" onClick={() => setOpened(true)}>
        {t('check.insurance.licences')}
      </Button>
      <SideDrawer opened={opened} title={t('check.insurance.licences')} onClose={() => setOpened(false)}>
        <Licences view={view} />
      </SideDrawer>
    </div>
  )
}

function Licences({ view }: { view: View }) {
  const { t } = useTranslation()
  const query = useCall('check.settings', {})
  return (
    <div className="stack">
      <p className="muted small">{t('check.insurance.licencesHint')}</p>
      <Loaded query={query}>{(settings) => <LicenceForm view={view} said={settings.sameBank} />}</Loaded>
    </div>
  )
}

function LicenceForm({ view, said }: { view: View; said: CheckSettings['sameBank'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const names = new Map((useCall('institution.list', {}).data ?? []).map(({ id, name }) => [id, name]))
  const [picked, setPicked] = useState<readonly string[]>([])
  const save = useChange('check.saveSettings', {
    done: t('check.insurance.licencesSaved'),
    undoable: true,
    onDone: () => setPicked([]),
  })
  const list = new Intl.ListFormat(language, { type: 'conjunction' })
  const named = (ids: readonly number[]) => list.format(ids.map((id) => names.get(id) ?? '?'))
  const set = (sameBank: number[][]) => save.mutate({ sameBank })
  const without = (ids: readonly number[]) => said.filter((group) => !group.some((id) => ids.includes(id)))
  return (
    <>
      {view.licences.length === 0 ? (
        <p>{t('check.insurance.noLicences')}</p>
      ) : (
        <ul className="check-licences">
          {view.licences.map(({ institutionIds, known }) => (
            <li key={institutionIds.join()} className="spread">
              <span className="two-lines">
                <span>{named(institutionIds)}</span>
                <span className="muted small">
                  {known === null
                    ? t(institutionIds.length === 1 ? 'check.insurance.apartByYou' : 'check.insurance.oneByYou')
                    : t('check.insurance.oneByTable', { holder: known.holder, source: known.source })}{' '}
                  {known === null || known.confirmed ? null : <Badge tone="attention">{t('check.unconfirmed')}</Badge>}
                </span>
              </span>
              {known === null ? (
                <Button
                  variant="subtle"
                  color="gray"
                  size="compact-sm"
                  aria-label={t('check.insurance.takeBackNamed', { name: named(institutionIds) })}
                  onClick={() => set(without(institutionIds))}
                >
                  {t('check.insurance.takeBack')}
                </Button>
              ) : (
                <Button
                  variant="subtle"
                  color="gray"
                  size="compact-sm"
                  aria-label={t('check.insurance.apartNamed', { name: named(institutionIds) })}
                  onClick={() => set([...said, ...institutionIds.map((id) => [id])])}
                >
                  {t('check.insurance.apart')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {view.institutions.length < 2 ? null : (
        <form
          className="stack-tight"
          onSubmit={(event) => {
            event.preventDefault()
            const ids = picked.map(Number)
            // what was said of one of them alone no longer holds
            set([...said.filter((group) => !(group.length === 1 && ids.includes(group[0] ?? 0))), ids])
          }}
        >
          <MultiSelect
            label={t('check.insurance.areOne')}
            description={t('check.insurance.areOneHint')}
            data={view.institutions.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={[...picked]}
            onChange={setPicked}
          />
          <div>
            <Button type="submit" disabled={picked.length < 2} loading={save.isPending}>
              {t('common.save')}
            </Button>
          </div>
        </form>
      )}
    </>
  )
}
