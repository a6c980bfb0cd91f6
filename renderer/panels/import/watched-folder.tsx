import { Button, SegmentedControl, Switch } from '@mantine/core'
import { IconFolder } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppSettings } from '../../../shared/model/settings.ts'
import { useImportTray } from '../../app/import-tray.tsx'
import { usePreferences } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { Section } from '../../components/page.tsx'
import { Notice } from '../../components/small.tsx'

const modes: readonly AppSettings['watch'][] = ['off', 'preview', 'commit']

/** New files of the watched folder, to be looked at with one click. Nothing where there are none. */
export function InboxNotice() {
  const { t } = useTranslation()
  const tray = useImportTray()
  const inbox = useCall('inbox.get', {}).data
  const waiting = (inbox?.waiting ?? []).filter(({ file }) => !tray.files.some((one) => one.file === file))
  const dismiss = useChange('inbox.dismiss')
  if (waiting.length === 0) return null
  const names = waiting.slice(0, 3).map(({ name }) => name)
  return (
    <Notice tone="information">
      <div className="spread">
        <span className="break">
          <strong>{t('import.inboxWaiting', { count: waiting.length })}</strong>{' '}
          <span className="muted">
            {names.join(', ')}
            {waiting.length > names.length ? ' …' : ''}
          </span>
        </span>
        <span className="inline-end">
          <Button size="xs" onClick={() => tray.add(waiting)}>
            {t('import.inboxLook')}
          </Button>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            onClick={() => dismiss.mutate({ files: waiting.map(({ file }) => file) })}
          >
            {t('import.inboxDismiss')}
          </Button>
        </span>
      </div>
    </Notice>
  )
}

/** Which folder is watched, and what is done with the files that come into it. */
export function WatchedFolder() {
  const { t } = useTranslation()
  const { settings } = usePreferences()
  const inbox = useCall('inbox.get', {}).data
  const save = useChange('settings.set')
  const choose = useChange('inbox.choose')
  const id = useId()
  const none = settings.watchFolder === ''
  const names = {
    off: t('import.watchOff'),
    preview: t('import.watchPreview'),
    commit: t('import.watchCommit'),
  }
  return (
    <Section title={t('import.watchTitle')} hint={t('import.watchHint')}>
      <div className="watch">
        <div className="spread">
          <span className="inline break">
            <IconFolder size={18} stroke={1.6} aria-hidden="true" />
            {none ? <span className="muted">{t('import.watchNone')}</span> : settings.watchFolder}
          </span>
          <Button variant="default" size="xs" loading={choose.isPending} onClick={() => choose.mutate({})}>
            {t(none ? 'import.watchChoose' : 'import.watchChange')}
          </Button>
        </div>
        {none ? null : (
          <>
            <SegmentedControl
              aria-label={t('import.watchTitle')}
              data={modes.map((value) => ({ value, label: names[value] }))}
              value={settings.watch}
              onChange={(next) => {
                const watch = modes.find((one) => one === next)
                if (watch !== undefined) save.mutate({ watch })
              }}
            />
            {settings.watch === 'off' ? null : (
              <>
                <p className="muted small">{t(`import.watchExplained.${settings.watch}`)}</p>
                <Switch
                  id={id}
                  label={t('import.watchMoves')}
                  checked={settings.watchMoves}
                  onChange={(event) => save.mutate({ watchMoves: event.currentTarget.checked })}
                />
              </>
            )}
            {inbox?.trouble == null ? null : (
              <Notice tone="attention">{t(`import.watchTrouble.${inbox.trouble}`)}</Notice>
            )}
            {inbox === undefined || inbox.imported === 0 ? null : (
              <p className="small">{t('import.watchImported', { count: inbox.imported })}</p>
            )}
          </>
        )}
      </div>
    </Section>
  )
}
