import { BrowserWindow, type Session, type WebPreferences } from 'electron'
import { appAddress } from './app-origin.ts'

/** Said in full although most are Electron's defaults: a default that changes must not open a door. */
export function windowPreferences(preload: string, session: Session, developer: boolean): WebPreferences {
  return {
    preload,
    session,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    safeDialogs: true,
    devTools: developer,
  }
}

/** The one window. Its title never says anything of the vault. */
export function openWindow(preload: string, session: Session, developer: boolean, hidden = false): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 860,
    minWidth: 720,
    minHeight: 560,
    show: false,
    title: 'Onebook',
    autoHideMenuBar: true,
    webPreferences: windowPreferences(preload, session, developer),
  })
  window.on('page-title-updated', (event) => event.preventDefault())
  // started at login: it waits in the tray
  if (!hidden) window.once('ready-to-show', () => window.show())
  void window.loadURL(appAddress)
  return window
}
