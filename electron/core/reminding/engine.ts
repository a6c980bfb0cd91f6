import { addMinutes, type CivilTime, civilTime, dateOfTime } from '../../../shared/domain/civil-time.ts'
import { addDays, daysBetween, type IsoDate } from '../../../shared/domain/iso-date.ts'
import {
  type CalendarKey,
  kindDefaults,
  type Reminder,
  type ReminderSettings,
  type ReminderState,
  type ReminderTelling,
} from '../../../shared/model/reminder.ts'
import type { DueDate } from './due-date.ts'
import { holidayCalendar } from './holiday-calendar.ts'
import { isQuiet, nextLoud } from './quiet-hours.ts'

/** What the engine goes by: nothing else, no clock, no vault. */
export interface EngineInput {
  /** In the order of their sources: of two that are the same the first stays. */
  readonly dueDates: readonly DueDate[]
  /** By key; what is not there is open. */
  readonly states: ReadonlyMap<string, ReminderState>
  readonly tellings: ReadonlyMap<string, readonly ReminderTelling[]>
  readonly settings: ReminderSettings
  /** The calendar where a due date names none. */
  readonly calendar: CalendarKey
  /** The wall clock of where the user is. Everything is judged by it, so that zones and summer time need no rules here. */
  readonly now: CivilTime
}

export interface ToTell {
  readonly reminder: Reminder
  /** Which telling it is, to be kept. */
  readonly leadDays: number
  /** Earlier ones of the series that went by untold while the computer slept: this one stands for them. */
  readonly missed: readonly { readonly reminder: Reminder; readonly leadDays: number }[]
}

export interface EngineResult {
  /** Soonest first. */
  readonly reminders: readonly Reminder[]
  /** Keys of those that still matter: not long past, or past and never told of. */
  readonly inSight: ReadonlySet<string>
  readonly tell: readonly ToTell[]
  /** Tellings that a clock set wrongly ahead made, to be forgotten. */
  readonly untold: readonly { readonly key: string; readonly leadDays: number }[]
  /** When to look again at the latest; after now. */
  readonly wakeAt: CivilTime
}

/**
 * Zones lie up to 26 hours apart (UTC−12 … UTC+14): a wall clock that was set back by more has been wrong, and what it
 * made us tell of too early is told of again when its time comes.
 */
export const ZONES_APART_MINUTES = 26 * 60
/** Days within which two due dates of the same thing are one. */
const SAME_WITHIN_DAYS = 5
/** What was told of late stays in sight this long. */
const AFTER_TELLING_DAYS = 7
/** A reminder that was put off before its first telling. */
const PUT_OFF_AHEAD = 9999

function withoutDoubles(dueDates: readonly DueDate[]): DueDate[] {
  const keys = new Set<string>()
  const same = new Map<string, DueDate[]>()
  return dueDates.filter((due) => {
    if (keys.has(due.key)) return false
    if (due.sameAs !== null) {
      const others = same.get(due.sameAs) ?? []
      const twin = others.some(
        (other) => other.source !== due.source && Math.abs(daysBetween(other.on, due.on)) <= SAME_WITHIN_DAYS,
      )
      if (twin) return false
      same.set(due.sameAs, [...others, due])
    }
    keys.add(due.key)
    return true
  })
}

/** Tellings of a due date, the earliest first: days before the day, negative after it. */
function leadsOf(due: DueDate, settings: ReminderSettings, lingerDays: number): number[] {
  const choice = settings.kinds[due.kind]
  if (choice?.told === false) return []
  // what the user wrote into an own reminder goes before what they chose for all of its kind; a rule's goes after it
  const own = due.kind === 'own' ? due.leadDays : null
  const leads = own ?? choice?.leadDays ?? due.leadDays ?? kindDefaults[due.kind].leadDays
  const all = new Set(leads)
  const repeat = due.repeatDays ?? settings.repeatDays
  if (repeat !== null && leads.length > 0) {
    for (let after = repeat; after <= lingerDays; after += repeat) all.add(-after)
  }
  return [...all].sort((left, right) => right - left)
}

interface Looked {
  readonly since: IsoDate | null
  readonly reminder: Reminder
  readonly inSight: boolean
  /** The telling that is due now, whether or not it is quiet. */
  readonly tellLead: number | null
  /** Times after now at which something of it changes. */
  readonly nextAt: CivilTime | null
  /** Tellings of it that do not count. */
  readonly untold: EngineResult['untold']
}

