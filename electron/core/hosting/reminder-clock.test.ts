import { describe, expect, it } from 'vitest'
import { sampleReminder } from '../../../test/support/reminder-samples.ts'
import { addMinutes, type CivilTime, parseCivilTime } from '../../../shared/domain/civil-time.ts'
import { LOOK_MILLISECONDS, ReminderClock, type Told } from './reminder-clock.ts'

const MINUTE = 60_000

/** A core that has one thing to tell at each of these minutes of the clock, and a clock that goes as the test says. */
class Stand {
  now = 0
  open = false
  asked: string[] = []
  told: Told[] = []
  waiting: number[] = []
  due = 0
  wanted = true
  failures: string[] = []
  readonly clock: ReminderClock
  readonly #untold: number[]
  readonly #begin: CivilTime = parseCivilTime('2026-11-25T08:00')

  constructor(tellAtMinutes: number[], windowsTell = false) {
    this.#untold = tellAtMinutes.map((minute) => minute * MINUTE)
    const teller = {
      wanted: () => this.wanted,
      tell: (told: Told) => void this.told.push(told),
      tellWaiting: (count: number) => void this.waiting.push(count),
    }
    this.clock = new ReminderClock({
      now: () => this.now,
      time: () => this.#time(this.now),
      call: async (channel) => this.#answer(channel),
      teller: () => (windowsTell ? null : teller),
      due: () => {
        this.due += 1
      },
      failed: (event) => void this.failures.push(event),
    })
  }

  #time(now: number): CivilTime {
    return addMinutes(this.#begin, Math.floor(now / MINUTE))
  }

  async #answer(channel: string) {
    this.asked.push(channel)
    if (!this.open) return { ok: false, error: { code: 'locked', message: 'locked' } } as const
    const ready = this.#untold.filter((at) => at <= this.now)
    const next = this.#untold.find((at) => at > this.now) ?? this.now + 24 * 60 * MINUTE
    const wake = { wakeAt: this.#time(next), wakeInMs: Math.max(1, next - this.now) }
    if (channel === 'reminder.waiting') return { ok: true, value: { count: ready.length, ...wake } } as const
    if (channel === 'reminder.tell') {
      this.#untold.splice(0, ready.length)
      return {
        ok: true,
        value: { told: ready.map(() => ({ reminder: sampleReminder(), missed: 0 })), ...wake },
      } as const
    }
    const reminders = this.#untold.map((at) => sampleReminder({ nextTellingAt: this.#time(at) }))
    return { ok: true, value: { today: '2026-11-25', reminders } } as const
  }

  async unlock(): Promise<void> {
    this.open = true
    await this.clock.opened()
  }
  lock(): void {
    this.open = false
    this.clock.locked()
  }
  /** Time goes by with a look every so often. */
  async pass(minutes: number): Promise<void> {
    for (const end = this.now + minutes * MINUTE; this.now < end;) {
      this.now += LOOK_MILLISECONDS
      await this.clock.look()
    }
  }
  /** Time goes by without any look: the computer slept, or its clock was set. */
  jump(minutes: number): void {
    this.now += minutes * MINUTE
  }
  get count(): number {
    return this.told.flat().length
  }
}

describe('the clock of reminders', () => {
  it('asks when the vault opens and then at the wake that the engine named, not at every look', async () => {
    const stand = new Stand([60])
    await stand.unlock()
    stand.asked = []
    await stand.pass(59)
    expect(stand.asked).toEqual([])
    await stand.pass(1)
    expect(stand.count).toBe(1)
    await stand.pass(120)
    expect(stand.count).toBe(1)
  })
  it('tells what came due while the computer slept at the first look after it', async () => {
    const stand = new Stand([60, 90])
    await stand.unlock()
    stand.jump(600)
    await stand.clock.look()
    expect(stand.told.map((each) => each.length)).toEqual([2])
  })
  it('asks anew when the system says that it woke', async () => {
    const stand = new Stand([60])
    await stand.unlock()
    stand.jump(61)
    await stand.clock.woken()
    expect(stand.count).toBe(1)
  })
  it('asks anew when the clock was set back, whatever wake it had in mind', async () => {
    const stand = new Stand([])
    stand.jump(600)
    await stand.unlock()
    stand.asked = []
    stand.jump(-300)
    await stand.clock.look()
    expect(stand.asked).toContain('reminder.waiting')
  })
  it('asks anew after a change', async () => {
    const stand = new Stand([])
    await stand.unlock()
    stand.asked = []
    await stand.clock.changed()
    expect(stand.asked).toContain('reminder.waiting')
  })
  it('two changes at once are one more question, not two at a time', async () => {
    const stand = new Stand([0])
    await stand.unlock()
    await Promise.all([stand.clock.changed(), stand.clock.changed(), stand.clock.changed()])
    expect(stand.count).toBe(1)
  })

  it('never asks a locked vault, and says how many wait by their times alone, each once', async () => {
    const stand = new Stand([60, 90, 400])
    await stand.unlock()
    stand.lock()
    stand.asked = []
    await stand.pass(59)
    expect(stand.waiting).toEqual([])
    await stand.pass(41)
    expect(stand.waiting).toEqual([1, 2])
    expect(stand.asked).toEqual([])
    expect(stand.count).toBe(0)
    await stand.unlock()
    expect(stand.count).toBe(2)
  })
  it('a vault that was never open has nothing that waits', async () => {
    const stand = new Stand([10])
    await stand.pass(60)
    await stand.clock.woken()
    await stand.clock.changed()
    expect([stand.asked, stand.waiting]).toEqual([[], []])
  })
  it('marks nothing as told while the user wants no notifications', async () => {
    const stand = new Stand([0])
    stand.wanted = false
    await stand.unlock()
    expect(stand.asked).not.toContain('reminder.tell')
    stand.wanted = true
    await stand.clock.changed()
    expect(stand.count).toBe(1)
  })
  it('where the windows tell, it marks nothing and lets them know', async () => {
    const stand = new Stand([0], true)
    await stand.unlock()
    expect(stand.due).toBe(1)
    expect(stand.asked).toEqual(['reminder.waiting'])
  })
  it('a core that does not answer is asked again after a minute, not at every look', async () => {
    const stand = new Stand([0])
    await stand.clock.opened()
    expect(stand.failures).toEqual(['reminders-not-asked'])
    stand.asked = []
    await stand.pass(0.75)
    expect(stand.asked).toEqual([])
    stand.open = true
    await stand.pass(0.5)
    expect(stand.count).toBe(1)
  })
})
