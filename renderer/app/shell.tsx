import { useHotkeys } from '@mantine/hooks'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { AppInfo } from '../../shared/ipc/channels/host-channels.ts'
import { FaultBoundary } from '../components/fault-boundary.tsx'
import { FileDrop } from '../components/file-drop.tsx'
import { SearchPalette } from '../panels/search/search-palette.tsx'
import { ImportTrayProvider, useImportTray } from './import-tray.tsx'
import { PersonViewProvider } from './person-view.tsx'
import { usePreferences } from './preferences.tsx'
import { useChange } from './queries.ts'
import { Rail } from './rail.tsx'
import { ReminderNotices } from './reminder-notices.tsx'
import { Routes } from './routes.tsx'
import { TopBar } from './top-bar.tsx'
import { useUndo } from './undo.ts'

/** The frame around every screen of an open vault. */
export function Shell({ info, demo }: { info: AppInfo; demo: boolean }) {
  return (
    <ImportTrayProvider>
      <PersonViewProvider>
        <Frame info={info} demo={demo} />
      </PersonViewProvider>
    </ImportTrayProvider>
  )
}

function Frame({ info, demo }: { info: AppInfo; demo: boolean }) {
  const { t } = useTranslation()
  const { settings } = usePreferences()
  const [searching, setSearching] = useState(false)
  const [location, navigate] = useLocation()
  const tray = useImportTray()
  const undo = useUndo()
  const setSettings = useChange('settings.set')
  const lock = useChange('vault.lock')
  const openSearch = useCallback(() => setSearching(true), [])
  useHotkeys(
    [
      ['mod+K', openSearch],
      ['mod+shift+L', () => lock.mutate({})],
      ['mod+shift+H', () => setSettings.mutate({ maskAmounts: !settings.maskAmounts })],
    ],
    [],
  )
  useHotkeys([
    ['mod+Z', () => undo.undo()],
    ['mod+shift+Z', () => undo.redo()],
    ['mod+Y', () => undo.redo()],
  ])
  const goImport = () => {
    if (location !== '/import') navigate('/import')
  }
  return (
    <div className="shell" data-collapsed={settings.railCollapsed}>
      <a
        className="skip-link"
        href="#content"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('content')?.focus()
        }}
      >
        {t('common.skipToContent')}
      </a>
      <Rail />
      <div className="shell-main">
        <TopBar demo={demo} onSearch={openSearch} undo={undo} onLock={() => lock.mutate({})} />
        <main className="shell-content" id="content" tabIndex={-1}>
          <FaultBoundary place={location}>
            <Routes info={info} />
          </FaultBoundary>
        </main>
      </div>
      <ReminderNotices info={info} />
      <SearchPalette opened={searching} onClose={() => setSearching(false)} />
      <FileDrop
        onFiles={(files) => {
          goImport()
          void tray.addFiles(files)
        }}
        onText={(text) => {
          goImport()
          void tray.addText(text)
        }}
      />
    </div>
  )
}
