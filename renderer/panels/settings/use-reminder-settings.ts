import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ReminderSettings } from '../../../shared/model/reminder.ts'
import { useChange } from '../../app/queries.ts'

const QUERY = ['reminder.settings', {}] as const

/**
 * Changes the settings of reminders. They are saved as a whole, so a change begins from what the last one made of them,
 * not from what the vault said last: two quick ones both stay.
 */
export function useChangeReminderSettings(): (change: (now: ReminderSettings) => ReminderSettings) => void {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const save = useChange('reminder.saveSettings', { done: t('reminders.settings.saved'), undoable: true })
  return (change) => {
    const now = queries.getQueryData<ReminderSettings>(QUERY)
    if (now === undefined) return
    const next = change(now)
    // an answer that is on its way is older than this
    void queries.cancelQueries({ queryKey: QUERY })
    queries.setQueryData(QUERY, next)
    save.mutate(next, { onError: () => void queries.invalidateQueries({ queryKey: QUERY }) })
  }
}
