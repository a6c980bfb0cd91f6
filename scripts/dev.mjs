// The window with hot reload: Vite serves the renderer, the loopback host runs from its sources and restarts on change.
import { spawn } from 'node:child_process'
import { createServer as createSocket } from 'node:net'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import config from '../electron.vite.config.ts'

const root = resolve(fileURLToPath(new URL('..', import.meta.url)))

const freePort = () =>
  new Promise((done, failed) => {
    const socket = createSocket()
    socket.once('error', failed)
    socket.listen(0, '127.0.0.1', () => {
      const { port } = socket.address()
      socket.close(() => done(port))
    })
  })

const port = await freePort()
const target = `http://127.0.0.1:${port}`
const toHost = { target, changeOrigin: true }
const vite = await createServer({
  ...config.renderer,
  configFile: false,
  server: {
    host: '127.0.0.1',
    proxy: { '/rpc': toHost, '/session': toHost, '/upload': toHost, '/events': toHost },
  },
})
await vite.listen()
const origin = `http://127.0.0.1:${vite.config.server.port}`

const host = spawn(
  process.execPath,
  [
    '--watch',
    '--watch-preserve-output',
    join(root, 'electron/server/index.ts'),
    '--no-window',
    '--port',
    String(port),
    '--dev-origin',
    origin,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', cwd: process.env.INIT_CWD ?? process.cwd() },
)
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => host.kill('SIGTERM'))
host.on('exit', async (code) => {
  await vite.close()
  process.exit(code ?? 0)
})
