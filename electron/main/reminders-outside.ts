import type { OutputOf } from '../../shared/ipc/contract.ts'
import type { CoreEvent } from '../../shared/ipc/events.ts'
import { addDays } from '../../shared/domain/iso-date.ts'
import { civilTime } from '../../shared/domain/civil-time.ts'
import { reminderAddress } from '../../shared/model/reminder-address.ts'
import type { Reminder } from '../../shared/model/reminder.ts'
import type { HostLanguage } from '../../shared/model/reminder-words.ts'
import { ask } from '../core/hosting/reminder-calendar.ts'
import type { Sight } from '../core/hosting/reminder-lines.ts'
import type { Teller } from '../core/hosting/reminder-clock.ts'
import type { SettingsPort } from '../core/hosting/settings-port.ts'
import type { Core } from '../core/hosting/start-core.ts'
import { createTeller } from './notifications.ts'
import { type AppTray, createTray } from './tray.ts'
import type { SnoozeDays, TrayActions } from './tray-menu.ts'

export interface OutsideOptions {
  readonly settings: SettingsPort
  readonly systemLanguage: string
  /** The tray's icon file. */
  readonly icon: string
  /** Brings the window up, at an address where one is given. */
  readonly showWindow: (to: string | null) => void
  readonly quit: () => void
  readonly setStartAtLogin: (wanted: boolean) => void
}

const SHOWN_NEXT = 5
/** Changes come in bursts. */
const SETTLE_MILLISECONDS = 500

/** Reminders in the tray and in notifications, beside the window. */
export class RemindersOutside {
  readonly teller: Teller & { clear(): void }
  readonly #options: OutsideOptions
  #core: Core | null = null
  #tray: AppTray | null = null
  #settling: NodeJS.Timeout | undefined
  #startsAtLogin: boolean | null = null
  #open = false

  constructor(options: OutsideOptions) {
    this.#options = options
    const { settings } = options
    this.teller = createTeller(
      {
        wanted: () => settings.get().notifications,
        whileLocked: () => settings.get().notifyWhileLocked,
        sight: () => this.#sight(),
      },
      this.#actions(),
    )
  }

  /** Begins once the core runs: the tray comes up and follows it. */
  start(core: Core): void {
    this.#core = core
    this.#tray = createTray(this.#options.icon, this.#actions())
    core.subscribe((event) => this.#heard(event))
    this.#tray?.show(null, this.#sight())
    this.#applyLogin()
  }

  /** Whether there is a tray to stay in. */
  get hasTray(): boolean {
    return this.#tray !== null
  }

  stop(): void {
    clearTimeout(this.#settling)
    this.#tray?.remove()
    this.#tray = null
  }

  /** What is due next goes into the menu; nothing of the vault while it is locked. */
  async refresh(): Promise<void> {
    if (this.#tray === null || this.#core === null) return
    const core = this.#core
    let next: OutputOf<'reminder.next'> | null = null
    try {
      if (this.#open)
        next = await ask((channel, input) => core.call(channel, input), 'reminder.next', { limit: SHOWN_NEXT })
    } catch {
      // locked meanwhile
    }
    // locked while it was asked: what came back is not shown any more
    this.#tray?.show(this.#open ? next : null, this.#sight())
  }

  #sight(): Sight {
    const { settings } = this.#options
    return { language: this.#language(), amounts: !settings.get().maskAmounts }
  }

  #language(): HostLanguage {
    const { language } = this.#options.settings.get()
    if (language !== 'system') return language
    return this.#options.systemLanguage.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
  }

  #heard(event: CoreEvent): void {
    if (event.type === 'vault') {
      this.#open = event.state === 'open'
      if (!this.#open) {
        this.teller.clear()
        this.#tray?.show(null, this.#sight())
      }
    }
    if (event.type === 'settings') this.#applyLogin()
    if (event.type !== 'vault' && event.type !== 'changed' && event.type !== 'settings') return
    clearTimeout(this.#settling)
    this.#settling = setTimeout(() => void this.refresh(), SETTLE_MILLISECONDS).unref()
  }

  #applyLogin(): void {
    const { startAtLogin } = this.#options.settings.get()
    // off is the system's own state: it is only taken back, never set at the first start
    if (this.#startsAtLogin === startAtLogin || (this.#startsAtLogin === null && !startAtLogin)) {
      this.#startsAtLogin = startAtLogin
      return
    }
    this.#startsAtLogin = startAtLogin
    this.#options.setStartAtLogin(startAtLogin)
  }

  #actions(): TrayActions {
    const { showWindow, quit } = this.#options
    return {
      open: (reminder: Reminder | null) => showWindow(reminder === null ? null : reminderAddress(reminder)),
      openAll: () => showWindow('/reminders'),
      done: (key) => void this.#core?.call('reminder.done', { key }),
      snooze: (key, days) => void this.#snooze(key, days),
      lock: () => void this.#core?.lock(),
      quit,
    }
  }

  async #snooze(key: string, days: SnoozeDays): Promise<void> {
    const core = this.#core
    if (core === null) return
    const call = (channel: Parameters<Core['call']>[0], input: unknown) => core.call(channel, input)
    try {
      const [{ today }, { tellAt }] = await Promise.all([
        ask(call, 'reminder.next', { limit: 1 }),
        ask(call, 'reminder.settings', {}),
      ])
      await core.call('reminder.snooze', { key, until: civilTime(addDays(today, days), tellAt) })
    } catch {
      // locked meanwhile: nothing changes, and the reminder comes again
    }
  }
}
