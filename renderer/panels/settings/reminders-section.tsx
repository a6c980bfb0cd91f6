import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppInfo } from '../../../shared/ipc/channels/host-channels.ts'
import { calendarKeys, type ReminderSettings } from '../../../shared/model/reminder.ts'
import { usePreferences } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { Section } from '../../components/page.tsx'
import { Notice } from '../../components/small.tsx'
import { Loaded } from '../../components/states.tsx'
import { formatInstant } from '../../format/date-format.ts'
import { QuietWeekdays } from './quiet-weekdays.tsx'
import { ReminderKinds } from './reminder-kinds.tsx'
import { SettingRow, SwitchRow } from './setting-row.tsx'
import { useChangeReminderSettings } from './use-reminder-settings.ts'

const REPEATS = [1, 3, 7] as const

/** When reminders are told, how, and the calendar file. */
export function RemindersSection({ info }: { info: AppInfo }) {
  const query = useCall('reminder.settings', {})
  return (
    <>
      <Loaded query={query}>
        {(settings) => (
          <>
            <Telling settings={settings} />
            <ReminderKinds settings={settings} />
          </>
        )}
      </Loaded>
      <Notifications info={info} />
      <CalendarFileSection />
    </>
  )
}

const two = (value: number): string => String(value).padStart(2, '0')
const timeText = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

/** Minutes since midnight, or null for what is no time of day. */
function minuteOf(text: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  return match === null ? null : Number(match[1]) * 60 + Number(match[2])
}

function TimeField({
  labelId,
  label,
  value,
  onChange,
}: {
  labelId?: string
  label?: string
  value: number
  onChange: (minute: number) => void
}) {
  return (
    <TextInput
      type="time"
      {...(labelId === undefined ? {} : { 'aria-labelledby': labelId })}
      {...(label === undefined ? {} : { label })}
      classNames={{ input: 'numeric' }}
      defaultValue={timeText(value)}
      onBlur={(event) => {
        const minute = minuteOf(event.currentTarget.value)
        if (minute !== null && minute !== value) onChange(minute)
      }}
    />
  )
}

function Telling({ settings }: { settings: ReminderSettings }) {
  const { t } = useTranslation()
  const { language } = usePreferences()
  const calendars = useCall('reminder.calendars', {}).data ?? []
  const change = useChangeReminderSettings()
  const set = (patch: Partial<ReminderSettings>) => change((now) => ({ ...now, ...patch }))
  const { quiet } = settings
  return (
    <Section title={t('reminders.title')}>
      <SwitchRow
        name={t('reminders.settings.telling')}
        hint={t('reminders.settings.tellingText')}
        checked={settings.telling}
        onChange={(telling) => set({ telling })}
      />
      <SettingRow name={t('reminders.settings.tellAt')}>
        {({ labelId }) => (
          <TimeField
            key={settings.tellAt}
            labelId={labelId}
            value={settings.tellAt}
            onChange={(tellAt) => set({ tellAt })}
          />
        )}
      </SettingRow>
      <SwitchRow
        name={t('reminders.settings.quietOn')}
        hint={t('reminders.settings.quietText')}
        checked={quiet !== null}
        onChange={(on) => set({ quiet: on ? { from: 22 * 60, until: 8 * 60 } : null })}
      />
      {quiet === null ? null : (
        <SettingRow name={t('reminders.settings.quiet')}>
          {() => (
            <div className="columns-2">
              <TimeField
                key={`from ${quiet.from}`}
                label={t('reminders.settings.from')}
                value={quiet.from}
                onChange={(from) => set({ quiet: { ...quiet, from } })}
              />
              <TimeField
                key={`until ${quiet.until}`}
                label={t('reminders.settings.until')}
                value={quiet.until}
                onChange={(until) => set({ quiet: { ...quiet, until } })}
              />
            </div>
          )}
        </SettingRow>
      )}
      <QuietWeekdays days={settings.quietWeekdays} onChange={(quietWeekdays) => set({ quietWeekdays })} />
      <SettingRow name={t('reminders.settings.repeat')}>
        {({ labelId }) => (
          <Select
            aria-labelledby={labelId}
            allowDeselect={false}
            data={[
              { value: '0', label: t('reminders.settings.repeatNever') },
              ...REPEATS.map((days) => ({
                value: String(days),
                label: t('reminders.settings.repeatDays', { count: days }),
              })),
            ]}
            value={String(settings.repeatDays ?? 0)}
            onChange={(next) => set({ repeatDays: next === null || next === '0' ? null : Number(next) })}
          />
        )}
      </SettingRow>
      <SettingRow name={t('reminders.settings.holidays')} hint={t('reminders.settings.holidaysText')}>
        {({ labelId, hintId }) => (
          <Select
            aria-labelledby={labelId}
            aria-describedby={hintId}
            allowDeselect={false}
            data={[
              { value: '', label: t('reminders.settings.holidaysAuto') },
              ...calendars.map(({ key, nameZh, nameEn }) => ({
                value: key as string,
                label: language === 'en' ? nameEn : nameZh,
              })),
            ]}
            value={settings.calendar ?? ''}
            onChange={(next) => set({ calendar: calendarKeys.find((key) => key === next) ?? null })}
          />
        )}
      </SettingRow>
    </Section>
  )
}

