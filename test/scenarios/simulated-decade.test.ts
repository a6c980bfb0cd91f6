import { afterAll, describe, expect, it } from 'vitest'
import { createDispatcher } from '../../electron/core/dispatcher.ts'
import type { HandlerContext } from '../../electron/core/handler.ts'
import { dataHandlers } from '../../electron/core/handlers/data-handlers.ts'
import { seedVault } from '../../electron/core/handlers/seed-vault.ts'
import { holidayCalendar } from '../../electron/core/reminding/holiday-calendar.ts'
import { occurrences } from '../../electron/core/reminding/recurrence.ts'
import type { ReadableVault, WritableVault } from '../../electron/core/storage/open-vault.ts'
import { addMinutes, type CivilTime, civilTime, dateOfTime, minuteOfTime } from '../../shared/domain/civil-time.ts'
import { parseCurrencyCode } from '../../shared/domain/currency.ts'
import { addDays, type IsoDate, parseIsoDate } from '../../shared/domain/iso-date.ts'
import type { CallOf, ChannelName, OutputOf } from '../../shared/ipc/contract.ts'
import { type OwnReminderDraft, ownReminderDraftSchema } from '../../shared/model/reminder.ts'
import { createTemporaryVault, openWithoutWaiting, type TemporaryVault } from '../support/temporary-vault.ts'
import { ZoneClock } from '../support/zone-clock.ts'

/**
 * Ten years of a household with a computer that sleeps, restarts, travels and has its clock set wrong and right again, on
 * a real vault, through the channels that a host calls. What should have been told of is worked out apart, from the
 * reminders themselves.
 */

const START = Date.UTC(2026, 10, 23, 1, 0)
const MINUTE = 60_000
const DAY = 1440 * MINUTE
const YEARS = 10
const ZONES = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Pacific/Auckland',
  'Pacific/Honolulu',
  'Australia/Lord_Howe',
  'America/St_Johns',
]
const QUIET = { from: 23 * 60, until: 90 }
const TELL_AT = 540

/** Repeatable random numbers (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const draft = (given: Partial<OwnReminderDraft> & Pick<OwnReminderDraft, 'title'>, firstOn: string): OwnReminderDraft =>
  ownReminderDraftSchema.parse({ ...given, firstOn })
const every = (unit: 'day' | 'week' | 'month' | 'year', interval = 1, lastDay = false) => ({
  every: unit,
  interval,
  lastDay,
  until: null,
})
const drafts: readonly OwnReminderDraft[] = [
  draft({ title: 'the 31st', recurrence: every('month'), leadDays: [3, 0] }, '2026-12-31'),
  draft({ title: 'leap day', recurrence: every('year'), leadDays: [30, 7, 0] }, '2028-02-29'),
  draft(
    { title: 'end of quarter', recurrence: every('month', 3, true), leadDays: [5, 0], roll: 'next', calendar: 'cn' },
    '2026-12-31',
  ),
  draft(
    { title: 'before Christmas', recurrence: every('year'), leadDays: [0], roll: 'previous', calendar: 'uk' },
    '2026-12-25',
  ),
  // at a time that summer time skips and repeats
  draft({ title: 'Sunday night', recurrence: every('week'), leadDays: [0], tellAt: 150 }, '2026-11-29'),
  draft({ title: 'midnight', recurrence: every('month', 2), leadDays: [1], tellAt: 0 }, '2027-01-15'),
  draft({ title: 'evening', recurrence: every('day', 9), leadDays: [2, 0], tellAt: 22 * 60 + 59 }, '2026-12-01'),
  draft({ title: 'nagging', recurrence: every('year'), leadDays: [0], repeatDays: 3 }, '2027-06-01'),
  draft({ title: 'once', leadDays: [366, 90, 0] }, '2031-05-05'),
]

interface Telling {
  readonly key: string
  readonly at: CivilTime
  readonly step: number
}

/** A reminder as the test understands it: when each of its tellings is due. */
interface Expected {
  readonly key: string
  readonly on: IsoDate
  readonly stages: readonly { readonly lead: number; readonly moment: CivilTime }[]
}

const quiet = (minute: number): boolean => minute >= QUIET.from || minute < QUIET.until
function afterQuiet(time: CivilTime): CivilTime {
  const minute = minuteOfTime(time)
  if (!quiet(minute)) return time
  return civilTime(minute < QUIET.until ? dateOfTime(time) : addDays(dateOfTime(time), 1), QUIET.until)
}

