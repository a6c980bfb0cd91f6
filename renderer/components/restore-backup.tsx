import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useJob } from '../app/queries.ts'
import { usePickFiles } from '../app/pick-files.tsx'
import { useNotify } from './toast.tsx'
import { ErrorState, ProgressPanel } from './states.tsx'

/** Puts a backup in the vault's place; before the vault is open and from its settings. */
export function RestoreBackup() {
  const { t } = useTranslation()
  const notify = useNotify()
  const queries = useQueryClient()
  const pick = usePickFiles()
  const job = useJob('vault.restore')
  const start = async () => {
    const [chosen] = await pick({ many: false })
    if (chosen === undefined) return
    const status = await job.run({ file: chosen.file })
    if (status === null) return
    void queries.invalidateQueries({ queryKey: ['vault.status'] })
    notify.done(t('vault.restored'))
  }
  if (job.running) return <ProgressPanel progress={job.progress} onCancel={job.cancel} />
  return (
    <div className="stack-tight">
      {job.failure === null ? null : <ErrorState failure={job.failure} />}
      <button type="button" className="link-button small" onClick={() => void start()}>
        {t('vault.restore')}
      </button>
    </div>
  )
}
