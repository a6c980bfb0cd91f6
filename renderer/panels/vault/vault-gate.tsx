import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VaultStatus } from '../../../shared/ipc/channels/vault-channels.ts'
import { CreateVault } from './create-vault.tsx'
import { LockFrame, Mark } from './lock-frame.tsx'
import { Recover } from './recover.tsx'
import { RestoreBackup } from '../../components/restore-backup.tsx'
import { Unlock } from './unlock.tsx'
import { textOr } from '../../i18n/texts.ts'

/** What stands before an open vault, by its state. */
export function VaultGate({ status, onCreated }: { status: VaultStatus; onCreated: (recoveryKey: string) => void }) {
  const [recovering, setRecovering] = useState(false)
  const { state } = status
  if (state === 'absent') return <CreateVault onCreated={onCreated} />
  if (state !== 'locked' && state !== 'open') return <Trouble status={status} state={state} />
  if (recovering) return <Recover onBack={() => setRecovering(false)} />
  return <Unlock status={status} onForgot={() => setRecovering(true)} />
}

function Trouble({ status, state }: { status: VaultStatus; state: 'missing-keys' | 'damaged' | 'too-new' | 'in-use' }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return (
    <LockFrame>
      <div className="stack">
        <div className="lock-title">
          <Mark />
          <h1>{t(`vault.state.${state}.title`)}</h1>
        </div>
        <p>
          {t(`vault.state.${state}.text`, {
            name: status.name,
            holder: textOr(`vault.holder.${status.holder ?? ''}`, t('vault.anotherWindow')),
          })}
        </p>
        <Button variant="default" onClick={() => void queries.invalidateQueries({ queryKey: ['vault.status'] })}>
          {t('vault.checkAgain')}
        </Button>
        {state === 'damaged' || state === 'missing-keys' ? <RestoreBackup /> : null}
      </div>
    </LockFrame>
  )
}
