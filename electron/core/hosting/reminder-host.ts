import { calendarOfCurrency, holidayCalendar } from '../reminding/holiday-calendar.ts'
import type { InputOf, OutputOf } from '../../../shared/ipc/contract.ts'
import { addDays, daysBetween, weekdayOf } from '../../../shared/domain/iso-date.ts'
import type { CivilTime } from '../../../shared/domain/civil-time.ts'
import type { CoreEvent } from '../../../shared/ipc/events.ts'
import type { CalendarFile } from '../../../shared/model/calendar-file.ts'
import type { HostLanguage } from '../../../shared/model/reminder-words.ts'
import { CalendarFileKeeper, makeCalendarFolder } from './calendar-file.ts'
import { ask, type CalendarChoice, type CallCore, reminderCalendar } from './reminder-calendar.ts'
import { LOOK_MILLISECONDS, ReminderClock, type Teller } from './reminder-clock.ts'
import type { SettingsPort } from './settings-port.ts'

export interface ReminderHostOptions {
  readonly settings: SettingsPort
  readonly systemLanguage: string
  /** False for the sample and for the command line: nobody is told, no file is kept. */
  readonly active: boolean
  readonly now: () => number
  readonly time: () => CivilTime
  readonly call: CallCore
  readonly teller: () => Teller | null
  readonly emit: (event: CoreEvent) => void
  readonly failed: (event: string) => void
  readonly pickFolder: (() => Promise<string | null>) | undefined
  /** Made where the host has no picker. Without it no file can be kept. */
  readonly calendarFolder: string | undefined
}

const SATURDAY = 6
/** Changes come in bursts: an import is a hundred. */
const SETTLE_MILLISECONDS = 1_000

/** What follows reminders outside the vault: who is told when, and the calendar file. */
export class ReminderHost {
  readonly clock: ReminderClock
  readonly #options: ReminderHostOptions
  readonly #file: CalendarFileKeeper
  readonly #looking: NodeJS.Timeout | undefined
  #settling: NodeJS.Timeout | undefined
  #today = ''

  constructor(options: ReminderHostOptions) {
    this.#options = options
    const { settings, now, time, call, teller, emit, failed } = options
    this.clock = new ReminderClock({ now, time, call, teller, failed, due: () => emit({ type: 'reminders-due' }) })
    this.#file = new CalendarFileKeeper({
      folder: () => (options.active && settings.get().calendarFolder !== '' ? settings.get().calendarFolder : null),
      write: () => {
        const { calendarAmounts, calendarAlarms } = settings.get()
        return reminderCalendar(
          call,
          { language: this.language(), amounts: calendarAmounts, alarms: calendarAlarms },
          now(),
        )
      },
      now,
      changed: () => emit({ type: 'calendar-file' }),
    })
    if (options.active) this.#looking = setInterval(() => this.#look(), LOOK_MILLISECONDS).unref()
  }

  language(): HostLanguage {
    const { language } = this.#options.settings.get()
    if (language !== 'system') return language
    return this.#options.systemLanguage.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
  }

  /** What the core tells goes through here. */
  heard(event: CoreEvent): void {
    if (!this.#options.active) return
    if (event.type === 'vault') {
      clearTimeout(this.#settling)
      if (event.state === 'locked') this.clock.locked()
      else {
        void this.clock.opened()
        void this.#file.update()
      }
    }
    if (event.type === 'changed' || event.type === 'settings') {
      clearTimeout(this.#settling)
      this.#settling = setTimeout(() => {
        void this.clock.changed()
        void this.#file.update()
      }, SETTLE_MILLISECONDS).unref()
    }
  }

  stop(): void {
    clearInterval(this.#looking)
    clearTimeout(this.#settling)
  }

  async export(choice: CalendarChoice): Promise<OutputOf<'calendar.export'>> {
    const { text, events, today } = await reminderCalendar(this.#options.call, choice, this.#options.now())
    return {
      name: `onebook-reminders-${today}.ics`,
      mediaType: 'text/calendar; charset=utf-8',
      base64: Buffer.from(text, 'utf8').toString('base64'),
      events,
    }
  }

  async daysOff({ from, until }: InputOf<'calendar.daysOff'>): Promise<OutputOf<'calendar.daysOff'>> {
    const { call } = this.#options
    const [{ calendar }, { baseCurrency }] = await Promise.all([
      ask(call, 'reminder.settings', {}),
      ask(call, 'vaultSettings.get', {}),
    ])
    const days = holidayCalendar(calendar ?? calendarOfCurrency(baseCurrency))
    const all = Array.from({ length: daysBetween(from, until) + 1 }, (_, index) => addDays(from, index))
    return {
      off: all.filter((on) => !days.isBusinessDay(on)),
      worked: all.filter((on) => weekdayOf(on) >= SATURDAY && days.isBusinessDay(on)),
    }
  }

  file(): CalendarFile {
    return this.#file.view()
  }

  async choose(): Promise<void> {
    const { settings, pickFolder, calendarFolder, emit } = this.#options
    const folder =
      pickFolder !== undefined
        ? await pickFolder()
        : calendarFolder === undefined
          ? null
          : makeCalendarFolder(calendarFolder)
    if (folder === null) return
    settings.set({ ...settings.get(), calendarFolder: folder })
    emit({ type: 'settings' })
    await this.#file.update()
  }

  stopFile(): void {
    const { settings, emit } = this.#options
    settings.set({ ...settings.get(), calendarFolder: '' })
    emit({ type: 'settings' })
  }

  #look(): void {
    void this.clock.look()
    const today = this.#options.time().slice(0, 10)
    if (today !== this.#today) {
      this.#today = today
      void this.#file.update()
    }
  }
}
