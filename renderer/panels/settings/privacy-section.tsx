import { Button, Select } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppInfo } from '../../../shared/ipc/channels/host-channels.ts'
import { usePreferences } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { Section } from '../../components/page.tsx'
import { KeyHint } from '../../components/small.tsx'
import { ChangePassphraseDrawer } from './change-passphrase.tsx'
import { lockChoices } from './lock-choices.ts'
import { RecoveryKeyDrawer } from './new-recovery-key.tsx'
import { SettingRow, SwitchRow } from './setting-row.tsx'

export function PrivacySection({ info }: { info: AppInfo }) {
  const { t } = useTranslation()
  const { settings } = usePreferences()
  const save = useChange('settings.set')
  const [opened, setOpened] = useState<'passphrase' | 'recovery' | null>(null)
  const minutesText = (minutes: number) =>
    minutes === 0
      ? t('settings.never')
      : minutes % 60 === 0
        ? t('settings.hours', { count: minutes / 60 })
        : t('settings.minutes', { count: minutes })
  return (
    <>
      <Section title={t('settings.privacy')}>
        <SwitchRow
          name={
            <span className="inline">
              {t('settings.mask')} <KeyHint keys={['mod', 'shift', 'H']} />
            </span>
          }
          hint={t('settings.maskHint')}
          checked={settings.maskAmounts}
          onChange={(maskAmounts) => save.mutate({ maskAmounts })}
        />
      </Section>
      <Section title={t('settings.locking')}>
        <SettingRow name={t('settings.autoLock')} hint={t('settings.autoLockHint')}>
          {({ labelId, hintId }) => (
            <Select
              aria-labelledby={labelId}
              aria-describedby={hintId}
              allowDeselect={false}
              data={lockChoices(settings.autoLockMinutes).map((minutes) => ({
                value: String(minutes),
                label: minutesText(minutes),
              }))}
              value={String(settings.autoLockMinutes)}
              onChange={(next) => {
                if (next !== null) save.mutate({ autoLockMinutes: Number(next) })
              }}
            />
          )}
        </SettingRow>
        <SwitchRow
          name={t('settings.lockOnSleep')}
          hint={t(info.host === 'electron' ? 'settings.lockOnSleepHint' : 'settings.lockOnSleepBrowser')}
          checked={settings.lockOnSleep}
          onChange={(lockOnSleep) => save.mutate({ lockOnSleep })}
        />
      </Section>
      <Section title={t('settings.keys')}>
        <SettingRow name={t('settings.passphrase')} hint={t('settings.passphraseText')}>
          {() => (
            <Button variant="default" fullWidth onClick={() => setOpened('passphrase')}>
              {t('settings.changePassphrase')}
            </Button>
          )}
        </SettingRow>
        <SettingRow name={t('settings.recovery')} hint={t('settings.recoveryText')}>
          {() => (
            <Button variant="default" fullWidth onClick={() => setOpened('recovery')}>
              {t('settings.newRecovery')}
            </Button>
          )}
        </SettingRow>
        <KeychainRow />
      </Section>
      <ChangePassphraseDrawer opened={opened === 'passphrase'} onClose={() => setOpened(null)} />
      <RecoveryKeyDrawer opened={opened === 'recovery'} onClose={() => setOpened(null)} />
    </>
  )
}

/** Only where the system has a keychain that is worth the name. */
function KeychainRow() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const keychain = useCall('vault.status', {}).data?.keychain
  const set = useChange('vault.setKeychain', {
    done: (status) => t(status.keychain.enabled ? 'settings.keychainOn' : 'settings.keychainOff'),
    onDone: (status) => queries.setQueryData(['vault.status', {}], status),
  })
  if (keychain?.available !== true) return null
  return (
    <SwitchRow
      name={t('settings.keychain')}
      hint={t('settings.keychainHint')}
      checked={keychain.enabled}
      disabled={set.isPending}
      onChange={(enabled) => set.mutate({ enabled })}
    />
  )
}
