import { shell } from 'electron'

/** The only places outside that a link in the window may lead to, in the user's own browser. */
const allowed: readonly { readonly host: string; readonly path: string }[] = [
  { host: 'github.com', path: '/' },
  { host: 'www.ecb.europa.eu', path: '/stats/' },
  { host: 'www.pbc.gov.cn', path: '/' },
  { host: 'ipcrs.pbccrc.org.cn', path: '/' },
]

/** Whether an address is https, without a name or port in it, on the list. */
export function isAllowedAddress(address: string): boolean {
  const url = URL.parse(address)
  if (url === null || url.protocol !== 'https:') return false
  if (url.username !== '' || url.password !== '' || url.port !== '') return false
  return allowed.some(({ host, path }) => url.hostname === host && url.pathname.startsWith(path))
}

/** Opens an allowed address in the user's browser; does nothing for any other. */
export function openAllowedAddress(address: string): void {
  if (isAllowedAddress(address)) void shell.openExternal(address)
}
