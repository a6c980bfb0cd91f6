import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CoreError } from '../../shared/ipc/errors.ts'
import { UsageError } from '../core/hosting/host-arguments.ts'
import { parseCommandLine, usage } from './arguments.ts'

/** The command-line host: `onebook …`. What a command needs is loaded when it is needed. */

const print = (line: string): void => void process.stdout.write(`${line}\n`)
const note = (line: string): void => void process.stderr.write(`${line}\n`)

async function main(args: readonly string[]): Promise<number> {
  if (args[0] === 'inspect') {
    const { runInspect, standardStreams } = await import('./inspect.ts')
    return runInspect(args.slice(1), standardStreams)
  }
  if (args[0] === 'serve') return serve(args.slice(1))
  const line = parseCommandLine(args)
  if (line.command === 'help') {
    print(usage)
    return 0
  }
  if (line.command === 'channels') {
    const { describeChannels } = await import('./channel-schemas.ts')
    print(JSON.stringify(describeChannels(), null, line.json ? 0 : 2))
    return 0
  }
  const [{ startCliCore }, { isCommand, runCommand }] = await Promise.all([
    import('./start-cli-core.ts'),
    import('./run-command.ts'),
  ])
  if (!isCommand(line.command)) throw new UsageError(`There is no command ${line.command}. See onebook help.`)
  const { core, vaultPath } = startCliCore(line.vault === null ? null : resolve(line.vault))
  const stop = (): void => void core.close().then(() => process.exit(130))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    return await runCommand({ core, line, vaultPath, streams: { input: process.stdin, print, note } })
  } finally {
    await core.close()
  }
}

/** The loopback host is a program of its own. */
async function serve(args: readonly string[]): Promise<number> {
  const built = !import.meta.url.endsWith('.ts')
  const entry = fileURLToPath(new URL(built ? './server.js' : '../server/index.ts', import.meta.url))
  const child = spawn(process.execPath, [entry, ...args], { stdio: 'inherit' })
  // Ctrl-C reaches it by itself; this process waits for it
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}

/** One clear line, or one JSON object where that is asked for. */
function explain(error: unknown, json: boolean): number {
  const usageFault = error instanceof UsageError
  const refused = error instanceof Error && error.name === 'CallRefused' && 'error' in error ? error.error : null
  const known = refused as { code: string; message: string; values?: unknown } | null
  const code = known?.code ?? (error instanceof CoreError ? error.code : usageFault ? 'usage' : 'internal')
  const message =
    known?.message ??
    (usageFault || error instanceof CoreError ? error.message : 'something went wrong inside Onebook; nothing was lost')
  note(
    json ? JSON.stringify({ error: { code, message, values: known?.values ?? {} } }) : `onebook: ${message} (${code})`,
  )
  return usageFault ? 2 : 1
}

// whoever reads the output may stop reading
process.stdout.on('error', () => process.exit(1))
const given = process.argv.slice(2)
process.exitCode = await main(given).catch((error: unknown) => explain(error, given.includes('--json')))
