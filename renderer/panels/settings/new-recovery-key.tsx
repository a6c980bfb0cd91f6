import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useChange } from '../../app/queries.ts'
import { RecoveryKey } from '../../components/recovery-key.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { Notice } from '../../components/small.tsx'
import { ErrorState } from '../../components/states.tsx'
import { useNotify } from '../../components/toast.tsx'
import { usePassphraseTrouble } from './passphrase-trouble.ts'

/** Asks for the passphrase, then shows a new recovery key once. */
export function RecoveryKeyDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const notify = useNotify()
  const name = useCall('vault.status', {}).data?.name ?? ''
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null)
  const [leaving, setLeaving] = useState(false)
  const close = () => {
    setRecoveryKey(null)
    setLeaving(false)
    onClose()
  }
  return (
    <SideDrawer
      opened={opened}
      title={t(recoveryKey === null ? 'settings.newRecovery' : 'vault.recoveryTitle')}
      onClose={() => {
        // once made, the old key is dead: only the proof that the new one was kept ends this
        if (recoveryKey === null) close()
        else setLeaving(true)
      }}
      size={480}
    >
      {recoveryKey === null ? (
        <AskPassphrase onMade={setRecoveryKey} />
      ) : (
        <div className="stack">
          {leaving ? (
            <div role="alert">
              <Notice tone="attention">{t('settings.recoveryLeaving')}</Notice>
            </div>
          ) : null}
          <RecoveryKey
            heading={false}
            recoveryKey={recoveryKey}
            name={name}
            onKept={() => {
              close()
              notify.done(t('settings.recoveryKept'))
            }}
          />
        </div>
      )}
    </SideDrawer>
  )
}

function AskPassphrase({ onMade }: { onMade: (recoveryKey: string) => void }) {
  const { t } = useTranslation()
  const [passphrase, setPassphrase] = useState('')
  const make = useChange('vault.newRecoveryKey', {
    quiet: true,
    onDone: ({ recoveryKey }) => onMade(recoveryKey),
  })
  const { atField, other } = usePassphraseTrouble(make.error)
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        make.mutate({ passphrase })
      }}
    >
      <p className="muted">{t('settings.newRecoveryText')}</p>
      <PasswordInput
        label={t('settings.currentPassphrase')}
        autoComplete="current-password"
        data-autofocus
        value={passphrase}
        maxLength={1024}
        visibilityToggleButtonProps={{ 'aria-label': t('vault.show') }}
        error={atField}
        onChange={(event) => {
          setPassphrase(event.currentTarget.value)
          if (make.isError) make.reset()
        }}
      />
      {other === null ? null : <ErrorState failure={other} />}
      <div className="inline-end">
        <Button type="submit" disabled={passphrase === ''} loading={make.isPending}>
          {t('settings.makeRecovery')}
        </Button>
      </div>
    </form>
  )
}
