import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconCheck, IconClock, IconRotate2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { civilTime, dateOfTime } from '../../shared/domain/civil-time.ts'
import { addDays, type IsoDate, weekdayOf } from '../../shared/domain/iso-date.ts'
import type { ReminderKind } from '../../shared/model/reminder.ts'
import { useLanguage } from '../app/preferences.tsx'
import { useCall, useChange } from '../app/queries.ts'
import { formatDate } from '../format/date-format.ts'
import { DateField } from './fields.tsx'

/** A reminder as far as its actions go. */
export interface ActedOn {
  readonly key: string
  readonly name: string
}

/** The name of what falls due; what is about the vault has none of its own. */
export function useReminderName(): (reminder: { readonly title: string; readonly kind: ReminderKind }) => string {
  const { t } = useTranslation()
  return ({ title }) => (title === '' ? t('reminder.vault') : title)
}

/** The Monday after today. */
export function nextWeekFrom(today: IsoDate): IsoDate {
  return addDays(today, 8 - weekdayOf(today))
}

/** What can be done about a reminder; each can be taken back from its toast. */
export function useReminderActions({ key, name }: ActedOn) {
  const { t } = useTranslation()
  const language = useLanguage()
  const tellAt = useCall('reminder.settings', {}).data?.tellAt ?? 9 * 60
  const done = useChange('reminder.done', { done: t('reminders.isDone', { name }), undoable: true })
  const dismiss = useChange('reminder.dismiss', { done: t('reminders.isDismissed', { name }), undoable: true })
  const reopen = useChange('reminder.reopen', { done: t('reminders.isReopened', { name }), undoable: true })
  const snooze = useChange('reminder.snooze', {
    done: ({ snoozedUntil }) =>
      snoozedUntil === null
        ? t('reminders.isReopened', { name })
        : t('reminders.isSnoozed', { name, date: formatDate(dateOfTime(snoozedUntil), language) }),
    undoable: true,
  })
  return {
    busy: done.isPending || dismiss.isPending || reopen.isPending || snooze.isPending,
    done: () => done.mutate({ key }),
    dismiss: () => dismiss.mutate({ key }),
    reopen: () => reopen.mutate({ key }),
    snooze: (on: IsoDate) => snooze.mutate({ key, until: civilTime(on, tellAt) }),
  }
}

export type ReminderActions = ReturnType<typeof useReminderActions>

/** "Done" and "Later" as two small buttons. */
export function ReminderButtons({
  name,
  today,
  actions,
  snoozing,
  onSnoozing,
}: {
  name: string
  today: IsoDate
  actions: ReminderActions
  /** Whether the menu of days is open. */
  snoozing: boolean
  onSnoozing: (open: boolean) => void
}) {
  const { t } = useTranslation()
  return (
    <span className="reminder-buttons">
      <ActionIcon
        variant="subtle"
        color="teal"
        size="md"
        disabled={actions.busy}
        title={t('reminders.done')}
        aria-label={t('reminders.doneNamed', { name })}
        onClick={actions.done}
      >
        <IconCheck size={18} stroke={1.8} aria-hidden="true" />
      </ActionIcon>
      <SnoozeMenu name={name} today={today} actions={actions} opened={snoozing} onOpened={onSnoozing} />
    </span>
  )
}

function SnoozeMenu({
  name,
  today,
  actions,
  opened,
  onOpened,
}: {
  name: string
  today: IsoDate
  actions: ReminderActions
  opened: boolean
  onOpened: (open: boolean) => void
}) {
  const { t } = useTranslation()
  const [picking, setPicking] = useState(false)
  const [date, setDate] = useState<IsoDate | null>(null)
  const put = (on: IsoDate) => {
    onOpened(false)
    actions.snooze(on)
  }
  return (
    <Menu
      shadow="md"
      position="bottom-end"
      opened={opened}
      onChange={(open) => {
        setPicking(false)
        onOpened(open)
      }}
      returnFocus
      closeOnItemClick={false}
    >
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="md"
          disabled={actions.busy}
          title={t('reminders.snooze')}
          aria-label={t('reminders.snoozeNamed', { name })}
        >
          <IconClock size={18} stroke={1.8} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {picking ? (
          <form
            className="stack-tight reminder-pick"
            onSubmit={(event) => {
              event.preventDefault()
              if (date !== null && date > today) put(date)
            }}
          >
            <DateField label={t('reminders.pickDate')} size="xs" value={date} onChange={setDate} />
            <Button type="submit" size="xs" disabled={date === null || date <= today}>
              {t('reminders.put')}
            </Button>
          </form>
        ) : (
          <>
            <Menu.Item onClick={() => put(addDays(today, 1))}>{t('reminders.oneDay')}</Menu.Item>
            <Menu.Item onClick={() => put(addDays(today, 3))}>{t('reminders.threeDays')}</Menu.Item>
            <Menu.Item onClick={() => put(nextWeekFrom(today))}>{t('reminders.nextWeek')}</Menu.Item>
            <Menu.Item
              onClick={() => {
                setDate(addDays(today, 1))
                setPicking(true)
              }}
            >
              {t('reminders.pickDate')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              onClick={() => {
                onOpened(false)
                actions.dismiss()
              }}
            >
              {t('reminders.dismiss')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

/** For what is settled or put off: back among the open ones. */
export function ReopenButton({ name, actions }: { name: string; actions: ReminderActions }) {
  const { t } = useTranslation()
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="md"
      disabled={actions.busy}
      title={t('reminders.reopen')}
      aria-label={t('reminders.reopenNamed', { name })}
      onClick={actions.reopen}
    >
      <IconRotate2 size={18} stroke={1.8} aria-hidden="true" />
    </ActionIcon>
  )
}
