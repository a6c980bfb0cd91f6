import { ActionIcon, Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  addMonths,
  endOfMonth,
  type IsoDate,
  monthOf,
  partsOfDate,
  startOfMonth,
  weekdayOf,
} from '../../../shared/domain/iso-date.ts'
import { sumMoney } from '../../../shared/domain/money.ts'
import type { Reminder } from '../../../shared/model/reminder.ts'
import { useViewedPerson } from '../../app/person-view.tsx'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'
import { useMoneyText } from '../../components/money.tsx'
import { Section } from '../../components/page.tsx'
import { useReminderName } from '../../components/reminder-actions.tsx'
import { Loaded } from '../../components/states.tsx'
import { formatDate } from '../../format/date-format.ts'
import { formatCount } from '../../format/number-format.ts'
import { dayByKey, weeksOfMonth } from './month-grid.ts'
import { ReminderRow } from './reminder-row.tsx'
import { weekStartOf } from './week-start.ts'

/** Names in a cell before "+2". */
const NAMES_A_DAY = 3
const SATURDAY = 6

interface DaysOff {
  readonly off: readonly IsoDate[]
  readonly worked: readonly IsoDate[]
}

/** A month of reminders; the chosen day's stand beneath. */
export function CalendarView({ onEdit }: { onEdit: (id: number) => void }) {
  const today = useCall('reminder.next', { limit: 1 })
  return <Loaded query={today}>{({ today: day }) => <Month key={day} today={day} onEdit={onEdit} />}</Loaded>
}

function Month({ today, onEdit }: { today: IsoDate; onEdit: (id: number) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const weekStart = weekStartOf(language)
  const [day, setDay] = useState(today)
  const [byKey, setByKey] = useState(false)
  const weeks = weeksOfMonth(day, weekStart)
  const from = weeks[0]?.[0] ?? startOfMonth(day)
  const until = weeks.at(-1)?.[6] ?? endOfMonth(day)
  const person = useViewedPerson()
  const listed = useCall('reminder.list', { from, until, includeDone: true, person }, { keepPrevious: true }).data
  const daysOff = useCall('calendar.daysOff', { from, until }, { keepPrevious: true }).data ?? { off: [], worked: [] }
  const byDay = Map.groupBy(
    (listed?.reminders ?? []).filter(({ on, status }) => status !== 'dismissed' && on >= from && on <= until),
    ({ on }) => on,
  )
  const move = (to: IsoDate, keyed: boolean) => {
    setDay(to)
    setByKey(keyed)
  }
  const month = formatDate(day, language, 'month-year')
  return (
    <>
      <Section flush>
        <div className="month-head">
          <h2 aria-live="polite">{month}</h2>
          <span className="inline-end">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('reminders.previousMonth')}
              onClick={() => move(addMonths(day, -1), false)}
            >
              <IconChevronLeft size={18} aria-hidden="true" />
            </ActionIcon>
            <Button variant="default" size="xs" onClick={() => move(today, false)}>
              {t('reminders.today')}
            </Button>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('reminders.nextMonth')}
              onClick={() => move(addMonths(day, 1), false)}
            >
              <IconChevronRight size={18} aria-hidden="true" />
            </ActionIcon>
          </span>
        </div>
        <Grid
          weeks={weeks}
          day={day}
          today={today}
          byDay={byDay}
          daysOff={daysOff}
          focusDay={byKey}
          label={month}
          onDay={move}
          onKey={(event) => dayByKey(day, event, weekStart)}
        />
        <p className="faint small month-help">{t('reminders.gridHelp')}</p>
      </Section>
      <DayList day={day} today={today} reminders={byDay.get(day) ?? []} onEdit={onEdit} />
    </>
  )
}

/**
 * The month as a grid of days: one tab stop, arrow keys move by day, Home and End within a week, Page Up and Page Down by
 * month; a day says its date and what is due. https://www.w3.org/WAI/ARIA/apg/patterns/grid/
 */
