import { mkdirSync } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CalendarFile } from '../../../shared/model/calendar-file.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'

export const calendarFileName = 'onebook-reminders.ics'

export interface CalendarFileOptions {
  /** The folder it is kept in, or null where none is. */
  readonly folder: () => string | null
  /** The text of the calendar now. Throws CoreError('locked') while no vault is open. */
  readonly write: () => Promise<{ readonly text: string; readonly events: number }>
  readonly now: () => number
  readonly changed: () => void
}

/** The text without what differs at every writing. */
const content = (text: string): string => text.replaceAll(/^(?:DTSTAMP|SEQUENCE):.*\r\n/gm, '')

/**
 * Keeps one calendar file as the vault has it: written beside and renamed, so that no program ever reads half of it, and
 * only where something in it changed. While the vault is locked it stays as it was.
 */
export class CalendarFileKeeper {
  readonly #options: CalendarFileOptions
  #writing: Promise<void> | null = null
  #again = false
  #writtenAt: number | null = null
  #events = 0
  #trouble: CalendarFile['trouble'] = null

  constructor(options: CalendarFileOptions) {
    this.#options = options
  }

  view(): CalendarFile {
    const folder = this.#options.folder()
    return {
      path: folder === null ? null : join(folder, calendarFileName),
      writtenAt: this.#writtenAt,
      events: this.#events,
      trouble: folder === null ? null : this.#trouble,
    }
  }

  /** Brings the file up to date; asked while it is being written, once more afterwards. */
  async update(): Promise<void> {
    if (this.#writing !== null) {
      this.#again = true
      return this.#writing
    }
    this.#writing = this.#run().finally(() => {
      this.#writing = null
    })
    await this.#writing
    if (this.#again) {
      this.#again = false
      await this.update()
    }
  }

  async #run(): Promise<void> {
    const folder = this.#options.folder()
    if (folder === null) return
    const before = JSON.stringify(this.view())
    try {
      const { text, events } = await this.#options.write()
      this.#events = events
      const path = join(folder, calendarFileName)
      const present = await readFile(path, 'utf8').catch(() => null)
      if (present === null || content(present) !== content(text)) await replaceFile(path, text)
      this.#writtenAt = this.#options.now()
      this.#trouble = null
    } catch (error) {
      // a vault that is locked meanwhile is no trouble
      if (error instanceof CoreError) return
      const code = error instanceof Error && 'code' in error ? error.code : null
      this.#trouble = code === 'ENOENT' ? 'missing' : 'unwritable'
    }
    if (JSON.stringify(this.view()) !== before) this.#options.changed()
  }
}

/** Writes beside and renames; readable by its user alone. */
async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}.part`
  try {
    const file = await open(beside, 'w', 0o600)
    try {
      await file.writeFile(text, 'utf8')
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined)
    throw error
  }
}

/** Makes the folder that stands in for a chosen one. */
export function makeCalendarFolder(folder: string): string {
  mkdirSync(folder, { recursive: true })
  return folder
}
