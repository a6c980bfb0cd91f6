import type { UseQueryResult } from '@tanstack/react-query'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Router } from 'wouter'
import type { AppInfo } from '../../shared/ipc/channels/host-channels.ts'
import type { VaultStatus } from '../../shared/ipc/channels/vault-channels.ts'
import { Waiting } from '../components/states.tsx'
import { ErrorState } from '../components/states.tsx'
import { LockFrame } from '../panels/vault/lock-frame.tsx'
import { RecoveryKey } from '../components/recovery-key.tsx'
import { VaultGate } from '../panels/vault/vault-gate.tsx'
import { useClient } from './client-context.tsx'
import { failureOf } from './failure.ts'
import { hashRouting } from './hash-address.ts'
import { usePreferences } from './preferences.tsx'
import { Shell } from './shell.tsx'

const touchEvery = 20_000

/** Tells the host of input, for its idle timer: at most every twenty seconds. */
function useTouch(): void {
  const client = useClient()
  useEffect(() => {
    let last = 0
    const touch = () => {
      const now = performance.now()
      if (now - last < touchEvery) return
      last = now
      client.call('app.touch', {}).catch(() => undefined)
    }
    window.addEventListener('pointerdown', touch)
    window.addEventListener('keydown', touch)
    window.addEventListener('wheel', touch, { passive: true })
    return () => {
      window.removeEventListener('pointerdown', touch)
      window.removeEventListener('keydown', touch)
      window.removeEventListener('wheel', touch)
    }
  }, [client])
}

/** The gate, the recovery key just after creation, or the app. */
export function Root({ info, status }: { info: AppInfo; status: UseQueryResult<VaultStatus> }) {
  useTouch()
  const queries = useQueryClient()
  const { baseCurrency } = usePreferences()
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null)
  if (status.data === undefined) {
    return status.isError ? (
      <LockFrame>
        <ErrorState failure={failureOf(status.error)} onRetry={() => void status.refetch()} />
      </LockFrame>
    ) : (
      <Waiting />
    )
  }
  if (recoveryKey !== null) {
    return (
      <LockFrame>
        <RecoveryKey recoveryKey={recoveryKey} name={status.data.name} onKept={() => setRecoveryKey(null)} />
      </LockFrame>
    )
  }
  if (status.data.state !== 'open') {
    return (
      <VaultGate
        status={status.data}
        onCreated={(key) => {
          setRecoveryKey(key)
          void queries.invalidateQueries({ queryKey: ['vault.status'] })
        }}
      />
    )
  }
  if (baseCurrency === null) return <Waiting />
  return (
    <Router {...hashRouting}>
      <Shell info={info} demo={info.demo || status.data.demo} />
    </Router>
  )
}
