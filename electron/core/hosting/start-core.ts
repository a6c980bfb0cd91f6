import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import type { AppInfo } from '../../../shared/ipc/channels/host-channels.ts'
import { contract, isChannelName, type Reply } from '../../../shared/ipc/contract.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { CoreEvent } from '../../../shared/ipc/events.ts'
import { createDispatcher } from '../dispatcher.ts'
import type { HandlerContext } from '../handler.ts'
import { createJob } from '../jobs.ts'
import type { KeyStore, Log } from '../ports.ts'
import type { Argon2Parameters } from '../storage/vault-keys.ts'
import { lockVault, type VaultLock } from '../storage/vault-lock.ts'
import type { FileLocation, Role } from '../workers/protocol.ts'
import { createSystemClock } from '../workers/system-clock.ts'
import { createFileRegistry, type FileRegistry } from './file-registry.ts'
import type { HostQuestion } from './host-bridge.ts'
import { createHostHandlers } from './host-handlers.ts'
import { InboxImport, tokensOf } from './inbox-import.ts'
import { InboxWatch, type SeenFiles } from './inbox.ts'
import { createIdleLock } from './idle-lock.ts'
import { ReminderHost } from './reminder-host.ts'
import type { Teller } from './reminder-clock.ts'
import { createMemorySeen } from './seen-files.ts'
import type { SettingsPort } from './settings-port.ts'
import { WaitingExports } from './waiting-exports.ts'
import { startWorker, type WorkerLink } from './worker-link.ts'

const MAINTAIN_MILLISECONDS = 15 * 60_000
/** After unlocking the first views go before the day's backup. */
const BACKUP_DELAY = 20_000
/** How often the watched folder is looked at. */
const LOOK_MILLISECONDS = 2_000

export interface CoreOptions {
  readonly vaultPath: string
  readonly info: AppInfo
  readonly workerUrl: URL
  readonly settings: SettingsPort
  readonly keyStore: KeyStore
  readonly log: Log
  /** The system's file picker, where the host has one. */
  readonly pick?: (many: boolean) => Promise<readonly string[]>
  /** The window's page as a PDF, where the host has a window of its own. */
  readonly printPage?: () => Promise<Uint8Array>
  /** The system's picker for a folder, where the host has one. */
  readonly pickFolder?: () => Promise<string | null>
  /** Where the watched folder is made when the host has no picker. Without it nothing is watched. */
  readonly inboxFolder?: string
  /** Where the calendar file is kept when the host has no picker. */
  readonly calendarFolder?: string
  /** Who tells of reminders, where the host can; else its windows do. */
  readonly teller?: Teller
  /** Which files of the watched folder were picked up before. */
  readonly seen?: SeenFiles
  /** For tests: a fixed civil date and a cheap key derivation. */
  readonly today?: string
  readonly argon2?: Argon2Parameters
  /** For tests: milliseconds from unlocking to the automatic backup. */
  readonly backupDelay?: number
}

/** The core as a host has it: calls in, replies and events out. Everything heavy happens on other threads. */
export interface Core {
  call(channel: string, input: unknown, job?: string): Promise<Reply<unknown>>
  subscribe(listener: (event: CoreEvent) => void): () => void
  readonly files: FileRegistry
  /** Starts what a window will need at once after unlocking. */
  warm(): void
  /** The computer woke from sleep. */
  woken(): void
  /** Locks the vault; nothing happens where it is not open. */
  lock(): Promise<void>
  /** Closes the vault, gives it free, drops uploads. */
  close(): Promise<void>
}

/** A keychain where there is none. */
export const noKeyStore: KeyStore = {
  available: false,
  seal: () => {
    throw new CoreError('keychain-unavailable', 'This host has no keychain.')
  },
  unseal: () => {
    throw new CoreError('keychain-unavailable', 'This host has no keychain.')
  },
}

/** Starts the workers. Takes the lock on the vault only when it is first asked for it. */
export function startCore(options: CoreOptions): Core {
  return new RunningCore(options)
}

type ReaderUse = 'short' | 'long'

class RunningCore implements Core {
  readonly files: FileRegistry
  readonly #options: CoreOptions
  readonly #listeners = new Set<(event: CoreEvent) => void>()
  readonly #path: string
  readonly #clock
  readonly #idle
  readonly #maintenance: NodeJS.Timeout
  #firstMaintenance: NodeJS.Timeout | undefined
  readonly #inbox: InboxWatch
  readonly #inboxImport: InboxImport
  readonly #looking: NodeJS.Timeout
  readonly #reminders: ReminderHost
  readonly #exports = new WaitingExports()
  readonly #callHost: (channel: string, input: unknown) => Promise<Reply<unknown>>
  #writer: WorkerLink
  /** One answers short reads, the other long work, so that a preview does not hold up the window. Started when needed. */
  #readers: Readonly<Record<ReaderUse, WorkerLink | null>> = { short: null, long: null }
  #held: VaultLock | null = null
  #open = false
  #closing: Promise<void> | null = null

