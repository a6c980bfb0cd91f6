import { Button, PasswordInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VaultStatus } from '../../../shared/ipc/channels/vault-channels.ts'
import { failureOf } from '../../app/failure.ts'
import { useChange } from '../../app/queries.ts'
import { ErrorState } from '../../components/states.tsx'
import { useNotify } from '../../components/toast.tsx'
import { LockFrame, Mark } from './lock-frame.tsx'

/** Seconds still to wait, counted down here from what the core said. */
function useWait(status: VaultStatus): number {
  const [seconds, setSeconds] = useState(Math.ceil(status.waitMilliseconds / 1000))
  const [seen, setSeen] = useState(status)
  if (seen !== status) {
    setSeen(status)
    setSeconds(Math.ceil(status.waitMilliseconds / 1000))
  }
  useEffect(() => {
    if (seconds <= 0) return undefined
    const timer = setTimeout(() => setSeconds((now) => now - 1), 1000)
    return () => clearTimeout(timer)
  }, [seconds])
  return seconds
}

export function Unlock({ status, onForgot }: { status: VaultStatus; onForgot: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [passphrase, setPassphrase] = useState('')
  const seconds = useWait(status)
  const refresh = () => void queries.invalidateQueries({ queryKey: ['vault.status'] })
  const unlock = useChange('vault.unlock', { quiet: true, onDone: refresh })
  const keychain = useChange('vault.unlockWithKeychain', { quiet: true, onDone: refresh })
  const failure = unlock.isError ? failureOf(unlock.error) : keychain.isError ? failureOf(keychain.error) : null
  const { clear } = useNotify()
  // what was said of the open vault is nobody's business now, and nothing can be taken back
  useEffect(clear, [clear])
  const wrong = failure?.code === 'wrong-passphrase'
  return (
    <LockFrame>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (passphrase === '') return
          unlock.mutate({ passphrase }, { onError: refresh, onSuccess: () => setPassphrase('') })
        }}
      >
        <div className="lock-title">
          <Mark />
          <div>
            <h1>{t('vault.unlockTitle')}</h1>
            <p className="muted">{t('vault.unlockText', { name: status.name })}</p>
          </div>
        </div>
        <PasswordInput
          label={t('vault.passphrase')}
          autoComplete="current-password"
          data-autofocus
          ref={(element) => {
            if (element !== null && document.activeElement === document.body) element.focus()
          }}
          value={passphrase}
          maxLength={1024}
          disabled={seconds > 0}
          visibilityToggleButtonProps={{ 'aria-label': t('vault.show') }}
          error={seconds > 0 ? t('vault.wait', { count: seconds }) : wrong ? t('vault.wrong') : undefined}
          onChange={(event) => {
            setPassphrase(event.currentTarget.value)
            if (unlock.isError) unlock.reset()
          }}
        />
        {failure === null || wrong ? null : <ErrorState failure={failure} />}
        <Button type="submit" loading={unlock.isPending} disabled={passphrase === '' || seconds > 0}>
          {t('vault.unlock')}
        </Button>
        {status.keychain.available && status.keychain.enabled ? (
          <Button variant="default" loading={keychain.isPending} onClick={() => keychain.mutate({})}>
            {t('vault.withKeychain')}
          </Button>
        ) : null}
        <button type="button" className="link-button small" onClick={onForgot}>
          {t('vault.forgot')}
        </button>
      </form>
    </LockFrame>
  )
}
