import { readFile } from 'node:fs/promises'
import { protocol, type Session } from 'electron'
import { rendererFile, securityHeaders } from '../core/hosting/renderer-files.ts'
import { appHost, appScheme } from './app-origin.ts'

/** Must run before Electron is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built renderer, and nothing else, to the session's pages. */
export function serveRenderer(session: Session, rendererFolder: string): void {
  session.protocol.handle(appScheme, (request) => answerRequest(request, rendererFolder))
}

/** The answer to one request under `app://`. */
export async function answerRequest(request: Request, rendererFolder: string): Promise<Response> {
  const refuse = (status: number): Response => new Response(null, { status, headers: securityHeaders })
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
  const url = URL.parse(request.url)
  if (url === null || url.protocol !== `${appScheme}:` || url.host !== appHost) return refuse(404)
  const file = rendererFile(rendererFolder, url.pathname)
  if (file === null) return refuse(404)
  try {
    const bytes = await readFile(file.path)
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), {
      headers: { ...securityHeaders, 'content-type': file.type },
    })
  } catch {
    return refuse(404)
  }
}
