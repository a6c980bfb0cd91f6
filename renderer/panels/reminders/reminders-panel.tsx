import './reminders.css'
import { Button, SegmentedControl, Switch } from '@mantine/core'
import { IconBell, IconCalendarDown, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useOpenedRow } from '../../app/opened-row.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { Reminder } from '../../../shared/model/reminder.ts'
import { useViewedPerson } from '../../app/person-view.tsx'
import { useLanguage, usePreferences } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { Page, PageHeader, Section } from '../../components/page.tsx'
import { Concerns } from '../../components/people.tsx'
import { saveBytes } from '../../components/save-bytes.ts'
import { EmptyState, Loaded } from '../../components/states.tsx'
import { formatDate } from '../../format/date-format.ts'
import { formatCount } from '../../format/number-format.ts'
import { CalendarView } from './calendar-view.tsx'
import { byMonth, groupReminders } from './groups.ts'
import { ReminderDrawer } from './reminder-drawer.tsx'
import { ReminderRow } from './reminder-row.tsx'
import { weekStartOf } from './week-start.ts'

type Edited = { readonly id: number | null } | null

/** All that falls due, as a list by nearness or as a month. */
export function RemindersPanel({ view }: { view: 'list' | 'calendar' }) {
  const { t } = useTranslation()
  const { language, settings } = usePreferences()
  const [, navigate] = useLocation()
  const [chosen, setChosen] = useState<Edited>(null)
  const [asked, setAsked] = useOpenedRow('reminder')
  const edited = chosen ?? (asked === null ? null : { id: asked })
  const setEdited = (next: Edited): void => {
    setChosen(next)
    if (next === null) setAsked(null)
  }
  const person = useViewedPerson()
  const count = useCall('reminder.next', { limit: 1, person }).data?.count ?? 0
  const download = useChange('calendar.export', {
    done: ({ name, events }) =>
      t('reminders.downloaded', { name, count: events, formatted: formatCount(events, language) }),
    onDone: ({ name, mediaType, base64 }) => saveBytes(name, mediaType, [base64]),
  })
  return (
    <Page>
      <PageHeader
        title={t('reminders.title')}
        subtitle={
          <>
            {t('reminders.count', { count, formatted: formatCount(count, language) })}
            <Concerns before=" · " />
          </>
        }
        actions={
          <>
            <SegmentedControl
              aria-label={t('reminders.views')}
              data={[
                { value: 'list', label: t('reminders.list') },
                { value: 'calendar', label: t('reminders.calendar') },
              ]}
              value={view}
              onChange={(next) => navigate(next === 'calendar' ? '/reminders/calendar' : '/reminders')}
            />
            <Button
              variant="default"
              leftSection={<IconCalendarDown size={16} stroke={1.7} aria-hidden="true" />}
              title={person === null ? t('reminders.plain') : `${t('reminders.plain')} ${t('reminders.fileEveryones')}`}
              loading={download.isPending}
              onClick={() =>
                download.mutate({ language, amounts: settings.calendarAmounts, alarms: settings.calendarAlarms })
              }
            >
              {t('reminders.download')}
            </Button>
            <Button
              leftSection={<IconPlus size={16} stroke={1.9} aria-hidden="true" />}
              onClick={() => setEdited({ id: null })}
            >
              {t('reminders.add')}
            </Button>
          </>
        }
      />
      {view === 'list' ? (
        <ListView onEdit={(id) => setEdited({ id })} />
      ) : (
        <CalendarView onEdit={(id) => setEdited({ id })} />
      )}
      <ReminderDrawer edited={edited} onClose={() => setEdited(null)} />
    </Page>
  )
}

function ListView({ onEdit }: { onEdit: (id: number) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [settled, setSettled] = useState(false)
  const person = useViewedPerson()
  const query = useCall('reminder.list', { includeDone: settled, person }, { keepPrevious: true })
  return (
    <Loaded query={query}>
      {({ today, reminders }) => (
        <>
          <div className="spread reminder-tools">
            <span className="faint small reminder-keys">{t('reminders.keys')}</span>
            <Switch
              label={t('reminders.showSettled')}
              checked={settled}
              onChange={(event) => setSettled(event.currentTarget.checked)}
            />
          </div>
          {reminders.length === 0 ? (
            <EmptyState icon={<IconBell size={36} stroke={1.3} />} title={t('reminders.empty')}>
              {t('reminders.emptyText')}
            </EmptyState>
          ) : (
            groupReminders(reminders, today, weekStartOf(language)).map(({ key, reminders: group }) => (
              <Section
                key={key}
                flush
                title={t(`reminders.group.${key}`)}
                actions={<span className="muted numeric">{formatCount(group.length, language)}</span>}
              >
                {key === 'later' ? (
                  byMonth(group).map(({ first, reminders: ofMonth }) => (
                    <div key={first} className="reminder-month">
                      <h3>{formatDate(first, language, 'month-year')}</h3>
                      <Rows reminders={ofMonth} today={today} onEdit={onEdit} />
                    </div>
                  ))
                ) : (
                  <Rows reminders={group} today={today} onEdit={onEdit} />
                )}
              </Section>
            ))
          )}
        </>
      )}
    </Loaded>
  )
}

function Rows({
  reminders,
  today,
  onEdit,
}: {
  reminders: readonly Reminder[]
  today: IsoDate
  onEdit: (id: number) => void
}) {
  return (
    <ul className="reminder-list">
      {reminders.map((reminder) => (
        <ReminderRow key={reminder.key} reminder={reminder} today={today} onEdit={onEdit} />
      ))}
    </ul>
  )
}
