import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { Money } from '../../../shared/domain/money.ts'
import type { CalendarKey, ReminderKind, ReminderSubject, RollRule } from '../../../shared/model/reminder.ts'
import type { Vault } from '../storage/open-vault.ts'
import type { StoredAccount } from '../storage/repositories/account-repository.ts'

/** Something that falls due on a day, as a source tells it: a fact, without what the user has said of it. */
export interface DueDate {
  /** As `dueKey` makes it. Stays the same as long as it is the same thing on the same day. */
  readonly key: string
  /** The same for all days of one thing: `source:subject`. */
  readonly series: string
  readonly source: string
  readonly kind: ReminderKind
  /** The day that the contract names, before weekends and holidays. */
  readonly on: IsoDate
  readonly title: string
  readonly subject: ReminderSubject
  /** A magnitude. */
  readonly amount: Money | null
  readonly estimated: boolean
  readonly facts: Readonly<Record<string, string | number>>
  readonly roll: RollRule
  /** Null: the calendar of the settings. */
  readonly calendar: CalendarKey | null
  /** Null: those of its kind. */
  readonly leadDays: readonly number[] | null
  /** Minute of the day; null: that of the settings. */
  readonly tellAt: number | null
  /** Null: as the settings say. */
  readonly repeatDays: number | null
  /** Days that it stays in sight after its day; null: those of its kind. */
  readonly lingerDays: number | null
  /** The day from which its subject is known: what fell due before is nobody's business here. */
  readonly since: IsoDate | null
  /** That it has been seen to, as the vault shows by itself. */
  readonly settled: { readonly on: IsoDate; readonly by: 'payment' | 'state' } | null
  /**
   * Names what is to be done, where two sources may know of it (`payment:account:12`): of two within a few days the one
   * of the source that is registered first stays.
   */
  readonly sameAs: string | null
}

/** `source:subject:day`, e.g. `card:account.12:2026-12-05`. `part` tells two things of one subject apart. */
export function dueKey(source: string, subject: ReminderSubject, on: IsoDate, part = ''): string {
  return `${seriesKey(source, subject, part)}:${on}`
}

/** `source:subject`. */
export function seriesKey(source: string, subject: ReminderSubject, part = ''): string {
  const id = subject.id === null ? '' : `.${subject.id}`
  return `${source}:${subject.type}${id}${part === '' ? '' : `.${part}`}`
}

/** The day in a key, or null where it has none. */
export function dayOfKey(key: string): string | null {
  return /:(\d{4}-\d{2}-\d{2})$/.exec(key)?.[1] ?? null
}

type Required = 'kind' | 'on' | 'title' | 'subject'
type Given = Pick<DueDate, Required> & Partial<Omit<DueDate, Required | 'key' | 'series' | 'source'>>

/** A due date of a source; what is left out takes what most have. */
export function dueDate(source: string, given: Given, part = ''): DueDate {
  return {
    amount: null,
    estimated: false,
    facts: {},
    roll: 'none',
    calendar: null,
    leadDays: null,
    tellAt: null,
    repeatDays: null,
    lingerDays: null,
    since: null,
    settled: null,
    sameAs: null,
    ...given,
    source,
    key: dueKey(source, given.subject, given.on, part),
    series: seriesKey(source, given.subject, part),
  }
}

/** What is asked for: everything that falls due from … to, both included, seen from today. */
export interface DueWindow {
  readonly today: IsoDate
  readonly from: IsoDate
  readonly until: IsoDate
}

/** Loaded once for all sources. */
export interface SharedFacts {
  /** Open accounts in the user's order. */
  readonly accounts: readonly StoredAccount[]
  /** What an account holds today, signed; securities and dated values not contained. */
  balanceMinor(account: StoredAccount): number
  /** The day an account was made here: what fell due before, and was seen to or not, this vault has no part in. */
  madeOn(account: StoredAccount): IsoDate | null
  /** The newest backup of any kind, in milliseconds since the epoch. */
  readonly lastBackupAt: number | null
}

/**
 * Where due dates come from. `load` reads what it needs, by index and for the window alone: the list is made anew at
 * every look, so a source that walks through the history is too slow. `due` is pure: the same facts give the same dates.
 */
export interface ReminderSource<Facts> {
  /** The first part of its keys. */
  readonly id: string
  load(vault: Vault, window: DueWindow, shared: SharedFacts): Facts
  due(facts: Facts, window: DueWindow): readonly DueDate[]
}

/** A source whose facts nobody else sees. */
export interface BoundSource {
  readonly id: string
  readonly dueDates: (vault: Vault, window: DueWindow, shared: SharedFacts) => readonly DueDate[]
}

export function bindSource<Facts>(source: ReminderSource<Facts>): BoundSource {
  return {
    id: source.id,
    dueDates: (vault, window, shared) =>
      source
        .due(source.load(vault, window, shared), window)
        .filter(({ on }) => on >= window.from && on <= window.until),
  }
}
