import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type PickedFile, useClient } from '../../app/client-context.tsx'
import type { Failure } from '../../app/failure.ts'
import { usePickFiles } from '../../app/pick-files.tsx'
import { useJob } from '../../app/queries.ts'
import { Section } from '../../components/page.tsx'
import { Notice } from '../../components/small.tsx'
import { ProgressPanel } from '../../components/states.tsx'
import { useNotify } from '../../components/toast.tsx'

/** A backup in the place of the open vault: chosen, asked about, then done. */
export function RestoreSection() {
  const { t } = useTranslation()
  const client = useClient()
  const queries = useQueryClient()
  const notify = useNotify()
  const pick = usePickFiles()
  const [chosen, setChosen] = useState<PickedFile | null>(null)
  // by then the vault may be locked and this screen gone: a toast outlives it
  const onFailure = useCallback((failure: Failure) => notify.failed(failure), [notify])
  const job = useJob('vault.restore', onFailure)
  const choose = async () => {
    const [file] = await pick({ many: false })
    if (file !== undefined) setChosen(file)
  }
  const leave = (file: PickedFile) => {
    setChosen(null)
    client.call('file.release', { files: [file.file] }).catch(() => undefined)
  }
  const restore = async (file: PickedFile) => {
    const status = await job.run({ file: file.file })
    setChosen(null)
    await queries.invalidateQueries({ queryKey: ['vault.status'] })
    if (status !== null) notify.done(t('settings.restored'))
  }
  return (
    <Section title={t('settings.restore')} hint={t('settings.restoreText')}>
      {job.running ? (
        <ProgressPanel progress={job.progress} onCancel={() => job.cancel()} />
      ) : chosen === null ? (
        <Button variant="default" onClick={() => void choose()}>
          {t('settings.restoreChoose')}
        </Button>
      ) : (
        <Notice tone="attention">
          <div className="stack-tight">
            <strong className="setting-question">{t('settings.restoreAsk', { name: chosen.name })}</strong>
            <span>{t('settings.restoreAfter')}</span>
            <div className="inline">
              <Button color="red" size="xs" onClick={() => void restore(chosen)}>
                {t('settings.restoreGo')}
              </Button>
              <Button variant="default" size="xs" data-autofocus onClick={() => leave(chosen)}>
                {t('common.cancel')}
              </Button>
            </div>
          </div>
        </Notice>
      )}
    </Section>
  )
}