function look(due: DueDate, input: EngineInput): Looked {
  const { settings, now } = input
  const today = dateOfTime(now)
  const roll = (kindDefaults[due.kind].dayStays ? null : settings.kinds[due.kind]?.roll) ?? due.roll
  const { on, certain } = holidayCalendar(due.calendar ?? input.calendar).roll(due.on, roll)
  const lingerDays = due.lingerDays ?? kindDefaults[due.kind].lingerDays
  const leads = leadsOf(due, settings, lingerDays)
  const tellAt = due.tellAt ?? settings.tellAt
  const momentOf = (lead: number): CivilTime => civilTime(addDays(on, -lead), tellAt)
  const reached = leads.filter((lead) => momentOf(lead) <= now)
  const stage = reached.at(-1) ?? null

  const tooLate = addMinutes(now, ZONES_APART_MINUTES)
  const kept = input.tellings.get(due.key) ?? []
  // what a clock set wrongly ahead told of counts where its time has come all the same
  const tellings = kept.filter(({ leadDays, toldAt }) => toldAt <= tooLate || momentOf(leadDays) <= now)
  const toldAt = tellings
    .filter((telling) => telling.toldAt <= tooLate)
    .reduce<CivilTime | null>((last, telling) => (last === null || telling.toldAt > last ? telling.toldAt : last), null)
  const state = input.states.get(due.key)
  const settledBy = state === undefined || state.status === 'open' ? (due.settled?.by ?? null) : null
  const status =
    state?.status === 'done' || settledBy !== null ? 'done' : state?.status === 'dismissed' ? 'dismissed' : 'open'
  const snoozedUntil = status === 'open' ? (state?.snoozedUntil ?? null) : null
  const asleep = snoozedUntil !== null && snoozedUntil > now

  const stageUntold = stage !== null && !tellings.some(({ leadDays }) => leadDays <= stage)
  const woken = snoozedUntil !== null && !asleep && (toldAt === null || toldAt < snoozedUntil)
  const tellable = status === 'open' && !asleep
  const tellLead = tellable && (stageUntold || woken) ? (stage ?? PUT_OFF_AHEAD) : null

  const upcoming = leads.find((lead) => momentOf(lead) > now)
  const nextStage = upcoming === undefined ? null : momentOf(upcoming)
  const nextAt = status !== 'open' ? null : asleep ? snoozedUntil : nextStage
  const daysAway = daysBetween(today, on)
  const nextTelling = tellLead !== null ? now : nextAt
  const reminder: Reminder = {
    key: due.key,
    series: due.series,
    source: due.source,
    kind: due.kind,
    on,
    nominalOn: due.on,
    dayCertain: certain,
    title: due.title,
    subject: due.subject,
    amount: due.amount,
    estimated: due.estimated,
    facts: { ...due.facts },
    status: asleep ? 'snoozed' : status,
    doneBy: status !== 'done' ? null : (settledBy ?? 'user'),
    doneOn: status !== 'done' ? null : settledBy === null ? (state?.doneOn ?? null) : (due.settled?.on ?? null),
    snoozedUntil: asleep ? snoozedUntil : null,
    daysAway,
    overdue: status === 'open' && daysAway < 0,
    toldAt,
    nextTellingAt: nextTelling === null || !settings.telling ? null : nextLoud(settings, nextTelling),
  }
  const recentlyTold = toldAt !== null && daysBetween(dateOfTime(toldAt), today) <= AFTER_TELLING_DAYS
  const inSight = daysAway >= -lingerDays || asleep || recentlyTold || (tellLead !== null && toldAt === null)
  const untold = kept
    .filter((telling) => !tellings.includes(telling))
    .map(({ leadDays }) => ({ key: due.key, leadDays }))
  return { since: due.since, reminder, inSight, tellLead, nextAt, untold }
}

/** Of those of a series that went by untold the newest is told of and stands for the others. */
function gather(looked: readonly Looked[]): ToTell[] {
  const result: ToTell[] = []
  const past = new Map<string, { reminder: Reminder; leadDays: number }[]>()
  for (const { reminder, tellLead } of looked) {
    if (tellLead === null) continue
    const entry = { reminder, leadDays: tellLead }
    if (reminder.daysAway >= 0) result.push({ ...entry, missed: [] })
    else past.set(reminder.series, [...(past.get(reminder.series) ?? []), entry])
  }
  for (const entries of past.values()) {
    const newest = entries.at(-1)
    if (newest !== undefined) result.push({ ...newest, missed: entries.slice(0, -1) })
  }
  return result.sort((left, right) => compareReminders(left.reminder, right.reminder))
}

export function compareReminders(left: Reminder, right: Reminder): number {
  if (left.on !== right.on) return left.on < right.on ? -1 : 1
  return left.key < right.key ? -1 : left.key > right.key ? 1 : 0
}

const earlier = (left: CivilTime, right: CivilTime): CivilTime => (left < right ? left : right)

/** Looks at all that falls due, at one moment: what is shown, what is to be told of now, when to look again. Pure. */
export function runEngine(input: EngineInput): EngineResult {
  const { settings, now } = input
  const dueDates = withoutDoubles(input.dueDates)
  const looked = dueDates
    .map((due) => look(due, input))
    .filter(({ since, reminder }) => since === null || reminder.on >= since)
    .sort((left, right) => compareReminders(left.reminder, right.reminder))

  const waiting = gather(looked)
  const quiet = isQuiet(settings, now)
  let wakeAt = nextLoud(settings, civilTime(addDays(dateOfTime(now), 1), settings.tellAt))
  for (const { nextAt } of settings.telling ? looked : []) {
    if (nextAt !== null) wakeAt = earlier(wakeAt, nextLoud(settings, nextAt))
  }
  if (settings.telling && quiet && waiting.length > 0) wakeAt = earlier(wakeAt, nextLoud(settings, now))

  return {
    reminders: looked.map(({ reminder }) => reminder),
    inSight: new Set(looked.filter(({ inSight }) => inSight).map(({ reminder }) => reminder.key)),
    tell: settings.telling && !quiet ? waiting : [],
    untold: looked.flatMap(({ untold }) => untold),
    wakeAt: wakeAt > now ? wakeAt : addMinutes(now, 1),
  }
}

/** How far back to look: everything since the last look, for a computer that slept; a month in any case; bounded. */
export function lookFrom(today: IsoDate, lookedOn: IsoDate | null): IsoDate {
  const usual = addDays(today, -31)
  if (lookedOn === null || lookedOn >= usual) return usual
  const earliest = addDays(today, -400)
  // a lead may have begun long before, and a day may have moved
  const wanted = addDays(lookedOn, -31)
  return wanted < earliest ? earliest : wanted
}