  constructor(options: CoreOptions) {
    this.#options = options
    this.#path = resolve(options.vaultPath)
    this.#clock = createSystemClock(options.today)
    this.files = createFileRegistry(
      (token, location) => this.#announceFile(token, location),
      (token) => this.#all().forEach((link) => link.send({ type: 'file-gone', token })),
    )
    this.#writer = this.#startWorker('writer')
    this.#idle = createIdleLock({
      now: () => this.#clock.now(),
      // the sample protects nothing, and who looks at it does not know its passphrase
      minutes: () => (this.#open && !options.info.demo ? options.settings.get().autoLockMinutes : 0),
      isBusy: () => this.#writer.busy > 0 || (this.#readers.long?.busy ?? 0) > 0,
      lock: () => void this.lock(),
    })
    this.#maintenance = setInterval(() => this.#maintain(), MAINTAIN_MILLISECONDS)
    this.#maintenance.unref()
    this.#inbox = new InboxWatch({
      files: this.files,
      seen: options.seen ?? createMemorySeen(),
      folder: () => this.#watched(),
      moves: () => options.settings.get().watchMoves,
      changed: () => this.#emit({ type: 'inbox' }),
    })
    this.#inboxImport = new InboxImport(this.#inbox, (channel, input) => this.call(channel, input))
    this.#looking = setInterval(() => void this.#look(), LOOK_MILLISECONDS)
    this.#looking.unref()
    this.#reminders = new ReminderHost({
      settings: options.settings,
      systemLanguage: options.info.systemLanguage,
      active: !options.info.demo && options.info.host !== 'cli',
      now: () => this.#clock.now(),
      time: () => this.#clock.time(),
      call: (channel, input) => this.call(channel, input),
      teller: () => options.teller ?? null,
      emit: (event) => this.#emit(event),
      failed: (event) => options.log.write(event),
      pickFolder: options.pickFolder,
      calendarFolder: options.calendarFolder,
    })
    this.#callHost = this.#hostDispatcher()
  }

  async call(channel: string, input: unknown, job?: string): Promise<Reply<unknown>> {
    if (this.#closing !== null) return { ok: false, error: { code: 'cancelled', message: 'Onebook is closing.' } }
    if (!isChannelName(channel)) return this.#callHost(channel, input)
    const { access } = contract[channel]
    if (access === 'host') return this.#callHost(channel, input)
    if (access === 'write') {
      if (channel === 'import.commit') this.#restLongReader()
      const reply = await this.#writer.call(channel, input, job ?? null)
      if (channel === 'import.commit' && reply.ok) this.#inbox.done(tokensOf(input))
      return reply
    }
    const reply = await this.#reader('job' in contract[channel] ? 'long' : 'short').call(channel, input, job ?? null)
    this.#exports.heard(channel, input, reply)
    return reply
  }

  subscribe(listener: (event: CoreEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  warm(): void {
    if (this.#closing === null) this.#reader('short')
  }

  woken(): void {
    void this.#reminders.clock.woken()
  }

  async lock(): Promise<void> {
    if (this.#closing === null) await this.#writer.call('vault.lock', {}, null)
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#idle.stop()
      this.#reminders.stop()
      clearInterval(this.#maintenance)
      clearTimeout(this.#firstMaintenance)
      clearInterval(this.#looking)
      // the writer closes its readers' connections before its own
      await this.#writer.stop()
      await Promise.all(this.#startedReaders().map((reader) => reader.stop()))
      this.files.releaseAll()
      this.#held?.release()
      this.#held = null
    })()
    return this.#closing
  }

  #all(): readonly WorkerLink[] {
    return [this.#writer, ...this.#startedReaders()]
  }

  #startedReaders(): readonly WorkerLink[] {
    return [this.#readers.short, this.#readers.long].filter((reader) => reader !== null)
  }

  /** The reader for a use, started and let in to the vault (by its state now) if it is not there. */
  #reader(use: ReaderUse): WorkerLink {
    const present = this.#readers[use]
    if (present !== null && !present.ended) return present
    const reader = this.#startWorker('reader', use === 'short')
    if (use === 'long') this.#exports.forget()
    this.#readers = { ...this.#readers, [use]: reader }
    for (const [token, location] of this.files.entries()) reader.send({ type: 'file', token, location })
    const { port1, port2 } = new MessageChannel()
    reader.send({ type: 'writer', port: port2 })
    this.#writer.send({ type: 'reader', port: port1 })
    return reader
  }

  /**
   * What a preview of a big file took goes back to the system before the import takes as much again. Not where an export
   * waits on that reader: it would be lost. Other work is small, and who asks next would wait for a new reader to load.
   */
  #restLongReader(): void {
    const { long } = this.#readers
    if (long === null || long.busy > 0 || this.#exports.any) return
    this.#readers = { ...this.#readers, long: null }
    void long.stop()
  }

  #announceFile(token: string, location: FileLocation): void {
    for (const link of this.#all()) link.send({ type: 'file', token, location })
  }

  #emit(event: CoreEvent): void {
    if (event.type === 'vault') this.#vaultIs(event.state)
    this.#reminders.heard(event)
    for (const listener of this.#listeners) listener(event)
  }

  #vaultIs(state: 'open' | 'locked'): void {
    this.#open = state === 'open'
    this.#idle.touch()
    clearTimeout(this.#firstMaintenance)
    if (this.#open)
      this.#firstMaintenance = setTimeout(() => this.#maintain(), this.#options.backupDelay ?? BACKUP_DELAY).unref()
    else {
      this.files.releaseAll()
      this.#exports.forget()
      this.#inbox.forget()
    }
  }

  #watched(): string | null {
    const { settings, info, inboxFolder } = this.#options
    const { watch, watchFolder } = settings.get()
    return watch === 'off' || watchFolder === '' || info.demo || inboxFolder === undefined ? null : watchFolder
  }

  async #look(): Promise<void> {
    if (!this.#open) return
    await this.#inbox.look()
    if (this.#open && this.#options.settings.get().watch === 'commit') await this.#inboxImport.run()
  }

  /** Chooses the folder to be watched, and begins to watch it. */
  async #chooseInbox(): Promise<void> {
    const { settings, pickFolder, inboxFolder } = this.#options
    const folder = pickFolder === undefined ? (inboxFolder ?? null) : await pickFolder()
    if (folder === null) return
    if (pickFolder === undefined) mkdirSync(folder, { recursive: true })
    const now = settings.get()
    settings.set({ ...now, watchFolder: folder, watch: now.watch === 'off' ? 'preview' : now.watch })
    this.#emit({ type: 'settings' })
    await this.#inbox.look()
  }

  #maintain(): void {
    if (!this.#open || this.#options.info.demo || this.#options.info.host === 'cli') return
    if (this.#options.settings.get().automaticBackups)
      void this.#reader('long')
        .backUp()
        .then(() => this.#restLongReader())
  }

  #hostDispatcher(): (channel: string, input: unknown) => Promise<Reply<unknown>> {
    const { info, settings, log, pick, printPage } = this.#options
    const dispatch = createDispatcher(
      createHostHandlers({
        info,
        settings,
        settingsChanged: () => this.#emit({ type: 'settings' }),
        files: this.files,
        pick: pick ?? null,
        printPage: printPage ?? null,
        inbox: {
          view: () => this.#inbox.view(),
          choose: () => this.#chooseInbox(),
          dismiss: (tokens) => this.#inbox.dismiss(tokens),
        },
        calendar: {
          export: (choice) => this.#reminders.export(choice),
          daysOff: (range) => this.#reminders.daysOff(range),
          file: () => this.#reminders.file(),
          choose: () => this.#reminders.choose(),
          stop: () => this.#reminders.stopFile(),
        },
        cancelJob: (job) => this.#all().forEach((link) => link.send({ type: 'cancel', job })),
        touch: () => this.#idle.touch(),
      }),
      log,
    )
    const notHere = (): never => {
      throw new Error('the host has no vault of its own')
    }
    const context: HandlerContext = {
      clock: this.#clock,
      files: { open: notHere },
      log,
      readable: notHere,
      writable: notHere,
      job: createJob(
        null,
        new AbortController().signal,
        () => undefined,
        () => 0,
      ),
      emit: (event) => this.#emit(event),
    }
    return (channel, input) => dispatch(channel, input, context)
  }

  #startWorker(role: Role, preload = true): WorkerLink {
    const { workerUrl, info, today, argon2, log } = this.#options
    return startWorker({
      url: workerUrl,
      setup: {
        role,
        // one command may need no more of the writer than the vault's own channels
        preload: preload && info.host !== 'cli',
        vaultPath: this.#path,
        host: info.host,
        demo: info.demo,
        ...(today === undefined ? {} : { today }),
        ...(argon2 === undefined ? {} : { argon2 }),
      },
      answer: (question) => this.#answer(question),
      onEvent: (event) => this.#emit(event),
      onLog: (event, facts) => log.write(event, facts),
      onCrash: (crashed, type) => this.#restart(crashed, type),
    })
  }

  /** Without its writer the vault is locked and all begin anew; a reader is started again when it is next needed. */
  #restart(role: Role, type: string): void {
    if (this.#closing !== null) return
    this.#options.log.write('worker-ended', { role, type })
    if (role !== 'writer') return
    for (const reader of this.#startedReaders()) void reader.stop()
    this.#readers = { short: null, long: null }
    this.#writer = this.#startWorker('writer')
    for (const [token, location] of this.files.entries()) this.#writer.send({ type: 'file', token, location })
    this.#emit({ type: 'vault', state: 'locked' })
  }

  #answer(question: HostQuestion): unknown {
    const { keyStore, info } = this.#options
    switch (question.ask) {
      case 'hold-vault':
        this.#held ??= lockVault(this.#path, info.host)
        return true
      case 'keychain-available':
        return keyStore.available
      case 'seal':
        return keyStore.seal(question.bytes)
      case 'unseal':
        return keyStore.unseal(question.bytes)
      default:
        throw new Error('not a question')
    }
  }
}