class Decade {
  readonly random: () => number
  readonly clock = new ZoneClock(START, 'Asia/Shanghai')
  readonly dispatch = createDispatcher(dataHandlers, { write: () => undefined })
  readonly told: Telling[] = []
  /** By step, what the wall clock showed. */
  readonly looks: CivilTime[] = []
  /** Keys by the steps at which the user put them off. */
  readonly snoozes = new Map<string, number[]>()
  readonly settled = new Set<string>()
  readonly faults: string[] = []
  readonly expected = new Map<string, Expected>()
  /** Since when the computer has been awake with a clock that nobody touched. */
  steadySince: CivilTime
  checkedTo: IsoDate
  vault: WritableVault

  readonly temporary: TemporaryVault

  constructor(temporary: TemporaryVault, seed: number) {
    this.temporary = temporary
    this.random = randomOf(seed)
    this.vault = temporary.vault
    this.steadySince = this.clock.time()
    this.checkedTo = addDays(this.clock.today(), 1)
  }

  async call<N extends ChannelName>(channel: N, input: CallOf<N>): Promise<OutputOf<N>> {
    const context: HandlerContext = {
      clock: this.clock,
      files: {
        open() {
          throw new Error('there are no files')
        },
      },
      log: { write: () => undefined },
      readable: () => this.vault as unknown as ReadableVault,
      writable: () => this.vault,
      job: { signal: new AbortController().signal, progress: () => undefined, breathe: async () => undefined },
      emit: () => undefined,
    }
    const reply = await this.dispatch(channel, input, context)
    if (!reply.ok) throw new Error(`${channel}: ${reply.error.code}: ${reply.error.message}`)
    return reply.value as OutputOf<N>
  }

  async begin(): Promise<void> {
    seedVault(this.vault, { baseCurrency: parseCurrencyCode('CNY') })
    await this.call('reminder.saveSettings', { tellAt: TELL_AT, quiet: QUIET })
    for (const each of drafts) {
      const { id } = await this.call('reminder.add', each)
      const last = addDays(this.clock.today(), 365 * (YEARS + 3))
      for (const nominal of occurrences(each.firstOn, each.recurrence, each.firstOn, last)) {
        const on = holidayCalendar(each.calendar ?? 'cn').roll(nominal, each.roll).on
        const repeats =
          each.repeatDays === null
            ? []
            : Array.from(
                { length: Math.floor(30 / each.repeatDays) },
                (_, index) => -(index + 1) * (each.repeatDays ?? 1),
              )
        const stages = [...(each.leadDays ?? []), ...repeats]
          .toSorted((left, right) => right - left)
          .map((lead) => ({ lead, moment: civilTime(addDays(on, -lead), each.tellAt ?? TELL_AT) }))
        const key = `own:reminder.${id}:${nominal}`
        this.expected.set(key, { key, on, stages })
      }
    }
  }

  /** The last telling of it that is due by then. */
  stageAt(key: string, at: CivilTime): Expected['stages'][number] | undefined {
    return this.expected.get(key)?.stages.findLast(({ moment }) => moment <= at)
  }

  /** Whether the clock showed, after a step, a time so long before that the telling of that step was a mistake. */
  takenBack({ step, at }: Telling): boolean {
    const limit = addMinutes(at, -26 * 60)
    return this.looks.slice(step + 1).some((time) => time < limit)
  }

  /** One look as a host does it. Answers the milliseconds until the next. */
  async look(): Promise<number> {
    const now = this.clock.time()
    const step = this.looks.push(now) - 1
    const waiting = await this.call('reminder.waiting', {})
    if (waiting.wakeAt <= now) this.faults.push(`${now}: wakes at ${waiting.wakeAt}`)
    if (waiting.count === 0) return waiting.wakeInMs
    const { told, wakeInMs } = await this.call('reminder.tell', {})
    for (const { reminder } of told) this.judge({ key: reminder.key, at: now, step })
    for (const { reminder } of told) await this.answer(reminder.key)
    return wakeInMs
  }

  judge(telling: Telling): void {
    const { key, at } = telling
    if (quiet(minuteOfTime(at))) this.faults.push(`${at}: ${key} in quiet hours`)
    if (this.settled.has(key)) this.faults.push(`${at}: ${key} though it was done`)
    const stage = this.stageAt(key, at)
    const before = this.told.findLast((each) => each.key === key)
    const putOff = this.snoozes.get(key) ?? []
    const woken = before !== undefined && putOff.some((step) => step >= before.step)
    if (before !== undefined && !woken && !this.takenBack(before)) {
      const earlier = this.stageAt(key, before.at)
      const advanced = stage !== undefined && earlier !== undefined && stage.lead < earlier.lead
      if (!advanced) this.faults.push(`${at}: ${key} twice, before at ${before.at}`)
    }
    // a computer that was awake tells of it to the minute
    if (stage !== undefined && putOff.length === 0 && stage.moment > this.steadySince) {
      const due = afterQuiet(this.clock.shownAt(stage.moment))
      if (at !== due && (before === undefined || !this.takenBack(before)))
        this.faults.push(`${at}: ${key} should have been at ${due}`)
    }
    this.told.push(telling)
  }

