import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseCurrencyCode } from '../../../shared/domain/currency.ts'
import { failureOf } from '../../app/failure.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useChange } from '../../app/queries.ts'
import { CurrencyField } from '../../components/fields.tsx'
import { ErrorState } from '../../components/states.tsx'
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
          if (passphrase !== null) create.mutate({ passphrase, baseCurrency: currency })
        }}
      >
        <div>
          <h1>{t('vault.create')}</h1>
          <p className="muted">{t('vault.createText')}</p>
        </div>
        <NewPassphrase onChange={setPassphrase} />
        <CurrencyField
          label={t('vault.baseCurrency')}
          description={t('vault.baseCurrencyHint')}
          value={currency}
          onChange={setCurrency}
        />
        {create.isError ? <ErrorState failure={failureOf(create.error)} /> : null}
        <Button type="submit" disabled={passphrase === null} loading={create.isPending}>
          {t('vault.createAction')}
        </Button>
        <p className="faint small">{t('vault.sampleHint')}</p>
        <RestoreBackup />
      </form>
    </LockFrame>
  )
}
