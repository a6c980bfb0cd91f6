import type { BrowserWindow } from 'electron'

/** The page in the window as a PDF by its print style, on A4 with its backgrounds. Throws where no window is open. */
export async function printPage(window: BrowserWindow | null): Promise<Uint8Array> {
  if (window === null) throw new Error('there is no window to print')
  return window.webContents.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true })
}
