import { Button, NativeSelect, PasswordInput, Switch } from '@mantine/core'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppInfo } from '../../../shared/ipc/channels/host-channels.ts'
import { failureOf } from '../../app/failure.ts'
import { usePreferences } from '../../app/preferences.tsx'
import { useCall, useChange, useJob } from '../../app/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { NewPassphrase } from '../../components/new-passphrase.tsx'
import { Section } from '../../components/page.tsx'
import { RecoveryKey } from '../../components/recovery-key.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { Notice } from '../../components/small.tsx'
import { ErrorState, ProgressPanel } from '../../components/states.tsx'
import { formatCount } from '../../format/number-format.ts'
import { SettingRow } from './setting-row.tsx'

const minutes = [1, 2, 5, 10, 15, 30, 60, 120, 240]

/** When the vault locks, what opens it, and whether it is whole. */
export function SecuritySection({ info }: { info: AppInfo }) {
  const { t } = useTranslation()
  const { settings } = usePreferences()
  const [drawer, setDrawer] = useState<'passphrase' | 'recovery' | null>(null)
  const save = useChange('settings.set')
  const status = useCall('vault.status', {}).data
  const keychain = useChange('vault.setKeychain')
  const close = useCallback(() => setDrawer(null), [])
  return (
    <>
      <Section title={t('settings.sections.security')}>
        <SettingRow name={t('settings.autoLock')}>
          <NativeSelect
            aria-label={t('settings.autoLock')}
            value={String(settings.autoLockMinutes)}
            data={[
              ...minutes.map((count) => ({ value: String(count), label: t('settings.autoLockMinutes', { count }) })),
              { value: '0', label: t('settings.autoLockNever') },
            ]}
            onChange={(event) => save.mutate({ autoLockMinutes: Number(event.currentTarget.value) })}
          />
        </SettingRow>
        {info.host === 'electron' ? (
          <SettingRow name={t('settings.lockOnSleep')}>
            <Switch
              aria-label={t('settings.lockOnSleep')}
              checked={settings.lockOnSleep}
              onChange={(event) => save.mutate({ lockOnSleep: event.currentTarget.checked })}
            />
          </SettingRow>
        ) : null}
        <SettingRow
          name={t('settings.keychain')}
          hint={t(status?.keychain.available === true ? 'settings.keychainHint' : 'settings.keychainNone')}
        >
          <Switch
            aria-label={t('settings.keychain')}
            disabled={status?.keychain.available !== true}
            checked={status?.keychain.enabled ?? false}
            onChange={(event) => keychain.mutate({ enabled: event.currentTarget.checked })}
          />
        </SettingRow>
        <SettingRow name={t('settings.changePassphrase')}>
          <Button variant="default" onClick={() => setDrawer('passphrase')}>
            {t('settings.changeAction')}
          </Button>
        </SettingRow>
        <SettingRow name={t('settings.newRecoveryKey')} hint={t('settings.newRecoveryKeyHint')}>
          <Button variant="default" onClick={() => setDrawer('recovery')}>
            {t('settings.newRecoveryKeyAction')}
          </Button>
        </SettingRow>
      </Section>
      <Verify />
      <SideDrawer
        opened={drawer === 'passphrase'}
        onClose={close}
        title={t('settings.changePassphrase')}
        size={440}
      >
        <ChangePassphrase onDone={close} />
      </SideDrawer>
      <SideDrawer opened={drawer === 'recovery'} onClose={close} title={t('settings.newRecoveryKey')} size={480}>
        <NewRecoveryKey name={status?.name ?? ''} onDone={close} />
      </SideDrawer>
    </>
  )
}

function ChangePassphrase({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState<string | null>(null)
  const change = useChange('vault.changePassphrase', {
    quiet: true,
    done: t('settings.passphraseChanged'),
    onDone,
  })
  const failure = change.isError ? failureOf(change.error) : null
  const wrong = failure?.code === 'wrong-passphrase'
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (next !== null) change.mutate({ current, next })
      }}
    >
      <PasswordInput
        label={t('settings.currentPassphrase')}
        autoComplete="current-password"
        value={current}
        maxLength={1024}
        data-autofocus
        visibilityToggleButtonProps={{ 'aria-label': t('vault.show') }}
        error={wrong ? t('settings.wrong') : undefined}
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      <NewPassphrase label={t('settings.newPassphrase')} onChange={setNext} />
      {failure === null || wrong ? null : <ErrorState failure={failure} />}
      <Button type="submit" disabled={current === '' || next === null} loading={change.isPending}>
        {t('settings.changePassphrase')}
      </Button>
    </form>
  )
}

function NewRecoveryKey({ name, onDone }: { name: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [passphrase, setPassphrase] = useState('')
  const make = useChange('vault.newRecoveryKey', { quiet: true })
  const failure = make.isError ? failureOf(make.error) : null
  const wrong = failure?.code === 'wrong-passphrase'
  if (make.data !== undefined) return <RecoveryKey recoveryKey={make.data.recoveryKey} name={name} onKept={onDone} />
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        make.mutate({ passphrase })
      }}
    >
      <Notice tone="attention">{t('settings.newRecoveryKeyHint')}</Notice>
      <PasswordInput
        label={t('settings.currentPassphrase')}
        autoComplete="current-password"
        value={passphrase}
        maxLength={1024}
        data-autofocus
        visibilityToggleButtonProps={{ 'aria-label': t('vault.show') }}
        error={wrong ? t('settings.wrong') : undefined}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
      />
      {failure === null || wrong ? null : <ErrorState failure={failure} />}
      <Button type="submit" disabled={passphrase === ''} loading={make.isPending}>
        {t('settings.newRecoveryKeyAction')}
      </Button>
    </form>
  )
}

function Verify() {
  const { t } = useTranslation()
  const { language } = usePreferences()
  const job = useJob('vault.verify')
  const [report, setReport] = useState<Awaited<ReturnType<typeof job.run>>>(null)
  return (
    <Section
      title={t('settings.verify')}
      hint={t('settings.verifyHint')}
      actions={
        <Button
          variant="default"
          disabled={job.running}
          onClick={() => {
            setReport(null)
            void job.run({}).then(setReport)
          }}
        >
          {t('settings.verifyAction')}
        </Button>
      }
    >
      {job.running ? <ProgressPanel progress={job.progress} onCancel={job.cancel} /> : null}
      {job.failure === null ? null : <ErrorState failure={job.failure} />}
      {report === null ? null : (
        <div className="stack-tight">
          <Notice tone={report.ok ? 'positive' : 'negative'}>
            {t(report.ok ? 'settings.verifyOk' : 'settings.verifyBad')}
          </Notice>
          <DataTable
            dense
            label={t('settings.verify')}
            rows={report.checks}
            rowKey={(check) => check.check}
            columns={[
              { key: 'check', title: t('settings.verifyCheck'), cell: (check) => check.check },
              {
                key: 'result',
                title: t('settings.verifyResult'),
                cell: (check) =>
                  check.ok ? t('settings.verifyPassed') : `${t('settings.verifyFailed')}: ${check.detail}`,
              },
              {
                key: 'examined',
                title: t('settings.verifyExamined'),
                align: 'end',
                cell: (check) => formatCount(check.examined, language),
              },
            ]}
          />
        </div>
      )}
    </Section>
  )
}