function Notifications({ info }: { info: AppInfo }) {
  const { t } = useTranslation()
  const { settings } = usePreferences()
  const save = useChange('settings.set')
  const desktop = info.host === 'electron'
  return (
    <Section title={t('reminders.settings.notifications')}>
      <SwitchRow
        name={t(desktop ? 'reminders.settings.native' : 'reminders.settings.web')}
        hint={t(desktop ? 'reminders.settings.nativeText' : 'reminders.settings.webText')}
        checked={settings.notifications}
        onChange={(notifications) => save.mutate({ notifications })}
      />
      {!desktop && settings.notifications ? <BrowserPermission /> : null}
      {desktop ? (
        <>
          <SwitchRow
            name={t('reminders.settings.whileLocked')}
            hint={t('reminders.settings.whileLockedText')}
            checked={settings.notifyWhileLocked}
            onChange={(notifyWhileLocked) => save.mutate({ notifyWhileLocked })}
          />
          <SwitchRow
            name={t('reminders.settings.keepInTray')}
            hint={t('reminders.settings.keepInTrayText')}
            checked={settings.keepInTray}
            onChange={(keepInTray) => save.mutate({ keepInTray })}
          />
          <SwitchRow
            name={t('reminders.settings.startAtLogin')}
            hint={t('reminders.settings.startAtLoginText')}
            checked={settings.startAtLogin}
            onChange={(startAtLogin) => save.mutate({ startAtLogin })}
          />
        </>
      ) : null}
    </Section>
  )
}

/** The browser asks its user only at a click of theirs. */
function BrowserPermission() {
  const { t } = useTranslation()
  const supported = 'Notification' in window
  const [permission, setPermission] = useState(supported ? Notification.permission : 'denied')
  if (!supported) return <Notice>{t('reminders.settings.webUnsupported')}</Notice>
  if (permission === 'granted') return null
  if (permission === 'denied') return <Notice tone="attention">{t('reminders.settings.webDenied')}</Notice>
  return (
    <div>
      <Button
        variant="default"
        onClick={() => void Notification.requestPermission().then((answer) => setPermission(answer))}
      >
        {t('reminders.settings.webAsk')}
      </Button>
    </div>
  )
}

function CalendarFileSection() {
  const { t } = useTranslation()
  const { language, settings } = usePreferences()
  const file = useCall('calendar.file', {}).data
  const save = useChange('settings.set')
  const choose = useChange('calendar.chooseFile')
  const stop = useChange('calendar.stopFile', { done: t('reminders.settings.stopped') })
  const kept = file !== undefined && file.path !== null
  return (
    <Section title={t('reminders.settings.fileTitle')} hint={t('reminders.plain')}>
      <SettingRow name={t('reminders.settings.keepFile')} hint={t('reminders.settings.keepFileText')}>
        {() => (
          <div className="stack-tight">
            <Button variant="default" fullWidth loading={choose.isPending} onClick={() => choose.mutate({})}>
              {t('reminders.settings.choose')}
            </Button>
            {kept ? (
              <Button variant="subtle" color="gray" fullWidth onClick={() => stop.mutate({})}>
                {t('reminders.settings.stop')}
              </Button>
            ) : null}
          </div>
        )}
      </SettingRow>
      {kept ? (
        <p className="small break">
          {file.path}{' '}
          <span className="muted">
            {file.writtenAt === null
              ? t('reminders.settings.notYet')
              : t('reminders.settings.writtenAt', { when: formatInstant(file.writtenAt, language) })}
          </span>
        </p>
      ) : null}
      {file === undefined || file.trouble === null ? null : (
        <Notice tone="negative">{t(`reminders.settings.trouble.${file.trouble}`)}</Notice>
      )}
      <SwitchRow
        name={t('reminders.settings.amounts')}
        hint={t('reminders.settings.amountsText')}
        checked={settings.calendarAmounts}
        onChange={(calendarAmounts) => save.mutate({ calendarAmounts })}
      />
      <SwitchRow
        name={t('reminders.settings.alarms')}
        checked={settings.calendarAlarms}
        onChange={(calendarAlarms) => save.mutate({ calendarAlarms })}
      />
    </Section>
  )
}
