import { parseCivilTime } from '../../shared/domain/civil-time.ts'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import { CoreError } from '../../shared/ipc/errors.ts'
import type { FileChoice, FilePreview, ImportRun } from '../../shared/model/importing.ts'
import type { HandlerContext, Job } from '../../electron/core/handler.ts'
import type { ByteSource } from '../../electron/core/importing/importer.ts'
import { commitImport, previewImport } from '../../electron/core/importing/pipeline.ts'
import { importers } from '../../electron/core/importing/registry.ts'
import { bytesSource } from '../../electron/core/importing/text/decode.ts'
import type { ReadableVault, WritableVault } from '../../electron/core/storage/open-vault.ts'
import { instantInUtc } from './civil-clock.ts'
import { ledgerImporter } from './ledger-importer.ts'

/** A job that reports to nobody; `cancelAfter` breaths it says that it was cancelled. */
export function standJob(cancelAfter = Infinity): Job {
  const controller = new AbortController()
  let breaths = 0
  return {
    signal: controller.signal,
    progress() {},
    async breathe() {
      breaths += 1
      await Promise.resolve()
      if (breaths > cancelAfter) throw new CoreError('cancelled', 'Cancelled.')
    },
  }
}

/** A vault with files at hand that only this test knows, and the calls that a host would make. */
export class ImportStand {
  readonly #files = new Map<string, ByteSource>()
  readonly #vault: WritableVault
  #count = 0
  #now = 1_800_000_000_000
  job: Job = standJob()
  readonly importers = [ledgerImporter, ...importers]

  constructor(vault: WritableVault) {
    this.#vault = vault
  }

  /** Puts a file at hand and answers the choice that names it. */
  add(bytes: Uint8Array, name = 'statement.ledger'): FileChoice {
    return this.addSource(bytesSource(name, bytes))
  }

  /** As `add`, for bytes that are read when they are needed. */
  addSource(source: ByteSource): FileChoice {
    this.#count += 1
    const file = `token-${String(this.#count).padStart(4, '0')}`
    this.#files.set(file, source)
    return { file }
  }

  /** Changes the bytes of a file behind its token. */
  overwrite(choice: FileChoice, bytes: Uint8Array): void {
    const known = this.#files.get(choice.file)
    if (known !== undefined) this.#files.set(choice.file, bytesSource(known.name, bytes))
  }

  get context(): HandlerContext {
    return {
      clock: {
        today: () => parseIsoDate('2026-11-23'),
        time: () => parseCivilTime('2026-11-23T10:00'),
        instantOf: instantInUtc,
        now: () => {
          this.#now += 1
          return this.#now
        },
      },
      files: { open: (token) => this.#open(token) },
      log: { write() {} },
      readable: () => this.#vault as unknown as ReadableVault,
      writable: () => this.#vault,
      job: this.job,
      emit() {},
    }
  }

  preview(...files: readonly FileChoice[]): Promise<FilePreview[]> {
    return previewImport(files, this.context, this.importers)
  }

  commit(...files: readonly FileChoice[]): Promise<ImportRun[]> {
    return commitImport(files, this.context, this.importers)
  }

  #open(token: string): ByteSource & { close(): void } {
    const file = this.#files.get(token)
    if (file === undefined) throw new CoreError('not-found', 'no such file')
    return {
      name: file.name,
      size: file.size,
      read: (offset, length) => file.read(offset, length),
      ...(file.readInto === undefined ? {} : { readInto: file.readInto.bind(file) }),
      close() {},
    }
  }
}