function Grid({
  weeks,
  day,
  today,
  byDay,
  daysOff,
  focusDay,
  label,
  onDay,
  onKey,
}: {
  weeks: readonly (readonly IsoDate[])[]
  day: IsoDate
  today: IsoDate
  byDay: ReadonlyMap<IsoDate, readonly Reminder[]>
  daysOff: DaysOff
  /** The day was moved by a key, so focus follows it. */
  focusDay: boolean
  label: string
  onDay: (day: IsoDate, keyed: boolean) => void
  onKey: (event: KeyboardEvent) => IsoDate | null
}) {
  const language = useLanguage()
  const grid = useRef<HTMLTableElement>(null)
  useEffect(() => {
    if (focusDay) grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus()
  }, [day, focusDay])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const to = onKey(event)
    if (to === null) return
    event.preventDefault()
    onDay(to, true)
  }
  return (
    <table role="grid" className="month" aria-label={label} ref={grid}>
      <thead>
        <tr>
          {(weeks[0] ?? []).map((date) => (
            <th key={date} scope="col" abbr={weekdayName(date, language, 'long')}>
              {weekdayName(date, language, 'short')}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((date) => (
              <Day
                key={date}
                date={date}
                chosen={date === day}
                today={date === today}
                outside={monthOf(date) !== monthOf(day)}
                off={daysOff.off.includes(date)}
                worked={daysOff.worked.includes(date)}
                reminders={byDay.get(date) ?? []}
                onChoose={() => onDay(date, true)}
                onKeyDown={onKeyDown}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function weekdayName(date: IsoDate, language: string, weekday: 'long' | 'short'): string {
  const { year, month, day } = partsOfDate(date)
  return new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' }).format(Date.UTC(year, month - 1, day))
}

/** What is still to be paid or comes in on a day, by currency, in words. */
function useDayTotal(): (reminders: readonly Reminder[]) => string {
  const text = useMoneyText()
  return (reminders) => {
    const amounts = reminders.flatMap(({ amount, status }) => (amount === null || status === 'done' ? [] : [amount]))
    const byCurrency = Map.groupBy(amounts, ({ currency }) => currency)
    return [...byCurrency].map(([currency, all]) => text.compact(sumMoney(all, currency))).join(' + ')
  }
}

interface DayProps {
  readonly date: IsoDate
  readonly chosen: boolean
  readonly today: boolean
  readonly outside: boolean
  readonly off: boolean
  readonly worked: boolean
  readonly reminders: readonly Reminder[]
  readonly onChoose: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

function Day(props: DayProps) {
  const { chosen, outside, off } = props
  return (
    <td aria-selected={chosen} className="month-cell" data-outside={outside} data-off={off} data-chosen={chosen}>
      <DayButton {...props} />
    </td>
  )
}

function DayButton({ date, chosen, today, off, worked, reminders, onChoose, onKeyDown }: DayProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const total = useDayTotal()(reminders)
  const nameOf = useReminderName()
  const weekend = weekdayOf(date) >= SATURDAY
  const mark = worked ? t('reminders.workingWeekend') : off && !weekend ? t('reminders.dayOff') : null
  const name = [
    formatDate(date, language, 'full'),
    ...(today ? [t('reminders.today')] : []),
    ...(mark === null ? [] : [mark]),
    ...(reminders.length === 0
      ? []
      : [t('reminders.dayCount', { count: reminders.length, formatted: formatCount(reminders.length, language) })]),
    ...reminders.slice(0, NAMES_A_DAY).map(nameOf),
    ...(total === '' ? [] : [t('reminders.dayTotal', { amount: total })]),
  ].join(', ')
  return (
    <button
      type="button"
      className="month-day"
      tabIndex={chosen ? 0 : -1}
      aria-current={today ? 'date' : undefined}
      data-day={date}
      onClick={onChoose}
      onKeyDown={onKeyDown}
    >
      <span className="visually-hidden">{name}</span>
      <span className="month-number" aria-hidden="true">
        <span className="numeric month-date">{partsOfDate(date).day}</span>
        {mark === null ? null : (
          <span className="month-mark" data-worked={worked}>
            {mark}
          </span>
        )}
        {total === '' ? null : <span className="month-total numeric">{total}</span>}
      </span>
      <span className="month-names" aria-hidden="true">
        {reminders.slice(0, NAMES_A_DAY).map((reminder) => (
          <span key={reminder.key} className="month-name clip" data-status={dayStatus(reminder)}>
            {reminder.title === '' ? t('reminder.vault') : reminder.title}
          </span>
        ))}
        {reminders.length > NAMES_A_DAY ? (
          <span className="month-name month-more">
            {t('reminders.moreThatDay', { formatted: formatCount(reminders.length - NAMES_A_DAY, language) })}
          </span>
        ) : null}
      </span>
    </button>
  )
}

function dayStatus({ status, overdue }: Reminder): string {
  return overdue ? 'overdue' : status
}

function DayList({
  day,
  today,
  reminders,
  onEdit,
}: {
  day: IsoDate
  today: IsoDate
  reminders: readonly Reminder[]
  onEdit: (id: number) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <Section title={formatDate(day, language, 'full')} flush={reminders.length > 0}>
      {reminders.length === 0 ? (
        <p className="muted">{t('reminders.nothingThatDay')}</p>
      ) : (
        <ul className="reminder-list">
          {reminders.map((reminder) => (
            <ReminderRow key={reminder.key} reminder={reminder} today={today} onEdit={onEdit} dated={false} />
          ))}
        </ul>
      )}
    </Section>
  )
}
