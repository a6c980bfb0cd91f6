import { type BrowserWindow, dialog } from 'electron'

/** The system's file picker, over the window; answers with paths, none where the user changed their mind. */
export async function pickFiles(window: BrowserWindow | null, many: boolean): Promise<readonly string[]> {
  const options = {
    properties: ['openFile' as const, ...(many ? ['multiSelections' as const] : []), 'dontAddToRecent' as const],
  }
  const result = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options))
  return result.canceled ? [] : result.filePaths
}

/** The system's picker for a folder; null where the user changed their mind. */
export async function pickFolder(window: BrowserWindow | null): Promise<string | null> {
  const options = { properties: ['openDirectory' as const, 'createDirectory' as const, 'dontAddToRecent' as const] }
  const result = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options))
  return result.canceled ? null : (result.filePaths[0] ?? null)
}
