import { contract } from '../../../shared/ipc/contract.ts'
import type { Reply } from '../../../shared/ipc/contract.ts'
import type { FilePreview } from '../../../shared/model/importing.ts'
import type { InboxWatch } from './inbox.ts'

/** The files that an import was asked for; one inside an archive stands for the archive. */
export function tokensOf(input: unknown): string[] {
  const parsed = contract['import.commit'].input.safeParse(input)
  return parsed.success ? parsed.data.files.map(({ file }) => file.replace(/#\d+$/, '')) : []
}

/** Findings after which a person should look before anything is saved. */
const DOUBTS: ReadonlySet<string> = new Set([
  'ambiguous-date-order',
  'year-guess',
  'ambiguous-decimal-mark',
  'ambiguous-sign',
  'currency-unknown',
  'balance-mismatch',
  'encoding-guess',
])

/** Whether a file can be saved without a person's look: read with no doubt, damage or refusal, into known accounts. */
export function isBeyondDoubt({ status, findings, statements, counts }: FilePreview): boolean {
  return (
    status === 'ready' &&
    counts.failed === 0 &&
    findings.every(({ severity, code }) => severity !== 'error' && !DOUBTS.has(code)) &&
    statements.every(({ target }) => target.type === 'existing')
  )
}

type Call = (channel: string, input: unknown) => Promise<Reply<unknown>>

/**
 * Imports what waits in the watched folder, file by file, as far as it is beyond doubt; the rest goes on waiting for its
 * owner, and is not tried again unless it changes.
 */
export class InboxImport {
  readonly #inbox: InboxWatch
  readonly #call: Call
  readonly #left = new Set<string>()
  #busy = false

  constructor(inbox: InboxWatch, call: Call) {
    this.#inbox = inbox
    this.#call = call
  }

  async run(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    try {
      for (const { file } of this.#inbox.view().waiting) if (!this.#left.has(file)) await this.#importOne(file)
    } finally {
      this.#busy = false
    }
  }

  async #importOne(file: string): Promise<void> {
    const looked = await this.#call('import.preview', { files: [{ file }] })
    if (!looked.ok) {
      // locked meanwhile, perhaps: a file is judged only by what was read of it
      if (looked.error.code !== 'locked' && looked.error.code !== 'cancelled') this.#left.add(file)
      return
    }
    const { files } = looked.value as { files: FilePreview[] }
    if (files.length > 0 && files.every(({ status }) => status === 'known')) {
      this.#inbox.done([file])
      return
    }
    if (files.length === 0 || !files.every(isBeyondDoubt)) {
      this.#left.add(file)
      return
    }
    const choices = files.map((one) => ({ file: one.file, sha256: one.sha256 }))
    const saved = await this.#call('import.commit', { files: choices })
    if (saved.ok) this.#inbox.imported += 1
    else this.#left.add(file)
  }
}
