import { extname, join, resolve, sep } from 'node:path'

/**
 * What the window's pages may do: everything comes from Onebook itself. Inline styles are let in because the component
 * library sets its variables with them; inline scripts are not.
 */
export const contentSecurityPolicy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data: blob:`,
  `font-src 'self'`,
  `connect-src 'self'`,
  `worker-src 'self'`,
  `manifest-src 'self'`,
  `form-action 'none'`,
  `base-uri 'none'`,
  `frame-ancestors 'none'`,
].join('; ')

/** Sent with every answer of either host that serves the renderer. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()',
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}

/**
 * The file of the built renderer that a URL's path means, or null. Nothing outside the folder is ever named: the path
 * is decoded once, must be plain, and the result must lie below the folder.
 */
export function rendererFile(folder: string, urlPath: string): { path: string; type: string } | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(urlPath)
  } catch {
    return null
  }
  if (!decoded.startsWith('/') || /[\\\0:]/.test(decoded) || decoded.split('/').includes('..')) return null
  const root = resolve(folder)
  const path = join(root, decoded === '/' ? 'index.html' : decoded)
  if (!path.startsWith(root + sep)) return null
  const type = types[extname(path)]
  return type === undefined ? null : { path, type }
}
