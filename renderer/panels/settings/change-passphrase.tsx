import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange } from '../../app/queries.ts'
import { NewPassphrase } from '../../components/new-passphrase.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { ErrorState } from '../../components/states.tsx'
import { usePassphraseTrouble } from './passphrase-trouble.ts'

export function ChangePassphraseDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <SideDrawer opened={opened} title={t('settings.changePassphrase')} onClose={onClose} size={440}>
      <ChangeForm onDone={onClose} />
    </SideDrawer>
  )
}

function ChangeForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState<string | null>(null)
  const change = useChange('vault.changePassphrase', {
    done: t('settings.passphraseChanged'),
    quiet: true,
    onDone,
  })
  const { atField, other } = usePassphraseTrouble(change.error)
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (next !== null) change.mutate({ current, next })
      }}
    >
      <p className="muted">{t('settings.changePassphraseText')}</p>
      <PasswordInput
        label={t('settings.currentPassphrase')}
        autoComplete="current-password"
        data-autofocus
        value={current}
        maxLength={1024}
        visibilityToggleButtonProps={{ 'aria-label': t('vault.show') }}
        error={atField}
        onChange={(event) => {
          setCurrent(event.currentTarget.value)
          if (change.isError) change.reset()
        }}
      />
      <NewPassphrase label={t('settings.newPassphrase')} onChange={setNext} />
      {other === null ? null : <ErrorState failure={other} />}
      <div className="inline-end">
        <Button type="submit" disabled={current === '' || next === null} loading={change.isPending}>
          {t('settings.changePassphrase')}
        </Button>
      </div>
    </form>
  )
}
