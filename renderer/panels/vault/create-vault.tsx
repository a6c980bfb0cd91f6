import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseCurrencyCode } from '../../../shared/domain/currency.ts'
import { failureOf } from '../../app/failure.ts'
import { useLanguage } from '../../app/preferences.tsx'
import type { PickedFile } from '../../app/client-context.tsx'
import { useChange, useJob } from '../../app/queries.ts'
import { CurrencyField } from '../../components/fields.tsx'
import { ErrorState, ProgressPanel } from '../../components/states.tsx'
import { FromExport } from './from-export.tsx'
import { LockFrame, Mark } from './lock-frame.tsx'
import { NewPassphrase } from '../../components/new-passphrase.tsx'
import { RestoreBackup } from '../../components/restore-backup.tsx'

/** The first screen of a new user: what this is, in one sentence, and the vault's passphrase. */
export function CreateVault({ onCreated }: { onCreated: (recoveryKey: string) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [currency, setCurrency] = useState(parseCurrencyCode(language === 'zh-CN' ? 'CNY' : 'EUR'))
  const [passphrase, setPassphrase] = useState<string | null>(null)
  const create = useChange('vault.create', { quiet: true, onDone: ({ recoveryKey }) => onCreated(recoveryKey) })
  const [file, setFile] = useState<PickedFile | null>(null)
  const refill = useJob('vault.createFromExport')
  const fill = async (chosen: PickedFile, secret: string) => {
    const made = await refill.run({ passphrase: secret, file: chosen.file })
    if (made !== null) onCreated(made.recoveryKey)
  }
  return (
    <LockFrame
      aside={
        <>
          <Mark size={48} />
          <p className="lock-name">
            一本账 <span>Onebook</span>
          </p>
          <p className="lock-claim">{t('vault.welcomeTitle')}</p>
          <p className="lock-claim-text">{t('vault.welcomeText')}</p>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (passphrase === null) return
          if (file === null) create.mutate({ passphrase, baseCurrency: currency })
          else void fill(file, passphrase)
        }}
      >
        <div>
          <h1>{t('vault.create')}</h1>
          <p className="muted">{t('vault.createText')}</p>
        </div>
        <NewPassphrase onChange={setPassphrase} />
        {file === null ? (
          <CurrencyField
            label={t('vault.baseCurrency')}
            description={t('vault.baseCurrencyHint')}
            value={currency}
            onChange={setCurrency}
          />
        ) : (
          <FromExport file={file} onChange={setFile} />
        )}
        {create.isError ? <ErrorState failure={failureOf(create.error)} /> : null}
        {refill.failure === null ? null : <ErrorState failure={refill.failure} />}
        {refill.running ? <ProgressPanel progress={refill.progress} onCancel={refill.cancel} /> : null}
        <Button type="submit" disabled={passphrase === null || refill.running} loading={create.isPending}>
          {t('vault.createAction')}
        </Button>
        <p className="faint small">{t('vault.sampleHint')}</p>
        <RestoreBackup />
        {file === null ? <FromExport file={null} onChange={setFile} /> : null}
      </form>
    </LockFrame>
  )
}
