import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/ipc/contract.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { formatInstant } from '../../format/date-format.ts'
import { formatBytes } from '../../format/number-format.ts'

export type Backup = OutputOf<'vault.listBackups'>[number]

export function BackupsTable({
  backups,
  busy,
  onSave,
}: {
  backups: readonly Backup[]
  busy: boolean
  onSave: (backup: Backup) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const columns = useMemo<readonly Column<Backup>[]>(
    () => [
      {
        key: 'made',
        title: t('settings.made'),
        sortBy: (backup) => backup.createdAt,
        cell: (backup) => <span className="numeric">{formatInstant(backup.createdAt, language)}</span>,
      },
      { key: 'kind', title: t('settings.kind'), cell: (backup) => t(`settings.backupKind.${backup.kind}`) },
      {
        key: 'size',
        title: t('settings.size'),
        align: 'end',
        sortBy: (backup) => backup.bytes,
        cell: (backup) => formatBytes(backup.bytes, language),
      },
      {
        key: 'save',
        title: t('settings.saveCopy'),
        hideTitle: true,
        align: 'end',
        width: '140px',
        cell: (backup) => (
          <Button
            variant="subtle"
            size="compact-sm"
            className="row-action"
            disabled={busy}
            aria-label={t('settings.saveCopyOf', { date: formatInstant(backup.createdAt, language) })}
            onClick={() => onSave(backup)}
          >
            {t('settings.saveCopy')}
          </Button>
        ),
      },
    ],
    [t, language, busy, onSave],
  )
  return (
    <DataTable label={t('settings.backups')} columns={columns} rows={backups} rowKey={(backup) => backup.name} dense />
  )
}
