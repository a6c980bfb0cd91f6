import { app, type BrowserWindow } from 'electron'

/** Closing the window hides it where that is wanted; quitting closes it all the same. */
export function keepInTray(window: BrowserWindow, wanted: () => boolean): void {
  let quitting = false
  app.on('before-quit', () => {
    quitting = true
  })
  window.on('close', (event) => {
    if (quitting || !wanted()) return
    event.preventDefault()
    window.hide()
  })
}
