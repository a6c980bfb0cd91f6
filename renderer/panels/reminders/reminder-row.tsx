import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { dateOfTime } from '../../../shared/domain/civil-time.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { reminderAddress } from '../../../shared/model/reminder-address.ts'
import type { Reminder } from '../../../shared/model/reminder.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { Money } from '../../components/money.tsx'
import {
  ReminderButtons,
  ReopenButton,
  useReminderActions,
  useReminderName,
} from '../../components/reminder-actions.tsx'
import { Badge } from '../../components/small.tsx'
import { formatDate, formatDaysAway } from '../../format/date-format.ts'

/** Focus goes to the name of the row above or beneath, over the borders of groups. */
function focusBeside(from: HTMLElement, step: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>('.reminder-name')]
  all[all.indexOf(from) + step]?.focus()
}

/** One reminder: when, what, how much, and what can be done about it by mouse and by key. */
export function ReminderRow({
  reminder,
  today,
  onEdit,
  dated = true,
}: {
  reminder: Reminder
  today: IsoDate
  onEdit: (id: number) => void
  /** False where the day stands above already. */
  dated?: boolean
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [, navigate] = useLocation()
  const name = useReminderName()(reminder)
  const actions = useReminderActions({ key: reminder.key, name })
  const [snoozing, setSnoozing] = useState(false)
  const { subject, status, daysAway } = reminder
  const settled = status === 'done' || status === 'dismissed'
  const open = () => {
    if (subject.type === 'reminder' && subject.id !== null) onEdit(subject.id)
    else navigate(reminderAddress(reminder))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key.toLowerCase()
    if (key === 'arrowdown' || key === 'arrowup') focusBeside(event.currentTarget, key === 'arrowdown' ? 1 : -1)
    else if (key === 'd' && !settled) actions.done()
    else if (key === 'l' && !settled) setSnoozing(true)
    else return
    event.preventDefault()
  }
  return (
    <li className="reminder-row" data-settled={settled}>
      {dated ? (
        <span className="due-date">
          <span className="numeric">{formatDate(reminder.on, language, 'short')}</span>
          {settled ? null : (
            <span className="due-away" data-soon={daysAway <= 3}>
              {formatDaysAway(daysAway, language)}
            </span>
          )}
        </span>
      ) : null}
      <span className="reminder-what">
        <button type="button" className="reminder-name" onClick={open} onKeyDown={onKeyDown}>
          {name}
        </button>
        <span className="faint small reminder-kind">
          {t(`reminder.kind.${reminder.kind}`)}
          <Remarks reminder={reminder} />
        </span>
      </span>
      <span className="due-amount">
        {reminder.amount === null ? null : <Money value={reminder.amount} estimate={reminder.estimated} />}
      </span>
      {settled ? (
        <span className="reminder-buttons">
          {reminder.doneBy === null || reminder.doneBy === 'user' ? (
            <ReopenButton name={name} actions={actions} />
          ) : null}
        </span>
      ) : (
        <ReminderButtons name={name} today={today} actions={actions} snoozing={snoozing} onSnoozing={setSnoozing} />
      )}
    </li>
  )
}

function Remarks({ reminder }: { reminder: Reminder }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { snoozedUntil, nominalOn, on, dayCertain, doneBy } = reminder
  const remarks: string[] = []
  if (nominalOn !== on) remarks.push(t('reminders.moved', { date: formatDate(nominalOn, language, 'short') }))
  if (!dayCertain) remarks.push(t('reminders.uncertain'))
  if (doneBy === 'payment') remarks.push(t('reminders.byPayment'))
  if (doneBy === 'state') remarks.push(t('reminders.byState'))
  return (
    <>
      {remarks.map((remark) => ` · ${remark}`)}
      {snoozedUntil === null ? null : (
        <>
          {' '}
          <Badge tone="information">
            {t('reminders.snoozed', { date: formatDate(dateOfTime(snoozedUntil), language, 'short') })}
          </Badge>
        </>
      )}
    </>
  )
}
