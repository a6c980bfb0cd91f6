import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { type CallOf, type ChannelName, contract, type OutputOf } from '../../shared/ipc/contract.ts'
import { exportFormats } from '../../shared/model/exporting.ts'
import { UsageError } from '../core/hosting/host-arguments.ts'

export type CallCore = <N extends ChannelName>(channel: N, input: CallOf<N>, job?: string) => Promise<OutputOf<N>>

export interface ExportLine {
  readonly operands: readonly string[]
  readonly format: string | null
  readonly from: string | null
  readonly to: string | null
  readonly accounts: string | null
  readonly language: string | null
}

export interface ExportedFile {
  readonly file: string
  readonly bytes: number
  readonly notes: OutputOf<'export.run'>['notes']
}

const usage = `usage: onebook export --format ${exportFormats.join('|')} [--accounts ID,ID] [--from DATE] [--to DATE] FILE`

/** Reads the options of `onebook export`; throws UsageError for what the channel would not take. */
export function readExportLine(line: ExportLine): { readonly target: string; readonly input: CallOf<'export.run'> } {
  const [target, ...others] = line.operands
  if (target === undefined || others.length > 0 || line.format === null) throw new UsageError(usage)
  const accountIds = line.accounts === null ? null : line.accounts.split(',').map(Number)
  const { format, from, to, language } = line
  const parsed = contract['export.run'].input.safeParse({ format, accountIds, from, to, language: language ?? 'en' })
  if (!parsed.success)
    throw new UsageError(
      parsed.error.issues.some(({ path }) => path.length > 0)
        ? usage
        : 'JSON holds the whole vault: it takes no accounts and no period; a period begins before it ends.',
    )
  if (existsSync(target)) throw new UsageError(`${target} exists already: choose another name.`)
  return { target: resolve(target), input: parsed.data }
}

/** Exports into a private file beside the target, which gets its name when it is complete. */
export async function exportTo(call: CallCore, target: string, input: CallOf<'export.run'>): Promise<ExportedFile> {
  const made = await call('export.run', input, `export-${randomUUID()}`)
  const part = `${target}.part`
  let descriptor: number | null = null
  try {
    descriptor = openSync(part, 'wx', 0o600)
    for (let offset: number | null = 0; offset !== null;) {
      const piece: OutputOf<'export.read'> = await call('export.read', { export: made.export, offset })
      const bytes = Buffer.from(piece.base64, 'base64')
      for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written)
      offset = piece.next
    }
    fsyncSync(descriptor)
    closeSync(descriptor)
    descriptor = null
    renameSync(part, target)
  } catch (error) {
    if (descriptor !== null) closeSync(descriptor)
    rmSync(part, { force: true })
    if (error instanceof Error && 'code' in error && 'syscall' in error) {
      throw new UsageError(`${target} cannot be written (${String(error.code)}).`)
    }
    throw error
  } finally {
    await call('export.release', { export: made.export })
  }
  return { file: target, bytes: made.bytes, notes: made.notes }
}
