import { type ChannelName, contract, type OutputOf, type Reply } from '../../../shared/ipc/contract.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { HostLanguage } from '../../../shared/model/reminder-words.ts'
import { hostWord } from '../../../shared/model/reminder-words.ts'
import { writeCalendar } from '../exporting/ics/calendar-writer.ts'
import { reminderEvents } from '../exporting/ics/reminder-events.ts'
import { hostDate, reminderAmount, reminderTitle } from './reminder-lines.ts'

export type CallCore = (channel: ChannelName, input: unknown) => Promise<Reply<unknown>>

/** The value of a call on the core; throws its CoreError, such as `locked`. */
export async function ask<N extends ChannelName>(call: CallCore, channel: N, input: unknown): Promise<OutputOf<N>> {
  const reply = await call(channel, input)
  if (!reply.ok) throw new CoreError(reply.error.code, reply.error.message, reply.error.values ?? {})
  return contract[channel].output.parse(reply.value) as OutputOf<N>
}

export interface CalendarChoice {
  readonly language: HostLanguage
  readonly amounts: boolean
  readonly alarms: boolean
}

/** What falls due as the text of an iCalendar file. Throws CoreError('locked') while no vault is open. */
export async function reminderCalendar(
  call: CallCore,
  choice: CalendarChoice,
  writtenAt: number,
): Promise<{ readonly text: string; readonly events: number; readonly today: string }> {
  const { language, amounts } = choice
  const [{ today, reminders }, own, settings] = await Promise.all([
    ask(call, 'reminder.list', { includeDone: true }),
    ask(call, 'reminder.own', {}),
    ask(call, 'reminder.settings', {}),
  ])
  const events = reminderEvents({
    reminders,
    own,
    settings,
    today,
    ...choice,
    formatAmount: (reminder) => reminderAmount(reminder, { language, amounts }),
    formatDate: (date) => hostDate(date, language),
    title: (reminder) => reminderTitle(reminder, language),
  })
  const pieces = writeCalendar(events, { name: hostWord('calendarName', language), language, writtenAt })
  return { text: [...pieces].join(''), events: events.length, today }
}
