import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppInfo } from '../../shared/ipc/channels/host-channels.ts'
import type { OutputOf } from '../../shared/ipc/contract.ts'
import { reminderAddress } from '../../shared/model/reminder-address.ts'
import { useMoneyText } from '../components/money.tsx'
import { formatDate } from '../format/date-format.ts'
import { useClient } from './client-context.tsx'
import { usePreferences } from './preferences.tsx'

type Told = OutputOf<'reminder.tell'>['told'][number]

const canTell = (): boolean => 'Notification' in window && Notification.permission === 'granted'

/**
 * The browser's notifications, where the host has none of its own: asked for when the host says that something is due, and
 * when the window opens. Each reminder is marked as told by the core, so that two windows do not tell the same. Without the
 * browser's permission nothing is marked. What is chosen outside the window is opened in it.
 */
export function ReminderNotices({ info }: { info: AppInfo }) {
  const client = useClient()
  const { t } = useTranslation()
  const { language, settings } = usePreferences()
  const text = useMoneyText()
  const wanted = info.host === 'loopback' && settings.notifications
  useEffect(() => {
    const show = ({ reminder, missed }: Told) => {
      const name = reminder.title === '' ? t('reminder.vault') : reminder.title
      const parts = [
        formatDate(reminder.on, language),
        ...(reminder.amount === null ? [] : [text.exact(reminder.amount)]),
        ...(missed > 0 ? [`+${missed}`] : []),
      ]
      const notice = new Notification(`${name} · ${t(`reminder.kind.${reminder.kind}`)}`, {
        body: parts.join(' · '),
        tag: reminder.key,
        icon: 'icon.svg',
      })
      notice.addEventListener('click', () => {
        window.focus()
        window.location.hash = `#${reminderAddress(reminder)}`
        notice.close()
      })
    }
    const tell = async () => {
      if (!wanted || !canTell()) return
      const { count } = await client.call('reminder.waiting', {})
      if (count === 0) return
      const { told } = await client.call('reminder.tell', {})
      for (const each of told) show(each)
    }
    // what cannot be told now comes again: nothing is marked then
    const tellNow = () => void tell().catch(() => undefined)
    tellNow()
    return client.subscribe((event) => {
      if (event.type === 'reminders-due') tellNow()
      if (event.type === 'go') window.location.hash = `#${event.to}`
    })
  }, [client, wanted, language, text, t])
  return null
}
