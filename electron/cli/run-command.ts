import { randomUUID } from 'node:crypto'
import { copyFileSync, constants, existsSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { type CallOf, type ChannelName, contract, isChannelName, type OutputOf } from '../../shared/ipc/contract.ts'
import type { CallError } from '../../shared/ipc/errors.ts'
import type { FileChoice, FilePreview } from '../../shared/model/importing.ts'
import { UsageError } from '../core/hosting/host-arguments.ts'
import type { Core } from '../core/hosting/start-core.ts'
import type { CommandLine } from './arguments.ts'
import { exportTo, readExportLine } from './export-command.ts'
import { readPassphrase, writeSecret } from './secrets.ts'

/** A call that the core refused. */
export class CallRefused extends Error {
  override readonly name = 'CallRefused'
  readonly error: CallError
  constructor(error: CallError) {
    super(error.message)
    this.error = error
  }
}

export interface CommandStreams {
  readonly input: NodeJS.ReadableStream
  print(line: string): void
  /** Progress and remarks. */
  note(line: string): void
}

interface Running {
  readonly core: Core
  readonly line: CommandLine
  readonly vaultPath: string
  readonly streams: CommandStreams
}

/** Exit status of an import that went through but for some files that were refused; each is named. */
const REFUSED_FILES = 3

const callsOf = (core: Core) => {
  return async <N extends ChannelName>(channel: N, input: CallOf<N>, job?: string): Promise<OutputOf<N>> => {
    const reply = await core.call(channel, input, job)
    if (!reply.ok) throw new CallRefused(reply.error)
    return reply.value as OutputOf<N>
  }
}

async function unlock({ core, line }: Running): Promise<void> {
  await callsOf(core)('vault.unlock', { passphrase: readPassphrase(line.passphraseFile) })
}

/** Prints the answer as JSON where asked for, else in words. */
function tell({ line, streams }: Running, value: unknown, words: readonly string[]): void {
  if (line.json) streams.print(JSON.stringify(value))
  else for (const word of words) streams.print(word)
}

function refuseExisting(recoveryKeyFile: string | null): void {
  if (recoveryKeyFile !== null && existsSync(recoveryKeyFile)) {
    throw new UsageError('The file for the recovery key exists already.')
  }
}

/** The recovery key of a vault just made: to its file, or to the terminal, once. */
function tellRecoveryKey(running: Running, recoveryKey: string): void {
  const { line, vaultPath, streams } = running
  const { recoveryKeyFile } = line
  if (recoveryKeyFile === null) {
    tell(running, { vault: vaultPath, recoveryKey }, [`Created ${vaultPath}.`, `Recovery key: ${recoveryKey}`])
  } else {
    writeSecret(recoveryKeyFile, recoveryKey)
    tell(running, { vault: vaultPath, recoveryKeyFile }, [`Created ${vaultPath}.`])
  }
  if (!line.json) streams.note('Print the recovery key or write it down: it is not kept anywhere.')
}

const commands: Readonly<Record<string, (running: Running) => Promise<number>>> = {
  async create(running) {
    const { core, line } = running
    refuseExisting(line.recoveryKeyFile)
    const passphrase = readPassphrase(line.passphraseFile)
    const input = contract['vault.create'].input.safeParse({ passphrase, baseCurrency: line.currency })
    if (!input.success) throw new UsageError(`${line.currency} is not a currency of ISO 4217.`)
    const { recoveryKey } = await callsOf(core)('vault.create', input.data)
    tellRecoveryKey(running, recoveryKey)
    return 0
  },
  async status(running) {
    const status = await callsOf(running.core)('vault.status', {})
    const holder = status.holder === null ? '' : ` (${status.holder})`
    tell(running, status, [`${status.name}: ${status.state}${holder}`])
    return 0
  },
  async verify(running) {
    await unlock(running)
    const report = await callsOf(running.core)('vault.verify', {})
    const words = report.checks.map(
      ({ check, ok, detail, examined }) =>
        `${ok ? 'ok    ' : 'FAILED'} ${check}${examined > 0 ? ` (${examined})` : ''}${detail === '' ? '' : `: ${detail}`}`,
    )
    tell(running, report, words)
    return report.ok ? 0 : 3
  },
  async backup(running) {
    const [target, ...others] = running.line.operands
    if (target === undefined || others.length > 0) throw new UsageError('usage: onebook backup FILE')
    if (existsSync(target)) throw new UsageError(`${target} exists already: choose another name.`)
    await unlock(running)
    const backup = await callsOf(running.core)('vault.backup', {})
    saveAs(join(dirname(running.vaultPath), 'backups', backup.name), resolve(target))
    tell(running, { ...backup, name: basename(target) }, [`Backed up to ${target} (${backup.bytes} bytes, verified).`])
    return 0
  },
  async restore(running) {
    const [source, ...others] = running.line.operands
    if (source === undefined || others.length > 0) throw new UsageError('usage: onebook restore FILE')
    const { file } = running.core.files.addPath(resolve(source))
    const status = await callsOf(running.core)('vault.restore', { file })
    tell(running, status, [`Restored ${running.vaultPath}. The vault that was there is kept beside it.`])
    return 0
  },
  async import(running) {
    const { line, core, streams } = running
    if (line.operands.length === 0) throw new UsageError('usage: onebook import FILES…')
    const tokens = line.operands.map((path) => core.files.addPath(resolve(path)))
    await unlock(running)
    const job = `import-${randomUUID()}`
    const stop = line.json
      ? () => undefined
      : core.subscribe((event) => {
          if (event.type === 'progress' && event.job === job && event.total === event.done) {
            streams.note(`${event.step} ${event.subject ?? ''}`.trim())
          }
        })
    const call = callsOf(core)
    const { files } = await call('import.preview', { files: tokens.map(({ file }) => ({ file })) }, job)
    const ready = files.filter((file) => file.status !== 'refused')
    const refused = files.filter((file) => file.status === 'refused')
    const { runs } =
      ready.length === 0 ? { runs: [] } : await call('import.commit', { files: ready.map(choiceOf) }, job)
    stop()
    for (const { name, reason } of refused) streams.note(`${name}: refused: ${reason?.message ?? 'it cannot be read'}`)
    tell(
      running,
      { runs, refused: refused.map(({ name, reason }) => ({ name, reason })) },
      runs.flatMap((run) => {
        const { imported, duplicates, skipped, failed, rates, prices, findings } = run
        const told = findings.filter(({ severity }) => severity !== 'info')
        const also = [rates > 0 ? `, ${rates} exchange rates` : '', prices > 0 ? `, ${prices} prices` : ''].join('')
        const counts = `${imported} imported, ${duplicates} known, ${skipped} skipped, ${failed} failed${also}`
        const remarks = told.map(({ record, message }) => `  ${record === null ? '' : `record ${record}: `}${message}`)
        return [`${run.fileName}: ${counts}`].concat(remarks)
      }),
    )
    return refused.length === 0 ? 0 : REFUSED_FILES
  },
  async export(running) {
    const { target, input } = readExportLine(running.line)
    await unlock(running)
    const exported = await exportTo(callsOf(running.core), target, input)
    running.streams.note('This file is not encrypted: whoever can open it can read it.')
    for (const { code, values } of exported.notes) {
      running.streams.note(`${code}: ${Object.values(values).join('; ')}`.replace(/: $/, ''))
    }
    tell(running, exported, [`Exported ${exported.bytes} bytes to ${target}.`])
    return 0
  },
  async 'import-json'(running) {
    const { core, line } = running
    const [source, ...others] = line.operands
    if (source === undefined || others.length > 0) throw new UsageError('usage: onebook import-json FILE')
    refuseExisting(line.recoveryKeyFile)
    const { file } = core.files.addPath(resolve(source))
    const passphrase = readPassphrase(line.passphraseFile)
    const { recoveryKey } = await callsOf(core)('vault.createFromExport', { passphrase, file })
    tellRecoveryKey(running, recoveryKey)
    return 0
  },
  async call(running) {
    const { core, line, streams } = running
    const [channel = '', given = '{}', ...others] = line.operands
    if (channel === '' || others.length > 0) throw new UsageError(`usage: onebook call CHANNEL ['JSON'|-]`)
    const raw = given === '-' ? await readAll(streams.input) : given
    let input: unknown
    try {
      input = JSON.parse(raw)
    } catch {
      throw new UsageError('The input is not JSON.')
    }
    if (isChannelName(channel) && !('whenLocked' in contract[channel])) await unlock(running)
    const reply = await core.call(channel, input)
    if (!reply.ok) throw new CallRefused(reply.error)
    streams.print(JSON.stringify(reply.value))
    return 0
  },
}

/** What was looked at is what is imported: a file that has changed since is refused. */
function choiceOf({ file, sha256 }: FilePreview): FileChoice {
  return sha256 === undefined ? { file } : { file, sha256 }
}

/** Copies beside, then gives it its name: the file is complete or not there. */
function saveAs(source: string, target: string): void {
  const part = `${target}.part`
  try {
    copyFileSync(source, part, constants.COPYFILE_EXCL)
    renameSync(part, target)
  } catch {
    rmSync(part, { force: true })
    throw new UsageError(`${target} cannot be written. The backup is in ${source}.`)
  }
}

export function isCommand(name: string): boolean {
  return Object.hasOwn(commands, name)
}

/** Runs one command with a core of its own; answers the exit status. Throws UsageError and CallRefused. */
export async function runCommand(running: Running): Promise<number> {
  const command = isCommand(running.line.command) ? commands[running.line.command] : undefined
  if (command === undefined) throw new UsageError(`There is no command ${running.line.command}. See onebook help.`)
  return command(running)
}
