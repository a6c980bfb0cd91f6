import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { Inbox } from '../../../shared/model/inbox.ts'
import type { FileFacts, FileRegistry } from './file-registry.ts'

/** Which files were picked up before: by a hash of name, size and time, so that no name stands in a file of ours. */
export interface SeenFiles {
  has(key: string): boolean
  add(keys: readonly string[]): void
}

export interface InboxOptions {
  readonly files: FileRegistry
  readonly seen: SeenFiles
  /** The watched folder, or null where nothing is watched. */
  readonly folder: () => string | null
  /** Whether imported files are moved into a folder of their own. */
  readonly moves: () => boolean
  readonly changed: () => void
}

interface Found {
  readonly key: string
  readonly path: string
  readonly facts: FileFacts
}

/** Where files go once they are imported, within the watched folder. */
const DONE_FOLDER = 'Imported'
/** What browsers and systems write while a file is still on its way, and what is nobody's statement. */
const UNFINISHED = /^[.~]|\.(?:part|partial|crdownload|download|tmp|lnk|ini)$/i
/** More than this in one folder is no inbox. */
const MOST_FILES = 1000

/**
 * Watches one folder, not the folders within. A file is picked up once it has stayed the same between two looks, so that
 * none is read while it is written; it is offered once, whatever becomes of it, also after a restart.
 */
export class InboxWatch {
  readonly #options: InboxOptions
  readonly #waiting = new Map<string, Found>()
  #settling = new Map<string, string>()
  #trouble: Inbox['trouble'] = null
  #folder: string | null = null
  #looking = false
  /** Counts how often all was forgotten: a look that began before offers nothing. */
  #epoch = 0
  imported = 0

  constructor(options: InboxOptions) {
    this.#options = options
  }

  view(): Inbox {
    return {
      folder: this.#options.folder(),
      trouble: this.#trouble,
      waiting: [...this.#waiting.values()].map(({ facts }) => facts),
      imported: this.imported,
    }
  }

  /** Looks at the folder once; nothing happens while another look is under way, as on a drive that hangs. */
  async look(): Promise<void> {
    if (this.#looking) return
    this.#looking = true
    try {
      const folder = this.#options.folder()
      if (folder !== this.#folder) {
        this.#folder = folder
        this.forget()
      }
      const before = JSON.stringify(this.view())
      if (folder !== null) await this.#lookInto(folder)
      if (JSON.stringify(this.view()) !== before) this.#options.changed()
    } finally {
      this.#looking = false
    }
  }

  /** The vault has been locked: the tokens are gone, the files will be found again. */
  forget(): void {
    this.#epoch += 1
    this.#waiting.clear()
    this.#settling.clear()
    this.#trouble = null
    this.imported = 0
  }

  /** Files whose import is saved: they are not offered again, and moved if the user likes. */
  done(tokens: readonly string[]): void {
    this.#settle(tokens, this.#options.moves())
  }

  /** Files that the user does not want here: they stay where they are and are not offered again. */
  dismiss(tokens: readonly string[]): void {
    this.#settle(tokens, false)
  }

  #settle(tokens: readonly string[], move: boolean): void {
    const settled = [...this.#waiting.values()].filter(({ facts }) => tokens.includes(facts.file))
    if (settled.length === 0) return
    this.#options.seen.add(settled.map(({ key }) => key))
    for (const { path, key } of settled) {
      this.#waiting.delete(path)
      if (move) this.#moveAway(path, key)
    }
    this.#options.changed()
  }

  #moveAway(path: string, key: string): void {
    if (this.#folder === null) return
    const folder = join(this.#folder, DONE_FOLDER)
    try {
      // another file may have come in its place meanwhile
      if (keyOf(path, statSync(path)) !== key) return
      mkdirSync(folder, { recursive: true })
      renameSync(path, freeName(folder, basename(path)))
    } catch {
      // it stays where it is, and is known as seen
    }
  }

  async #lookInto(folder: string): Promise<void> {
    const epoch = this.#epoch
    const present = new Map<string, string>()
    try {
      const entries = await readdir(folder, { withFileTypes: true })
      const names = entries.filter((entry) => entry.isFile() && !UNFINISHED.test(entry.name)).map(({ name }) => name)
      for (const name of names.slice(0, MOST_FILES)) {
        const path = join(folder, name)
        const key = await stat(path).then(
          (facts) => keyOf(path, facts),
          () => null,
        )
        if (key !== null) present.set(path, key)
      }
      this.#trouble = null
    } catch (error) {
      this.#trouble = isMissing(error) ? 'missing' : 'unreadable'
    }
    if (epoch !== this.#epoch) return
    const settling = new Map<string, string>()
    for (const [path, found] of this.#waiting) if (present.get(path) !== found.key) this.#drop(path, found)
    for (const [path, key] of present) {
      if (this.#options.seen.has(key) || this.#waiting.has(path)) continue
      if (this.#settling.get(path) === key) this.#offer(path, key)
      else settling.set(path, key)
    }
    this.#settling = settling
  }

  #offer(path: string, key: string): void {
    try {
      this.#waiting.set(path, { key, path, facts: this.#options.files.addPath(path) })
    } catch {
      // gone between two looks
    }
  }

  #drop(path: string, { facts }: Found): void {
    this.#waiting.delete(path)
    this.#options.files.release([facts.file])
  }
}

function keyOf(path: string, { size, mtimeMs }: { size: number; mtimeMs: number }): string {
  return createHash('sha256').update(`${path}\0${size}\0${mtimeMs}`).digest('hex').slice(0, 32)
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

function freeName(folder: string, name: string): string {
  const extension = extname(name)
  const stem = basename(name, extension)
  for (let count = 0; ; count += 1) {
    const path = join(folder, count === 0 ? name : `${stem} (${count})${extension}`)
    if (!existsSync(path)) return path
  }
}
