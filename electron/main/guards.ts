import type { App, Session, WebContents } from 'electron'
import { appOrigin } from './app-origin.ts'
import { openAllowedAddress } from './external-links.ts'

/**
 * What pages must not do, whatever they try: https://www.electronjs.org/docs/latest/tutorial/security. Each guard has
 * its line in the table of `guards.test.ts`.
 */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.setSpellCheckerEnabled(false)
  // nothing of the window's goes to a network, even if a page tried
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isOwnRequest(details.url) }))
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${appOrigin}/`)) event.preventDefault()
  })
}

function isOwnRequest(address: string): boolean {
  return (
    address.startsWith(`${appOrigin}/`) ||
    address.startsWith(`blob:${appOrigin}/`) ||
    address.startsWith('data:') ||
    address.startsWith('devtools:')
  )
}

/** Every page and frame that will ever be made. */
export function guardApp(app: App): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault()
    answer(false)
  })
  app.on('select-client-certificate', (event) => event.preventDefault())
  app.on('login', (event) => event.preventDefault())
}

function guardContents(contents: WebContents): void {
  const deny = (event: { preventDefault(): void }): void => event.preventDefault()
  contents.on('will-navigate', deny)
  contents.on('will-frame-navigate', deny)
  contents.on('will-redirect', deny)
  contents.on('will-attach-webview', deny)
  contents.setWindowOpenHandler(({ url }) => {
    openAllowedAddress(url)
    return { action: 'deny' }
  })
}
