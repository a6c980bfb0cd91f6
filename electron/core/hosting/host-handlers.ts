import type { calendarChannels } from '../../../shared/ipc/channels/calendar-channels.ts'
import type { hostChannels } from '../../../shared/ipc/channels/host-channels.ts'
import type { AppInfo } from '../../../shared/ipc/channels/host-channels.ts'
import type { Inbox } from '../../../shared/model/inbox.ts'
import type { CalendarFile } from '../../../shared/model/calendar-file.ts'
import type { InputOf, OutputOf } from '../../../shared/ipc/contract.ts'
import type { HandlersOf } from '../handler.ts'
import type { FileFacts, FileRegistry } from './file-registry.ts'
import type { CalendarChoice } from './reminder-calendar.ts'
import type { SettingsPort } from './settings-port.ts'

export interface HostHandlerPorts {
  readonly info: AppInfo
  readonly settings: SettingsPort
  readonly settingsChanged: () => void
  readonly files: FileRegistry
  /** The system's file picker; answers with paths. Null where the host has none. */
  readonly pick: ((many: boolean) => Promise<readonly string[]>) | null
  /** The window's page by its print style as a PDF. Null where the host has no window of its own. */
  readonly printPage: (() => Promise<Uint8Array>) | null
  readonly inbox: {
    view(): Inbox
    /** Answers once a folder is chosen, or nothing was. */
    choose(): Promise<void>
    dismiss(tokens: readonly string[]): void
  }
  readonly calendar: {
    export(choice: CalendarChoice): Promise<OutputOf<'calendar.export'>>
    daysOff(range: InputOf<'calendar.daysOff'>): Promise<OutputOf<'calendar.daysOff'>>
    file(): CalendarFile
    /** Answers once a folder is chosen and the file in it, or nothing was. */
    choose(): Promise<void>
    stop(): void
  }
  readonly cancelJob: (job: string) => void
  readonly touch: () => void
}

/** The channels that the host itself answers, on its own thread. */
export function createHostHandlers(ports: HostHandlerPorts): HandlersOf<typeof hostChannels & typeof calendarChannels> {
  return {
    'app.info': () => ports.info,
    'settings.get': () => ports.settings.get(),
    'settings.set': (patch) => {
      const next = { ...ports.settings.get(), ...withoutUndefined(patch) }
      ports.settings.set(next)
      ports.settingsChanged()
      return next
    },
    'file.pick': async ({ many }) => {
      const paths = ports.pick === null ? [] : await ports.pick(many)
      return paths.map((path): FileFacts => ports.files.addPath(path))
    },
    'file.paste': ({ name, text }) => ports.files.addBytes(name, Buffer.from(text, 'utf8')),
    'inbox.get': () => ports.inbox.view(),
    'inbox.choose': async () => {
      await ports.inbox.choose()
      return ports.inbox.view()
    },
    'inbox.dismiss': ({ files }) => {
      ports.inbox.dismiss(files)
      return ports.inbox.view()
    },
    'file.release': ({ files }) => {
      // what the user takes off the screen is not wanted again
      ports.inbox.dismiss(files)
      ports.files.release(files)
      return {}
    },
    'calendar.export': (choice) => ports.calendar.export(choice),
    'calendar.daysOff': (range) => ports.calendar.daysOff(range),
    'calendar.file': () => ports.calendar.file(),
    'calendar.chooseFile': async () => {
      await ports.calendar.choose()
      return ports.calendar.file()
    },
    'calendar.stopFile': () => {
      ports.calendar.stop()
      return ports.calendar.file()
    },
    'job.cancel': ({ job }) => {
      ports.cancelJob(job)
      return {}
    },
    'page.pdf': async () => {
      const pdf = ports.printPage === null ? null : await ports.printPage()
      return { pdf: pdf === null ? null : Buffer.from(pdf).toString('base64') }
    },
    'app.touch': () => {
      ports.touch()
      return {}
    },
  }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function withoutUndefined<T extends object>(patch: T): Defined<T> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Defined<T>
}
