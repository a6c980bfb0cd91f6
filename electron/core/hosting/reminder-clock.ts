import type { CivilTime } from '../../../shared/domain/civil-time.ts'
import type { OutputOf } from '../../../shared/ipc/contract.ts'
import { ask, type CallCore } from './reminder-calendar.ts'

/** What is to be told now. */
export type Told = OutputOf<'reminder.tell'>['told']

/** Who tells the user, where the host can: the system's notifications. */
export interface Teller {
  /** Whether the user wants to be told at all; while not, nothing is marked as told. */
  wanted(): boolean
  tell(told: Told): void
  /** The vault is locked, and by now so many reminders would have been told. Called when the count grows. */
  tellWaiting(count: number): void
}

export interface ReminderClockOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** The wall clock. */
  readonly time: () => CivilTime
  readonly call: CallCore
  /** Null where the windows tell: they are then asked through `due`. */
  readonly teller: () => Teller | null
  /** Something is to be told now, for windows that can. */
  readonly due: () => void
  readonly failed: (event: string) => void
}

/** A look every so often instead of one long timer: a computer that slept, or whose clock was set, is noticed. */
export const LOOK_MILLISECONDS = 15_000
/** Later than this a look comes only after sleep or after the clock was set ahead. */
const LATE_MILLISECONDS = 3 * LOOK_MILLISECONDS
/** What could not be asked is asked again after so long. */
const AGAIN_MILLISECONDS = 60_000
/** Reminders that are remembered by their time alone while the vault is locked. */
const MOST_REMEMBERED = 500

/**
 * Asks the core when something is to be told: at the engine's next wake, after every change, after sleep and after the
 * clock was set. A locked vault is never opened nor asked: all that is remembered then are the times of the next
 * tellings, no word of what they are about.
 */
export class ReminderClock {
  readonly #options: ReminderClockOptions
  #open = false
  #wakeAt = 0
  #lastLook: number
  #asking: Promise<void> | null = null
  #again = false
  #times: readonly CivilTime[] = []
  #announced = 0

  constructor(options: ReminderClockOptions) {
    this.#options = options
    this.#lastLook = options.now()
  }

  /** The vault was opened. */
  opened(): Promise<void> {
    this.#open = true
    this.#announced = 0
    return this.#ask()
  }

  locked(): void {
    this.#open = false
    this.#announced = 0
    // what was due before has been told, or was not to be
    const now = this.#options.time()
    this.#times = this.#times.filter((time) => time > now)
  }

  /** Something in the vault changed. */
  changed(): Promise<void> {
    return this.#open ? this.#ask() : Promise.resolve()
  }

  /** The computer woke from sleep. */
  woken(): Promise<void> {
    this.#lastLook = this.#options.now()
    if (this.#open) return this.#ask()
    this.#countWaiting()
    return Promise.resolve()
  }

  /** To be called every `LOOK_MILLISECONDS`. */
  look(): Promise<void> {
    const now = this.#options.now()
    const jumped = now < this.#lastLook || now - this.#lastLook > LATE_MILLISECONDS
    this.#lastLook = now
    if (!this.#open) {
      this.#countWaiting()
      return Promise.resolve()
    }
    return jumped || now >= this.#wakeAt ? this.#ask() : Promise.resolve()
  }

  #countWaiting(): void {
    const teller = this.#options.teller()
    if (teller === null) return
    const now = this.#options.time()
    const count = this.#times.filter((time) => time <= now).length
    if (count <= this.#announced) return
    this.#announced = count
    teller.tellWaiting(count)
  }

  async #ask(): Promise<void> {
    if (this.#asking !== null) {
      this.#again = true
      return this.#asking
    }
    this.#asking = this.#run().finally(() => {
      this.#asking = null
    })
    await this.#asking
    if (this.#again) {
      this.#again = false
      await this.#ask()
    }
  }

  async #run(): Promise<void> {
    const { call, now, teller: tellerNow, due, failed } = this.#options
    try {
      const teller = tellerNow()
      let { count, wakeInMs } = await ask(call, 'reminder.waiting', {})
      if (count > 0 && this.#open) {
        if (teller === null) due()
        else if (teller.wanted()) {
          const { told, wakeInMs: next } = await ask(call, 'reminder.tell', {})
          wakeInMs = next
          if (told.length > 0) teller.tell(told)
        }
      }
      this.#wakeAt = now() + wakeInMs
      if (teller !== null && this.#open) await this.#rememberTimes()
    } catch {
      // locked meanwhile, or the core is starting again
      this.#wakeAt = now() + AGAIN_MILLISECONDS
      if (this.#open) failed('reminders-not-asked')
    }
  }

  async #rememberTimes(): Promise<void> {
    const { reminders } = await ask(this.#options.call, 'reminder.list', {})
    this.#times = reminders
      .flatMap(({ nextTellingAt }) => (nextTellingAt === null ? [] : [nextTellingAt]))
      .toSorted()
      .slice(0, MOST_REMEMBERED)
  }
}