  async answer(key: string): Promise<void> {
    const dice = this.random()
    if (dice < 0.25) {
      await this.call('reminder.done', { key })
      this.settled.add(key)
      if (this.random() < 0.2) {
        await this.call('history.undo', {})
        this.settled.delete(key)
      }
    } else if (dice < 0.3) {
      await this.call('reminder.dismiss', { key })
      this.settled.add(key)
    } else if (dice < 0.45) {
      const until = addMinutes(this.clock.time(), 5 + Math.floor(this.random() * 4 * 1440))
      await this.call('reminder.snooze', { key, until })
      this.snoozes.set(key, [...(this.snoozes.get(key) ?? []), this.looks.length - 1])
    }
  }

  /** Everything whose day has passed since the last check was told of, or is seen to. */
  check(): void {
    const today = this.clock.today()
    const rows = this.vault.driver
      .prepare('select key from reminder_tellings union select key from reminder_states')
      .pluck()
      .all() as string[]
    const known = new Set(rows)
    for (const { key, on, stages } of this.expected.values()) {
      const first = stages[0]?.moment
      // its first telling must have come, by a clock that was right
      if (on < this.checkedTo || on >= addDays(today, -1) || first === undefined) continue
      if (!known.has(key)) this.faults.push(`${today}: ${key} was missed`)
    }
    this.checkedTo = addDays(today, -1)
  }

  unsteady(): void {
    this.steadySince = this.clock.time()
  }

  async restart(): Promise<void> {
    await this.vault.close()
    this.vault = openWithoutWaiting(this.temporary)
  }

  async run(): Promise<void> {
    await this.begin()
    const end = START + YEARS * 365.25 * DAY
    let nextCheck = START + 200 * DAY
    while (this.clock.true < end) {
      const wait = await this.look()
      const dice = this.random()
      if (dice < 0.012) {
        // sleeps for hours, a month or half a year
        this.clock.true += Math.ceil(
          DAY * ([0.3, 2, 12, 33, 180][Math.floor(this.random() * 5)] ?? 1) * (0.5 + this.random()),
        )
        this.unsteady()
      } else if (dice < 0.022) {
        this.clock.zone = ZONES[Math.floor(this.random() * ZONES.length)] ?? this.clock.zone
        this.unsteady()
      } else if (dice < 0.026) {
        // the clock goes wrong for a few looks, by minutes up to a year
        const size = [7, 60, 1440, 3 * 1440, 40 * 1440, 400 * 1440][Math.floor(this.random() * 6)] ?? 0
        this.clock.skew = Math.round((this.random() < 0.5 ? 1 : -1) * size * (0.5 + this.random())) * MINUTE
        for (let looks = 0; looks < 3; looks += 1) {
          this.unsteady()
          const next = await this.look()
          this.clock.true += Math.min(next, 6 * 60 * MINUTE)
        }
        this.clock.skew = 0
        this.unsteady()
      } else {
        if (dice > 0.985) await this.restart()
        // now and then something changes and the host looks again at once, as it does after every change
        const early = this.random() < 0.1
        this.clock.true += early ? Math.min(wait, Math.ceil(this.random() * 300) * MINUTE) : wait
      }
      if (this.clock.true > nextCheck) {
        await this.look()
        // what waits for the end of a quiet night
        this.clock.true += 3 * 60 * MINUTE
        await this.look()
        this.check()
        nextCheck = this.clock.true + 200 * DAY
      }
    }
  }
}

describe('ten years', () => {
  const opened: TemporaryVault[] = []
  afterAll(() => Promise.all(opened.map((each) => each.close())))
  it.each([2026])(
    'of reminders: nothing missed, nothing told twice, nothing at night (seed %i)',
    async (seed) => {
      const temporary = await createTemporaryVault()
      opened.push(temporary)
      const decade = new Decade(temporary, seed)
      await decade.run()
      await decade.vault.close()
      expect(decade.faults).toEqual([])
      // the years were full: hundreds of Sundays alone, and a host that does not look all the time
      expect(decade.told.length).toBeGreaterThan(700)
      expect(decade.looks.length).toBeLessThan(YEARS * 365 * 4)
    },
    300_000,
  )
})

it('a Sunday night that summer time skips or repeats is told of once, in the minute that the clock shows', () => {
  const clock = new ZoneClock(START, 'Europe/Berlin')
  // 2027-03-28: 02:00 becomes 03:00; 2027-10-31: 03:00 becomes 02:00
  expect(clock.shownAt(civilTime(parseIsoDate('2027-03-28'), 150))).toBe('2027-03-28T03:30')
  expect(clock.shownAt(civilTime(parseIsoDate('2027-10-31'), 150))).toBe('2027-10-31T02:30')
})
