import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { IconDatabaseExport } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../app/preferences.tsx'
import { useCall, useChange, useJob } from '../../app/queries.ts'
import { Section } from '../../components/page.tsx'
import { EmptyState, ErrorState, Loaded, ProgressPanel } from '../../components/states.tsx'
import { useNotify } from '../../components/toast.tsx'
import { BackupsTable } from './backups-table.tsx'
import { RestoreSection } from './restore-section.tsx'
import { useSaveBackup } from './save-backup.ts'
import { SwitchRow } from './setting-row.tsx'

export function BackupsSection() {
  const { t } = useTranslation()
  const { settings } = usePreferences()
  const notify = useNotify()
  const queries = useQueryClient()
  const save = useChange('settings.set')
  const list = useCall('vault.listBackups', {})
  const job = useJob('vault.backup')
  const copy = useSaveBackup()
  const refresh = useCallback(() => queries.invalidateQueries({ queryKey: ['vault.listBackups'] }), [queries])
  const backUp = async () => {
    const made = await job.run({})
    await refresh()
    if (made !== null) notify.done(t('settings.backupDone'))
  }
  const button = (variant: 'default' | 'filled') => (
    <Button variant={variant} disabled={job.running} onClick={() => void backUp()}>
      {t('settings.backupNow')}
    </Button>
  )
  const some = (list.data?.length ?? 0) > 0
  return (
    <>
      <Section>
        <SwitchRow
          name={t('settings.automaticBackups')}
          hint={t('settings.automaticBackupsHint')}
          checked={settings.automaticBackups}
          onChange={(automaticBackups) => save.mutate({ automaticBackups })}
        />
      </Section>
      {job.running ? <ProgressPanel progress={job.progress} onCancel={() => job.cancel()} /> : null}
      {job.failure === null ? null : <ErrorState failure={job.failure} onRetry={() => void backUp()} />}
      {copy.progress === null ? null : (
        <ProgressPanel progress={copy.progress} title={t('settings.savingCopy')} onCancel={() => copy.cancel()} />
      )}
      <Section
        title={t('settings.backups')}
        hint={t('settings.backupsHint')}
        actions={some ? button('default') : undefined}
        flush={some}
      >
        <Loaded query={list}>
          {(backups) =>
            backups.length === 0 ? (
              <EmptyState
                icon={<IconDatabaseExport size={28} stroke={1.4} />}
                title={t('settings.backupNone')}
                action={button('filled')}
              >
                {t('settings.backupNoneText')}
              </EmptyState>
            ) : (
              <BackupsTable
                backups={backups}
                busy={copy.progress !== null}
                onSave={(backup) => void copy.save(backup)}
              />
            )
          }
        </Loaded>
      </Section>
      <RestoreSection />
    </>
  )
}
