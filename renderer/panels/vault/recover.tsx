import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { failureOf } from '../../app/failure.ts'
import { useChange } from '../../app/queries.ts'
import { ErrorState } from '../../components/states.tsx'
import { LockFrame } from './lock-frame.tsx'
import { NewPassphrase } from '../../components/new-passphrase.tsx'

/** In with the printed key; it asks for a new passphrase in the same step, for the old one is lost. */
export function Recover({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [recoveryKey, setRecoveryKey] = useState('')
  const [passphrase, setPassphrase] = useState<string | null>(null)
  const recover = useChange('vault.unlockWithRecoveryKey', {
    quiet: true,
    onDone: () => void queries.invalidateQueries({ queryKey: ['vault.status'] }),
  })
  const failure = recover.isError ? failureOf(recover.error) : null
  const wrong = failure?.code === 'invalid-input' || failure?.code === 'wrong-passphrase'
  return (
    <LockFrame>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (passphrase !== null) recover.mutate({ recoveryKey, newPassphrase: passphrase })
        }}
      >
        <div>
          <h1>{t('vault.recoverTitle')}</h1>
          <p className="muted">{t('vault.recoverText')}</p>
        </div>
        <TextInput
          label={t('vault.recoveryKey')}
          placeholder="XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX"
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: 'mono' }}
          value={recoveryKey}
          maxLength={200}
          error={wrong ? t('vault.recoverInvalid') : undefined}
          onChange={(event) => setRecoveryKey(event.currentTarget.value)}
        />
        <NewPassphrase label={t('vault.newPassphrase')} onChange={setPassphrase} />
        {failure === null || wrong ? null : <ErrorState failure={failure} />}
        <Button type="submit" loading={recover.isPending} disabled={passphrase === null || recoveryKey.trim() === ''}>
          {t('vault.recoverAction')}
        </Button>
        <button type="button" className="link-button small" onClick={onBack}>
          {t('vault.backToUnlock')}
        </button>
      </form>
    </LockFrame>
  )
}
